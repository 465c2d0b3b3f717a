package tomltext

import "strings"

// A Document is a text that is TOML, cut into its statements.
type Document struct {
	S          string
	EOL        string
	Root       *Node
	statements []Statement
}

// A statement is a heading, or a key with its value. It belongs to the table whose
// heading it is or came last; path is that table's keys from the root.
type Statement struct {
	Span
	Table   *Node
	path    []string
	heading bool
}

func NewDocument(s string) *Document {
	p := &Document{S: s, EOL: "\n"}
	if i := strings.IndexByte(s, '\n'); i > 0 && s[i-1] == '\r' {
		p.EOL = "\r\n"
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
		p.statements = append(p.statements, Statement{Span{from, c.pos}, c.table, c.path, heading})
		c.lineEnd()
	}
	p.Root = c.root
	return p
}

// top returns the name of the table at the top of the file in which st stands, ""
// above the first heading.
func (st Statement) Top() string {
	if len(st.path) == 0 {
		return ""
	}
	return st.path[0]
}

// lastOf returns the last statement for which is holds, or nil.
func (p *Document) LastOf(is func(Statement) bool) *Statement {
	for i := len(p.statements) - 1; i >= 0; i-- {
		if is(p.statements[i]) {
			return &p.statements[i]
		}
	}
	return nil
}

// endOfLine returns where the line that holds i ends, before its line break.
func (p *Document) EndOfLine(i int) int {
	j := strings.IndexByte(p.S[i:], '\n')
	switch {
	case j < 0:
		return len(p.S)
	case j > 0 && p.S[i+j-1] == '\r':
		j--
	}
	return i + j
}

// startOfLine returns where the line that holds i begins.
func (p *Document) StartOfLine(i int) int { return strings.LastIndexByte(p.S[:i], '\n') + 1 }

// indent returns the blanks at the beginning of the line that holds i, and whether
// nothing else stands before i.
func (p *Document) Indent(i int) (blanks string, first bool) {
	before := p.S[p.StartOfLine(i):i]
	blanks = before[:len(before)-len(strings.TrimLeft(before, " \t"))]
	return blanks, len(blanks) == len(before)
}

// A group is what stands between two brackets, entry by entry.
type Group struct {
	Open    int
	Entries []Span
	Comma   int // the offset after a comma behind the last entry, or -1
	Close   int // the offset of the closing bracket
}

// group returns the entries of the list or inline table that opens at from.
func (p *Document) Group(from int) Group {
	g := Group{Open: from, Comma: -1}
	c := &scanner{s: p.S, pos: from + 1, root: &Node{Shape: Table}}
	for {
		c.skipBlank()
		if b := c.peek(); b == ']' || b == '}' {
			g.Close = c.pos
			return g
		}
		at := c.pos
		if p.S[from] == '{' {
			c.pair(c.root, nil, 1)
		} else {
			c.value(&Node{}, nil, 1)
		}
		g.Entries = append(g.Entries, Span{at, c.pos})
		g.Comma = -1
		c.skipBlank()
		if c.peek() == ',' {
			c.pos++
			g.Comma = c.pos
		}
	}
}
