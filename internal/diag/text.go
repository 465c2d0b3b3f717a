package diag

import "strings"

// WithText gives each problem of file the text of its line. text is the whole file, which may begin with a
// byte-order mark.
func (ps Problems) WithText(file string, text []byte) Problems {
	lines := strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n")
	for i := range ps {
		if n := ps[i].Line; ps[i].File == file && n > 0 && n <= len(lines) {
			ps[i].Text = strings.TrimSuffix(lines[n-1], "\r")
		}
	}
	return ps
}
