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
	return p.tableAfter(end, blanks, heading, fields)
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
	order := TopKeys()
	place := slices.Index(order, kind)
	end := p.lastOf(func(st statement) bool {
		return slices.Index(order, st.top()) < place
	})
	return p.tableAfter(end, "", "[["+kind+"]]", fields)
}

// tableAfter puts a table below a statement, with a blank line on both sides; at
// the end of the file where end is nil. Comments right below the statement stay
// there, unless they stand right above another heading.
func (p *page) tableAfter(end *statement, blanks, heading string, fields []Field) ([]insertion, error) {
	below, err := lines(fields, p.eol, p.step(blanks))
	if err != nil {
		return nil, err
	}
	text := blanks + heading
	for _, line := range below {
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

// lines returns the lines of fields, without their indentation.
func lines(fields []Field, eol, step string) ([]string, error) {
	var all []string
	for _, f := range fields {
		value, err := lineValue(f, eol, step)
		if err != nil {
			return nil, err
		}
		value[0] = f.Key + " = " + value[0]
		all = append(all, value...)
	}
	return all, nil
}
