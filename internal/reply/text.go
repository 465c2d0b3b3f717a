package reply

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"

	"portalgen/internal/seal"
)

// A Found is a sealed reply that was found in a text. One that is Cut has no Sealed: its end is
// missing, or a part of it.
type Found struct {
	Sealed []byte
	Cut    bool
	// letters are those of a cut one, by which the whole one beside it is known.
	letters string
}

// What mail and chat put between the letters of a text: white space, marks of a quotation, and
// characters that do not show.
const between = `[\s\x{00a0}\x{00ad}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}>|]`

var (
	begin = regexp.MustCompile(`(?i)\[` + between + `*portalgen` + between + `+reply` + between + `+1` + between + `*\]`)
	end   = regexp.MustCompile(`(?i)^\[` + between + `*portalgen` + between + `+end` + between +
		`+([a-z2-7]{6})` + between + `*\]`)
	// quoted is how the line of a quotation begins, with initials too.
	quoted = regexp.MustCompile(`(?m)^[ \t\x{00a0}]*(?:[A-Za-z]{0,4}[>|][ \t\x{00a0}]*)+`)
)

// FindText returns the sealed replies in a text, in their order, each once, and then those that
// are cut.
func FindText(text string) []Found {
	text = quoted.ReplaceAllString(text, " ")
	var all []Found
	for {
		at := begin.FindStringIndex(text)
		if at == nil {
			return unique(all)
		}
		text = text[at[1]:]
		one, rest := readBlock(text)
		all, text = append(all, one), rest
	}
}

// readBlock reads the letters behind a mark of the beginning, and returns what follows.
func readBlock(text string) (Found, string) {
	var letters strings.Builder
	for i, r := range text {
		switch {
		case r < 0x80 && (r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'):
			letters.WriteRune(r)
		case r == '[':
			if m := end.FindStringSubmatch(text[i:]); m != nil {
				return whole(letters.String(), strings.ToLower(m[1])), text[i+len(m[0]):]
			}
			return Found{Cut: true, letters: letters.String()}, text[i:]
		case !passedOver(r):
			return Found{Cut: true, letters: letters.String()}, text[i:]
		}
		if letters.Len() > base64.RawStdEncoding.EncodedLen(seal.MaxSealedReply) {
			return Found{Cut: true, letters: letters.String()}, text[i:]
		}
	}
	return Found{Cut: true, letters: letters.String()}, ""
}

func passedOver(r rune) bool {
	return unicode.IsSpace(r) || r == '>' || r == '|' || r == '=' || unicode.Is(unicode.Cf, r)
}

// whole decodes the letters of a reply with a checksum.
func whole(letters, check string) Found {
	sealed, err := base64.RawStdEncoding.DecodeString(letters)
	if err != nil || seal.ReplyCheck(sealed) != check {
		return Found{Cut: true, letters: letters}
	}
	return Found{Sealed: sealed}
}

// leastLetters is how many letters of a cut reply tell which it is: they reach into its hint.
const leastLetters = 24

// unique returns each reply once. A cut one is left out where the whole one is there too, or another
// that begins as it does.
func unique(all []Found) []Found {
	var sealed, cut []Found
	known, firsts := map[string]bool{}, map[string]bool{}
	var latest string // the letters of the latest whole one
	for _, f := range all {
		if f.Cut || known[string(f.Sealed)] {
			continue
		}
		known[string(f.Sealed)] = true
		sealed = append(sealed, f)
		latest = base64.RawStdEncoding.EncodeToString(f.Sealed)
		firsts[firstOf(latest)] = true
	}
	for _, f := range all {
		first := firstOf(f.letters)
		if ofOnly := len(sealed) == 1 && strings.HasPrefix(latest, first); f.Cut && !ofOnly && !firsts[first] {
			firsts[first] = true
			cut = append(cut, f)
		}
	}
	return append(sealed, cut...)
}

func firstOf(letters string) string { return letters[:min(len(letters), leastLetters)] }
