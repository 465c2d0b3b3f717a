package tomlbound

import (
	"errors"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a.", MaxParts) + "a"
	fits := strings.Repeat("a.", MaxParts-1) + "a"
	for name, tt := range map[string]struct {
		text string
		line int // 0 where it passes
	}{
		"nothing":                  {"", 0},
		"the longest key":          {"[" + fits + "]\n" + fits + " = 1.5\nx = { " + fits + " = 1, " + fits + "b = 2 }", 0},
		"a heading":                {"x = 1\n[" + long + "]", 2},
		"a heading of a list":      {"[[" + long + "]]", 1},
		"a key":                    {"\n\n" + long + " = 1", 3},
		"a key with quotes":        {strings.Repeat(`"a" . `, MaxParts) + "a = 1", 1},
		"in an inline table":       {"x = [{ y = 1, " + long + " = 1 }]", 1},
		"points in texts":          {"a = \"" + long + "\"\nb = '" + long + "'\nc = \"\"\"\n" + long + "\"\"\"\nd = '''" + long + "''''\n", 0},
		"points in a comment":      {"# " + long + "\na = 1 # " + long, 0},
		"a quote in a text":        {`a = "\"` + long + `"`, 0},
		"after a text":             {"a = \"\"\"\n\n\"\"\"\n" + long + " = 1", 4},
		"after one not closed":     {"a = \"\n" + long + " = 1", 2},
		"brackets in a text":       {"a = '" + strings.Repeat("[", 100) + "'", 0},
		"the deepest list":         {"a = " + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), 0},
		"a deeper one":             {"a = " + strings.Repeat("[", MaxDepth+1), 1},
		"many, one after another":  {strings.Repeat("[[a]]\nb = [{ c = 1 }]\n", 100), 0},
		"tables within each other": {"a = " + strings.Repeat("{ a = ", MaxDepth+1), 1},
	} {
		var deep *DeepError
		switch err := Validate(tt.text); {
		case tt.line == 0 && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.line > 0 && (!errors.As(err, &deep) || deep.Line != tt.line):
			t.Errorf("%s: got %v, want line %d", name, err, tt.line)
		}
	}
}
