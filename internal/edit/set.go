package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// errComment is the error of an edit that would remove a comment.
var errComment = errors.New("a comment stands within it, which would be lost: change it by hand")

// setAll returns the file with keys of the table at path set to fields; see set. order is the format's order
// of the keys. A field with the value nil removes its key.
func (p *document) setAll(path []any, order []string, fields []clientfile.Field) (clientfile.Source, error) {
	for _, f := range fields {
		src, err := p.set(p.at(path), order, f)
		if err != nil {
			return src, fmt.Errorf("%s: %w", f.Key, err)
		}
		text, _, _ := tomltext.Open(src.Name, src.Text)
		doc, _ := tomltext.Parse(text, nil)
		if doc == nil {
			return src, ErrNoPlace
		}
		p = &document{doc, src}
	}
	return p.src, nil
}

// at returns the node at a path of keys and indexes; nil if there is none.
func (p *document) at(path []any) *tomltext.Node {
	n := p.Root
	for _, step := range path {
		switch step := step.(type) {
		case string:
			n = n.Child(step)
		case int:
			n = n.Item(step)
		}
	}
	return n
}

// set returns the file with one key of the table n set to f. It replaces only the value of an existing key.
// It puts a new key after the existing keys that come before it in order, the keys of the format.
func (p *document) set(n *tomltext.Node, order []string, f clientfile.Field) (clientfile.Source, error) {
	value := n.Child(f.Key)
	switch {
	case n == nil || n.Shape != tomltext.Table && n.Shape != tomltext.Inline,
		value != nil && value.Shape != tomltext.Leaf && value.Shape != tomltext.List:
		return clientfile.Source{}, ErrNoPlace
	case value != nil && value.Shape == tomltext.List && p.hasComment(value):
		return clientfile.Source{}, errComment
	case value == nil && f.Value == nil:
		return p.src, nil
	case f.Value == nil:
		return p.removeKey(n, value)
	case value == nil:
		return p.with(p.newKey(n, order, f))
	}
	text, err := p.valueAt(n, f)
	return p.splice(value.At, text), err
}

// splice returns the file with text instead of the span at.
func (p *document) splice(at tomltext.Span, text string) clientfile.Source {
	mark := p.src.Text[:len(p.src.Text)-len(p.S)] // the byte-order mark, if any
	return clientfile.Source{Name: p.src.Name, Text: []byte(string(mark) + p.S[:at.From] + text + p.S[at.To:])}
}

// valueAt returns the value of f in the form for the table n.
func (p *document) valueAt(n *tomltext.Node, f clientfile.Field) (string, error) {
	if n.Shape == tomltext.Inline {
		return inlineValue(f)
	}
	blanks, _ := p.Indent(n.At.From)
	lines, err := lineValue(f, p.EOL, p.step(blanks))
	return strings.Join(lines, p.EOL+blanks), err
}

// newKey adds a key to the table n, which does not have it.
func (p *document) newKey(n *tomltext.Node, order []string, f clientfile.Field) ([]insertion, error) {
	value, err := p.valueAt(n, f)
	if err != nil {
		return nil, err
	}
	var before *tomltext.Node // the last key that comes earlier in the order
	for _, name := range n.Names {
		if c := n.Child(name); slices.Index(order, name) < slices.Index(order, f.Key) && c.Shape <= tomltext.Inline &&
			(before == nil || c.Key.From > before.Key.From) {
			before = c
		}
	}
	if n.Shape == tomltext.Inline {
		return p.newEntry(n, before, f.Key+" = "+value), nil
	}
	above := n.At.From
	if before != nil {
		above = before.Key.From
	}
	st := p.LastOf(func(st tomltext.Statement) bool { return st.Table == n && st.From <= above && above < st.To })
	if st == nil {
		return nil, ErrNoPlace
	}
	blanks, first := p.Indent(st.From)
	if before == nil && len(n.Names) > 0 && first {
		blanks, _ = p.Indent(n.Child(n.Names[0]).Key.From)
	}
	line := p.EOL + blanks + f.Key + p.column(n, f.Key) + "= " + value
	return []insertion{{p.EndOfLine(st.To), line}}, nil
}

// column returns the blanks between a new key of the table n and its "=". If the existing keys have their "="
// in a column, the new one is put below most of them.
func (p *document) column(n *tomltext.Node, key string) string {
	width, aligned, keys := 0, false, map[int]int{}
	for _, name := range n.Names {
		k := n.Child(name).Key
		blanks := len(p.S[k.To:]) - len(strings.TrimLeft(p.S[k.To:], " "))
		w := k.To - k.From + blanks
		keys[w]++
		if keys[w] > keys[width] {
			width = w
		}
		aligned = aligned || blanks > 1
	}
	if !aligned {
		return " "
	}
	return strings.Repeat(" ", max(width-len(key), 1))
}

// newEntry adds an entry to the inline table n, after the key before, if any.
func (p *document) newEntry(n, before *tomltext.Node, entry string) []insertion {
	g := p.Group(n.At.From)
	switch {
	case len(g.Entries) == 0:
		return []insertion{{g.Close, strings.Repeat(" ", 1-min(g.Close-g.Open-1, 1)) + entry + " "}}
	case before == nil:
		return []insertion{{g.Entries[0].From, entry + ", "}}
	}
	return []insertion{{g.Entries[entryOf(g, before)].To, ", " + entry}}
}

// entryOf returns the index of the entry of a key.
func entryOf(g tomltext.Group, key *tomltext.Node) int {
	return slices.IndexFunc(g.Entries, func(e tomltext.Span) bool {
		return e.From <= key.Key.From && key.Key.From < e.To
	})
}

// removeKey removes a key of the table n with its line.
func (p *document) removeKey(n, value *tomltext.Node) (clientfile.Source, error) {
	at := tomltext.Span{From: p.StartOfLine(value.Key.From), To: p.EndOfLine(value.At.To)}
	if n.Shape == tomltext.Inline {
		g := p.Group(n.At.From)
		i := entryOf(g, value)
		switch last := len(g.Entries) - 1; {
		case i < last:
			at = tomltext.Span{From: g.Entries[i].From, To: g.Entries[i+1].From}
		case i > 0:
			at = tomltext.Span{From: g.Entries[i-1].To, To: g.Entries[i].To}
		default:
			at = g.Entries[i]
		}
		if strings.Contains(p.S[at.From:g.Entries[i].From], "#") || strings.Contains(p.S[g.Entries[i].To:at.To], "#") {
			return clientfile.Source{}, errComment
		}
		return p.splice(at, ""), nil
	}
	if strings.TrimSpace(p.S[value.At.To:at.To]) != "" {
		return clientfile.Source{}, errComment
	}
	rest := p.S[at.To:]
	at.To += len(rest) - len(strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n"))
	return p.splice(at, ""), nil
}

// hasComment reports whether the list n has a comment between its entries.
func (p *document) hasComment(n *tomltext.Node) bool {
	g := p.Group(n.At.From)
	from := g.Open
	for _, e := range append(g.Entries, tomltext.Span{From: g.Close}) {
		if strings.Contains(p.S[from:e.From], "#") {
			return true
		}
		from = e.To
	}
	return false
}
