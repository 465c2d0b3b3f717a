package portalgen_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen/internal/client"
)

// keysOf returns the fields of a table by their keys, without private, which nearly every table
// has, and without those of replies, which many have.
func keysOf(typ reflect.Type) map[string]reflect.StructField {
	keys := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(typ) {
		_, ofReplies := reflect.TypeFor[client.Sent]().FieldByName(f.Name)
		if key := f.Tag.Get("toml"); key != "" && key != "-" && key != "private" && (!ofReplies || len(f.Index) == 1) {
			keys[key] = f
		}
	}
	return keys
}

// tableIn returns the table that a type holds one or several of, and whether it is
// a table of the format at all.
func tableIn(typ reflect.Type) (reflect.Type, bool) {
	for slices.Contains([]reflect.Kind{reflect.Slice, reflect.Pointer, reflect.Map}, typ.Kind()) {
		typ = typ.Elem()
	}
	return typ, typ.Kind() == reflect.Struct && len(keysOf(typ)) > 0
}

func TestEveryKeyIsTold(t *testing.T) {
	doc := document(t, formatFile)
	told := map[reflect.Type]bool{}
	var tell func(typ reflect.Type, names ...string)
	tell = func(typ reflect.Type, names ...string) {
		if told[typ] {
			return
		}
		told[typ] = true
		lines := section(doc, names...)
		rest := keysOf(typ)
		for _, row := range rows(lines) {
			key := codes(row[0])[0]
			f, ok := rest[key]
			if !ok {
				t.Errorf("%s tells of %q in %v, which is no key of it, or tells it twice", formatFile, key, names)
				continue
			}
			if must := f.Tag.Get("need") == "yes"; must != (row[1] == "yes") {
				t.Errorf("%v: %s must be there: %v, and the document says %q", names, key, must, row[1])
			}
			for _, word := range strings.Fields(f.Tag.Get("oneof")) {
				if !slices.Contains(codes(row[2]), word) {
					t.Errorf("%v: nothing says that %s may be %q", names, key, word)
				}
			}
			delete(rest, key)
		}
		for key, f := range rest {
			if table, ok := tableIn(f.Type); ok {
				tell(table, "`"+key+"`", "`["+key+"]`", "`[["+key+"]]`", "."+key+"]]`")
			} else if f.Type.Kind() != reflect.Map || section(doc, "`["+key+"]`") == nil {
				t.Errorf("%s does not tell of %s in %v", formatFile, key, names)
			}
		}
	}
	tell(reflect.TypeFor[client.Client](), "The top of the file")
	tell(reflect.TypeFor[client.Provider](), "The top of provider.toml")
	tell(reflect.TypeFor[client.PrivateFile](), "Notes for yourself")
	for _, key := range []string{"`private = true`", "- `via` ", "- `called` "} {
		if !strings.Contains(doc, key) {
			t.Errorf("%s does not tell of %s", formatFile, key)
		}
	}
}

// uses notes which keys of the table typ, and of those below, the value v has.
func uses(v any, typ reflect.Type, used map[string]bool) {
	switch v := v.(type) {
	case []map[string]any:
		for _, x := range v {
			uses(x, typ, used)
		}
	case []any:
		for _, x := range v {
			uses(x, typ, used)
		}
	case map[string]any:
		table, ok := tableIn(typ)
		if !ok {
			return
		}
		if typ.Kind() == reflect.Map {
			for _, x := range v {
				uses(x, table, used)
			}
			return
		}
		for key, f := range keysOf(table) {
			if x, ok := v[key]; ok {
				used[table.Name()+"."+key] = true
				uses(x, f.Type, used)
			}
		}
	}
}

func TestEveryKeyIsShownByExample(t *testing.T) {
	used := map[string]bool{}
	for kind, typ := range map[string]reflect.Type{
		wholeClient: reflect.TypeFor[client.Client](), fragment: reflect.TypeFor[client.Client](),
		wholeProvider: reflect.TypeFor[client.Provider](), wholePrivate: reflect.TypeFor[client.PrivateFile](),
	} {
		for _, text := range examples(t, formatFile)[kind] {
			var v map[string]any
			if err := toml.Unmarshal([]byte(text), &v); err != nil {
				t.Fatal(err)
			}
			uses(v, typ, used)
			var look func(reflect.Type)
			look = func(typ reflect.Type) {
				for key, f := range keysOf(typ) {
					if name := typ.Name() + "." + key; !used[name] {
						used[name] = false
					}
					if below, ok := tableIn(f.Type); ok {
						look(below)
					}
				}
			}
			look(typ)
		}
	}
	for name, ok := range used {
		if !ok {
			t.Errorf("no example of %s shows %s", formatFile, name)
		}
	}
}
