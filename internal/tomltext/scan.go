package tomltext

import (
	"regexp"
	"slices"
	"strings"

	"portalgen/internal/tomlbound"
)

// The limits. No file written by a person reaches them.
const (
	maxDepth = tomlbound.MaxDepth
	maxParts = tomlbound.MaxParts
)

// A haltKind says why the scanner stopped.
type haltKind int

const (
	openString   haltKind = iota + 1 // a text without its closing quote
	openMulti                        // a text of several lines without its closing quotes
	openBracket                      // a list or inline table that is not closed
	missingEqual                     // a key without =
	missingComma                     // between two items or entries
	missingValue                     // nothing after =
	extraComma                       // a comma with nothing before it
	badKey                           // something that cannot be a key
	badHeading                       // an invalid heading
	trailing                         // more text on the line after a value
	tooDeep                          // beyond maxDepth or maxParts
)

// A halt says where and why the scanner stopped before the end of a text.
type halt struct {
	kind haltKind
	at   Span // where a person should look
	seen int  // where the scanner noticed the problem
	last Span // the value read before
	key  Span // only for missingEqual
	word string
}

// A bare is a value without quotes: a number, a date, a boolean, or a text whose quotes are
// missing.
type bare struct {
	Span
	nested bool // within a list or an inline table
}

// A repeat is a key or heading that occurs for the second time.
type repeat struct {
	at, first Span
	name      string
}

// A scanner finds the place of each key and value. In text that the parser accepts, each place is
// exact. In other text the scanner stops at or before the first place that it cannot read.
type scanner struct {
	s     string
	from  int // where it began
	pos   int
	root  *Node
	table *Node    // the table whose heading came last
	path  []string // its keys from the root
	// known are the top-level tables. A line with such a heading ends a list that was never closed.
	known map[string]bool
	heads []int // offsets of headings
	stmt  int   // start of the current statement
	// statements are the statements that were read completely.
	statements []Statement
	last       Span // the value read last
	bares      []bare
	repeats    []repeat
	halt       *halt
	// onKey, if set, is called with the full path of every key, in order.
	onKey func(path []string)
}

func newScanner(s string, from int, known map[string]bool) *scanner {
	root := &Node{Shape: Table}
	return &scanner{s: s, from: from, pos: from, root: root, table: root, known: known}
}

// run scans to the end of the text, or until it halts.
func (c *scanner) run() {
	for c.halt == nil {
		c.skipBlank()
		if c.pos >= len(c.s) {
			return
		}
		c.stmt = c.pos
		if c.s[c.pos] == '[' {
			c.heads = append(c.heads, c.pos)
			c.heading()
		} else {
			c.pair(c.table, c.path, 0)
		}
		c.statements = append(c.statements, Statement{Span{c.stmt, c.pos}, c.table, c.path})
		c.lineEnd()
	}
}

func (c *scanner) stop(kind haltKind, at Span, seen int) {
	if c.halt == nil {
		c.halt = &halt{kind: kind, at: at, seen: seen, last: c.last}
	}
}

// peek returns the byte at the current place, or 0 at the end.
func (c *scanner) peek() byte {
	if c.pos < len(c.s) {
		return c.s[c.pos]
	}
	return 0
}

func (c *scanner) skipSpace() {
	for c.peek() == ' ' || c.peek() == '\t' {
		c.pos++
	}
}

// skipBlank skips spaces, line ends and comments.
func (c *scanner) skipBlank() {
	for {
		switch c.peek() {
		case ' ', '\t', '\n', '\r':
			c.pos++
		case '#':
			c.skipLine()
		default:
			return
		}
	}
}

func (c *scanner) skipLine() {
	if i := strings.IndexByte(c.s[c.pos:], '\n'); i >= 0 {
		c.pos += i
		return
	}
	c.pos = len(c.s)
}

// lineEnd halts if anything but a comment follows on the line.
func (c *scanner) lineEnd() {
	if c.halt != nil {
		return
	}
	c.skipSpace()
	switch c.peek() {
	case 0, '\n', '\r', '#':
		return
	}
	c.stop(trailing, Span{c.pos, c.restOfLine(c.pos)}, c.pos)
}

// restOfLine returns the end of the line without trailing blanks and carriage return.
func (c *scanner) restOfLine(from int) int {
	end := len(c.s)
	if i := strings.IndexByte(c.s[from:], '\n'); i >= 0 {
		end = from + i
	}
	return from + len(strings.TrimRight(c.s[from:end], " \t\r"))
}

