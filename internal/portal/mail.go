package portal

import (
	"strings"

	"portalgen/internal/letters"
)

// longestMail is the longest mailto: link in bytes that several mail programs accept.
const longestMail = 2000

// Mail returns a mailto: link to the person. If it would be too long, what, a text that may be in the subject
// and the text, is shortened in both; if that is not enough, the text and then the subject are cut at their
// ends.
func (p Person) Mail(subject, text, what string) string {
	link := func(subject, text string) string {
		return "mailto:" + escaped(p.Email, "@") + "?subject=" + escaped(subject, "") +
			"&body=" + escaped(strings.ReplaceAll(text, "\n", "\r\n"), "")
	}
	fits := func(subject, text string) bool { return len(link(subject, text)) <= longestMail }
	if !fits(subject, text) && what != "" {
		with := func(short string) (string, string) {
			return strings.ReplaceAll(subject, what, short), strings.ReplaceAll(text, what, short)
		}
		short := letters.Shorter(what, func(short string) bool { return fits(with(short)) })
		if short != "" {
			return link(with(short))
		}
	}
	if !fits(subject, text) {
		text = letters.Shorter(text, func(short string) bool { return fits(subject, short) })
	}
	if !fits(subject, text) {
		subject = letters.Shorter(subject, func(short string) bool { return fits(short, text) })
	}
	return link(subject, text)
}

// escaped returns s for a link: it escapes every byte except ASCII letters and digits, -._~ and those in
// plain.
func escaped(s, plain string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9',
			strings.IndexByte("-._~", c) >= 0, strings.IndexByte(plain, c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}
