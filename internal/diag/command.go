package diag

import (
	"regexp"
	"runtime"
	"strings"
)

var (
	// plainPOSIX and plainWindows are words that shells take as they stand.
	plainPOSIX   = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=-]+$`)
	plainWindows = regexp.MustCompile(`^[A-Za-z0-9_./:\\+-]+$`)
	// replacedForm is what PowerShell replaces, or takes as an end, between double quotes.
	replacedForm = regexp.MustCompile("[`“”„]|\\$[\\w{(:^?$]")
	// singleQuotes are what PowerShell takes as an end between single ones.
	singleQuotes = regexp.MustCompile("['‘’‚‛]")
)

// Command returns portalgen with arguments, none of which is a flag, ready to be pasted into a shell
// of this system.
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

// QuoteWord returns a word as the shells of this system take it whole.
func QuoteWord(word string) string { return quoteFor(runtime.GOOS, word) }

// quoteFor returns a word as the shells of a system take it whole. The system is named as in
// runtime.GOOS. On Windows these are cmd and PowerShell, and PowerShell alone where no form
// suits both. What stands between two % is replaced by cmd however it is quoted.
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