// heading reads [x] or [[x]] and makes its table the current one.
func (c *scanner) heading() {
	from, open := c.pos, "["
	if strings.HasPrefix(c.s[from:], "[[") {
		open = "[["
	}
	c.pos += len(open)
	parts, spans := c.keys()
	if c.halt != nil {
		c.halt.at = Span{from, c.restOfLine(from)}
		if c.halt.kind != tooDeep {
			c.halt.kind = badHeading
		}
		return
	}
	if !strings.HasPrefix(c.s[c.pos:], strings.Repeat("]", len(open))) {
		c.stop(badHeading, Span{from, c.restOfLine(from)}, c.pos)
		return
	}
	c.pos += len(open)
	c.enter(parts, spans, Span{from, c.pos}, open == "[[")
}

// enter makes the table of a heading the current one.
func (c *scanner) enter(parts []string, spans []Span, head Span, many bool) {
	t, last := c.root, len(parts)-1
	for i, name := range parts[:last] {
		t = c.into(t, name, spans[i], Implicit)
	}
	c.last = head
	name := parts[last]
	n := t.Child(name)
	switch {
	case many && n == nil:
		n = t.add(name, Tables, head).addItem(Table, head)
	case many && n.Shape == Tables:
		n = n.addItem(Table, head)
	case n == nil:
		n = t.add(name, Table, head)
	case !many && n.Shape == Implicit:
		n.Shape, n.Key, n.At = Table, head, head
	case many && n.Shape == Implicit && c.from > 0:
		// The text before this is not known, so this may be right.
		n.Shape = Tables
		n = n.addItem(Table, head)
	default:
		n = c.repeated(n, name, head)
	}
	c.table, c.path = n, parts
	c.reportKey(parts)
}

// into returns the table called name in t, on the way to a nested key. made is Implicit for a
// heading and dotted for the key of a value. A value or an inline table cannot be extended later,
// and a table with a heading takes values only below that heading.
func (c *scanner) into(t *Node, name string, key Span, made Shape) *Node {
	n := t.Child(name)
	switch {
	case n == nil:
		return t.add(name, made, key)
	case n.Shape == Leaf || n.Shape == List || n.Shape == Inline:
		return c.repeated(n, name, key)
	case made == dotted && (n.Shape == Table || n.Shape == Tables):
		return c.repeated(n, name, key)
	case n.Shape == Tables:
		return n.Items[len(n.Items)-1]
	case made == dotted:
		n.Shape = dotted // from here on it cannot have its own heading
	}
	return n
}

// repeated records that name is repeated, and returns a node that is not part of the tree.
func (c *scanner) repeated(first *Node, name string, at Span) *Node {
	c.repeats = append(c.repeats, repeat{at, first.Key, name})
	return &Node{Shape: Table, Key: at, At: at}
}

func (c *scanner) reportKey(path []string) {
	if c.onKey != nil {
		c.onKey(path)
	}
}

// pair reads key = value into t, whose path from the root is path.
func (c *scanner) pair(t *Node, path []string, depth int) {
	parts, spans := c.keys()
	if c.halt != nil {
		return
	}
	if c.peek() != '=' {
		from := c.pos
		c.stop(missingEqual, Span{from, min(from+1, len(c.s))}, from)
		c.halt.word = strings.Join(parts, ".")
		c.halt.key = Span{spans[0].From, spans[len(spans)-1].To}
		return
	}
	c.pos++
	last := len(parts) - 1
	for i, name := range parts[:last] {
		t = c.into(t, name, spans[i], dotted)
	}
	var n *Node
	if first := t.Child(parts[last]); first != nil {
		n = c.repeated(first, parts[last], spans[last])
	} else {
		n = t.add(parts[last], Leaf, spans[last])
	}
	if c.onKey != nil {
		path = slices.Concat(path, parts)
		c.reportKey(path)
	}
	c.skipSpace()
	c.value(n, path, depth)
	if c.halt != nil && c.halt.word == "" {
		c.halt.word = parts[last]
	}
}

// headingLine matches a line with only a heading.
var headingLine = regexp.MustCompile(`^[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_-]+)[A-Za-z0-9_. \t-]*(\]\]?)[ \t]*(#.*)?$`)

// isHeading reports whether line is the heading of a known table.
func isHeading(line string, known map[string]bool) bool {
	m := headingLine.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
	return m != nil && len(m[1]) == len(m[3]) && known[m[2]]
}
