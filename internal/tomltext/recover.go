package tomltext

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// Parse parses t. known names the tables that such a file may have at the top level: after an
// unclosed bracket or text, reading resumes at the heading of one of them. If there are problems,
// which are syntax errors, the document is nil.
func Parse(t *Text, known map[string]bool) (*Document, diag.Problems) {
	c := newScanner(t.S, 0, known)
	c.run()
	if c.halt != nil && c.halt.kind == tooDeep {
		return nil, diag.Problems{explainHalt(t, c.halt, known)}
	}
	values, err := decodeTOML(t.S)
	// The parser accepts more than TOML allows, such as a table that begins twice. Text that the
	// scanner does not accept has no places, so it is refused.
	if err == nil && c.halt == nil && len(c.repeats) == 0 && !slices.ContainsFunc(c.bares, c.isBadOffset) {
		return c.document(t, values), nil
	}
	r := recovery{t: t, known: known}
	r.all(c)
	switch {
	case len(r.problems) == 0 && err != nil:
		r.problems = append(r.problems, explainParser(t, err, 0))
	case len(r.problems) == 0:
		r.problems = append(r.problems, explainHalt(t, c.halt, known))
	}
	return nil, r.problems
}

// A recovery finds all syntax errors of a text. The parser stops at the first error, so a recovery
// parses each table separately. Where the scanner stopped, it resumes at the next heading of a
// known table. It leaves out errors that an earlier error may have caused.
type recovery struct {
	t        *Text
	known    map[string]bool
	problems diag.Problems
}

// all examines what c has scanned, and then the text after its halt.
func (r *recovery) all(c *scanner) {
	for c != nil {
		r.repeated(c)
		r.sections(c)
		from, ok := r.resume(c.halt)
		if !ok {
			return
		}
		c = newScanner(r.t.S, from, r.known)
		c.run()
	}
}

func (r *recovery) repeated(c *scanner) {
	for _, again := range c.repeats {
		first := r.t.lineOf(again.first.From) + 1
		r.problems = append(r.problems, r.t.Problem(again.at, rule.Syntax,
			fmt.Sprintf("%s is here for a second time, it is on line %d already",
				r.t.S[again.at.From:again.at.To], first),
			hintRepeat(r.t.S[again.at.From:again.at.To], again.name, r.known)))
	}
}

// sections parses each table that c has scanned separately.
func (r *recovery) sections(c *scanner) {
	starts := c.heads
	if len(starts) == 0 || starts[0] > c.from {
		starts = append([]int{c.from}, starts...)
	}
	for i, from := range starts {
		switch {
		case i+1 < len(starts):
			r.section(c, from, starts[i+1])
		case c.halt == nil:
			r.section(c, from, len(r.t.S))
		default:
			r.last(c, from)
		}
	}
}

// section adds the problems between from and to, which must contain whole statements. It reports
// whether there are none.
func (r *recovery) section(c *scanner, from, to int) bool {
	_, err := decodeTOML(r.t.S[from:to])
	n := r.values(c, from, to)
	if err == nil {
		return n == 0
	}
	var pe toml.ParseError
	reported := errors.As(err, &pe) && (reasonOf(pe) == repeated || n > 0 && isBare(c, from+pe.Position.Start))
	if !reported {
		r.problems = append(r.problems, explainParser(r.t, err, from))
	}
	return false
}

// last adds the problems of the table in which c halted. A wrong value before the halt may have
// caused it.
func (r *recovery) last(c *scanner, from int) {
	whole := c.stmt <= from || r.section(c, from, c.stmt)
	if values := r.values(c, c.stmt, c.halt.seen); whole && values == 0 || c.halt.kind == openBracket {
		r.problems = append(r.problems, explainHalt(r.t, c.halt, r.known))
	}
}

// values adds problems of the invalid values without quotes between from and to, and returns their
// number.
func (r *recovery) values(c *scanner, from, to int) int {
	n := 0
	for _, b := range c.bares[firstBare(c, from):] {
		if b.From >= to {
			break
		}
		if _, err := decodeTOML("x = " + r.t.S[b.From:b.To]); err != nil || c.isBadOffset(b) {
			r.problems = append(r.problems, explainBare(r.t, b))
			n++
		}
	}
	return n
}

// isBare reports whether offset i is in a value without quotes, which values has already checked.
func isBare(c *scanner, i int) bool {
	n := firstBare(c, i+1) - 1
	return n >= 0 && i <= c.bares[n].To
}

// firstBare returns the index of the first bare value that begins at from or later.
func firstBare(c *scanner, from int) int {
	return sort.Search(len(c.bares), func(i int) bool { return c.bares[i].From >= from })
}

// resume returns where to continue after h: at the next line that is a heading of a known table and
// not inside a text of several lines.
func (r *recovery) resume(h *halt) (int, bool) {
	if h == nil || h.kind == openMulti || h.kind == tooDeep || swallowedHeading(r.t, h, r.known) > 0 {
		return 0, false
	}
	from := h.seen
	if h.kind != openBracket {
		from = r.t.lineEnd(h.seen)
	}
	for n := r.t.lineOf(min(from, len(r.t.S))); n < len(r.t.starts); n++ {
		start, line := r.t.starts[n], r.t.line(n)
		if start >= from && isHeading(line, r.known) {
			return start, true
		}
		for _, q := range []string{`"""`, `'''`} {
			i := strings.Index(line, q)
			if i < 0 || start+i < from {
				continue
			}
			end := closeMulti(r.t.S, start+i)
			if end < 0 {
				return 0, false
			}
			n = max(n, r.t.lineOf(end-1))
			break
		}
	}
	return 0, false
}

// swallowedHeading returns the line, from 1, of the first heading of a known table inside the text
// of several lines that was read before h, or 0. If the text after it is no valid TOML, its closing
// quotes are almost surely missing.
func swallowedHeading(t *Text, h *halt, known map[string]bool) int {
	s := t.S[h.last.From:h.last.To]
	sense := h.kind != trailing && h.kind != missingEqual && h.kind != badKey
	if sense || !strings.HasPrefix(s, `"""`) && !strings.HasPrefix(s, `'''`) {
		return 0
	}
	for n := t.lineOf(h.last.From) + 1; n < len(t.starts) && t.starts[n] < h.last.To; n++ {
		if isHeading(t.line(n), known) {
			return n + 1
		}
	}
	return 0
}
