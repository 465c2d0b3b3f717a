package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/disk"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	for _, text := range []string{"first", "the second", ""} {
		if err := disk.Write(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("there stands %q, not %q: %v", got, text, err)
		}
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("beside the file are %v, %v", all, err)
	}
	if err := disk.Write(filepath.Join(dir, "none", "key"), nil, 0o600); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("in a folder that there is not: %v", err)
	}
}

// What cannot be put in its place leaves the old file, and nothing else.
func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if err := disk.Write(filepath.Join(dir, "a.toml"), []byte("old"), disk.Own); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	err = disk.WriteTemp(root, "a.toml", []byte("new"), 0o644, func(temporary string) error {
		if text, err := root.ReadFile(temporary); err != nil || string(text) != "new" {
			t.Errorf("beside it stands %q: %v", text, err)
		}
		return refused
	})
	text, readErr := root.ReadFile("a.toml")
	all, listErr := os.ReadDir(dir)
	if !errors.Is(err, refused) || string(text) != "old" || len(all) != 1 || readErr != nil || listErr != nil {
		t.Errorf("%v; there stands %q among %d files: %v, %v", err, text, len(all), readErr, listErr)
	}
}
