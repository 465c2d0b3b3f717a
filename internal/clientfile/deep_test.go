package clientfile

import (
	"runtime"
	"strings"
	"testing"
)

// A key of very many parts is refused at its place, before the parser would take a
// gigabyte for it.
func TestDeepKeysAreRefusedEarly(t *testing.T) {
	long := strings.Repeat("a.", 32<<10) + "a"
	for name, tt := range map[string]struct {
		text string
		line int
	}{
		"heading":                   {"client = \"A\"\n[" + long + "]\n", 2},
		"heading of a list":         {"client = \"A\"\n[[" + long + "]]\n", 2},
		"key":                       {"client = \"A\"\n" + long + " = 1\n", 2},
		"key in an inline table":    {"x = { " + long + " = 1 }\n", 1},
		"after another mistake":     {"client = \n\n[people]\n[" + long + "]\n", 1},
		"after what only we refuse": {"[people]\n[people]\n[" + long + "]\n", 3},
		"inline tables in another":  {"x = " + strings.Repeat("{ a = ", 32<<10) + "\n", 1},
		"lists in another":          {"x = " + strings.Repeat("[", 64<<10) + "\n", 1},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, ps := Client("acme", Source{Name: "data/clients/acme.toml", Text: []byte(tt.text)}, Options{})
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 60 {
			t.Errorf("%s: it took %d MB", name, took)
		}
		if len(ps.Errors()) == 0 || ps.Errors()[0].Line != tt.line {
			t.Errorf("%s: got %v, want line %d", name, ps, tt.line)
		}
	}
}
