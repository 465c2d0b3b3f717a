package tomltext

import "strings"

// A Document is a text in valid TOML: its values, the tree of their places, and its statements.
type Document struct {
	*Text
	// Values are the values of the top table, as the parser (BurntSushi/toml) returns them.
	Values map[string]any
	Root   *Node
	// EOL is the line ending of the first line: "\n" or "\r\n".
	EOL        string
	statements []Statement
}

// A Statement is a heading, or a key with its value.
type Statement struct {
	Span
	// Table is the table of this heading, or of the last heading before this key.
	Table *Node
	path  []string // path of Table from the root
}

// document returns t with the results of c, which must have scanned all of it.
func (c *scanner) document(t *Text, values map[string]any) *Document {
	p := &Document{Text: t, Values: values, Root: c.root, EOL: "\n", statements: c.statements}
	if i := strings.IndexByte(t.S, '\n'); i > 0 && t.S[i-1] == '\r' {
		p.EOL = "\r\n"
	}
	return p
}

// Top returns the name of the top-level table that contains st; "" above the first heading.
func (st Statement) Top() string {
	if len(st.path) == 0 {
		return ""
	}
	return st.path[0]
}

// LastOf returns the last statement for which is returns true, or nil.
func (p *Document) LastOf(is func(Statement) bool) *Statement {
	for i := len(p.statements) - 1; i >= 0; i-- {
		if is(p.statements[i]) {
			return &p.statements[i]
		}
	}
	return nil
}

// EndOfLine returns the offset of the end of the line with offset i, before its line break.
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

// StartOfLine returns the offset of the start of the line with offset i.
func (p *Document) StartOfLine(i int) int { return strings.LastIndexByte(p.S[:i], '\n') + 1 }

// Indent returns the blanks at the start of the line with offset i. first reports whether only
// blanks are before i.
func (p *Document) Indent(i int) (blanks string, first bool) {
	before := p.S[p.StartOfLine(i):i]
	blanks = before[:len(before)-len(strings.TrimLeft(before, " \t"))]
	return blanks, len(blanks) == len(before)
}

// A Group is the content of a list or an inline table, entry by entry.
type Group struct {
	Open    int // the offset of the opening bracket
	Entries []Span
	Comma   int // offset after a comma that follows the last entry, or -1
	Close   int // the offset of the closing bracket
}

// Group returns the entries of the list or inline table whose bracket is at offset from.
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
