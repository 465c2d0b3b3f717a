package e2e_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"portalgen/internal/e2e"
)

// An aside watches where a program may put things aside: the folders for temporary
// files, for caches, and the home folder.
type aside struct {
	watcher *fsnotify.Watcher
	end     string
}

// watchAside points the program at fresh folders and watches them.
func watchAside(t *testing.T) *aside {
	t.Helper()
	root := t.TempDir()
	w, err := fsnotify.NewWatcher()
	e2e.Check(t, err)
	t.Cleanup(func() { e2e.Check(t, w.Close()) })
	for _, variable := range []string{"TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		dir := filepath.Join(root, variable)
		e2e.Check(t, os.Mkdir(dir, 0o755))
		e2e.Check(t, w.Add(dir))
		t.Setenv(variable, dir)
	}
	return &aside{w, filepath.Join(root, "HOME", "end")}
}

// wantNothing wants that nothing was ever made there, not even for a moment.
func (a *aside) wantNothing(t *testing.T) {
	t.Helper()
	e2e.Check(t, os.WriteFile(a.end, nil, 0o644)) // its event comes after all others
	for {
		select {
		case e := <-a.watcher.Events:
			if e.Name == a.end {
				return
			}
			t.Errorf("the build touches %s", e)
		case err := <-a.watcher.Errors:
			t.Fatal(err)
		case <-time.After(time.Minute):
			t.Fatal("the watcher says nothing")
		}
	}
}
