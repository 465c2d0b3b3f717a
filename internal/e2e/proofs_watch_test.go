package e2e_test

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"portalgen/internal/e2e"
)

// A diskWatch reads whatever appears in some folders, at once and each time it is written
// to. It keeps what it has opened open, so that a file that is removed is read to its end.
type diskWatch struct {
	watcher *fsnotify.Watcher
	mu      sync.Mutex
	changed *sync.Cond
	// files are those that were ever there, by their paths: all that was in each. One that
	// was gone before it could be opened has no text.
	files map[string][]byte
	held  map[string][]*os.File
	errs  []error
	ended chan struct{}
}

func watchDisk(t *testing.T, folders ...string) *diskWatch {
	t.Helper()
	watcher, err := fsnotify.NewBufferedWatcher(1 << 16)
	e2e.Check(t, err)
	w := &diskWatch{watcher: watcher, files: map[string][]byte{}, held: map[string][]*os.File{}, ended: make(chan struct{})}
	w.changed = sync.NewCond(&w.mu)
	for _, dir := range folders {
		w.add(dir, false)
	}
	go w.follow()
	t.Cleanup(w.stop)
	return w
}

func (w *diskWatch) stop() {
	_ = w.watcher.Close()
	<-w.ended
	for _, all := range w.held {
		for _, f := range all {
			_ = f.Close()
		}
	}
}

// add watches a folder and those in it. What is there already is only read where the
// folder itself is new.
func (w *diskWatch) add(dir string, fresh bool) {
	if err := w.watcher.Add(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.errs = append(w.errs, err)
	}
	entries, _ := os.ReadDir(dir) // one that is gone already has none
	for _, e := range entries {
		switch name := filepath.Join(dir, e.Name()); {
		case e.IsDir():
			w.add(name, fresh)
		case fresh:
			w.read(name)
		}
	}
}

func (w *diskWatch) follow() {
	defer close(w.ended)
	for {
		select {
		case e, ok := <-w.watcher.Events:
			if !ok {
				return
			}
			w.mu.Lock()
			w.take(e)
			w.changed.Broadcast()
			w.mu.Unlock()
		case err := <-w.watcher.Errors:
			if err != nil {
				w.mu.Lock()
				w.errs = append(w.errs, err)
				w.mu.Unlock()
			}
		}
	}
}

func (w *diskWatch) take(e fsnotify.Event) {
	if !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write) {
		return
	}
	if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
		w.files[e.Name+"/"] = nil
		w.add(e.Name, true)
		return
	}
	w.read(e.Name)
}

// read keeps what is in a file now, beside what was in it before.
func (w *diskWatch) read(name string) {
	w.files[name] = append(w.files[name], ""...) // it was there, whatever comes of the rest
	f, err := os.Open(name)
	if err != nil {
		return
	}
	w.held[name] = append(w.held[name], f)
	w.keep(name, f)
}

func (w *diskWatch) keep(name string, f *os.File) {
	if text, err := io.ReadAll(io.NewSectionReader(f, 0, 1<<24)); err == nil {
		w.files[name] = append(append(w.files[name], text...), 0)
	}
}

// all returns what was ever there, once every event until now has been taken.
func (w *diskWatch) all(t *testing.T, mark string) map[string][]byte {
	t.Helper()
	e2e.Check(t, os.WriteFile(mark, nil, 0o644)) // its event comes after all others
	w.await(t, mark, "")
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := errors.Join(w.errs...); err != nil {
		t.Fatalf("the watch has missed something: %v", err)
	}
	for name, held := range w.held {
		for _, f := range held {
			w.keep(name, f)
		}
	}
	files := maps.Clone(w.files)
	delete(files, mark)
	return files
}

// await waits until a file was seen with a word in it.
func (w *diskWatch) await(t *testing.T, name, word string) {
	t.Helper()
	alarm := time.AfterFunc(time.Minute, w.changed.Broadcast)
	defer alarm.Stop()
	deadline := time.Now().Add(time.Minute)
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		if text, ok := w.files[name]; ok && strings.Contains(string(text), word) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is not seen with %q in it", name, word)
		}
		w.changed.Wait()
	}
}
