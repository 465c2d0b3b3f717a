package ui

import (
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// A screen is the only way to the terminal. It makes sure that names of files and clients' texts cannot
// control the terminal: line breaks, tabs and the two characters that join and separate letters pass; every
// other control or formatting character is replaced. It does so also for output into a file, which somebody
// may show later.
type screen struct {
	w io.Writer
	// as returns the replacement of a character that must not pass.
	as func(rune) string
	// rest is an incomplete character, or a carriage return, at the end of the last write.
	rest []byte
}

// The ways to replace a character: in text, and in HTML and JSON, where the meaning stays the same.
func asMark(rune) string { return "\uFFFD" }

func asHTML(r rune) string {
	if unicode.IsControl(r) || r == utf8.RuneError {
		return "" // HTML has no such characters
	}
	return fmt.Sprintf("&#x%X;", r)
}

func asJSON(r rune) string {
	if r == utf8.RuneError {
		return asMark(r)
	}
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune{r}) {
		fmt.Fprintf(&b, `\u%04x`, unit)
	}
	return b.String()
}

// paintMark marks the beginning of a colour until the screen replaces it with an escape sequence. It is
// random in each run, so that no text can contain it.
var paintMark = rand.Text()

// painted returns s in a colour, for a screen.
func painted(code, s string) string {
	return paintMark + code + "m" + s + paintMark + "0m"
}

// Write expects the whole mark of a colour in one call, as fmt writes it.
func (s *screen) Write(p []byte) (int, error) {
	text := p
	if len(s.rest) > 0 {
		text = append(s.rest, p...)
		s.rest = nil
	}
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		if n := plain(text); n > 0 {
			b.Write(text[:n])
			text = text[n:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case !utf8.FullRune(text), r == '\r' && len(text) == 1:
			s.rest, size = append(s.rest, text...), len(text)
		case r == '\r' && text[1] == '\n', passes(r, size):
			b.Write(text[:size])
		default:
			b.WriteString(s.as(r))
		}
		text = text[size:]
	}
	_, err := io.WriteString(s.w, strings.ReplaceAll(b.String(), paintMark, "\x1b["))
	return len(p), err
}

// plain returns how many bytes at the beginning of text are printable ASCII or ends of lines: nearly all are.
func plain(text []byte) int {
	n := slices.IndexFunc(text, func(c byte) bool { return c != '\n' && (c < ' ' || c > '~') })
	if n < 0 {
		return len(text)
	}
	return n
}

func passes(r rune, size int) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	switch {
	case r == '\n', r == '\t', r == nonJoiner, r == joiner:
		return true
	case r == utf8.RuneError && size == 1: // a byte that is not text
		return false
	}
	return !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
