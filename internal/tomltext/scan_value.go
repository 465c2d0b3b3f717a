package tomltext

import (
	"regexp"
	"strconv"
	"strings"
)

// value reads a value into n, whose path from the root is path.
func (c *scanner) value(n *Node, path []string, depth int) {
	from := c.pos
	switch b := c.peek(); {
	case strings.HasPrefix(c.s[from:], `"""`), strings.HasPrefix(c.s[from:], `'''`):
		end := closeMulti(c.s, from)
		if end < 0 {
			c.stop(openMulti, Span{from, c.restOfLine(from)}, len(c.s))
			return
		}
		c.pos = end
	case b == '"' || b == '\'':
		end := closeLine(c.s, from)
		if end < 0 {
			c.stop(openString, Span{from, c.restOfLine(from)}, c.lineStop(from))
			return
		}
		c.pos = end
	case b == '[' || b == '{':
		if depth == maxDepth {
			c.stop(tooDeep, Span{from, from + 1}, from)
			return
		}
		if b == '[' {
			n.Shape = List
			c.list(n, path, depth+1)
		} else {
			n.Shape = Inline
			c.inline(n, path, depth+1)
		}
	default:
		c.bare(depth > 0)
	}
	c.last = Span{from, c.pos}
	n.At = c.last
	if n.Shape == Inline {
		n.At.To = from + 1
	}
}

// list reads [ … ].
func (c *scanner) list(n *Node, path []string, depth int) {
	c.entries(']', func() { c.value(n.addItem(Leaf, Span{c.pos, c.pos + 1}), path, depth) })
}

// inline reads { … }.
func (c *scanner) inline(n *Node, path []string, depth int) {
	c.entries('}', func() { c.pair(n, path, depth) })
}

// entries reads the entries between the bracket at c.pos and its closing one, separated by commas.
func (c *scanner) entries(closing byte, entry func()) {
	open := c.pos
	c.pos++
	for c.halt == nil {
		c.skipBlank()
		if c.notClosed(open) {
			return
		}
		switch c.peek() {
		case closing:
			c.pos++
			return
		case ',':
			c.stop(extraComma, Span{c.pos, c.pos + 1}, c.pos)
			return
		}
		entry()
		c.comma(open, closing)
	}
}

// comma reads the comma between two entries. After the last entry it is optional.
func (c *scanner) comma(open int, end byte) {
	if c.halt != nil {
		return
	}
	at := c.pos
	c.skipBlank()
	switch b := c.peek(); {
	case c.notClosed(open), b == end:
	case b == ',':
		c.pos++
	case c.pos == at && (c.s[at-1] == '"' || c.s[at-1] == '\''):
		c.stop(trailing, Span{at, c.restOfLine(at)}, at)
	case c.pos == at && b != '{' && b != '[' && !isBareKey(b) || b == ']' || b == '}':
		c.stop(trailing, Span{c.pos, c.pos + 1}, c.pos)
	default:
		c.stop(missingComma, Span{at, at + 1}, c.pos)
	}
}

// notClosed reports, and records as a halt, that the bracket at open is not closed before the end
// of the text or the heading of the next table.
func (c *scanner) notClosed(open int) bool {
	if c.pos >= len(c.s) {
		c.stop(openBracket, Span{open, open + 1}, c.pos)
		return true
	}
	if c.s[c.pos] != '[' {
		return false
	}
	start := strings.LastIndexByte(c.s[:c.pos], '\n') + 1
	if strings.Trim(c.s[start:c.pos], " \t") != "" || !isHeading(c.s[start:c.lineStop(c.pos)], c.known) {
		return false
	}
	c.stop(openBracket, Span{open, open + 1}, start)
	return true
}

var dateAndTime = regexp.MustCompile(`^\d{4}-\d{2}-\d{2} \d`)

// bare reads a value without quotes. A number, a date or a boolean ends at a blank. Other words are
// taken for a text whose quotes are missing, which is read as far as possible.
func (c *scanner) bare(nested bool) {
	from := c.pos
	ends := "\n\r#"
	if nested {
		ends = ",]}\n\r#"
	}
	if c.literal() {
		ends = " \t,]}\n\r#\"'"
	}
	look := from
	if dateAndTime.MatchString(c.s[from:]) {
		look += len("2006-01-02 ")
	}
	c.pos = len(c.s)
	if i := strings.IndexAny(c.s[look:], ends); i >= 0 {
		c.pos = look + i
	}
	c.pos = from + len(strings.TrimRight(c.s[from:c.pos], " \t"))
	if c.pos == from {
		c.stop(missingValue, Span{from, from + 1}, from)
		return
	}
	c.bares = append(c.bares, bare{Span{from, c.pos}, nested})
}

// offsetForm matches a date-time with an offset from UTC.
var offsetForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[Tt ].*[+-](\d{2}):(\d{2})$`)

// isBadOffset reports whether b is a date-time with an impossible offset: the parser accepts +24:00
// and +01:60, but TOML does not.
func (c *scanner) isBadOffset(b bare) bool {
	m := offsetForm.FindStringSubmatch(c.s[b.From:b.To])
	return m != nil && (m[1] > "23" || m[2] > "59")
}

var literalWord = regexp.MustCompile(`^(true|false|inf|nan)([^A-Za-z]|$)|^[0-9+-]`)

// literal reports whether the current value begins like a number, a date or a boolean.
func (c *scanner) literal() bool {
	return literalWord.MatchString(c.s[c.pos:min(c.pos+8, len(c.s))])
}

// closeLine returns the offset after the closing quote of the one-line text that begins at from, or
// -1.
func closeLine(s string, from int) int {
	q := s[from]
	for i := from + 1; i < len(s); i++ {
		switch b := s[i]; {
		case b == q:
			return i + 1
		case b == '\n' || b == '\r':
			return -1
		case b == '\\' && q == '"' && i+1 < len(s) && s[i+1] != '\n' && s[i+1] != '\r':
			i++
		}
	}
	return -1
}

// closeMulti returns the offset after the three closing quotes of the text that begins with three
// quotes at from, or -1. Up to two more quotes before the closing ones belong to the text.
func closeMulti(s string, from int) int {
	q := s[from]
	for i := from + 3; i < len(s); i++ {
		switch {
		case s[i] == '\\' && q == '"':
			i++
		case s[i] == q && strings.HasPrefix(s[i:], s[from:from+3]):
			i += 3
			for n := 0; n < 2 && i < len(s) && s[i] == q; n++ {
				i++
			}
			return i
		}
	}
	return -1
}

var escapes = map[byte]rune{
	'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r', 'e': 0x1b, '"': '"', '\\': '\\',
}

// unescape returns a quoted key without its escapes, which must be valid.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if r, ok := escapes[s[i]]; ok {
			b.WriteRune(r)
			continue
		}
		n := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[i]]
		hex := s[i+1 : min(i+1+n, len(s))]
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil {
			b.WriteRune(rune(v))
		}
		i += len(hex)
	}
	return b.String()
}
