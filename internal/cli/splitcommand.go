package cli

import (
	"errors"
	"strings"
	"unicode"
)

// splitCommand splits a command line into words, in the same way on every system. White space ends
// a word, except inside quotes, " or '. No other character has a meaning. It fails if a quote is
// not closed.
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
