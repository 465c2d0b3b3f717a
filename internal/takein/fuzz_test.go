package takein

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

// FuzzReplyIntoFile holds that, whatever a client writes in whichever kind of reply, the file reads again
// as with a plain word in its place, and the page shows all of the text as it was typed.
func FuzzReplyIntoFile(f *testing.F) {
	names := slices.Sorted(maps.Keys(answers))
	for i, s := range []string{
		"yes", "*a* <b>b</b>", "\"\"\"\n'''", "]\n[[commitment]]\nid=1", "\\u0000 \\", "https://example.com | a@b.c", "# no\n- no\n1. no",
		"\u202eevil", strings.Repeat("long ", 400), "0) 00",
	} {
		for n := range names {
			if i == 0 || n%4 == i%4 || s == "0) 00" {
				f.Add(s, uint8(n))
			}
		}
	}
	f.Fuzz(func(t *testing.T, typed string, n uint8) {
		content := fmt.Sprintf(`{"id":%q,"at":"2026-11-20T09:30:00+01:00","kind":"message","texts":{"word":%s}}`, id, quoteJSON(typed))
		r, err := reply.Parse([]byte(content))
		if err != nil || r.Text("word") == "" {
			return
		}
		want := r.Text("word")
		name := names[int(n)%len(names)]
		got, plain := withTexts(t, name, want), withTexts(t, name, "zqword")
		if len(got) != len(plain) {
			t.Fatalf("%s of %q: the file reads as\n%q\nand not as\n%q", name, want, got, plain)
		}
		for i, line := range plain {
			field, value, _ := strings.Cut(line, "=")
			switch {
			case !strings.Contains(line, "zqword"):
				if got[i] != line {
					t.Fatalf("%s of %q: %s is %s", name, want, line, got[i])
				}
			case strings.Contains(line, ".Title="), strings.Contains(line, ".ID="): // made of it
			default:
				text, ok := strings.CutPrefix(got[i], field+"=")
				shown, typed := shows(text), strings.ReplaceAll(shows(value), "zqword", want)
				if !ok || words(shown) != words(typed) {
					t.Fatalf("%s: %q shows as %q", name, typed, shown)
				}
			}
		}
	})
}

// words is a text with each run of white space as one.
func words(s string) string { return strings.Join(strings.FieldsFunc(s, isBlank), " ") }

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// withTexts returns all that a client's file says, line by line, after a kind of reply with a text in
// the place of each of its own was written into it.
func withTexts(t *testing.T, name, text string) []string {
	t.Helper()
	one := *answers[name].reply
	one.Texts = map[string]string{}
	for key := range answers[name].reply.Texts {
		one.Texts[key] = text
	}
	j := mustJudge(t, file, &one, hanna)
	if j.Change == nil {
		t.Fatalf("%s of %q: %s", name, text, j.Refused)
	}
	c, ps := clientfile.Client("brindle", clientfile.Source{Name: "b.toml", Text: j.Change.New}, clientfile.Options{})
	if ps.Err() != nil {
		t.Fatalf("%s of %q: %v", name, text, ps)
	}
	return lines(reflect.ValueOf(*c), "")
}

// lines returns each value in v as a line, without the places in the file and what is derived.
func lines(v reflect.Value, name string) []string {
	switch at := v.Interface().(type) {
	case diag.Pos, client.Replay:
		return nil
	case fmt.Stringer:
		return []string{name + "=" + at.String()}
	}
	var all []string
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return lines(v.Elem(), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				all = append(all, lines(v.Field(i), name+"."+f.Name)...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, lines(v.Index(i), fmt.Sprintf("%s[%d]", name, i))...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			all = append(all, lines(v.MapIndex(key), fmt.Sprintf("%s[%v]", name, key))...)
		}
		slices.Sort(all)
	default:
		all = []string{fmt.Sprintf("%s=%v", name, v)}
	}
	return all
}

func quoteJSON(s string) string {
	b, _ := json.Marshal(s) // a text can always be written
	return string(b)
}

// shows returns what a page shows of a text that has no elements but paragraphs and line breaks.
func shows(text string) string {
	s := string(portal.Text(text).HTML())
	return html.UnescapeString(strings.NewReplacer("<p>", "", "</p>", "", "<br>", "").Replace(s))
}
