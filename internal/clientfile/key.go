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

// A KeySpec describes a key that a table can have.
type KeySpec struct {
	Key  string
	Type KeyType
	// Need says that the key is required.
	Need bool
	// OneOf are the allowed texts; nil if any text is allowed.
	OneOf []string
	// Person says that the value is ids of people, Reference that it is ids of commitments or a goal.
	Person, Reference bool
}

// TopKeys returns the keys at the top of a client's file, including those of tables, in the format's order.
func TopKeys() []string { return specOf(clientType).order }

// HoldsMany reports whether a client's file can have several tables of a kind.
func HoldsMany(kind string) bool {
	f := specOf(clientType).fields[kind]
	return f != nil && holdsTable(f.typ) && f.typ.Kind() == reflect.Slice
}

// A Field is one key and its value, to write into a file. The value is a string, a []string, a bool, an int,
// a civil.Moment, a []Field for an inline table, or a [][]Field for a list of inline tables such as moves.
type Field struct {
	Key   string
	Value any
}

// Keys returns the keys of a kind of table of a client's file, such as "risk" or "commitment.moves", in the
// format's order with private last. Keys of tables are left out.
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

// A statusDraft is a file that has only a status note.
type statusDraft struct {
	Statuses []client.Status `toml:"status"`
}

// StatusDraft reads a file that has exactly one status note and nothing else. It returns the note and its
// fields that are not empty, in the file's order. The note is nil if there is not exactly one.
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

// fieldsOf returns the fields of the table n that are not empty; rv is the decoded table.
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
