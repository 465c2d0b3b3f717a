package render

import (
	"context"
	"path"
	"reflect"
	"strings"
	"sync"
	"text/template/parse"
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

type partialFunc = func(context.Context, string, ...any) (any, error)

// remember makes the kept partials of one portal run once for each value of the view, text or
// number that they are given.
func remember(functions map[string]any, kept map[string]bool, view any) {
	run, ok := functions["partial"].(partialFunc)
	if !ok {
		return
	}
	type call struct {
		name string
		of   any
	}
	of := viewTypes(view)
	var known sync.Map
	functions["partial"] = func(ctx context.Context, name string, args ...any) (any, error) {
		if len(args) != 1 || !kept[name] || args[0] == nil || !of(reflect.TypeOf(args[0])) {
			return run(ctx, name, args...)
		}
		key := call{name, args[0]}
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

// viewTypes returns a function that tells of a type whether its values can be compared and
// cannot change while a portal is rendered: plain values, and pointers to what the view's own
// package declares.
func viewTypes(view any) func(reflect.Type) bool {
	t := reflect.TypeOf(view)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var own string
	if t != nil {
		own = t.PkgPath()
	}
	return func(t reflect.Type) bool {
		if t.Kind() == reflect.Pointer {
			return own != "" && t.Elem().PkgPath() == own
		}
		return isPlain(t)
	}
}

// isPlain reports whether a type's values hold nothing but texts, numbers and the like.
func isPlain(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return isPlain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !isPlain(t.Field(i).Type) {
				return false
			}
		}
		return true
	}
	return t.Kind() <= reflect.Complex128 && t.Kind() != reflect.Uintptr || t.Kind() == reflect.String
}
