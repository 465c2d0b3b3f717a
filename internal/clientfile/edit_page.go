package clientfile

import "strings"

// A page is a text that is TOML, cut into its statements.
type page struct {
	s          string
	eol        string
	root       *node
	statements []statement
}

// A statement is a heading, or a key with its value. It belongs to the table whose
// heading it is or came last; path is that table's keys from the root.
type statement struct {
	span
	table   *node
	path    []string
	heading bool
}

func newPage(s string) *page {
	p := &page{s: s, eol: "\n"}
	if i := strings.IndexByte(s, '\n'); i > 0 && s[i-1] == '\r' {
		p.eol = "\r\n"
	}
	c := newScanner(s, 0, nil)
	for c.halt == nil {
		c.skipBlank()
		if c.pos >= len(s) {
			break
		}
		from, heading := c.pos, c.peek() == '['
		if heading {
			c.heading()
		} else {
			c.pair(c.table, c.path, 0)
		}
		p.statements = append(p.statements, statement{span{from, c.pos}, c.table, c.path, heading})
		c.lineEnd()
	}
	p.root = c.root
	return p
}

// top returns the name of the table at the top of the file in which st stands, ""
// above the first heading.
func (st statement) top() string {
	if len(st.path) == 0 {
		return ""
	}
	return st.path[0]
}

// lastOf returns the last statement for which is holds, or nil.
func (p *page) lastOf(is func(statement) bool) *statement {
	for i := len(p.statements) - 1; i >= 0; i-- {
		if is(p.statements[i]) {
			return &p.statements[i]
		}
	}
	return nil
}

// endOfLine returns where the line that holds i ends, before its line break.
func (p *page) endOfLine(i int) int {
	j := strings.IndexByte(p.s[i:], '\n')
	switch {
	case j < 0:
		return len(p.s)
	case j > 0 && p.s[i+j-1] == '\r':
		j--
	}
	return i + j
}

// startOfLine returns where the line that holds i begins.
func (p *page) startOfLine(i int) int { return strings.LastIndexByte(p.s[:i], '\n') + 1 }

// indent returns the blanks at the beginning of the line that holds i, and whether
// nothing else stands before i.
func (p *page) indent(i int) (blanks string, first bool) {
	before := p.s[p.startOfLine(i):i]
	blanks = before[:len(before)-len(strings.TrimLeft(before, " \t"))]
	return blanks, len(blanks) == len(before)
}

// A group is what stands between two brackets, entry by entry.
type group struct {
	open    int
	entries []span
	comma   int // the offset after a comma behind the last entry, or -1
	close   int // the offset of the closing bracket
}

// group returns the entries of the list or inline table that opens at from.
func (p *page) group(from int) group {
	g := group{open: from, comma: -1}
	c := &scanner{s: p.s, pos: from + 1, root: &node{shape: table}}
	for {
		c.skipBlank()
		if b := c.peek(); b == ']' || b == '}' {
			g.close = c.pos
			return g
		}
		at := c.pos
		if p.s[from] == '{' {
			c.pair(c.root, nil, 1)
		} else {
			c.value(&node{}, nil, 1)
		}
		g.entries = append(g.entries, span{at, c.pos})
		g.comma = -1
		c.skipBlank()
		if c.peek() == ',' {
			c.pos++
			g.comma = c.pos
		}
	}
}
