package tomltext

import (
	"strings"

	"portalgen/internal/letters"
)

// Hints for problems with the bytes of a file.
const (
	hintTooLarge   = "a client's file holds only text; keep attachments in the folder beside it"
	hintEncoding   = "save the file as UTF-8, which every editor offers"
	hintControl    = "delete this character; it may not be visible in your editor"
	hintLineEnding = "save the file with line ends of Unix (LF) or Windows (CRLF)"
)

// Hints for syntax errors.
const (
	hintOpenMulti     = "close it with the same three quotes"
	hintComma         = "put a comma between one entry and the next"
	hintExtraComma    = "remove it; one comma stands between two entries"
	hintNoValue       = `write a value, such as "a text" or 2026-12-04, or remove the line`
	hintHeading       = "write [name] for a table, or [[name]] for one of several, on a line of its own"
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

func hintQuote(s string) string { return "put it between quotes: " + Quoted(s) }

func hintNumber(s string) string {
	return "if it is a text, such as a phone number, put it between quotes: " + Quoted(s)
}

func hintNumberOrDate(s string) string {
	return "a date is written as 2026-12-04, and a text between quotes: " + Quoted(s)
}

// Quoted returns s as a TOML string for a message, cut after 60 letters.
func Quoted(s string) string {
	s = letters.Cut(s, 60)
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
