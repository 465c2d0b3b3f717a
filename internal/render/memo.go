package render

import (
	"context"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
	"unsafe"
)

// changing are the functions, and the fields of pages and sites, that may give something else
// each time, or keep something.
var changing = set(`Counter Defer Inner Now Rand Scratch Shuffle Store debug errorf erroridf inner newScratch now page
	partialCached shuffle templates warnf warnidf Errorf Erroridf Warnf Warnidf Timer IncludeCached NewScratch`)

// repeatable returns the names of the partials that give the same whenever they are given the
// same: neither they nor a partial that they call use anything that changes or the page that
// they stand on.
func repeatable(theme Theme) map[string]bool {
	calls := map[string][]string{}
	for file, text := range theme {
		name, ok := strings.CutPrefix(file, "layouts/_partials/")
		if !ok || path.Ext(name) != ".html" {
			continue
		}
		t := parse.New(file)
		t.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		if _, err := t.Parse(strings.TrimPrefix(string(text), "\ufeff"), "", "", trees); err != nil || len(trees) != 1 {
			continue // or it has templates of its own, which this does not follow
		}
		if called, ok := calledBy(t.Root); ok {
			calls[name] = called
		}
	}
	for more := true; more; {
		more = false
		for name, called := range calls {
			for _, other := range called {
				if _, ok := calls[other]; !ok {
					delete(calls, name)
					more = true
					break
				}
			}
		}
	}
	kept := map[string]bool{}
	for name := range calls {
		kept[name] = true
	}
	return kept
}

// calledBy returns the partials that a template calls; ok is false where it uses what changes,
// or calls something whose name is not written out.
func calledBy(root parse.Node) (called []string, ok bool) {
	ok = true
	names := func(all ...string) {
		for _, name := range all {
			ok = ok && !changing[name]
		}
	}
	visit(root, func(n parse.Node) bool {
		switch n := n.(type) {
		case *parse.TemplateNode:
			ok = false
		case *parse.IdentifierNode:
			names(n.Ident)
		case *parse.FieldNode:
			names(n.Ident...)
		case *parse.VariableNode:
			names(n.Ident...)
		case *parse.ChainNode:
			names(n.Field...)
			if id, is := n.Node.(*parse.IdentifierNode); is && id.Ident == "partials" {
				ok = false
			}
		case *parse.CommandNode:
			if id, is := n.Args[0].(*parse.IdentifierNode); is && id.Ident == "partial" {
				text, written := n.Args[min(1, len(n.Args)-1)].(*parse.StringNode)
				if written {
					called = append(called, text.Text)
				}
				ok = ok && written
			}
		}
		return true
	})
	return called, ok
}

type (
	partialFunc = func(context.Context, string, ...any) (any, error)
	stringFunc  = func(context.Context, any, ...any) (string, error)
)

// A call is the name of a partial or a string, and what tells what it was given from anything else.
type call struct {
	name string
	of   any
}

// remember makes the kept partials of one portal run once for each argument that keys can compare.
func remember(functions map[string]any, kept map[string]bool, view any) {
	run, ok := functions["partial"].(partialFunc)
	if !ok {
		return
	}
	keys := keysOf(view)
	rememberStrings(functions, keys)
	var known sync.Map
	functions["partial"] = func(ctx context.Context, name string, args ...any) (any, error) {
		if len(args) != 1 || !kept[name] || args[0] == nil {
			return run(ctx, name, args...)
		}
		of, ok := keys.key(args[0])
		if !ok {
			return run(ctx, name, args...)
		}
		key := call{name, of}
		if made, ok := known.Load(key); ok {
			return made, nil
		}
		made, err := run(ctx, name, args...)
		if err == nil {
			known.Store(key, made)
		}
		return made, err
	}
}

// rememberStrings makes each string of one portal once for what it is filled with, as remember does for
// partials.
func rememberStrings(functions map[string]any, keys *keys) {
	say, ok := functions["T"].(stringFunc)
	if !ok {
		return
	}
	var plain, filled sync.Map
	remembered := func(ctx context.Context, id any, args ...any) (string, error) {
		name, is := id.(string)
		if !is || len(args) > 1 {
			return say(ctx, id, args...)
		}
		known, key := &plain, any(name)
		if len(args) == 1 {
			of, ok := keys.key(args[0])
			if !ok {
				return say(ctx, id, args...)
			}
			known, key = &filled, call{name, of}
		}
		if made, ok := known.Load(key); ok {
			return made.(string), nil
		}
		made, err := say(ctx, id, args...)
		if err == nil {
			known.Store(key, made)
		}
		return made, err
	}
	functions["T"], functions["i18n"] = remembered, remembered
}

// keys tell which arguments of a partial are the same.
type keys struct {
	own   string   // the package of the view
	types sync.Map // by reflect.Type: whether its values can be keys themselves
}

func keysOf(view any) *keys {
	t := reflect.TypeOf(view)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return &keys{}
	}
	return &keys{own: t.PkgPath()}
}

// A field is the key of a dict or struct: one of its values, and the fields before it.
type field struct {
	name          string
	value, before any
}

// A list is the key of a list in a struct of the view, which nothing writes into once it is made.
type list struct {
	first unsafe.Pointer
	len   int
}

// key returns what is equal for equal arguments. ok is false where that cannot be told: of what may
// change while a portal is rendered, and of lists that templates make.
func (k *keys) key(of any) (key any, ok bool) {
	dict, is := of.(map[string]any)
	if !is {
		return k.part(reflect.ValueOf(of), false)
	}
	key = field{}
	for _, name := range slices.Sorted(maps.Keys(dict)) {
		value, ok := k.key(dict[name])
		if !ok {
			return nil, false
		}
		key = field{name, value, key}
	}
	return key, true
}

// part is key for a value; inside says that it is a part of a struct.
func (k *keys) part(v reflect.Value, inside bool) (key any, ok bool) {
	switch {
	case !v.IsValid():
		return nil, true
	case v.Kind() == reflect.Slice && inside:
		return list{v.UnsafePointer(), v.Len()}, true
	case v.CanInterface() && k.holds(v.Type()):
		return v.Interface(), true
	case !v.CanInterface() && v.CanInt():
		return v.Int(), true
	case v.Kind() != reflect.Struct:
		return nil, false
	}
	key = v.Type()
	for i := range v.NumField() {
		value, ok := k.part(v.Field(i), true)
		if !ok {
			return nil, false
		}
		key = field{value: value, before: key}
	}
	return key, true
}

// holds reports whether a type's values can be compared and cannot change: plain values, pointers to
// what the view's own package declares, and structs and arrays of these.
func (k *keys) holds(t reflect.Type) bool {
	if known, ok := k.types.Load(t); ok {
		return known.(bool)
	}
	can := false
	switch t.Kind() {
	case reflect.Pointer:
		can = k.own != "" && t.Elem().PkgPath() == k.own
	case reflect.Array:
		can = k.holds(t.Elem())
	case reflect.Struct:
		can = true
		for i := range t.NumField() {
			can = can && k.holds(t.Field(i).Type)
		}
	default:
		can = t.Kind() <= reflect.Complex128 && t.Kind() != reflect.Uintptr || t.Kind() == reflect.String
	}
	k.types.Store(t, can)
	return can
}
