package diag

import (
	"regexp"
	"runtime"
	"strings"
)

var (
	// plainPOSIX and plainWindows are words that shells take unquoted.
	plainPOSIX   = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=-]+$`)
	plainWindows = regexp.MustCompile(`^[A-Za-z0-9_./:\\+-]+$`)
	// replacedForm is what PowerShell replaces, or takes as the end, between double quotes.
	replacedForm = regexp.MustCompile("[`“”„]|\\$[\\w{(:^?$]")
	// singleQuotes are the characters that PowerShell takes as the end between single quotes.
	singleQuotes = regexp.MustCompile("['‘’‚‛]")
)

// Command returns the command portalgen with arguments, quoted for a shell of this system. An argument that
// begins with - is never read as a flag.
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

// QuoteWord returns a word quoted so that the shells of this system take it as one argument.
func QuoteWord(word string) string { return quoteFor(runtime.GOOS, word) }

// quoteFor is QuoteWord for a system, named as in runtime.GOOS. On Windows the shells are cmd and PowerShell,
// or PowerShell alone if no form suits both. cmd replaces a name between two % in any quotes.
func quoteFor(system, word string) string {
	if system != "windows" {
		if plainPOSIX.MatchString(word) {
			return word
		}
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	if plainWindows.MatchString(word) {
		return word
	}
	// Programs read a backslash before a closing quote as a part of the word.
	word += word[len(strings.TrimRight(word, `\`)):]
	if replacedForm.MatchString(word) {
		return "'" + singleQuotes.ReplaceAllString(word, "$0$0") + "'"
	}
	return `"` + strings.ReplaceAll(word, `"`, `""`) + `"`
}
