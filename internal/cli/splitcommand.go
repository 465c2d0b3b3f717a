package cli

import (
	"errors"
	"strings"
	"unicode"
)

// splitCommand returns the words of a command line, as one can be typed on every system: a word ends
// at white space, unless that stands between two quotes, " or '. Nothing else has a meaning. It fails
// where a quote is never closed.
func splitCommand(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	begun, quote := false, rune(0)
	for _, r := range line {
		switch {
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			begun, quote = true, r
		case quote == 0 && unicode.IsSpace(r):
			if begun {
				words = append(words, word.String())
			}
			begun = false
			word.Reset()
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is never closed: " + line)
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}
