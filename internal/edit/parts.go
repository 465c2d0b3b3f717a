package edit

import (
	"maps"
	"reflect"
	"slices"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/tomltext"
)

// The kinds of an interim result and of a person.
const (
	deliverableKind = "commitment.deliverable"
	personKind      = "people.*"
)

// Single reports whether a client's file can have only one table of a kind.
func Single(kind string) bool { return slices.Contains([]string{"about", "promises", "review"}, kind) }

func (f *File) hasPart(commitment, id string) bool {
	return slices.ContainsFunc(f.client.Commitments, func(cm client.Commitment) bool {
		return cm.ID == commitment &&
			slices.ContainsFunc(cm.Deliverables, func(d client.Deliverable) bool { return d.ID == id })
	})
}

// addPart returns the edit that appends an interim result to a commitment.
func (f *File) addPart(commitment string, fields []clientfile.Field) (*Change, error) {
	i := slices.IndexFunc(f.client.Commitments, func(cm client.Commitment) bool { return cm.ID == commitment })
	after, err := f.doc.appendPart(i, fields)
	if err != nil {
		return nil, err
	}
	return f.change(after, func(c *client.Client) bool {
		c.Commitments = slices.Clone(c.Commitments)
		parts := &c.Commitments[i].Deliverables
		if len(*parts) == 0 {
			return false
		}
		*parts = (*parts)[:len(*parts)-1]
		return true
	})
}

// appendPart returns the file with one more interim result of the commitment with this index.
func (p *document) appendPart(commitment int, fields []clientfile.Field) (clientfile.Source, error) {
	n := p.Root.Child("commitment").Item(commitment)
	switch {
	case n == nil:
		return clientfile.Source{}, ErrNoPlace
	case n.Shape != tomltext.Table || n.Child("deliverable") != nil:
		return p.appendTo(n, "deliverable", "commitment", fields)
	}
	end := p.LastOf(func(st tomltext.Statement) bool { return within(st.Table, n) })
	blanks, _ := p.Indent(n.Key.From)
	return p.with(p.tableAfter(end, blanks+p.step(blanks), "[["+deliverableKind+"]]", fields))
}

// addPerson returns the edit that appends a person to [people], which it creates if needed.
func (f *File) addPerson(id string, fields []clientfile.Field) (*Change, error) {
	line := clientfile.Field{Key: id, Value: fields}
	people := f.doc.Root.Child("people")
	var after clientfile.Source
	var err error
	if people == nil {
		after, err = f.doc.with(f.doc.firstTable("people", "[people]", []clientfile.Field{line}))
	} else {
		after, err = f.doc.set(people, append(slices.Clone(people.Names), id), line)
	}
	if err != nil {
		return nil, err
	}
	return f.change(after, func(c *client.Client) bool {
		_, there := c.People[id]
		c.People = maps.Clone(c.People)
		delete(c.People, id)
		return there
	})
}

// addSingle returns the edit that adds a table that can occur only once.
func (f *File) addSingle(kind string, fields []clientfile.Field) (*Change, error) {
	if len(fields) == 0 {
		return nil, ErrNoWords
	}
	after, err := f.doc.with(f.doc.firstTable(kind, "["+kind+"]", fields))
	if err != nil {
		return nil, err
	}
	return f.change(after, func(c *client.Client) bool {
		table := reflect.Indirect(topTable(c, kind))
		for _, f := range fields {
			if !table.IsValid() || !isSet(keyOf(table, f.Key), f.Value) {
				return false
			}
		}
		topTable(c, kind).Set(topTable(f.client, kind))
		c.PublicPromises = f.client.PublicPromises // made from [promises]
		return true
	})
}
