package letters_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"portalgen/internal/letters"
)

// Letters of several characters: with an accent, of a family, of a flag, with a colour of
// skin, of a syllable of Hangul and of Devanagari.
var several = []string{"e\u0301", "👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "각", "नि"}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, letter := range several {
		text := strings.Repeat(letter, 20)
		if got, want := letters.Cut(text, 10), strings.Repeat(letter, 9)+"…"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := letters.Cut(text, 20); got != text {
			t.Errorf("20 letters were cut to %q", got)
		}
	}
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"ten letter", "ten letter"},
		{"two words too many", "two words…"},
		{"oneverylongword and more", "oneverylo…"},
		{"a comma, and more", "a comma…"},
	} {
		if got := letters.Cut(tt.text, 10); got != tt.want {
			t.Errorf("%q is cut to %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestShorter(t *testing.T) {
	t.Parallel()
	for _, letter := range several {
		got := letters.Shorter(strings.Repeat(letter, 5), func(s string) bool { return len(s) <= 2*len(letter)+len("…") })
		if want := letter + letter + "…"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := letters.Shorter("abc", func(string) bool { return false }); got != "" {
		t.Errorf("got %q where nothing fits", got)
	}
}

func TestBack(t *testing.T) {
	t.Parallel()
	for _, letter := range several {
		if got := letters.BoundaryBefore("a"+letter+"b", len(letter)); got != 1 {
			t.Errorf("%q: got %d, want the place before it", letter, got)
		}
	}
}

// Whatever a text holds, what is left of it is a beginning of it and valid UTF-8.
func TestWhatIsLeftIsABeginning(t *testing.T) {
	t.Parallel()
	pieces := append([]string{" ", ",", "x", "word", "\u200d", "\u0301", "🏽"}, several...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		got := letters.Cut(text, 12)
		if begin, cut := strings.CutSuffix(got, "…"); got != text && (!cut || !strings.HasPrefix(text, begin)) {
			t.Errorf("%q is cut to %q", text, got)
		}
		if !utf8.ValidString(got) || letters.Cut(got, 12) != got {
			t.Errorf("%q is cut to %q", text, got)
		}
	})
}
