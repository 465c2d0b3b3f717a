package edit

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
)

// seedEdits adds the samples, the files of the reader's tests, and odd styles, each
// with every edit.
func seedEdits(f *testing.F) {
	var texts []string
	for _, pattern := range []string{"../clientfile/testdata/*.toml", "../sample/data/clients/*.toml", "../portal/testdata/*.toml"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			texts = append(texts, string(b))
		}
	}
	const head = "client = \"Ü\" # ]\n[[commitment]]\ntitle = '''\n[[risk]] # \"\"\" ]\n'''\n"
	texts = append(texts,
		head+"moves=[]", head+"moves = [ { on = 2026-10-01, by = \"a\", did = \"request\" } # c\n] # d",
		head+"moves = [\n  {\n    on = 2026-10-01, # c\n    by = \"a\"\n  } # e\n  # f\n]\n  # g\n  [[commitment.deliverable]] # h\n  title = \"D\"\n",
		head+"# c\n[[commitment.moves]]\non = 2026-10-01 # c\n# d\n[[commitment.deliverable]]\n[[commitment.deliverable.moves]]\nby.x = 1\n# e",
		head+"\tmoves = [\n\t\t{on=2026-10-01,by=\"a\"}\n\t\t,# c\n\t\t{on=2026-10-02}]\n\n\n[[status]]\nneed = [ # c\n]\n# d\n\n[people] # e\n",
		"about.style = \"x\"\ncommitment = [ { moves = [], deliverable = [ { title = \"]\" }, ] } ]\nrisk = []\nquestion = [ # c\n]\n",
		"[[commitment]]\n[[risk]]\n[[risk.log]]\n# a\n[[status]]\n# b\n\n# c\n[[commitment]]\n[[commitment.deliverable]]\n[[commitment.deliverable]]\nmoves = [{}]#\n",
		"\ufeff"+"[[message]]\nabout = \"\"\"x\\\n  # y\"\"\" # z", "", "#", "#\r\n\r\n",
	)
	for _, text := range texts {
		for which := range byte(12) {
			f.Add([]byte(text), which, "a \"b\" \\ # ]\nc\t")
			f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\r\n")), which, "ü")
		}
	}
}

// FuzzEdit expects of an edit of any text that is TOML: what was there stays, byte
// by byte, in at most three pieces; every comment is still the comment it was; and
// what is read differs only in the one item that was asked for.
func FuzzEdit(f *testing.F) {
	seedEdits(f)
	f.Fuzz(func(t *testing.T, b []byte, which byte, text string) {
		src := clientfile.Source{Name: "x.toml", Text: b}
		before := opened(src).Document
		if before == nil {
			return
		}
		after, path, err := edit(src, int(which), text)
		if err != nil {
			if path != nil && !errors.Is(err, ErrNoPlace) && !strings.Contains(err.Error(), "UTF-8") {
				t.Fatalf("refused: %v", err)
			}
			return
		}
		checkPieces(t, b, after.Text)
		now := opened(after).Document
		if now == nil {
			t.Fatalf("no longer TOML: %s", after.Text)
		}
		if diff := cmp.Diff(comments(string(b)), comments(string(after.Text))); diff != "" {
			t.Fatalf("comments (-before +after):\n%s\n%s", diff, after.Text)
		}
		if got := takeLast(t, now.Values, path); normal(got["note"]) != strings.ReplaceAll(text, "\r\n", "\n") && normal(got["note"]) != normal(text) {
			t.Fatalf("%q became %q:\n%s", text, got["note"], after.Text)
		}
		if diff := cmp.Diff(withoutEmpty(before.Values), withoutEmpty(now.Values)); diff != "" {
			t.Fatalf("values (-before +after):\n%s\n%s", diff, after.Text)
		}
	})
}

