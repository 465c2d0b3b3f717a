package tomltext

import (
	"sort"
	"strings"
	"unicode/utf8"

	"portalgen/internal/diag"
)

// A span is a stretch of a text, as byte offsets; to is the offset after its end.
type Span struct{ From, To int }

// A text is a file's text with what is needed to tell a place in it. It carries
// no byte-order mark.
type Text struct {
	name   string
	S      string
	starts []int // offset at which each line begins
}

func NewText(name, s string) *Text {
	t := &Text{name: name, S: s, starts: []int{0}}
	for i := range len(s) {
		if s[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// lineOf returns the number, from 0, of the line that holds offset i.
func (t *Text) LineOf(i int) int {
	return sort.SearchInts(t.starts, i+1) - 1
}

// line returns line n, from 0, without its line end.
func (t *Text) line(n int) string {
	end := len(t.S)
	if n+1 < len(t.starts) {
		end = t.starts[n+1] - 1
	}
	return strings.TrimSuffix(t.S[t.starts[n]:end], "\r")
}

// pos returns the place of sp, which is underlined as far as its first line goes.
func (t *Text) Pos(sp Span) diag.Pos {
	from := min(max(sp.From, 0), len(t.S))
	n := t.LineOf(from)
	line := t.line(n)
	at := min(from-t.starts[n], len(line))
	end := min(max(sp.To-t.starts[n], at), len(line))
	return diag.Pos{
		File:   t.name,
		Line:   n + 1,
		Column: utf8.RuneCountInString(line[:at]) + 1,
		Width:  max(utf8.RuneCountInString(line[at:end]), 1),
	}
}

// problem returns a problem at sp, with the line's own text.
func (t *Text) Problem(sp Span, rule, message, hint string) diag.Problem {
	p := t.Pos(sp)
	return diag.Problem{
		Pos: p, Rule: rule, Severity: diag.Error,
		Message: message, Hint: hint, Text: t.line(p.Line - 1),
	}
}

// lineEnd returns the offset at which the line that holds offset i ends.
func (t *Text) lineEnd(i int) int {
	n := t.LineOf(i)
	return t.starts[n] + len(t.line(n))
}
