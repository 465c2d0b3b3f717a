package edit

import (
	"errors"
	"fmt"
	"strings"

	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// ErrNoPlace is the error of an edit for which the file has no place: what is
// there is not of the form that the format gives it.
var ErrNoPlace = errors.New("the file has no place for it")

// A document is a file's text that is changed by insertions.
type document struct{ *tomltext.Document }

// An insertion is a stretch of text to be put into another, before the byte at.
type insertion struct {
	at   int
	text string
}

// AppendMove returns src with one more move, at the end of the moves of a
// commitment, or of one of its deliverables where deliverable is not negative;
// both are places in the file's order, from 0. Every byte of src stays, in its
// order. The move goes on a line of its own, indented as the one before, where that
// begins a line, and beside it otherwise.
//
// It fails where src is not TOML, and with ErrNoPlace where there is no such
// commitment. Whether the move is legal is for Client to say of what is returned.
func AppendMove(src clientfile.Source, commitment, deliverable int, fields []clientfile.Field) (clientfile.Source, error) {
	return edited(src, func(p *document) ([]insertion, error) {
		n := p.Root.Child("commitment").Item(commitment)
		path := "commitment"
		if deliverable >= 0 {
			n, path = n.Child("deliverable").Item(deliverable), path+".deliverable"
		}
		if n == nil {
			return nil, fmt.Errorf("no table %d of %s: %w", max(commitment, deliverable), path, ErrNoPlace)
		}
		moves := n.Child("moves")
		switch {
		case moves == nil && n.Shape == tomltext.Table:
			return p.newList(n, "moves", fields)
		case moves == nil && n.Shape == tomltext.Inline:
			return p.newListInline(n, "moves", fields)
		case moves == nil:
		case moves.Shape == tomltext.List:
			return p.appendItem(moves, fields)
		case moves.Shape == tomltext.Tables:
			return p.appendTable(moves, fields)
		}
		return nil, fmt.Errorf("moves of %s: %w", path, ErrNoPlace)
	})
}

// AppendTable returns src with one more table of a kind that a file can hold
// several of, such as "risk": below the last of its kind, or else where the
// format has it. Every byte of src stays, in its order; the new lines are
// indented as the last table of the kind is.
//
// It fails where src is not TOML, where there is no such kind, and with
// ErrNoPlace where the file has something else under that name.
func AppendTable(src clientfile.Source, kind string, fields []clientfile.Field) (clientfile.Source, error) {
	if !clientfile.HoldsMany(kind) {
		return clientfile.Source{}, fmt.Errorf("a client's file holds no tables called %q", kind)
	}
	return edited(src, func(p *document) ([]insertion, error) {
		n := p.Root.Child(kind)
		switch {
		case n == nil:
			return p.firstTable(kind, fields)
		case n.Shape == tomltext.Tables:
			return p.appendTable(n, fields)
		case n.Shape == tomltext.List:
			return p.appendItem(n, fields)
		}
		return nil, fmt.Errorf("%s: %w", kind, ErrNoPlace)
	})
}

// edited returns src with the insertions that change asks for, which must be in
// the order of their places.
func edited(src clientfile.Source, change func(*document) ([]insertion, error)) (clientfile.Source, error) {
	t, _, ok := tomltext.Open(src.Name, src.Text)
	if !ok {
		return clientfile.Source{}, fmt.Errorf("%s cannot be read as text", src.Name)
	}
	if _, _, ps := tomltext.Parse(t, clientfile.TopTables()); len(ps) > 0 {
		return clientfile.Source{}, ps
	}
	ins, err := change(&document{tomltext.NewDocument(t.S)})
	if err != nil {
		return clientfile.Source{}, err
	}
	var b strings.Builder
	b.WriteString(string(src.Text[:len(src.Text)-len(t.S)])) // the byte-order mark, if any
	from := 0
	for _, in := range ins {
		b.WriteString(t.S[from:in.at])
		b.WriteString(in.text)
		from = in.at
	}
	b.WriteString(t.S[from:])
	return clientfile.Source{Name: src.Name, Text: []byte(b.String())}, nil
}
