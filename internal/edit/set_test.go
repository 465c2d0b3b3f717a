package edit

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/clientfile"
)

func setIn(src clientfile.Source, path []any, f ...clientfile.Field) (clientfile.Source, error) {
	kind := path[0].(string)
	if len(path) > 2 {
		kind = deliverableKind
	}
	return opened(src).setAll(path, namesOf(clientfile.Keys(kind)), f)
}

func TestSet(t *testing.T) {
	answer := clientfile.Field{Key: "answer", Value: "No"}
	answered := clientfile.Field{Key: "answered", Value: day}
	gone := clientfile.Field{Key: "answer"}
	for name, tt := range map[string]struct {
		before, want string
		fields       []clientfile.Field
	}{
		"a value": {
			"[[question]]\nanswer  =  'Yes'  # c\nby = \"a\"\n", "[[question]]\nanswer  =  \"No\"  # c\nby = \"a\"\n",
			[]clientfile.Field{answer},
		},
		"a value of several lines": {
			"[[question]]\nanswer = \"\"\"\nYes\n# no comment\n\"\"\" # c\n", "[[question]]\nanswer = \"No\" # c\n", []clientfile.Field{answer},
		},
		"keys in the format's order": {
			"[[question]]\nasked = 2026-11-01 # c\n# d\nbatch = \"x\"\n",
			"[[question]]\nasked = 2026-11-01 # c\nanswered = 2026-11-20\nanswer = \"No\"\n# d\nbatch = \"x\"\n",
			[]clientfile.Field{answer, answered},
		},
		"in a column": {
			"[[question]]\n  asked = 2026-11-01\n  to    = \"x\"\n  commitment = \"x\"",
			"[[question]]\n  asked = 2026-11-01\n  to    = \"x\"\n  commitment = \"x\"\n  answer = \"No\"",
			[]clientfile.Field{answer},
		},
		"a short key in a column": {
			"[[question]]\nanswer_by = 2026-11-01\nto        = \"x\"\n",
			"[[question]]\nanswer_by = 2026-11-01\nto        = \"x\"\nanswer    = \"No\"\n",
			[]clientfile.Field{answer},
		},
		"as the first":           {"[[question]] # c\n  batch = \"x\"\n", "[[question]] # c\n  answer = \"No\"\n  batch = \"x\"\n", []clientfile.Field{answer}},
		"in an empty one":        {"[[question]]", "[[question]]\nanswer = \"No\"", []clientfile.Field{answer}},
		"Windows":                {"[[question]]\r\nto = \"x\"\r\n", "[[question]]\r\nto = \"x\"\r\nanswer = \"No\"\r\n", []clientfile.Field{answer}},
		"with a byte-order mark": {"\ufeff[[question]]\nanswer = 1\n", "\ufeff[[question]]\nanswer = \"No\"\n", []clientfile.Field{answer}},
		"in a line": {
			"question = [ { to = \"x\", batch = \"y\" } ]\n", "question = [ { to = \"x\", answer = \"No\", batch = \"y\" } ]\n", []clientfile.Field{answer},
		},
		"first in a line":        {"question = [{batch = \"y\"}]\n", "question = [{answer = \"No\", batch = \"y\"}]\n", []clientfile.Field{answer}},
		"in an empty line":       {"question = [{}, { }]\n", "question = [{ answer = \"No\" }, { }]\n", []clientfile.Field{answer}},
		"in a line with a comma": {"question = [{to = \"x\",}]\n", "question = [{to = \"x\", answer = \"No\",}]\n", []clientfile.Field{answer}},
		"taken out":              {"[[question]]\nto = \"x\"\n  answer = \"\"\"\na\n\"\"\"\n# c\n", "[[question]]\nto = \"x\"\n# c\n", []clientfile.Field{gone}},
		"taken out at the end":   {"[[question]]\nanswer = 1", "[[question]]\n", []clientfile.Field{gone}},
		"taken out of a line":    {"question = [{to = \"x\", answer = 1}]\n", "question = [{to = \"x\"}]\n", []clientfile.Field{gone}},
		"taken out first":        {"question = [{answer = 1, to = \"x\"}]\n", "question = [{to = \"x\"}]\n", []clientfile.Field{gone}},
		"taken out alone":        {"question = [{ answer = 1 }]\n", "question = [{  }]\n", []clientfile.Field{gone}},
		"nothing to take out":    {"[[question]]\n", "[[question]]\n", []clientfile.Field{gone}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := setIn(clientfile.Source{Name: "a.toml", Text: []byte(tt.before)}, []any{"question", 0}, tt.fields...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got.Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A list of the table gets a value of its own form; a comment is never lost.
func TestSetLists(t *testing.T) {
	need := clientfile.Field{Key: "need", Value: []string{"a", strings.Repeat("b", 80)}}
	got, err := setIn(clientfile.Source{Text: []byte("  [[status]]\n  need = [\n    \"x\",\n  ] # c\n")}, []any{"status", 0}, need)
	want := "  [[status]]\n  need = [\n    \"a\",\n    \"" + strings.Repeat("b", 80) + "\",\n  ] # c\n"
	if err != nil || string(got.Text) != want {
		t.Errorf("%v, got\n%s", err, got.Text)
	}
	for before, want := range map[string]error{
		"[[status]]\nneed = [ # c\n]\n": errComment, "[[status]]\nneed = [ \"x\", # c\n]\n": errComment, "[status]\n": ErrNoPlace,
		"[[status]]\n[status.need]\n": ErrNoPlace, "": ErrNoPlace, "status = [1]\n": ErrNoPlace, "[[status]]\nneed.x = 1\n": ErrNoPlace,
	} {
		if got, err := setIn(clientfile.Source{Text: []byte(before)}, []any{"status", 0}, need); !errors.Is(err, want) {
			t.Errorf("%s: %v, got\n%s", before, err, got.Text)
		}
	}
	for _, before := range []string{"[[status]]\nneed = 1 # c\n", "status = [{need = 1, # c\n on = 1}]\n"} {
		if got, err := setIn(clientfile.Source{Text: []byte(before)}, []any{"status", 0}, clientfile.Field{Key: "need"}); !errors.Is(err, errComment) && opened(clientfile.Source{Text: []byte(before)}).Document != nil {
			t.Errorf("%s: %v, got\n%s", before, err, got.Text)
		}
	}
}
