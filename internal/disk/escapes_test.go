package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestEscapes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join("..", "other"), filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	_, out := root.Stat("out")
	_, above := root.Open("../x")
	_, viaFS := fs.Stat(root.FS(), "out")
	for _, err := range []error{out, above, viaFS, errors.Join(errors.New("x"), out)} {
		if !Escapes(root, err) {
			t.Errorf("%v does not count", err)
		}
	}
	_, missing := root.Stat("missing")
	for _, err := range []error{nil, missing, errors.New("path escapes from parent")} {
		if Escapes(root, err) {
			t.Errorf("%v counts", err)
		}
	}
}
