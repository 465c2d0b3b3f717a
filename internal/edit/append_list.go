package edit

import (
	"cmp"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// appendItem adds an inline table at the end of the list n.
func (p *document) appendItem(n *tomltext.Node, fields []clientfile.Field) ([]insertion, error) {
	g := p.Group(n.At.From)
	if len(g.Entries) == 0 {
		return p.firstItem(n, g, fields)
	}
	item, err := inlineTable(fields)
	if err != nil {
		return nil, err
	}
	last := g.Entries[len(g.Entries)-1]
	if blanks, first := p.Indent(last.From); first {
		return p.nextLine(g, last, p.EOL+blanks+item), nil
	}
	return []insertion{p.beside(g, last, item)}, nil
}

// insertItem adds an inline table before the one at index at of the list n, on its own line if that one
// begins a line. The comments directly above that one stay above it.
func (p *document) insertItem(n *tomltext.Node, at int, fields []clientfile.Field) ([]insertion, error) {
	g := p.Group(n.At.From)
	item, err := inlineTable(fields)
	if err != nil || at >= len(g.Entries) {
		return nil, cmp.Or(err, ErrNoPlace)
	}
	next := g.Entries[at].From
	blanks, first := p.Indent(next)
	if !first {
		return []insertion{{next, item + ", "}}, nil
	}
	above := g.Open
	if at > 0 {
		above = g.Entries[at-1].To
	}
	line := p.StartOfLine(next)
	for line > 0 {
		before := p.StartOfLine(line - 1)
		if before <= above || !strings.HasPrefix(strings.TrimLeft(p.S[before:line], " \t"), "#") {
			break
		}
		line = before
	}
	return []insertion{{line, blanks + item + "," + p.EOL}}, nil
}

// beside adds an entry on the line on which the last one ends.
func (p *document) beside(g tomltext.Group, last tomltext.Span, entry string) insertion {
	if g.Comma >= 0 {
		return insertion{g.Comma, " " + entry + ","}
	}
	return insertion{last.To, ", " + entry}
}

// nextLine adds an item, which begins with a line break, on its own line below the last one. A comment after
// the last item stays there, and a missing comma is put before the comment.
func (p *document) nextLine(g tomltext.Group, last tomltext.Span, item string) []insertion {
	after := last.To
	if g.Comma >= 0 {
		after, item = g.Comma, item+","
	}
	end := after
	if rest := p.S[after:p.EndOfLine(after)]; strings.HasPrefix(strings.TrimLeft(rest, " \t"), "#") {
		end = p.EndOfLine(after)
	}
	switch {
	case g.Comma >= 0:
		return []insertion{{end, item}}
	case end == after:
		return []insertion{{end, "," + item}}
	}
	return []insertion{{last.To, ","}, {end, item}}
}

// firstItem adds an inline table to an empty list.
func (p *document) firstItem(n *tomltext.Node, g tomltext.Group, fields []clientfile.Field) ([]insertion, error) {
	item, err := inlineTable(fields)
	if err != nil {
		return nil, err
	}
	blanks, first := p.Indent(g.Close)
	switch within := p.S[g.Open+1 : g.Close]; {
	case strings.Contains(within, "\n") && first:
		base, _ := p.Indent(g.Open)
		return []insertion{{p.StartOfLine(g.Close), base + p.step(base) + item + "," + p.EOL}}, nil
	case within != "" || n.Parent != nil && n.Parent.Shape == tomltext.Inline:
		return []insertion{{g.Close, strings.Repeat(" ", 1-min(len(within), 1)) + item + " "}}, nil
	}
	return []insertion{{g.Close, p.EOL + blanks + p.step(blanks) + item + "," + p.EOL + blanks}}, nil
}

// step returns the additional indentation of a line below one that is indented by blanks.
func (p *document) step(blanks string) string {
	if strings.HasPrefix(blanks, "\t") || blanks == "" && strings.Contains(p.S, "\n\t") &&
		!strings.Contains(p.S, "\n  ") {
		return "\t"
	}
	return "  "
}

// newList adds a list of one inline table to the table n, which has a heading.
func (p *document) newList(n *tomltext.Node, key string, fields []clientfile.Field) ([]insertion, error) {
	item, err := inlineTable(fields)
	if err != nil {
		return nil, err
	}
	last := p.LastOf(func(st tomltext.Statement) bool { return st.Table == n })
	blanks, _ := p.Indent(last.From)
	text := p.EOL + blanks + key + " = [" + p.EOL + blanks + p.step(blanks) + item + "," + p.EOL + blanks + "]"
	return []insertion{{p.EndOfLine(last.To), text}}, nil
}

// newListInline does the same for an inline table.
func (p *document) newListInline(n *tomltext.Node, key string, fields []clientfile.Field) ([]insertion, error) {
	item, err := inlineTable(fields)
	if err != nil {
		return nil, err
	}
	g := p.Group(n.At.From)
	entry := key + " = [ " + item + " ]"
	if len(g.Entries) == 0 {
		return []insertion{{g.Close, " " + entry + " "}}, nil
	}
	return []insertion{p.beside(g, g.Entries[len(g.Entries)-1], entry)}, nil
}

func inlineTable(fields []clientfile.Field) (string, error) {
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
