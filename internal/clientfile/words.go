package clientfile

import (
	"fmt"
	"strings"
)

// What to do about a problem of the file as a whole.
const (
	hintOutsideSite   = "put the file itself into the site's folder in place of the link"
	hintTooLarge      = "a client's file is text alone; keep attachments in the folder beside it"
	hintByteOrderMark = "save the file as UTF-8 without BOM"
	hintEncoding      = "save the file as UTF-8, which every editor offers"
	hintControl       = "delete this character; it may not be visible in your editor"
	hintLineEnding    = "save the file with line ends of Unix (LF) or Windows (CRLF)"
)

// What to do about syntax.
const (
	hintOpenMulti     = "close it with the same three quotes"
	hintComma         = "put a comma between one entry and the next"
	hintExtraComma    = "remove it; one comma stands between two entries"
	hintNoValue       = `write a value, such as "a text" or 2026-12-04, or remove the line`
	hintHeading       = "write [name] for a table, or [[name]] for one of several, alone on its line"
	hintNotAKey       = `write key = "text"; a text of several lines stands between """ and """, a comment behind #`
	hintClosesNothing = "remove it, or look for the opening bracket that is missing above"
	hintComment       = "a comment begins with #"
	hintOddSpace      = "replace it by an ordinary space; it often comes with text that was copied"
	hintBareKey       = "a key consists of the letters a to z, digits, _ and -"
	hintQuoteWithin   = `write a quote within a text as \", or put the whole text between single quotes`
	hintOneEach       = "put each key on a line of its own"
	hintCurly         = `use the straight quote " at both ends`
	hintEscape        = `write a backslash as \\, or put the text between single quotes: 'C:\Files'`
)

// What to do about a value.
const (
	hintID         = "an id consists of a to z, digits, - and _, begins with a letter or digit, and has at most 64 characters"
	hintEmail      = "write such as maria@example.com"
	hintColor      = "write such as #0b6e63"
	hintPortal     = "a path consists of a to z, digits and -, and has at most 40 characters"
	hintZone       = `write such as "Europe/Berlin" or "America/Los_Angeles"`
	hintLanguage   = `write such as "en" or "de"`
	hintBase       = "write the address alone, such as https://portal.example.com or https://example.com/clients"
	hintFile       = "name a file in the folder, such as report.pdf or drafts/report.pdf"
	hintOrder      = "correct one of the two dates"
	hintAscending  = "put them in the order of their dates, or correct the date"
	hintOneAnswer  = "keep the one that holds"
	hintFuture     = "write down what has happened once it has, or correct the date"
	hintStatusID   = "give one of them an id"
	hintSamePerson = "write the same in both files, or remove it here, or choose another id"
)

func hintOpenString(s string) string {
	if strings.ContainsAny(s[1:], "“”„") {
		return hintCurly
	}
	return `put " at its end; a text of several lines stands between """ and """`
}

func hintRepeat(heading, name string, known map[string]bool) string {
	if strings.HasPrefix(heading, "[") && !strings.HasPrefix(heading, "[[") && known[name] {
		return "write all of it below one heading"
	}
	return "remove one of the two"
}

func hintQuote(s string) string { return "put it between quotes: " + quoted(s) }

func hintNumber(s string) string {
	return "if it is a text, such as a phone number, put it between quotes: " + quoted(s)
}

func hintNumberOrDate(s string) string {
	return "a date is written as 2026-12-04, and a text between quotes: " + quoted(s)
}

// quoted returns s as it is written in TOML.
func quoted(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:59]) + "…"
	}
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// didYouMean returns the question for word, or "".
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

// hintOf puts a suggestion, if there is one, before the list of what is possible.
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
