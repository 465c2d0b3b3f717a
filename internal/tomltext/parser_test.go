package tomltext

import (
	"errors"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// What the parser says of each of these is known by its reason. A version of it that
// says otherwise fails here.
func TestReasons(t *testing.T) {
	for text, want := range map[string]reason{
		`a = "\q"`: badBackslash, `a = "\u12"`: badBackslash, `a = "\x1"`: badBackslash, `a = "\U0001"`: badBackslash, `a = "\ud800"`: badBackslash,
		"a = 1\na = 2": repeated, "[a]\n[a]": repeated, "a.b = 1\na.b.c = 2": repeated, "a = 1\n[[a]]": repeated, "a = 1\n[a.b]": repeated,
		"a = [1]\n[[a]]": repeated, "a =": unnamed, "a = 01": unnamed, "[a": unnamed,
	} {
		_, err := decodeTOML(text)
		pe, ok := errors.AsType[toml.ParseError](err)
		if !ok || reasonOf(pe) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestParserWords: what the parser may say in a later version still makes a
// sentence, and a mistake of the parser's own does not stop the program.
func TestParserWords(t *testing.T) {
	tx := NewText("x.toml", "a = 1\nb = 2\n")
	err := toml.ParseError{Message: "Unexpected EOF in datetime", Position: toml.Position{Start: 4, Len: 1}}
	p := explainParser(tx, err, 6)
	if want := "this is not understood as TOML: unexpected end of the file in date"; p.Message != want || p.Line != 2 || p.Column != 5 {
		t.Errorf("got %v, want %q", p, want)
	}
	if p := explainParser(tx, errors.New("index out of range"), 6); p.Line != 2 || strings.Contains(p.Message, "index") {
		t.Errorf("got %v", p)
	}
}
