package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// While another program reads the file, a rename is tried again for a moment; what will not
// pass is told at once.
func TestRenameIsTriedAgain(t *testing.T) {
	open, gone := errors.New("somebody has it open"), errors.New("not there")
	for _, tt := range []struct {
		name  string
		fails int // how many times before it succeeds
		with  error
		want  error
		tries int // 0 for any number
	}{
		{"at once", 0, nil, nil, 1},
		{"after a moment", 3, open, nil, 4},
		{"never", 1 << 20, open, open, 0},
		{"for good", 1 << 20, gone, gone, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries, began := 0, time.Now()
				err := retryWhile(func(err error) bool { return errors.Is(err, open) }, func() error {
					if tries++; tries <= tt.fails {
						return tt.with
					}
					return nil
				})
				if !errors.Is(err, tt.want) || tt.tries > 0 && tries != tt.tries {
					t.Errorf("after %d tries: %v", tries, err)
				}
				if took := time.Since(began); took > renameFor+renameEvery || tt.tries == 0 && took < renameFor {
					t.Errorf("it was tried for %v", took)
				}
			})
		})
	}
}

func TestRename(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a"), []byte("new"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "b"), []byte("old"), 0o600))
	must(t, Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b")))
	root, err := os.OpenRoot(dir)
	must(t, err)
	t.Cleanup(func() { root.Close() })
	must(t, RenameIn(root, "b", "c"))
	if text, err := os.ReadFile(filepath.Join(dir, "c")); err != nil || string(text) != "new" {
		t.Errorf("there stands %q, %v", text, err)
	}
	if err := Rename(filepath.Join(dir, "none"), filepath.Join(dir, "c")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of a file that is not there: %v", err)
	}
}
