package site

import (
	"regexp"
	"slices"
	"strings"

	"portalgen/internal/diag"
)

var (
	tableForm = regexp.MustCompile(`^\s*\[\s*([^\]]*?)\s*\]`)
	keyForm   = regexp.MustCompile(`^(\s*)([^=#\s"'][^=#]*?|"[^"]*"|'[^']*')\s*=`)
)

// at returns the place of a string's name in a file: its key, its table, or the first key in
// that table. It reads line by line; where it does not find the name, the place has no line.
func at(file string, text []byte, name string) diag.Pos {
	table := ""
	for i, line := range strings.Split(string(text), "\n") {
		column, written, full := 0, "", ""
		if m := tableForm.FindStringSubmatchIndex(line); m != nil {
			column, written = m[2], line[m[2]:m[3]]
			table = plainKey(written)
			full = table
		} else if m := keyForm.FindStringSubmatchIndex(line); m != nil {
			column, written = m[4], line[m[4]:m[5]]
			full = strings.TrimPrefix(table+"."+plainKey(written), ".")
		}
		last := full[strings.LastIndex(full, ".")+1:]
		if full == name || slices.Contains(forms, last) && strings.TrimSuffix(full, "."+last) == name {
			return diag.Pos{File: file, Line: i + 1, Column: len([]rune(line[:column])) + 1, Width: len([]rune(written))}
		}
	}
	return diag.Pos{File: file}
}

// plainKey returns a key without its quotes and the spaces around its dots.
func plainKey(written string) string {
	parts := strings.Split(written, ".")
	for i, part := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(part), `"'`)
	}
	return strings.Join(parts, ".")
}

// lineOf returns a line without its line break; "" where text has no line n.
func lineOf(text []byte, n int) string {
	lines := strings.Split(string(text), "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[n-1], "\r")
}
