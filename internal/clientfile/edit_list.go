package clientfile

import "strings"

// appendItem puts an inline table at the end of the list n.
func (p *page) appendItem(n *node, fields []Field) ([]insertion, error) {
	g := p.group(n.at.from)
	if len(g.entries) == 0 {
		return p.firstItem(n, g, fields)
	}
	item, err := inlineTable(fields)
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
	item, err := inlineTable(fields)
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
	item, err := inlineTable(fields)
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
	item, err := inlineTable(fields)
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

// inlineTable returns fields as an inline table.
func inlineTable(fields []Field) (string, error) {
	var entries []string
	for _, f := range fields {
		value, err := inlineValue(f)
		if err != nil {
			return "", err
		}
		entries = append(entries, f.Key+" = "+value)
	}
	return "{ " + strings.Join(entries, ", ") + " }", nil
}
