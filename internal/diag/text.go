package diag

import "strings"

// WithText gives each problem of a file the text of its line, out of the file's text.
func (ps Problems) WithText(file string, text []byte) Problems {
	lines := strings.Split(string(text), "\n")
	for i := range ps {
		if n := ps[i].Line; ps[i].File == file && n > 0 && n <= len(lines) {
			ps[i].Text = strings.TrimSuffix(lines[n-1], "\r")
		}
	}
	return ps
}
