package render

import (
	"context"
	"encoding/binary"
	"math"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/template/parse"
)

// changing are the functions, and the fields of pages and sites, that may give something else
// each time, or keep something. Of time it is Now alone, but what is only called time may be asked for that.
var changing = set(`Counter Defer Inner Rand Scratch Shuffle Store debug errorf erroridf inner newScratch now page
	partialCached shuffle templates time warnf warnidf Errorf Erroridf Warnf Warnidf Timer IncludeCached NewScratch`)

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
			if id, is := n.Node.(*parse.IdentifierNode); is {
				ok = ok && id.Ident != "partials" && (id.Ident != "time" || n.Field[0] != "Now")
				return id.Ident != "time"
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

// A result is what a partial gave for what it was given. That is kept, so that no other thing comes to lie
// where it lies: keys have addresses in them.
type result struct{ made, of any }

// results are those of one portal by name and key.
type results struct {
	mu sync.RWMutex
	by map[string]result
}

func (r *results) of(key []byte) (any, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	found, ok := r.by[string(key)]
	return found.made, ok
}

func (r *results) set(key []byte, of, made any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.by[string(key)] = result{made, of}
}

// keySize is enough for most keys, which then need no memory of their own.
const keySize = 256

// remember makes the kept partials of one portal run once for each argument that keys can compare.
// plain are the strings of its language that are filled with nothing.
func remember(functions map[string]any, kept map[string]bool, view any, plain *sync.Map) {
	run, ok := functions["partial"].(partialFunc)
	if !ok {
		return
	}
	keys := keysOf(view)
	rememberStrings(functions, keys, plain)
	known := results{by: map[string]result{}}
	functions["partial"] = func(ctx context.Context, name string, args ...any) (any, error) {
		if len(args) != 1 || !kept[name] || args[0] == nil {
			return run(ctx, name, args...)
		}
		key, ok := keys.key(putText(make([]byte, 0, keySize), name), args[0])
		if !ok {
			return run(ctx, name, args...)
		}
		if made, ok := known.of(key); ok {
			return made, nil
		}
		made, err := run(ctx, name, args...)
		if err == nil {
			known.set(key, args[0], made)
		}
		return made, err
	}
}

// rememberStrings makes each string of one portal once for what it is filled with, as remember does for
// partials; and once for all portals of its language where it is filled with nothing.
func rememberStrings(functions map[string]any, keys *keys, plain *sync.Map) {
	say, ok := functions["T"].(stringFunc)
	if !ok {
		return
	}
	known := results{by: map[string]result{}}
	remembered := func(ctx context.Context, id any, args ...any) (string, error) {
		name, is := id.(string)
		if !is || len(args) > 1 {
			return say(ctx, id, args...)
		}
		if len(args) == 0 {
			if made, ok := plain.Load(name); ok {
				return made.(string), nil
			}
			made, err := say(ctx, id)
			if err == nil && made != "" { // a name that is no string's may be a client's text
				plain.Store(name, made)
			}
			return made, err
		}
		key, ok := keys.key(putText(make([]byte, 0, keySize), name), args[0])
		if !ok {
			return say(ctx, id, args...)
		}
		if made, ok := known.of(key); ok {
			return made.(string), nil
		}
		made, err := say(ctx, id, args...)
		if err == nil {
			known.set(key, args[0], made)
		}
		return made, err
	}
	functions["T"], functions["i18n"] = remembered, remembered
}

// keys tell which arguments of a partial are the same.
type keys struct {
	own   string   // the package of the view
	types sync.Map // by reflect.Type: its kind
}

// A kind is what is known of a type: a number, and whether its values can be compared and cannot change. These
// are plain values, pointers to what the view's own package declares, and structs and arrays of these. A list in
// a struct of the view counts too: nothing writes into it once it is made.
type kind struct {
	number uint64
	holds  bool
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

// dictMark stands before a dict, in place of the number of a kind.
const dictMark = math.MaxUint64

// key appends to b what is equal for equal arguments. ok is false where that cannot be told: of what may
// change while a portal is rendered, and of lists that templates make.
func (k *keys) key(b []byte, of any) (key []byte, ok bool) {
	dict, is := of.(map[string]any)
	if !is {
		return k.value(b, reflect.ValueOf(of))
	}
	var space [8]string
	names := space[:0]
	for name := range dict {
		names = append(names, name)
	}
	slices.Sort(names)
	b = putNumber(putNumber(b, dictMark), uint64(len(names)))
	for _, name := range names {
		if b, ok = k.key(putText(b, name), dict[name]); !ok {
			return nil, false
		}
	}
	return b, true
}

func (k *keys) value(b []byte, v reflect.Value) (key []byte, ok bool) {
	if !v.IsValid() {
		return putNumber(b, 0), true
	}
	kind := k.kindOf(v.Type())
	if !kind.holds {
		return nil, false
	}
	return part(putNumber(b, kind.number), v), true
}

// part appends a value of a type that holds.
func part(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case reflect.String:
		return putText(b, v.String())
	case reflect.Float32, reflect.Float64:
		return putNumber(b, math.Float64bits(v.Float()))
	case reflect.Pointer:
		return putNumber(b, uint64(v.Pointer()))
	case reflect.Slice:
		return putNumber(putNumber(b, uint64(v.Pointer())), uint64(v.Len()))
	case reflect.Array:
		for i := range v.Len() {
			b = part(b, v.Index(i))
		}
		return b
	case reflect.Struct:
		for i := range v.NumField() {
			b = part(b, v.Field(i))
		}
		return b
	}
	if v.CanInt() {
		return putNumber(b, uint64(v.Int()))
	}
	return putNumber(b, v.Uint())
}

func putNumber(b []byte, n uint64) []byte { return binary.LittleEndian.AppendUint64(b, n) }

func putText(b []byte, s string) []byte { return append(putNumber(b, uint64(len(s))), s...) }

func (k *keys) kindOf(t reflect.Type) kind {
	if known, ok := k.types.Load(t); ok {
		return known.(kind)
	}
	made, _ := k.types.LoadOrStore(t, kind{number: types.Add(1), holds: k.holds(t, false)})
	return made.(kind)
}

// types counts the types for which a kind was made; zero is that of nothing.
var types atomic.Uint64

// holds is as in kind; inside says that the values are a part of a struct.
func (k *keys) holds(t reflect.Type, inside bool) bool {
	switch t.Kind() {
	case reflect.Pointer:
		return k.own != "" && t.Elem().PkgPath() == k.own
	case reflect.Slice:
		return inside
	case reflect.Array:
		return k.holds(t.Elem(), inside)
	case reflect.Struct:
		for i := range t.NumField() {
			if !k.holds(t.Field(i).Type, true) {
				return false
			}
		}
		return true
	case reflect.Uintptr:
		return false
	}
	return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Float64 || t.Kind() == reflect.String
}