// edit makes one of a few edits, and returns the way to what it added.
func edit(src clientfile.Source, which int, text string) (clientfile.Source, []any, error) {
	on := civil.On(civil.Date{Year: 2026, Month: 11, Day: 20})
	fields := []clientfile.Field{{Key: "on", Value: on}, {Key: "by", Value: "dev"}, {Key: "note", Value: text}, {Key: "met", Value: []string{text, "x"}}}
	if kinds := []string{"risk", "status", "commitment", "message"}; which < len(kinds) {
		out, err := appendTable(src, kinds[which], append(fields, clientfile.Field{Key: "moves", Value: [][]clientfile.Field{fields, fields}}))
		return out, []any{kinds[which]}, err
	}
	commitment, deliverable := which/3%3, which%3-1
	out, err := appendMove(src, commitment, deliverable, fields)
	path := []any{"commitment", commitment}
	if deliverable >= 0 {
		path = append(path, "deliverable", deliverable)
	}
	return out, append(path, "moves"), err
}

// takeLast removes the last item of the list at path and returns it.
func takeLast(t *testing.T, values map[string]any, path []any) map[string]any {
	t.Helper()
	var v any = values
	for _, step := range path[:len(path)-1] {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = items(v)[step]
		}
	}
	table, key := v.(map[string]any), path[len(path)-1].(string)
	all := items(table[key])
	if len(all) == 0 {
		t.Fatalf("nothing was added at %v", path)
	}
	table[key] = all[:len(all)-1]
	return all[len(all)-1].(map[string]any)
}

// items returns a list, whether it was written in lines or in tables.
func items(v any) []any {
	if tables, ok := v.([]map[string]any); ok {
		var all []any
		for _, m := range tables {
			all = append(all, m)
		}
		return all
	}
	all, _ := v.([]any)
	return all
}

// withoutEmpty returns v in one form for lists, and without empty ones.
func withoutEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, below := range v {
			if w := withoutEmpty(below); w != nil {
				out[key] = w
			}
		}
		return out
	case []any, []map[string]any:
		var out []any
		for _, item := range items(v) {
			out = append(out, withoutEmpty(item))
		}
		if out == nil {
			return nil
		}
		return out
	case float64:
		if v != v {
			return "nan"
		}
	}
	return v
}

func normal(v any) string {
	s, _ := v.(string)
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// checkPieces expects after to be before and at most two further stretches.
func checkPieces(t *testing.T, before, after []byte) {
	t.Helper()
	more := len(after) - len(before)
	from := 0
	for from < len(before) && before[from] == after[from] {
		from++
	}
	to := 0
	for to < len(before)-from && before[len(before)-1-to] == after[len(after)-1-to] {
		to++
	}
	// What lies between is in both, in one piece.
	middle := before[from : len(before)-to]
	if more <= 0 || !bytes.Contains(after[from:len(after)-to], middle) {
		t.Fatalf("not two insertions:\n%s", after)
	}
}

// comments returns the comments of a text that is TOML, by looking for nothing but
// quotes and signs.
func comments(s string) []string {
	var all []string
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == '#':
			end := i + len(strings.SplitN(s[i:], "\n", 2)[0])
			all = append(all, strings.TrimRight(s[i:end], "\r"))
			i = end
		case strings.HasPrefix(s[i:], `"""`), strings.HasPrefix(s[i:], `'''`):
			i = afterQuotes(s, i, s[i:i+3]) - 1
		case b == '"' || b == '\'':
			i = afterQuotes(s, i, s[i:i+1]) - 1
		}
	}
	return slices.Clip(all)
}

// afterQuotes returns the offset behind the text that begins with quote at i.
func afterQuotes(s string, i int, quote string) int {
	for i += len(quote); !strings.HasPrefix(s[i:], quote); i++ {
		if s[i] == '\\' && quote[0] == '"' {
			i++
		}
	}
	i += len(quote)
	if len(quote) == 3 { // up to two quotes before the last three belong to the text
		i += min(2, len(s[i:])-len(strings.TrimLeft(s[i:], quote[:1])))
	}
	return i
}
