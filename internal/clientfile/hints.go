package clientfile

import (
	"fmt"
	"strings"
)

// The hint for a link that leads out of the site.
const hintOutsideSite = "put the file itself into the site's folder in place of the link"

// Hints for values.
const (
	hintID            = "an id consists of a to z, digits, - and _, begins with a letter or digit, and has at most 64 characters"
	hintEmail         = "write such as maria@example.com"
	hintColor         = "write such as #0b6e63"
	hintPortal        = "a path consists of a to z, digits and -, and has at most 40 characters"
	hintZone          = `write such as "Europe/Berlin" or "America/Los_Angeles"`
	hintLanguage      = `write such as "en" or "de"`
	hintBase          = "write only the address, such as https://portal.example.com or https://example.com/clients"
	hintInbox         = "write such as https://inbox.example.com/replies; http is for an inbox on this machine alone"
	hintVia           = "portalgen replies writes it; take the line out where it came from elsewhere"
	hintFile          = "name a file in the folder, such as report.pdf or drafts/report.pdf"
	hintOrder         = "correct one of the two dates"
	hintAscending     = "put them in the order of their dates, or correct the date"
	hintOneAnswer     = "keep the one that holds"
	hintFuture        = "write down what has happened once it has, or correct the date"
	hintStatusID      = "give one of them an id"
	hintPrivatePerson = "make this person private there too, or take private = true out here: it would hide nobody"
	hintSamePerson    = "write the same in both files, or remove it here, or choose another id"
)

// didYouMean returns the hint that asks for word, or "".
func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", word)
}

// either joins words as in "a, b or c".
func either(words []string) string { return join(words, "or") }

// both joins words as in "a, b and c".
func both(words []string) string { return join(words, "and") }

func join(words []string, last string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

// hintOf returns a suggestion, if there is one, and the list of what is possible.
func hintOf(word, prefix string, possible []string) string {
	var parts []string
	if word != "" {
		parts = append(parts, didYouMean(word))
	}
	if len(possible) > 0 {
		parts = append(parts, prefix+either(possible))
	}
	return strings.Join(parts, " ")
}
