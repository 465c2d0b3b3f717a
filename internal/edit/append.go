package edit

import (
	"errors"
	"fmt"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// ErrNoPlace is the error of an edit for which the file has no place: the table there does not have the form
// that the format requires.
var ErrNoPlace = errors.New("the file has no place for it")

// A document is the text of a client's file. An insertion keeps every byte of it, in order.
type document struct {
	*tomltext.Document
	src clientfile.Source
}

// An insertion is a text to insert before the byte at.
type insertion struct {
	at   int
	text string
}

// appendMove returns the file with one more move at the end of the moves of a commitment, or of one of its
// interim results if deliverable is not negative; both are indexes in the file's order. If the last move
// begins a line, the new one goes on its own line with the same indentation, otherwise beside it.
//
// It fails with ErrNoPlace if there is no such commitment. It does not check whether the move is legal:
// reading the result does.
func (p *document) appendMove(commitment, deliverable int, fields []clientfile.Field) (clientfile.Source, error) {
	n, path := p.conversation(commitment, deliverable)
	if n == nil {
		return clientfile.Source{}, fmt.Errorf("no table %d of %s: %w", max(commitment, deliverable), path, ErrNoPlace)
	}
	return p.appendTo(n, "moves", path, fields)
}

// appendTo returns the file with one more table in the list key of the table n, which it creates if needed.
// path names n in errors.
func (p *document) appendTo(n *tomltext.Node, key, path string, fields []clientfile.Field) (clientfile.Source, error) {
	list := n.Child(key)
	switch {
	case list == nil && n.Shape == tomltext.Table:
		return p.with(p.newList(n, key, fields))
	case list == nil && n.Shape == tomltext.Inline:
		return p.with(p.newListInline(n, key, fields))
	case list == nil:
	case list.Shape == tomltext.List:
		return p.with(p.appendItem(list, fields))
	case list.Shape == tomltext.Tables:
		return p.with(p.appendTable(list, fields))
	}
	return clientfile.Source{}, fmt.Errorf("%s of %s: %w", key, path, ErrNoPlace)
}

// conversation returns the table of a commitment, or of one of its interim results if deliverable is not
// negative, nil if there is none; and the kind of the table.
func (p *document) conversation(commitment, deliverable int) (n *tomltext.Node, path string) {
	n = p.Root.Child("commitment").Item(commitment)
	if deliverable < 0 {
		return n, "commitment"
	}
	return n.Child("deliverable").Item(deliverable), "commitment.deliverable"
}

// insertMove returns the file with one more move before move at of the commitment or the interim result. It
// fails with ErrNoPlace if there is no such move, or if the moves are tables with headings and at is 0.
func (p *document) insertMove(commitment, deliverable, at int, fields []clientfile.Field) (clientfile.Source, error) {
	n, path := p.conversation(commitment, deliverable)
	moves := n.Child("moves")
	switch {
	case moves == nil || at >= len(moves.Items):
	case moves.Shape == tomltext.List:
		return p.with(p.insertItem(moves, at, fields))
	case moves.Shape == tomltext.Tables && at > 0:
		return p.with(p.insertTable(moves, at, fields))
	}
	return clientfile.Source{}, fmt.Errorf("move %d of %s: %w", at, path, ErrNoPlace)
}

// appendKind returns the file with one more table of a kind that can occur several times, such as "risk":
// below the last of its kind, else at its place in the format's order. The new lines are indented as the last
// table of the kind.
//
// It fails if there is no such kind, and with ErrNoPlace if the file has something else under that name.
func (p *document) appendKind(kind string, fields []clientfile.Field) (clientfile.Source, error) {
	if !clientfile.HoldsMany(kind) {
		return clientfile.Source{}, fmt.Errorf("a client's file holds no tables called %q", kind)
	}
	n := p.Root.Child(kind)
	switch {
	case n == nil:
		return p.with(p.firstTable(kind, "[["+kind+"]]", fields))
	case n.Shape == tomltext.Tables:
		return p.with(p.appendTable(n, fields))
	case n.Shape == tomltext.List:
		return p.with(p.appendItem(n, fields))
	}
	return clientfile.Source{}, fmt.Errorf("%s: %w", kind, ErrNoPlace)
}

// with returns the file with insertions, which must be in the order of their places.
func (p *document) with(all []insertion, err error) (clientfile.Source, error) {
	if err != nil {
		return clientfile.Source{}, err
	}
	var b strings.Builder
	b.Write(p.src.Text[:len(p.src.Text)-len(p.S)]) // the byte-order mark, if any
	from := 0
	for _, in := range all {
		b.WriteString(p.S[from:in.at])
		b.WriteString(in.text)
		from = in.at
	}
	b.WriteString(p.S[from:])
	return clientfile.Source{Name: p.src.Name, Text: []byte(b.String())}, nil
}
