package edit

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
)

// topTable returns the field of c with the table, or list of tables, of a kind at the top of a file.
func topTable(c *client.Client, kind string) reflect.Value {
	return keyOf(reflect.ValueOf(c).Elem(), kind)
}

// keyOf returns the field of a struct of package client for a key.
func keyOf(v reflect.Value, key string) reflect.Value {
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("toml") == key {
			return v.FieldByIndex(f.Index)
		}
	}
	return reflect.Value{}
}

// path returns the keys and indexes that lead to the table.
func (u updating) path() []any {
	switch {
	case u.part >= 0:
		return []any{"commitment", u.place, "deliverable", u.part}
	case u.kind == personKind:
		return []any{"people", u.person}
	case Single(u.kind):
		return []any{u.kind}
	}
	return []any{u.kind, u.place}
}

// table returns the table in c; for a person it is a copy.
func (u updating) table(c *client.Client) reflect.Value {
	switch {
	case u.part >= 0:
		return reflect.ValueOf(&c.Commitments[u.place].Deliverables[u.part]).Elem()
	case u.kind == personKind:
		p := c.People[u.person]
		return reflect.ValueOf(&p).Elem()
	case Single(u.kind):
		return reflect.Indirect(topTable(c, u.kind))
	}
	return topTable(c, u.kind).Index(u.place)
}

// has reports whether the table in the file has a key.
func (u updating) has(f *File, key string) bool {
	v := keyOf(u.table(f.client), key)
	return v.IsValid() && !v.IsZero()
}

func (u updating) change(fm *Form) (*Change, error) {
	f := fm.file
	if len(fm.values) == 0 {
		return nil, ErrNoWords
	}
	if err := u.allowed(fm); err != nil {
		return nil, err
	}
	path := u.path()
	fields, entry := u.split(fm)
	after, err := f.doc.setAll(path, namesOf(clientfile.Keys(u.kind)), fields)
	if err == nil && len(entry) > 0 {
		_, doc, _ := clientfile.Open(f.id, after, f.opt)
		if doc == nil {
			return nil, ErrWider
		}
		p := &document{doc, after}
		after, err = p.appendTo(p.at(path), "log", "risk", entry)
	}
	if err != nil {
		return nil, err
	}
	if string(after.Text) == string(f.doc.src.Text) {
		return nil, ErrNothing
	}
	return f.change(after, func(c *client.Client) bool { return u.undo(c, fm, fields, len(entry) > 0) })
}

// split returns the values for the table, and those for the entry of a risk's log.
func (u updating) split(fm *Form) (fields, entry []clientfile.Field) {
	for _, spec := range fm.specs {
		v, ok := fm.values[spec.Key]
		switch {
		case !ok:
		case u.kind == "risk" && slices.Contains(logged, spec.Key):
			entry = append(entry, clientfile.Field{Key: spec.Key, Value: v})
		default:
			fields = append(fields, clientfile.Field{Key: spec.Key, Value: v})
		}
	}
	slices.SortStableFunc(entry, func(a, b clientfile.Field) int {
		return cmp.Compare(slices.Index(logged, a.Key), slices.Index(logged, b.Key))
	})
	return fields, entry
}

// allowed refuses what only a move can change.
func (u updating) allowed(fm *Form) error {
	f := fm.file
	switch {
	case u.part >= 0 && fm.Has("due"):
		cm := &f.client.Commitments[u.place]
		if r := cm.Replay.Interims[u.part]; r.Begun {
			d := cm.Deliverables[u.part].ID
			return fmt.Errorf("%s%s%s is promised for %s; another date is a move: "+
				"`portalgen move %s %[1]s%[2]s%[3]s renegotiate`",
				cm.ID, partOf, d, cm.Deliverables[u.part].Due, f.id)
		}
	case u.kind == "commitment" && fm.Has("satisfied_when"):
		cm := &f.client.Commitments[u.place]
		if len(cm.Replay.Whole.Agreed.SatisfiedWhen) > 0 {
			return fmt.Errorf("the conditions of %s are agreed; a further one is a move: "+
				"`portalgen move %s %[1]s renegotiate --add-condition \"…\"`",
				cm.ID, f.id)
		}
	}
	return nil
}

// undo restores the old values in c, and reports whether the new ones were there.
func (u updating) undo(c *client.Client, fm *Form, fields []clientfile.Field, log bool) bool {
	before := fm.file.client
	if !u.cloneTable(c) {
		return false
	}
	now, old := u.table(c), u.table(before)
	for _, f := range fields {
		v := keyOf(now, f.Key)
		// A removed promise may be inherited from the provider's file.
		if !isSet(v, f.Value) && (u.kind != "promises" || f.Value != nil) {
			return false
		}
		v.Set(keyOf(old, f.Key))
	}
	if log {
		entries := keyOf(now, "log")
		if entries.Len() == 0 {
			return false
		}
		entries.Set(entries.Slice(0, entries.Len()-1))
	}
	if id := now.FieldByName("ID"); id.IsValid() { // it may be made from what was set
		id.Set(old.FieldByName("ID"))
	}
	switch u.kind {
	case personKind:
		c.People[u.person] = now.Interface().(client.Person)
	case "promises":
		c.PublicPromises = before.PublicPromises // made from [promises]
	}
	return true
}

// cloneTable copies the part of c that holds the table, so that it can be changed. It reports whether the
// table is there.
func (u updating) cloneTable(c *client.Client) bool {
	switch {
	case u.kind == personKind:
		c.People = maps.Clone(c.People)
		_, there := c.People[u.person]
		return there
	case u.kind == "review" && c.Review != nil:
		r := *c.Review
		c.Review = &r
		return true
	case Single(u.kind):
		return u.kind != "review"
	}
	list := topTable(c, strings.TrimSuffix(u.kind, ".deliverable"))
	if u.place >= list.Len() || u.part >= 0 && u.part >= len(c.Commitments[u.place].Deliverables) {
		return false
	}
	cloneList(list)
	if u.part >= 0 {
		cloneList(reflect.ValueOf(&c.Commitments[u.place].Deliverables).Elem())
	}
	return true
}

// cloneList gives a list its own memory.
func cloneList(list reflect.Value) {
	all := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	reflect.Copy(all, list)
	list.Set(all)
}

// isSet reports whether a field has the value that was to be written.
func isSet(v reflect.Value, want any) bool {
	if want == nil {
		return v.IsZero()
	}
	if d, ok := v.Interface().(client.Duration); ok {
		s, _ := want.(string)
		wanted, err := client.ParseDuration(s)
		return err == nil && d == wanted
	}
	if s, ok := want.(string); ok {
		plain := strings.NewReplacer("\r\n", "\n")
		return plain.Replace(v.String()) == plain.Replace(s)
	}
	return reflect.DeepEqual(v.Interface(), reflect.ValueOf(want).Convert(v.Type()).Interface())
}
