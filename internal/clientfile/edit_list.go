package clientfile

import (
	"strings"
	"unicode/utf8"
)

// appendItem puts an inline table at the end of the list n.
func (p *page) appendItem(n *node, fields []Field) ([]insertion, error) {
	g := p.group(n.at.from)
	if len(g.entries) == 0 {
		return p.firstItem(n, g, fields)
	}
	item, err := p.styleOf(n).table(fields)
	if err != nil {
		return nil, err
	}
	last := g.entries[len(g.entries)-1]
	if blanks, first := p.indent(last.from); first {
		return p.nextLine(g, last, p.eol+blanks+item), nil
	}
	return []insertion{p.beside(g, last, item)}, nil
}

// beside puts an entry on the line on which the last one ends.
func (p *page) beside(g group, last span, entry string) insertion {
	if g.comma >= 0 {
		return insertion{g.comma, " " + entry + ","}
	}
	return insertion{last.to, ", " + entry}
}

// nextLine puts an item, which begins with a line break, on a line of its own
// below the last one. A comment behind the last one stays behind it, and the comma
// that may be missing goes between the two.
func (p *page) nextLine(g group, last span, item string) []insertion {
	after := last.to
	if g.comma >= 0 {
		after, item = g.comma, item+","
	}
	end := after
	if rest := p.s[after:p.endOfLine(after)]; strings.HasPrefix(strings.TrimLeft(rest, " \t"), "#") {
		end = p.endOfLine(after)
	}
	switch {
	case g.comma >= 0:
		return []insertion{{end, item}}
	case end == after:
		return []insertion{{end, "," + item}}
	}
	return []insertion{{last.to, ","}, {end, item}}
}

// firstItem puts an inline table into a list that has none.
func (p *page) firstItem(n *node, g group, fields []Field) ([]insertion, error) {
	item, err := plainStyle.table(fields)
	if err != nil {
		return nil, err
	}
	blanks, first := p.indent(g.close)
	switch within := p.s[g.open+1 : g.close]; {
	case strings.Contains(within, "\n") && first:
		base, _ := p.indent(g.open)
		return []insertion{{p.startOfLine(g.close), base + p.step(base) + item + "," + p.eol}}, nil
	case within != "" || n.parent != nil && n.parent.shape == inline:
		return []insertion{{g.close, strings.Repeat(" ", 1-min(len(within), 1)) + item + " "}}, nil
	}
	return []insertion{{g.close, p.eol + blanks + p.step(blanks) + item + "," + p.eol + blanks}}, nil
}

// step is by how much a line is indented below one that is indented by blanks.
func (p *page) step(blanks string) string {
	if strings.HasPrefix(blanks, "\t") || blanks == "" && strings.Contains(p.s, "\n\t") && !strings.Contains(p.s, "\n  ") {
		return "\t"
	}
	return "  "
}

// newList gives the table n, which has a heading, a list of one inline table.
func (p *page) newList(n *node, key string, fields []Field) ([]insertion, error) {
	item, err := plainStyle.table(fields)
	if err != nil {
		return nil, err
	}
	last := p.lastOf(func(st statement) bool { return st.table == n })
	blanks, _ := p.indent(last.from)
	text := p.eol + blanks + key + " = [" + p.eol + blanks + p.step(blanks) + item + "," + p.eol + blanks + "]"
	return []insertion{{p.endOfLine(last.to), text}}, nil
}

// newListInline does the same for an inline table.
func (p *page) newListInline(n *node, key string, fields []Field) ([]insertion, error) {
	item, err := plainStyle.table(fields)
	if err != nil {
		return nil, err
	}
	g := p.group(n.at.from)
	entry := key + " = [ " + item + " ]"
	if len(g.entries) == 0 {
		return []insertion{{g.close, " " + entry + " "}}, nil
	}
	return []insertion{p.beside(g, g.entries[len(g.entries)-1], entry)}, nil
}

// An inlineStyle is how the inline tables of a list are written.
type inlineStyle struct {
	pad, equal, comma string
	// columns are where the keys begin, as offsets in code points from the opening
	// brace; 0 where they are not aligned.
	columns []int
}

var plainStyle = inlineStyle{pad: " ", equal: " = ", comma: ", "}

// styleOf returns how the items of n are written, by the last one, and in which
// columns they are aligned.
func (p *page) styleOf(n *node) inlineStyle {
	st := plainStyle
	last := n.items[len(n.items)-1]
	if last.shape != inline || len(last.names) == 0 {
		return st
	}
	first := last.child(last.names[0])
	if first.shape == dotted {
		return st
	}
	if first.key.from == last.at.to {
		st.pad = ""
	}
	if p.s[first.key.to:first.at.from] == "=" {
		st.equal = "="
	}
	if len(last.names) > 1 && p.s[last.child(last.names[1]).key.from-1] == ',' {
		st.comma = ","
	}
	for i := 1; ; i++ {
		column, ok := p.column(n, i)
		if !ok {
			return st
		}
		st.columns = append(st.columns, column)
	}
}

// column returns where the i-th key of every item of n begins, 0 where they are
// not in one column. It is not ok where no item has so many keys. Beyond the first
// three, which every move has, keys of the same column may be so by chance: there
// the wider gap of one of them must show that they are not.
func (p *page) column(n *node, i int) (column int, ok bool) {
	aligned, meant := true, i < 3
	for _, item := range n.items {
		if len(item.names) <= i || item.shape != inline {
			continue
		}
		from := item.child(item.names[i]).key.from
		before := p.s[item.at.from:from]
		at := utf8.RuneCountInString(before)
		aligned = aligned && (!ok || at == column) && !strings.Contains(before, "\n")
		meant = meant || strings.HasSuffix(p.s[:from], "  ")
		column, ok = at, true
	}
	if !aligned || !meant {
		return 0, ok
	}
	return column, ok
}

// table returns an inline table of fields.
func (st inlineStyle) table(fields []Field) (string, error) {
	var b strings.Builder
	b.WriteString("{" + st.pad)
	for i, f := range fields {
		if i > 0 {
			b.WriteString(st.comma)
			if i <= len(st.columns) {
				b.WriteString(strings.Repeat(" ", max(st.columns[i-1]-utf8.RuneCountInString(b.String()), 0)))
			}
		}
		value, err := inlineValue(f)
		if err != nil {
			return "", err
		}
		b.WriteString(f.Key + st.equal + value)
	}
	return b.String() + st.pad + "}", nil
}
