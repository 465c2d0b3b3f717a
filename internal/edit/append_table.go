package edit

import (
	"slices"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// appendTable adds a table after the last of the tables n and everything that belongs to it, with the same
// heading.
func (p *document) appendTable(n *tomltext.Node, fields []clientfile.Field) ([]insertion, error) {
	last := n.Items[len(n.Items)-1]
	heading := p.S[last.Key.From:last.Key.To]
	end := p.LastOf(func(st tomltext.Statement) bool { return within(st.Table, n) })
	blanks, _ := p.Indent(last.Key.From)
	return p.tableAfter(end, blanks, heading, fields)
}

// insertTable adds a table between the tables at-1 and at of n.
func (p *document) insertTable(n *tomltext.Node, at int, fields []clientfile.Field) ([]insertion, error) {
	before := n.Items[at-1]
	end := p.LastOf(func(st tomltext.Statement) bool { return within(st.Table, before) })
	blanks, _ := p.Indent(before.Key.From)
	return p.tableAfter(end, blanks, p.S[before.Key.From:before.Key.To], fields)
}

// within reports whether n is one of the tables all, or is below one of them.
func within(n, all *tomltext.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == all {
			return true
		}
	}
	return false
}

// firstTable adds the first table of a kind, with its heading, below the tables that the format has before
// it.
func (p *document) firstTable(kind, heading string, fields []clientfile.Field) ([]insertion, error) {
	order := clientfile.TopKeys()
	place := slices.Index(order, kind)
	end := p.LastOf(func(st tomltext.Statement) bool {
		return slices.Index(order, st.Top()) < place
	})
	return p.tableAfter(end, "", heading, fields)
}

// tableAfter adds a table after a statement, or at the end of the file if end is nil, with a blank line on
// both sides. Comments directly below the statement stay there, unless they are directly above another
// heading.
func (p *document) tableAfter(end *tomltext.Statement, blanks, heading string,
	fields []clientfile.Field,
) ([]insertion, error) {
	below, err := lines(fields, p.EOL, p.step(blanks))
	if err != nil {
		return nil, err
	}
	text := blanks + heading
	for _, line := range below {
		text += p.EOL + blanks + line
	}
	if strings.TrimSpace(p.S) == "" {
		return []insertion{{len(p.S), text + p.EOL}}, nil
	}
	at := p.EndOfLine(len(strings.TrimRight(p.S, " \t\r\n")))
	if end != nil {
		at = p.endWithComments(end.To)
	}
	text = p.EOL + p.EOL + text
	if rest := strings.TrimLeft(p.S[at:], " \t\r"); len(rest) > 1 && strings.TrimLeft(rest[1:], " \t\r") != "" &&
		strings.TrimLeft(rest[1:], " \t\r")[0] != '\n' {
		text += p.EOL
	}
	return []insertion{{at, text}}, nil
}

// endWithComments returns the end of the line with i, or of the comments directly below it, if they are not
// directly above another statement.
func (p *document) endWithComments(i int) int {
	line := p.EndOfLine(i)
	for end := line; ; {
		next := end + len(p.S[end:]) - len(strings.TrimPrefix(strings.TrimPrefix(p.S[end:], "\r"), "\n"))
		if next == end {
			return end
		}
		stop := p.EndOfLine(next)
		text := strings.TrimLeft(p.S[next:stop], " \t")
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
func lines(fields []clientfile.Field, eol, step string) ([]string, error) {
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
