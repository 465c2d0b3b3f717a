package tomltext

import (
	"sort"
	"strings"
	"unicode/utf8"

	"portalgen/internal/diag"
)

// A Span is a part of a text, in byte offsets. To is the offset after its end.
type Span struct{ From, To int }

// A Text is the text of a file, without a byte-order mark, with an index of its lines.
type Text struct {
	name   string
	S      string // the text itself
	starts []int  // offset at which each line begins
}

// NewText returns the text of the file called name.
func NewText(name, s string) *Text {
	t := &Text{name: name, S: s, starts: []int{0}}
	for i := range len(s) {
		if s[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// lineOf returns the number, from 0, of the line with offset i.
func (t *Text) lineOf(i int) int {
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

// Pos returns the place of sp as a person counts: lines and columns from 1, columns and width in
// characters. The width covers only the first line of sp.
func (t *Text) Pos(sp Span) diag.Pos {
	from := min(max(sp.From, 0), len(t.S))
	n := t.lineOf(from)
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

// Problem returns an error at sp, with the text of its line.
func (t *Text) Problem(sp Span, rule, message, hint string) diag.Problem {
	p := t.Pos(sp)
	return diag.Problem{
		Pos: p, Rule: rule, Severity: diag.Error,
		Message: message, Hint: hint, Text: t.line(p.Line - 1),
	}
}

// lineEnd returns the offset of the end of the line with offset i.
func (t *Text) lineEnd(i int) int {
	n := t.lineOf(i)
	return t.starts[n] + len(t.line(n))
}
