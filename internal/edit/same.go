package edit

import (
	"reflect"

	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// same reports whether two clients are equal, except for the places of their tables in the file and the
// replays of their moves. An empty list equals no list.
func same(a, b *client.Client) bool {
	return equal(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
}

var posType, replayType = reflect.TypeFor[diag.Pos](), reflect.TypeFor[client.Replay]()

func equal(a, b reflect.Value) bool {
	if a.Type() == posType || a.Type() == replayType {
		return true
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		for _, key := range a.MapKeys() {
			if v := b.MapIndex(key); !v.IsValid() || !equal(a.MapIndex(key), v) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return equal(a.Elem(), b.Elem())
	}
	return a.Equal(b)
}

// dropLast removes the last table of a kind in the client's own file from c, and reports whether there was
// one. Tables inherited from the provider's file come after it.
func dropLast(c *client.Client, kind string) bool {
	list := topTable(c, kind)
	for i := list.Len() - 1; i >= 0; i-- {
		if !list.Index(i).FieldByName("Inherited").Bool() {
			cloneList(list)
			list.Set(reflect.AppendSlice(list.Slice(0, i), list.Slice(i+1, list.Len())))
			return true
		}
	}
	return false
}
