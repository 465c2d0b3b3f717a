package access

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/seal"
)

func TestChosenPassphrases(t *testing.T) {
	names := []string{"Harbour Ferries Ltd.", "Maria Lind", "maria"}
	for _, tt := range []struct {
		name, text, want string
	}{
		{"short", "x9$kfu2!", "at least 16 are needed"},
		{"short, in spaces", "a b                     c", "at least 16"},
		{"names", "harbourferries maria lind 2026", "too easy"},
		{"names in disguise", "H4rb0ur F3rr135 M@r1@ Lind", "too easy"},
		{"common words", "password welcome summer dragon", "too easy"},
		{"the famous four", "correct horse battery staple", "too easy"},
		{"one letter", strings.Repeat("z", 60), "too easy"},
		{"one word again and again", strings.Repeat("gargle ", 12), "too easy"},
		{"rows of keys", "qwertyuiop asdfghjkl zxcvbnm 1234567890", "too easy"},
		{"backwards", "zyxwvutsrqponmlkjihgfedcba", "too easy"},
		{"years", "1984 1985 1986 1987 2001 2002", "too easy"},
		{"three drawn words", "gargle unpaved yodel", "too easy"},
		{"four of them", "scoundrel racism tragedy treachery", "too easy"},
		{"control character", "gargle\x01 unpaved yodel thimble", "cannot be typed the same way everywhere"},
		{"five drawn words", "gargle unpaved yodel thimble outlast", ""},
		{"letters and signs", "hq7%vz-wk2&rt9+xb", ""},
		{"other script", "παπούτσι θάλασσα", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckChosen(tt.text, names)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), tt.text) {
				t.Error("the error repeats what was typed")
			}
		})
	}
}

// Whoever knows more names has no more to guess, and each drawn word is known as one.
func TestNamesNeverHelp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		drawn, err := seal.NewPassphrase()
		if err != nil {
			rt.Fatal(err)
		}
		for word := range strings.FieldsSeq(drawn) {
			if !seal.IsDrawn(word) {
				rt.Fatalf("%q is not known as a word", word)
			}
		}
		text := []rune(rapid.StringMatching(`[a-z0-9 ]{0,12}`).Draw(rt, "before") + drawn)
		name := rapid.StringMatching(`[a-z]{1,8}`).Draw(rt, "name")
		without, with := guessBits(text, nil), guessBits(text, []string{name, drawn[:8]})
		if with < 0 || with > without {
			rt.Fatalf("%.1f bits for who knows the names, %.1f for who does not", with, without)
		}
	})
}
