package clientfile

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// A report collects problems, and marks the nodes that have one.
type report struct {
	text     *tomltext.Text
	problems diag.Problems
}

// at adds a problem of the node n that underlines sp.
func (r *report) at(n *tomltext.Node, sp tomltext.Span, rule, message, hint string) {
	r.problems = append(r.problems, r.text.Problem(sp, rule, message, hint))
	n.MarkFlawed()
}

// value adds a problem that underlines the value of n.
func (r *report) value(n *tomltext.Node, rule, message, hint string) {
	r.at(n, n.At, rule, message, hint)
}

// A decoder fills Go values from the parser's values.
type decoder struct {
	report
	zone *time.Location // for date-times with an offset of their own
	top  reflect.Type   // the type of the whole file, for hints
}

// table fills the struct rv from m.
func (d *decoder) table(n *tomltext.Node, m map[string]any, rv reflect.Value, k kind) {
	s := specOf(rv.Type())
	if item := rv.FieldByName("Item"); item.IsValid() && item.Kind() == reflect.Struct {
		item.FieldByName("Pos").Set(reflect.ValueOf(d.text.Pos(placeOf(n, k))))
	}
	meant := map[string]bool{}
	for _, key := range n.Names {
		if f := s.fields[key]; f != nil {
			d.any(n.Child(key), m[key], rv.FieldByIndex(f.index), f, k)
		} else {
			meant[d.unknownKey(n, key, m[key], s, k)] = true
		}
	}
	for _, key := range s.order {
		f := s.fields[key]
		if _, ok := m[key]; f.need && !ok && !meant[key] {
			d.value(n, rule.MissingField, fmt.Sprintf("%q is missing %s", key, k.where()), "write "+example(f))
		}
	}
}

// placeOf returns the place of a table; for a person on one line it is the id.
func placeOf(n *tomltext.Node, k kind) tomltext.Span {
	if k.path == onePerson && n.Shape == tomltext.Inline {
		return n.Key
	}
	return n.At
}

// any fills rv from v, the value of the key of f in a table of kind k.
func (d *decoder) any(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec, k kind) {
	if read, ok := readers[rv.Type()]; ok {
		read(d, n, v, rv, f)
		return
	}
	switch rv.Kind() {
	case reflect.Struct:
		if m := d.asTable(n, v, k.below(f.key, f.typ)); m != nil {
			d.table(n, m, rv, k.below(f.key, f.typ))
		}
	case reflect.Pointer:
		rv.Set(reflect.New(rv.Type().Elem()))
		d.any(n, v, rv.Elem(), f, k)
	case reflect.Map:
		d.tableMap(n, v, rv, f, k)
	case reflect.Slice:
		d.slice(n, v, rv, f, k)
	default:
		panic(fmt.Sprintf("clientfile: no reader for %s of %s", rv.Type(), f.key))
	}
}

// asTable returns v as one table. If v is something else, it reports that and returns nil.
func (d *decoder) asTable(n *tomltext.Node, v any, k kind) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return v
	case []map[string]any:
		d.at(n.Item(0), n.Item(0).At, rule.WrongType, fmt.Sprintf("there is only one %s", k),
			"write "+k.heading()+", with single brackets")
	default:
		d.value(n, rule.WrongType, shouldBe(lastOf(k.path), "a table", v),
			"write "+k.heading()+" on a line of its own, and its keys below")
	}
	return nil
}

// slice fills rv, a list of tables, from v.
func (d *decoder) slice(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec, k kind) {
	below := k.below(f.key, f.typ)
	var items []any
	switch v := v.(type) {
	case []map[string]any:
		for _, m := range v {
			items = append(items, m)
		}
	case []any:
		items = v
	case map[string]any:
		d.value(n, rule.WrongType, fmt.Sprintf("%q is a list of tables, and this is one table", f.key),
			hintMany(n, below, f.key))
		return
	default:
		d.value(n, rule.WrongType, shouldBe(f.key, "a list of tables", v), hintMany(n, below, f.key))
		return
	}
	rv.Set(reflect.MakeSlice(rv.Type(), len(items), len(items)))
	for i, item := range items {
		if m, ok := item.(map[string]any); ok {
			d.table(n.Item(i), m, rv.Index(i), below)
		} else {
			d.value(n.Item(i), rule.WrongType, shouldBe("each of "+f.key, "a table", item), hintMany(n, below, f.key))
		}
	}
}

// tableMap fills rv, a map of tables whose keys the provider chooses.
func (d *decoder) tableMap(n *tomltext.Node, v any, rv reflect.Value, f *fieldSpec, k kind) {
	m := d.asTable(n, v, kind{path: f.key})
	if m == nil {
		return
	}
	below := k.below(f.key, f.typ)
	rv.Set(reflect.MakeMapWithSize(rv.Type(), len(m)))
	for i, key := range n.Names {
		entry := reflect.New(rv.Type().Elem()).Elem()
		c := n.Child(key)
		if read, ok := readers[entry.Type()]; ok {
			read(d, c, m[key], entry, &fieldSpec{key: key, typ: entry.Type()})
		} else if t, ok := m[key].(map[string]any); ok {
			d.table(c, t, entry, below)
		} else {
			d.value(c, rule.WrongType, shouldBe(key, "a person", m[key]), d.hintPerson(key))
			continue
		}
		if id := entry.FieldByName("ID"); id.IsValid() {
			id.SetString(key)
		}
		if order := entry.FieldByName("Order"); order.IsValid() {
			order.SetInt(int64(i))
		}
		rv.SetMapIndex(reflect.ValueOf(key), entry)
	}
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
