package site_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/schema"
	"portalgen/internal/site"
)

var schemaFiles = []string{"data/schema/client.json", "data/schema/provider.json", "data/schema/private.json"}

func TestWriteSchemas(t *testing.T) {
	for _, tt := range []struct {
		name  string
		there map[string]string
		want  []string
	}{
		{"nothing is there", nil, schemaFiles},
		{"older ones", map[string]string{"data/schema/client.json": "{}", "data/schema/provider.json": "", "data/schema/private.json": "{}"}, schemaFiles},
		{"one is gone, one was left half written", map[string]string{"data/schema/client.json": current(t, "client"), "data/schema/provider.json": current(t, "provider"), "data/schema/private.json.new": "{"}, schemaFiles[2:]},
		{"all are there", map[string]string{"data/schema/client.json": current(t, "client"), "data/schema/provider.json": current(t, "provider"), "data/schema/private.json": current(t, "private")}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := folder(t, tt.there)
			wrote, err := open(t, dir).WriteSchemas()
			if err != nil || !slices.Equal(wrote, tt.want) {
				t.Fatalf("wrote %v, %v, want %v", wrote, err, tt.want)
			}
			for _, name := range schema.Names {
				if text(t, dir, "data/schema/"+name+".json") != current(t, name) {
					t.Errorf("that of %s is another", name)
				}
			}
			if left, err := os.ReadDir(filepath.Join(dir, "data", "schema")); err != nil || len(left) != len(schemaFiles) {
				t.Errorf("the folder holds %v, %v", left, err)
			}
		})
	}
}

func current(t *testing.T, name string) string {
	t.Helper()
	b, err := schema.Read(name, schema.Draft4)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWriteSchemasFails(t *testing.T) {
	outside := t.TempDir()
	for name, prepare := range map[string]func(dir string) error{
		"a file in the way":      func(dir string) error { return os.WriteFile(filepath.Join(dir, "data"), nil, 0o644) },
		"a folder in the way":    func(dir string) error { return os.MkdirAll(filepath.Join(dir, "data/schema/client.json/x"), 0o755) },
		"a link out of the site": func(dir string) error { return os.Symlink(outside, filepath.Join(dir, "data")) },
	} {
		dir := t.TempDir()
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		if wrote, err := open(t, dir).WriteSchemas(); err == nil || !strings.Contains(err.Error(), "data/schema") {
			t.Errorf("%s: wrote %v, %v", name, wrote, err)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "data/schema/*.new")); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", name, left, err)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("outside the site there are %v, %v", left, err)
	}
}

// What init writes for editors is what this repository has for its own files, and the
// first lines of its files name a schema that is there.
func TestStarterForEditors(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.Init(dir, site.Start{Today: today, Example: true}); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("../../.taplo.toml")
	if err != nil || !bytes.Equal(own, []byte(text(t, dir, ".taplo.toml"))) {
		t.Errorf("internal/site/starter/dottaplo.toml differs from .taplo.toml: copy it over (%v)", err)
	}
	for name, want := range map[string]string{
		"data/clients/first-client.toml": "data/schema/client.json", "data/provider.toml": "data/schema/provider.json",
	} {
		first, _, _ := strings.Cut(text(t, dir, name), "\n")
		to, ok := strings.CutPrefix(first, "#:schema ")
		if at := filepath.ToSlash(filepath.Join(filepath.Dir(name), to)); !ok || at != want {
			t.Errorf("%s begins with %q, which leads to %s", name, first, at)
		}
	}
	if ids, err := open(t, dir).Clients(); err != nil || !slices.Equal(ids, []string{"first-client"}) {
		t.Errorf("clients %v, %v", ids, err)
	}
}
