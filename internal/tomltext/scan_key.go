package tomltext

import "strings"

// keys reads a key of one or more parts and the blanks around them.
func (c *scanner) keys() (parts []string, spans []Span) {
	for {
		c.skipSpace()
		name, sp := c.part()
		if c.halt != nil {
			return nil, nil
		}
		parts, spans = append(parts, name), append(spans, sp)
		c.skipSpace()
		if c.peek() != '.' {
			return parts, spans
		}
		if len(parts) == maxParts {
			c.stop(tooDeep, sp, c.pos)
			return nil, nil
		}
		c.pos++
	}
}

// part reads one part of a key.
func (c *scanner) part() (string, Span) {
	from := c.pos
	if q := c.peek(); q == '"' || q == '\'' {
		end := closeLine(c.s, from)
		if end < 0 {
			to := c.restOfLine(from)
			c.stop(openString, Span{from, to}, c.lineStop(from))
			return "", Span{}
		}
		c.pos = end
		name := c.s[from+1 : end-1]
		if q == '"' {
			name = unescape(name)
		}
		return name, Span{from, end}
	}
	for isBareKey(c.peek()) {
		c.pos++
	}
	if c.pos == from {
		c.stop(badKey, Span{from, min(from+1, len(c.s))}, from)
	}
	return c.s[from:c.pos], Span{from, c.pos}
}

// lineStop returns the offset of the next line break after from, or the end of the text.
func (c *scanner) lineStop(from int) int {
	if i := strings.IndexAny(c.s[from:], "\r\n"); i >= 0 {
		return from + i
	}
	return len(c.s)
}

func isBareKey(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-'
}
