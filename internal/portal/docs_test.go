package portal_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateDocs = flag.Bool("update-docs", false, "write docs/view.md")

// docs/view.md tells layouts' authors what a page can show: it is made of the types and their
// comments, so that it is true and nobody has to read Go.
func TestViewIsDocumented(t *testing.T) {
	const name = "../../docs/view.md"
	want := viewDocs(t)
	if *updateDocs {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/view.md is not what the types say: run go test ./internal/portal -run ViewIsDocumented -update-docs (%v)", err)
	}
}

func viewDocs(t *testing.T) []byte {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); strings.HasSuffix(n, ".go") && !strings.HasSuffix(n, "_test.go") {
			f, err := parser.ParseFile(fset, n, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	pkg, err := doc.NewFromFiles(fset, files, "portalgen/internal/portal")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]*doc.Type{}
	for _, ty := range pkg.Types {
		types[ty.Name] = ty
	}
	var b bytes.Buffer
	b.WriteString("# What a layout can show\n\n" +
		"A layout has the portal as `site.Params.portal` (a View) and its page as `.Params.page` (a Page). " +
		"These are their fields, and those of what stands in them. A method is written as a field is, with what it takes after it. " +
		"Text is a text of the client's file: `.HTML` shows it, `.Line` without a block, `.Brief` cut short, `.Label` as plain text. " +
		"Moment is a date with or without a time: give it to `partial \"day.html\"`.\n\n" +
		"This file is made of the program's own types.\n")
	seen, queue := map[string]bool{"View": true}, []string{"View", "Page"}
	seen["Page"] = true
	for len(queue) > 0 {
		ty := types[queue[0]]
		queue = queue[1:]
		for _, next := range document(&b, fset, ty) {
			if types[next] != nil && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return b.Bytes()
}

var typeName = regexp.MustCompile(`\b[A-Z][A-Za-z]+\b`)

// document writes a type, and returns the names of types that its fields and methods have.
func document(b *bytes.Buffer, fset *token.FileSet, ty *doc.Type) []string {
	var names []string
	fmt.Fprintf(b, "\n## %s\n\n%s\n", ty.Name, oneLine(ty.Doc))
	rows := ""
	row := func(name, typ, text string) {
		rows += fmt.Sprintf("| `.%s` | %s | %s |\n", name, strings.ReplaceAll(typ, "|", "\\|"), strings.ReplaceAll(oneLine(text), "|", "\\|"))
		names = append(names, typeName.FindAllString(typ, -1)...)
	}
	if st, ok := ty.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType); ok {
		for _, f := range st.Fields.List {
			typ, text := source(fset, f.Type), f.Doc.Text()+f.Comment.Text()
			if len(f.Names) == 0 {
				row(strings.TrimLeft(typ, "*"), typ, "its fields are as if they were here. "+text)
			}
			for _, n := range f.Names {
				if n.IsExported() {
					row(n.Name, typ, text)
					text = "see above"
				}
			}
		}
	}
	for _, m := range ty.Methods {
		if m.Decl.Type.Results == nil || ast.IsExported(m.Name) && strings.HasPrefix(m.Name, "Source") {
			continue
		}
		takes, gives := []string{}, source(fset, m.Decl.Type.Results.List[0].Type)
		for _, p := range m.Decl.Type.Params.List {
			takes = append(takes, slices.Repeat([]string{source(fset, p.Type)}, max(1, len(p.Names)))...)
		}
		row(strings.TrimSpace(m.Name+" "+strings.Join(takes, " ")), gives, m.Doc)
	}
	if rows != "" {
		b.WriteString("\n| | is | |\n| --- | --- | --- |\n" + rows)
	}
	return names
}

func source(fset *token.FileSet, n ast.Node) string {
	var b bytes.Buffer
	_ = printer.Fprint(&b, fset, n)
	return strings.ReplaceAll(b.String(), "civil.", "")
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
