package clientfile

import (
	"reflect"
	"strings"
	"sync"

	"portalgen/internal/client"
)

// A fieldSpec is what the tags of a Go field say about its key.
type fieldSpec struct {
	key   string
	index []int
	typ   reflect.Type
	need  bool
	oneof []string
}

// A tableSpec is the keys that a table may have.
type tableSpec struct {
	order []string
	// byHand are the keys in order that people write: all except those of replies.
	byHand []string
	fields map[string]*fieldSpec
}

var specs sync.Map // from reflect.Type to *tableSpec

// specOf returns the spec of a struct of package client.
func specOf(t reflect.Type) *tableSpec {
	if s, ok := specs.Load(t); ok {
		return s.(*tableSpec)
	}
	s := &tableSpec{fields: map[string]*fieldSpec{}}
	for _, f := range reflect.VisibleFields(t) {
		key := f.Tag.Get("toml")
		if key == "" || key == "-" {
			continue
		}
		s.order = append(s.order, key)
		if len(f.Index) == 1 || t.Field(f.Index[0]).Type != reflect.TypeFor[client.Sent]() {
			s.byHand = append(s.byHand, key)
		}
		s.fields[key] = &fieldSpec{
			key: key, index: f.Index, typ: f.Type,
			need: f.Tag.Get("need") == "yes", oneof: strings.Fields(f.Tag.Get("oneof")),
		}
	}
	specs.Store(t, s)
	return s
}

// topTables returns the names of the tables at the top of a file of type t.
func topTables(t reflect.Type) map[string]bool {
	names := map[string]bool{}
	for _, f := range specOf(t).fields {
		if holdsTable(f.typ) {
			names[f.key] = true
		}
	}
	return names
}

func holdsTable(t reflect.Type) bool {
	switch t {
	case momentType, durationType:
		return false
	case aboutType, checkType:
		return true
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return true
	case reflect.Slice, reflect.Pointer:
		return holdsTable(t.Elem())
	}
	return false
}

// A kind is a kind of table, named as in its heading.
type kind struct {
	path string // such as commitment.deliverable; people.* for a person, "" for the top
	many bool   // written as [[path]]
	typ  reflect.Type
}

// onePerson is the path of each table in [people].
const onePerson = "people.*"

// heading returns the heading of a table of this kind.
func (k kind) heading() string {
	path := strings.TrimSuffix(k.path, ".*")
	if k.many {
		return "[[" + path + "]]"
	}
	return "[" + path + "]"
}

// String describes the kind as in a file.
func (k kind) String() string {
	switch {
	case k.path == "":
		return "the top of the file"
	case k.path == onePerson:
		return "a person"
	case strings.HasSuffix(k.path, "moves"):
		return "a move"
	case strings.HasSuffix(k.path, ".log"):
		return "an entry of a risk's log"
	}
	return k.heading()
}

// where says in words where a key of this kind is.
func (k kind) where() string {
	if k.path == "" {
		return "at the top of the file"
	}
	return "in " + k.String()
}

// below returns the kind of the table under key.
func (k kind) below(key string, t reflect.Type) kind {
	path := key
	if k.path != "" {
		path = k.path + "." + key
	}
	if t.Kind() == reflect.Map {
		path += ".*"
	}
	many := t.Kind() == reflect.Slice
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return kind{path, many, t}
}

// kindsOf lists every kind of table in a file of type t, the top first.
func kindsOf(t reflect.Type) []kind {
	all := []kind{{typ: t}}
	for i := 0; i < len(all); i++ {
		s := specOf(all[i].typ)
		for _, key := range s.order {
			f := s.fields[key]
			if k := all[i].below(key, f.typ); holdsTable(f.typ) && k.typ != checkType {
				all = append(all, k)
			}
		}
	}
	return all
}

var clientType, providerType, privateType = reflect.TypeFor[client.Client](),
	reflect.TypeFor[client.Provider](), reflect.TypeFor[client.PrivateFile]()
