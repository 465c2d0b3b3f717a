package clientfile

import (
	"slices"
	"strings"
)

// appendTable puts a table below the last of the tables n, whose heading it takes,
// and below what belongs to that one.
func (p *page) appendTable(n *node, fields []Field) ([]insertion, error) {
	last := n.items[len(n.items)-1]
	heading := p.s[last.key.from:last.key.to]
	end := p.lastOf(func(st statement) bool { return within(st.table, n) })
	blanks, _ := p.indent(last.key.from)
	return p.tableAfter(end, blanks, heading, p.layoutOf(last), fields)
}

// within reports whether n is one of the tables all, or lies below one of them.
func within(n, all *node) bool {
	for ; n != nil; n = n.parent {
		if n == all {
			return true
		}
	}
	return false
}

// firstTable puts the first table of a kind below those that the format has before
// it.
func (p *page) firstTable(kind string, fields []Field) ([]insertion, error) {
	order := specOf(clientType).order
	place := slices.Index(order, kind)
	end := p.lastOf(func(st statement) bool {
		return slices.Index(order, st.top()) < place
	})
	return p.tableAfter(end, "", "[["+kind+"]]", p.usualLayout(fields), fields)
}

// tableAfter puts a table below a statement, with a blank line on both sides; at
// the end of the file where end is nil. Comments right below the statement stay
// there, unless they stand right above another heading.
func (p *page) tableAfter(end *statement, blanks, heading string, l layout, fields []Field) ([]insertion, error) {
	lines, err := l.lines(fields, p.eol, p.step(blanks))
	if err != nil {
		return nil, err
	}
	text := blanks + heading
	for _, line := range lines {
		text += p.eol + blanks + line
	}
	if strings.TrimSpace(p.s) == "" {
		return []insertion{{len(p.s), text + p.eol}}, nil
	}
	at := p.endOfLine(len(strings.TrimRight(p.s, " \t\r\n")))
	if end != nil {
		at = p.below(end.to)
	}
	text = p.eol + p.eol + text
	if rest := strings.TrimLeft(p.s[at:], " \t\r"); len(rest) > 1 && strings.TrimLeft(rest[1:], " \t\r") != "" &&
		strings.TrimLeft(rest[1:], " \t\r")[0] != '\n' {
		text += p.eol
	}
	return []insertion{{at, text}}, nil
}

// below returns the end of the line that holds i, or of the comments right below
// it if those do not stand right above a statement.
func (p *page) below(i int) int {
	line := p.endOfLine(i)
	for end := line; ; {
		next := end + len(p.s[end:]) - len(strings.TrimPrefix(strings.TrimPrefix(p.s[end:], "\r"), "\n"))
		if next == end {
			return end
		}
		stop := p.endOfLine(next)
		text := strings.TrimLeft(p.s[next:stop], " \t")
		switch {
		case text == "":
			return end
		case text[0] != '#':
			return line
		}
		end = stop
	}
}

// A layout is how the lines of a table are written: in which columns, counted from
// the beginning of the key, their equals signs stand.
type layout struct {
	tight bool // key=value
	own   map[string]int
	usual int // of keys that own does not know; 0 where keys are not aligned
}

// layoutOf returns how the table n is written.
func (p *page) layoutOf(n *node) layout {
	l := layout{own: map[string]int{}, tight: true}
	count := map[int]int{}
	meant := false
	for _, name := range n.names {
		c := n.child(name)
		if c.shape == dotted || c.shape == table || c.shape == tables || c.shape == implicit {
			continue
		}
		gap := strings.IndexByte(p.s[c.key.to:], '=')
		column := c.key.to - c.key.from + gap
		l.own[name] = column
		l.tight = l.tight && p.s[c.key.to:c.at.from] == "="
		meant = meant || gap > 1
		count[column]++
		if best := count[l.usual]; count[column] > best || count[column] == best && column > l.usual {
			l.usual = column
		}
	}
	l.tight = l.tight && len(l.own) > 0
	if !meant {
		l.own, l.usual = nil, 0
	}
	return l
}

// usualLayout returns the layout of a kind that the file has no table of: aligned
// where any other table is.
func (p *page) usualLayout(fields []Field) layout {
	aligned, tight := false, false
	for _, st := range p.statements {
		if st.heading {
			l := p.layoutOf(st.table)
			aligned, tight = aligned || l.usual > 0, l.tight
		}
	}
	l := layout{tight: tight && !aligned}
	for _, f := range fields {
		if _, scalar := f.Value.([]string); aligned && !scalar && f.Key != "moves" {
			l.usual = max(l.usual, len(f.Key)+1)
		}
	}
	return l
}

// lines returns the lines of fields, without their indentation.
func (l layout) lines(fields []Field, eol, step string) ([]string, error) {
	var lines []string
	for _, f := range fields {
		column := l.usual
		if own, ok := l.own[f.Key]; ok {
			column = own
		}
		if _, many := f.Value.([][]Field); many {
			column = 0
		}
		key := f.Key + strings.Repeat(" ", max(column-len(f.Key), 1)) + "= "
		if l.tight {
			key = f.Key + "="
		}
		value, err := lineValue(f, eol, step)
		if err != nil {
			return nil, err
		}
		value[0] = key + value[0]
		lines = append(lines, value...)
	}
	return lines, nil
}
