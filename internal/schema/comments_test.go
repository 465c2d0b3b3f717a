package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// comments are the doc comments of package client, by type and field: "Move.did" is
// found as Move.Did, the type itself as Move.
type comments map[string]string

func readComments(t *testing.T) comments {
	t.Helper()
	all := comments{}
	names, err := filepath.Glob("../client/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources of package client: %v", err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE {
				all.take(d)
			}
		}
	}
	return all
}

func (c comments) take(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		typ := spec.(*ast.TypeSpec)
		c[typ.Name.Name] = sentence(d.Doc)
		s, ok := typ.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range s.Fields.List {
			for _, name := range field.Names {
				c[typ.Name.Name+"."+name.Name] = sentence(field.Doc)
			}
		}
	}
}

// sentence returns a comment as running text.
func sentence(g *ast.CommentGroup) string {
	return strings.Join(strings.Fields(g.Text()), " ")
}

func (c comments) lookup(t reflect.Type, field string) string {
	if field == "" {
		return c[t.Name()]
	}
	return c[t.Name()+"."+field]
}

// Every key of the files is told by the comment of its field: an editor has nothing
// else to show.
func TestEveryFieldHasAComment(t *testing.T) {
	all := readComments(t)
	told := map[string][]string{}
	for _, typ := range structs() {
		if all[typ.Name()] == "" {
			t.Errorf("type %s has no comment", typ.Name())
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if key := f.Tag.Get("toml"); key == "" || key == "-" {
				continue
			}
			text := all.lookup(typ, f.Name)
			switch {
			case text == "":
				t.Errorf("%s.%s has no comment of its own: write one for whoever writes the file", typ.Name(), f.Name)
			case !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, `."`) && !strings.HasSuffix(text, `?"`):
				t.Errorf("%s.%s: %q is not a whole sentence", typ.Name(), f.Name, text)
			}
			told[typ.Name()] = append(told[typ.Name()], f.Name)
		}
	}
	if len(told) < 20 || len(told["Move"]) < 10 {
		t.Errorf("only these were looked at: %v", told)
	}
}
