package diag

import (
	"regexp"
	"strings"
)

// plainWord is what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=-]+$`)

// Command returns portalgen with arguments, none of which is a flag, ready to be pasted into a shell.
func Command(args ...string) string {
	words := []string{"portalgen"}
	ended := false
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") && !ended {
			ended = true
			words = append(words, "--")
		}
		words = append(words, QuoteWord(arg))
	}
	return strings.Join(words, " ")
}

// QuoteWord returns a word as a shell (POSIX) takes it whole.
func QuoteWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
