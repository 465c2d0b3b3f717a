package edit

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/clientfile"
)

// FuzzUpdate expects of a key that is set in any text that is TOML: what was there stays, byte by
// byte, except the value itself; every comment stays, those in a value aside; what is read has
// the new value, and is the same in all else.
func FuzzUpdate(f *testing.F) {
	seedEdits(f)
	for which := range byte(32) {
		f.Add([]byte("[[question]] # c\n  to    = \"x\" # d\n  answer = '''\n# e'''\n[[status]]\nneed = [\n\"a\",]\n[[risk]]\nnote.x = 1\n[about]\nneed=[] # f\n[people]\nx = { name = \"a\" } # g\n"), which, "ü\n\"")
		f.Add([]byte("question = [{to = \"x\", answer=1,}, {}]\r\nrisk = [ { } ]\r\ncommitment = [{deliverable=[{note=\"\"}]}]"), which, "")
	}
	f.Fuzz(func(t *testing.T, b []byte, which byte, text string) {
		src := clientfile.Source{Name: "x.toml", Text: b}
		doc := opened(src)
		if doc.Document == nil {
			return
		}
		path := [][]any{{"question", 0}, {"risk", 0}, {"status", 0}, {"commitment", 0}, {"commitment", 0, "deliverable", 0}, {"term", 0}, {"about"}, {"people", "x"}}[which/4%8]
		field := []clientfile.Field{{Key: "answer", Value: text}, {Key: "need", Value: []string{text, "x"}}, {Key: "note", Value: 3}, {Key: "answer"}}[which%4]
		before := doc.at(path)
		after, err := doc.setAll(path, []string{"to", "answer", "need", "note"}, []clientfile.Field{field})
		if err != nil {
			if !errors.Is(err, ErrNoPlace) && !errors.Is(err, errComment) && !strings.Contains(err.Error(), "UTF-8") {
				t.Fatalf("refused: %v", err)
			}
			return
		}
		now := opened(after)
		if now.Document == nil {
			t.Fatalf("no longer TOML: %s", after.Text)
		}
		checkReplaced(t, doc, after, before.Child(field.Key) != nil)
		if diff := cmp.Diff(outside(doc, path, field.Key), outside(now, path, field.Key)); diff != "" {
			t.Fatalf("comments (-before +after):\n%s\n%s", diff, after.Text)
		}
		was, is := valueOf(doc.Values, path), valueOf(now.Values, path)
		checkValue(t, is[field.Key], field.Value)
		delete(was, field.Key)
		delete(is, field.Key)
		if diff := cmp.Diff(withoutNaN(doc.Values), withoutNaN(now.Values)); diff != "" {
			t.Fatalf("values (-before +after):\n%s\n%s", diff, after.Text)
		}
	})
}

// checkReplaced expects one stretch alone to differ; where no value was there, nothing to be gone.
func checkReplaced(t *testing.T, doc *document, after clientfile.Source, there bool) {
	t.Helper()
	a, b := doc.src.Text, after.Text
	from := 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		from++
	}
	to := 0
	for to < min(len(a), len(b))-from && a[len(a)-1-to] == b[len(b)-1-to] {
		to++
	}
	if gone := a[from : len(a)-to]; !there && len(bytes.TrimSpace(gone)) > 0 {
		t.Fatalf("%q is gone:\n%s", gone, b)
	}
}

// outside returns the comments that stand outside of the value of a key.
func outside(doc *document, path []any, key string) []string {
	s := doc.S
	if n := doc.at(path).Child(key); n != nil {
		s = s[:n.At.From] + "0" + s[n.At.To:]
	}
	return slices.Clip(comments(s))
}

func valueOf(values map[string]any, path []any) map[string]any {
	var v any = values
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = items(v)[step]
		}
	}
	return v.(map[string]any)
}

func checkValue(t *testing.T, got, want any) {
	t.Helper()
	plain := func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
	switch want := want.(type) {
	case string:
		if s, ok := got.(string); !ok || plain(s) != plain(want) {
			t.Fatalf("%q became %q", want, got)
		}
	case []string:
		all, _ := got.([]any)
		if len(all) != len(want) || plain(all[0].(string)) != plain(want[0]) {
			t.Fatalf("%q became %v", want, got)
		}
	case int:
		if got != int64(want) {
			t.Fatalf("%d became %v", want, got)
		}
	default:
		if got != nil {
			t.Fatalf("%v is still there", got)
		}
	}
}

// withoutNaN returns v with a word in the place of what equals nothing, itself included.
func withoutNaN(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, below := range v {
			out[key] = withoutNaN(below)
		}
		return out
	case []map[string]any, []any:
		out := []any{}
		for _, item := range items(v) {
			out = append(out, withoutNaN(item))
		}
		return out
	case float64:
		if v != v {
			return "nan"
		}
	}
	return v
}
