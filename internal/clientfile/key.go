package clientfile

import (
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// A KeyType is the type of the value of a key.
type KeyType int

// The types that a KeySpec can have.
const (
	TextKey   KeyType = iota // string
	TextsKey                 // []string
	DateKey                  // civil.Moment
	FlagKey                  // bool
	NumberKey                // int
)

// A KeySpec is a key that a table can have, as far as the format tells it.
type KeySpec struct {
	Key  string
	Type KeyType
	// Need says that a table cannot do without it.
	Need bool
	// OneOf are the texts that it can be; nil where any can.
	OneOf []string
	// Person says that it names people, Reference that it names a commitment or a
	// goal, by their ids.
	Person, Reference bool
}

// TopKeys returns the keys at the top of a client's file, those of tables among them,
// in the format's order.
func TopKeys() []string { return specOf(clientType).order }

// HoldsMany reports whether a client's file can hold several tables of a kind.
func HoldsMany(kind string) bool {
	f := specOf(clientType).fields[kind]
	return f != nil && holdsTable(f.typ) && f.typ.Kind() == reflect.Slice
}

// A Field is one key and its value, to be written into a file. The value is a
// string, a []string, a bool, an int, a civil.Moment, for an inline table a []Field or, for
// a list of such as moves, a [][]Field.
type Field struct {
	Key   string
	Value any
}

// Keys returns the keys of a kind of table of a client's file, such as "risk" or
// "commitment.moves", in the format's order, private last. Tables below it are left
// out.
func Keys(kind string) []KeySpec {
	var keys []KeySpec
	for _, k := range kindsOf(clientType) {
		if k.path != kind {
			continue
		}
		s := specOf(k.typ)
		for _, key := range s.order {
			if spec, ok := keySpecOf(s.fields[key]); ok {
				keys = append(keys, spec)
			}
		}
	}
	private := func(s KeySpec) bool { return s.Key == "private" }
	if i := slices.IndexFunc(keys, private); i >= 0 {
		keys = append(slices.Delete(keys, i, i+1), KeySpec{Key: "private", Type: FlagKey})
	}
	return keys
}

func keySpecOf(f *fieldSpec) (KeySpec, bool) {
	s := KeySpec{
		Key: f.key, Need: f.need, OneOf: f.oneof,
		Person: slices.Contains(personKeys, f.key), Reference: slices.Contains(referenceKeys, f.key),
	}
	switch f.typ {
	case momentType:
		s.Type = DateKey
		return s, true
	case reflect.TypeFor[[]string](), reflect.TypeFor[client.Texts]():
		s.Type = TextsKey
		return s, true
	case durationType:
		s.Type = TextKey
		return s, true
	}
	switch f.typ.Kind() {
	case reflect.String:
		s.Type = TextKey
	case reflect.Bool:
		s.Type = FlagKey
	case reflect.Int:
		s.Type = NumberKey
	default:
		return KeySpec{}, false
	}
	return s, true
}

// A statusDraft is a file that holds nothing but a status note.
type statusDraft struct {
	Statuses []client.Status `toml:"status"`
}

// StatusDraft reads a file that holds one status note and nothing else, and returns
// the note with what was written in it, in the file's order and without what is
// empty. The note is nil where there is not exactly one.
func StatusDraft(src Source) (*client.Status, []Field, diag.Problems) {
	f := read(src, reflect.TypeFor[statusDraft]())
	if f.doc == nil {
		return nil, nil, f.problems.Sort()
	}
	var d statusDraft
	f.into(&d)
	c := validator{decoder: &f.decoder}
	c.fields(f.doc.Root, reflect.ValueOf(&d).Elem(), kind{typ: f.top})
	if len(d.Statuses) != 1 {
		f.problems = append(f.problems, f.text.Problem(tomltext.Span{From: 0, To: 1}, rule.MissingField,
			"a draft holds one status note", "begin it with [[status]], once"))
		return nil, nil, f.problems.Sort()
	}
	note := &d.Statuses[0]
	return note, fieldsOf(f.doc.Root.Child("status").Item(0), reflect.ValueOf(note).Elem()), f.problems.Sort()
}

// fieldsOf returns what stands in the table n, which was read into rv.
func fieldsOf(n *tomltext.Node, rv reflect.Value) []Field {
	var fields []Field
	s := specOf(rv.Type())
	for _, key := range n.Names {
		f := s.fields[key]
		if f == nil {
			continue
		}
		v := rv.FieldByIndex(f.index)
		if text, ok := v.Interface().(string); v.IsZero() || ok && strings.TrimSpace(text) == "" ||
			v.Kind() == reflect.Slice && v.Len() == 0 {
			continue
		}
		fields = append(fields, Field{key, v.Interface()})
	}
	return fields
}
