package clientfile

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/rule"
)

// TestOneSlip takes away each sign of a good file in turn. Whatever is then said
// about syntax must be said in the table in which the sign was: a slip in one
// table is not held against another.
func TestOneSlip(t *testing.T) {
	good := string(readTest(t, "testdata/complete.toml"))
	heading := regexp.MustCompile(`^ *\[\[?[a-z_.]+\]\]?`)
	lines := strings.Split(good, "\n")
	section := make([]int, len(lines)+1)
	within := false
	for i, line := range lines {
		section[i+1] = section[i]
		if heading.MatchString(line) && !within {
			section[i+1]++
		}
		if strings.Count(line, `"""`) == 1 {
			within = !within
		}
	}
	broken := 0
	for i := range good {
		if !strings.ContainsRune("\"[]{},=", rune(good[i])) {
			continue
		}
		at := strings.Count(good[:i], "\n") + 1
		t.Run(fmt.Sprintf("%d %s", at, lines[at-1]), func(t *testing.T) {
			_, ps := Client("harbour", Source{"x.toml", []byte(good[:i] + good[i+1:])}, testOptions())
			for _, p := range ps {
				if p.Rule != rule.Syntax {
					continue
				}
				broken++
				if section[p.Line] != section[at] {
					t.Errorf("%c taken away on line %d gives: %v", good[i], at, p)
				}
			}
		})
	}
	if broken < 100 {
		t.Errorf("only %d slips were told", broken)
	}
}

// TestPlaces pins down the places of the commonest slips, one at a time, also
// where they stand behind letters of several bytes.
func TestPlaces(t *testing.T) {
	tests := []struct {
		name, text          string
		line, column, width int
	}{
		{"unquoted", "client = Café am See\n", 1, 10, 11},
		{"no closing quote", "welcome = \"é\"\nclient = \"Café\n", 2, 10, 5},
		{"no closing quote in a list", "a = [\"é\", \"b]\n", 1, 11, 3},
		{"no equals sign", "\"é\" \"Café\"\n", 1, 5, 1},
		{"no equals sign before the line's end", "client\n", 1, 7, 1},
		{"twice", "client = \"é\"\nclient = \"b\"\n", 2, 1, 6},
		{"twice within one line", "a = { é = 1 }\n", 1, 7, 1},
		{"heading twice", "[people]\n[promises]\n  [people]\n", 3, 3, 8},
		{"curly", "client = “Café”\n", 1, 10, 1},
		{"curly in a table", "a = { b = \"é\", c = “d” }\n", 1, 20, 1},
		{"comma between entries", "a = { b = \"é\" c = 1 }\n", 1, 14, 1},
		{"comma between items", "a = [ \"é\"\n \"b\" ]\n", 1, 10, 1},
		{"comma after a date", "a = { on = 2026-10-01 by = 1 }\n", 1, 22, 1},
		{"day first", "a = { b = \"é\", c = 4.12.2026 }\n", 1, 20, 9},
		{"no such month", "on = 2026-13-01 # é\n", 1, 6, 10},
		{"no such day", "on = 2026-02-29\n", 1, 6, 10},
		{"no value", "client = # é\n", 1, 10, 1},
		{"end of file in a list", "a = \"é\"\nb = [1,\n", 2, 5, 1},
		{"end of file in a table", "b = {é", 1, 6, 1},
		{"escape", "a = \"é\\q\"\n", 1, 7, 2},
		{"short escape", "a = \"é\\u12\"\n", 1, 7, 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, ps := Client("x", Source{"x.toml", []byte(test.text)}, Options{})
			checkRules(t, ps, rule.Syntax)
			if p := ps[0]; p.Line != test.line || p.Column != test.column || p.Width != test.width {
				t.Errorf("got %d:%d, %d wide, want %d:%d, %d: %s", p.Line, p.Column, p.Width, test.line, test.column, test.width, p.Message)
			}
		})
	}
}
