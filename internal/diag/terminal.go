package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"portalgen/internal/letters"
)

// Terminal writes ps for a person: the place, the message, the line with a caret under the fault, and the
// hint. Control characters are replaced, so that a file cannot control the terminal. paint returns a text in
// a colour, given by its SGR number; nil means no colours.
func Terminal(w io.Writer, ps Problems, paint func(code, s string) string) {
	if paint == nil {
		paint = func(_, s string) string { return s }
	}
	for i, p := range ps {
		if i > 0 {
			fmt.Fprintln(w)
		}
		word := paint("1;31", "error")
		if p.Severity == Warning {
			word = paint("1;33", "warning")
		}
		place := ""
		if p.File != "" {
			place = paint("1", Printable(p.Pos.String())) + ": "
		}
		fmt.Fprintf(w, "%s%s: %s [%s]\n", place, word, Printable(p.Message), Printable(p.Rule))
		if text, mark := Caret(p); text != "" {
			gutter := fmt.Sprintf("%5d | ", p.Line)
			fmt.Fprintf(w, "%s%s\n%s%s\n", gutter, text, strings.Repeat(" ", len(gutter)-2)+"| ", paint("1;31", mark))
		}
		if p.Hint != "" {
			fmt.Fprintf(w, "        %s\n", Printable(p.Hint))
		}
		if p.Command != "" {
			fmt.Fprintf(w, "        %s\n", paint("36", Printable(p.Command)))
		}
	}
}

// maxCaretText is how many code points of a line are shown around a fault.
const maxCaretText = 100

// Caret returns the line of p as it may be shown, and the marks to show below it; both are "" if p has no
// line. A tab takes one column and a wide character two; a long line is cut around the fault.
func Caret(p Problem) (text, mark string) {
	if p.Line == 0 || p.Text == "" {
		return "", ""
	}
	line := []rune(p.Text)
	from := min(max(p.Column-1, 0), len(line))
	to := min(from+max(p.Width, 1), len(line))
	lead := ""
	if from > maxCaretText*2/3 {
		cut := between(line, from-maxCaretText/3)
		line, from, to, lead = line[cut:], from-cut, to-cut, "…"
	}
	tail := ""
	if len(line) > maxCaretText {
		line, tail = line[:between(line, maxCaretText)], "…"
		to = min(to, len(line))
	}
	pad := columns(string(line[:from])) + columns(lead)
	marks := max(columns(string(line[from:max(from, to)])), 1)
	return lead + Printable(string(line)) + tail, strings.Repeat(" ", pad) + strings.Repeat("^", marks)
}

// between returns the last index in line, at i or before it, that is between two letters.
func between(line []rune, i int) int {
	s := string(line)
	return utf8.RuneCountInString(s[:letters.BoundaryBefore(s, len(string(line[:i])))])
}

// Printable returns s with every control and formatting character replaced: a tab by a space, any other by
// U+FFFD.
func Printable(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return '\uFFFD'
		}
		return r
	}, s)
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		if ' ' <= r && r <= '~' {
			n++
			continue
		}
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !unicode.In(r, unicode.Mn, unicode.Me) {
				n++
			}
		}
	}
	return n
}
