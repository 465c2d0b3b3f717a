package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/client"
	"portalgen/internal/edit"
)

func TestID(t *testing.T) {
	for name, want := range map[string]string{
		"Acme Dental": "acme-dental", "Café Ñandú & Söhne": "cafe-nandu-and-sohne", "  O’Brien's  ": "obriens", "Łódź Straße 7": "lodz-strasse-7",
		"ＡＢＣ": "abc", "東京": "", "--": "", strings.Repeat("ab ", 40): strings.Repeat("ab-", 21) + "a",
	} {
		if got := edit.ID(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func TestNew(t *testing.T) {
	maria, err := edit.ParsePerson("maria = Maria \"M\" Ruiz")
	if err != nil {
		t.Fatal(err)
	}
	ana, err := edit.ParsePerson("Ána Lima")
	if err != nil || ana.ID != "ana" {
		t.Fatal(ana, err)
	}
	n := edit.NewClient{Name: "Ac\"me\n\\ Dental", Timezone: "Asia/Tokyo", Language: "en", People: []client.Person{maria, ana}}
	c, err := edit.New("data/clients/acme.toml", "acme", n, options())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) > 0 || c.Client.Name != n.Name || c.Client.Timezone != n.Timezone || c.Client.People["maria"].Name != "Maria \"M\" Ruiz" {
		t.Errorf("reads as %+v, %v", c.Client, c.Warnings)
	}
	if !strings.HasPrefix(string(c.New), "#:schema ../schema/client.json\n") {
		t.Errorf("begins with %.40s", c.New)
	}
	if _, err := edit.New("data/clients/Acme.toml", "Acme", n, options()); err == nil {
		t.Error("an id that is none")
	}
	n.Timezone = "Mars"
	if _, err := edit.New("data/clients/acme.toml", "acme", n, options()); err == nil || !strings.Contains(err.Error(), "not a time zone") {
		t.Errorf("got %v", err)
	}
	for _, s := range []string{"", "=x", "a=", "東京"} {
		if p, err := edit.ParsePerson(s); err == nil {
			t.Errorf("%q is %+v", s, p)
		}
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func rootOf(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// names are the files in a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestWrite(t *testing.T) {
	const name = "data/clients/acme.toml"
	change := &edit.Change{Name: name, Old: []byte("old"), New: []byte("new")}
	dir := t.TempDir()
	root := rootOf(t, dir)
	write(t, dir, name, "old")
	if err := change.Write(root); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if info, _ := os.Stat(filepath.Join(dir, name)); err != nil || string(text) != "new" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q, %v, %v", text, info.Mode(), err)
	}
	if err := change.Write(root); !errors.Is(err, edit.ErrChanged) {
		t.Errorf("changed meanwhile: %v", err)
	}
	if err := change.Create(root); !errors.Is(err, edit.ErrExists) {
		t.Errorf("there already: %v", err)
	}
	if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, "elsewhere.toml")); err != nil {
		t.Fatal(err)
	}
	if err := change.Write(root); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("gone: %v", err)
	}
	if err := os.Symlink("../../elsewhere.toml", filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	if err := change.Write(root); err == nil || !strings.Contains(err.Error(), "it is a link") {
		t.Errorf("a link: %v", err)
	}
	if got := names(t, filepath.Join(dir, "data/clients")); got != "acme.toml" {
		t.Errorf("left behind: %s", got)
	}
	other := &edit.Change{Name: "data/clients/b.toml", New: []byte("b")}
	if err := other.Create(root); err != nil {
		t.Fatal(err)
	}
	if got := names(t, filepath.Join(dir, "data/clients")); got != "acme.toml b.toml" {
		t.Errorf("left behind: %s", got)
	}
}
