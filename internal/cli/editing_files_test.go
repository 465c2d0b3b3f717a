package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// An edit reads files as a build does: a folder that is a link is refused, since it
// may lead to another client's files.
func TestAnEditRefusesALinkedFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other := filepath.Join(dir, "data", "clients", "other")
	if err := os.MkdirAll(other, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "plan.pdf"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("other", filepath.Join(dir, "data", "clients", "acme")); err != nil {
		t.Fatal(err)
	}
	provider := []byte("name = \"North\"\ntimezone = \"UTC\"\n")
	if err := os.WriteFile(filepath.Join(dir, "data", "provider.toml"), provider, 0o644); err != nil {
		t.Fatal(err)
	}
	e, err := (&app{dir: dir}).openForEdit()
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.Options("other").FileExists("plan.pdf"); err != nil {
		t.Error(err)
	}
	if err := e.Options("acme").FileExists("plan.pdf"); err == nil {
		t.Error("a file in a linked folder is taken")
	}
}
