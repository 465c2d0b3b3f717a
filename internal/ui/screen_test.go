package ui

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"portalgen/internal/diag"
)

func written(t *testing.T, as func(rune) string, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	s := &screen{w: &out, as: as}
	for _, p := range parts {
		if n, err := s.Write([]byte(p)); n != len(p) || err != nil {
			t.Errorf("%q: %d, %v", p, n, err)
		}
	}
	return out.String()
}

func TestScreen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		parts []string
		text  string
		html  string
	}{
		{"text", []string{"Käse\n\tبيت 名前 👩\u200d💻"}, "Käse\n\tبيت 名前 👩\u200d💻", "Käse\n\tبيت 名前 👩\u200d💻"},
		{"an escape", []string{"a\x1b[31mb"}, "a\uFFFD[31mb", "a[31mb"},
		{"the same of one byte", []string{"a\xc2\x9bb\x9bc"}, "a\uFFFDb\uFFFDc", "abc"},
		{"back to the line's beginning", []string{"a\rb"}, "a\uFFFDb", "ab"},
		{"lines of mail", []string{"a\r\nb"}, "a\r\nb", "a\r\nb"},
		{"the same in parts", []string{"a\r", "\nb\r", "c"}, "a\r\nb\uFFFDc", "a\r\nbc"},
		{"a letter in parts", []string{"\xc3", "\xa4"}, "ä", "ä"},
		{"an escape in parts", []string{"\xc2", "\x9b"}, "\uFFFD", ""},
		{"the other way about", []string{"a\u202eb"}, "a\uFFFDb", "a&#x202E;b"},
	} {
		if got := written(t, asMark, tt.parts...); got != tt.text {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.text)
		}
		if got := written(t, asHTML, tt.parts...); got != tt.html {
			t.Errorf("%s, as HTML: %q, want %q", tt.name, got, tt.html)
		}
	}
}

// JSON says the same after a screen, and drives no terminal.
func TestScreenKeepsJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "text")
		var out bytes.Buffer
		if err := New(&out, &bytes.Buffer{}, func(string) string { return "" }).JSON(want); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got != want {
			t.Fatalf("%q became %q: %v", want, got, err)
		}
		if i := strings.IndexFunc(strings.TrimSpace(out.String()), unicode.IsControl); i >= 0 {
			t.Fatalf("%q holds a control character", out.String())
		}
	})
}

// Of what is printed only the intended colours are escape sequences of the terminal.
func TestTerminalIsNotDriven(t *testing.T) {
	t.Parallel()
	const bad = "x\x1b[2J\u009b2J\a\x7f"
	var out, err bytes.Buffer
	term := New(&out, &err, func(string) string { return "" })
	term.color, term.outColor = true, true
	term.AccessLists([]Access{{
		Client: bad, Name: bad,
		People: []AccessPerson{{ID: bad, Name: bad, Since: bad, Stranger: true}},
		Links:  []AccessLink{{ID: bad, Kind: "page", Page: bad, Created: bad, Note: bad}},
	}})
	term.Say("%s", bad)
	term.Note("%s", bad)
	term.Problems(diag.Problems{{Pos: diag.Pos{File: bad, Line: 1, Column: 1}, Rule: bad, Message: bad, Hint: bad, Text: bad}})
	term.Previews([]Preview{{ID: bad, Client: bad, Address: bad, Link: bad, Passphrase: bad}}, 1)
	term.Shared(bad, bad, bad)
	term.Built(bad, 1, 1, 1, 1, 0)
	term.Rebuilt([]string{bad}, 0)
	term.Verified(bad, 1, []Difference{{What: bad, Path: bad, Client: bad, Detail: bad}})
	term.Diff("+" + bad + "\n")
	term.Wrote(bad)
	term.Begun(Begun{Wrote: []string{bad}, MadeKey: true, HasVariable: true, Samples: []string{bad}})
	term.NewKey(bad, bad, []HadAccess{{Client: bad, HasFile: true, People: []string{bad}, Links: []string{bad}, Wrong: bad}})
	if _, err := term.HTML().Write([]byte(bad)); err != nil {
		t.Error(err)
	}
	if e := NewAsker(strings.NewReader("a\n"), &err).Ask(Question{Text: bad}, func(string) error { return nil }); e != nil {
		t.Error(e)
	}
	for name, said := range map[string]string{"Out": out.String(), "Err": err.String()} {
		plain := said
		for _, code := range []string{"0", "1", "1;31", "1;33", "31", "32"} {
			plain = strings.ReplaceAll(plain, "\x1b["+code+"m", "")
		}
		if i := strings.IndexFunc(plain, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
			t.Errorf("%s is driven by %q", name, plain[i:min(i+20, len(plain))])
		}
		if name == "Err" && plain == said {
			t.Error("there are no colours, so that this proves less than it should")
		}
	}
}
