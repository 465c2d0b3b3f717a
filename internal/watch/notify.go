package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// defaultFallback is the time between scans after events have become unavailable.
const defaultFallback = time.Second

var errRootGone = errors.New("the root is gone")

// A notifier receives events from the file system. It watches folders, not files, since the watch
// of a file ends when an editor replaces the file.
type notifier struct {
	root   string
	sel    selection
	events *fsnotify.Watcher
	// known holds the watched folders, and for each its files with their permissions. The files are
	// reported when the folder is removed.
	known map[string]map[string]fs.FileMode
	// fallback is the time between scans after events have become unavailable.
	fallback time.Duration
}

// newNotifier starts to watch all selected folders that exist.
func newNotifier(root string, sel selection) (*notifier, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, explain(err)
	}
	n := &notifier{
		root: root, sel: sel, events: events, known: map[string]map[string]fs.FileMode{}, fallback: defaultFallback,
	}
	if err := n.add(".", func(string) {}); err != nil {
		return nil, errors.Join(explain(err), events.Close())
	}
	return n, nil
}

func explain(err error) error {
	return fmt.Errorf("the system gives no more file events (%w); raise its limit, "+
		"fs.inotify.max_user_watches or max_user_instances on Linux, or scan instead with --poll", err)
}

// run handles events until ctx ends. If a folder can no longer be watched, or the root is gone, it
// continues by scanning.
func (n *notifier) run(ctx context.Context, hints chan<- hint) {
	lost, drained := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(drained)
		n.drain(lost)
	}()
	err := n.listen(ctx, hints, lost)
	n.events.Close()
	<-drained
	if err != nil {
		p := newPoller(n.root, n.sel, n.fallback)
		hints <- hint{all: true}
		p.run(ctx, hints)
	}
}

// drain reads errors until the watcher is closed. After any error, an overflow or a failed read,
// events are missing. It runs in its own goroutine, since fsnotify may hold its lock while it sends
// an error, and handle needs that lock.
func (n *notifier) drain(lost chan<- struct{}) {
	for err := range n.events.Errors {
		if err == nil {
			continue
		}
		select {
		case lost <- struct{}{}:
		default: // the channel already has one
		}
	}
}

// listen returns nil when ctx ends, and an error when no more events can come.
func (n *notifier) listen(ctx context.Context, hints chan<- hint, lost <-chan struct{}) error {
	report := func(path string) { hints <- hint{path: path} }
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-n.events.Events:
			if !ok {
				return fsnotify.ErrClosed
			}
			err = n.handle(e, report)
		case <-lost:
			err = n.renew()
			hints <- hint{all: true}
		}
		if err != nil {
			return err
		}
		if _, ok := n.known["."]; !ok {
			return errRootGone
		}
	}
}

// renew ends all watches and watches all folders that exist now.
func (n *notifier) renew() error {
	n.forget(".", func(string) {})
	return n.add(".", func(string) {})
}

// handle reports the files that an event affects, and watches new folders.
func (n *notifier) handle(e fsnotify.Event, report func(path string)) error {
	name, ok := n.path(e.Name)
	if !ok {
		return nil
	}
	switch {
	case e.Has(fsnotify.Create):
		return n.created(name, report)
	case e.Has(fsnotify.Remove), e.Has(fsnotify.Rename):
		n.removed(name, report)
	case e.Has(fsnotify.Write):
		if _, folder := n.known[name]; !folder && n.sel.file(name) {
			n.record(name)
			report(name)
		}
	case e.Has(fsnotify.Chmod):
		return n.modeChanged(name, report)
	}
	return nil
}

// modeChanged reports a file whose permissions changed, and all files of a folder that became
// readable. Other metadata often changes too, such as that of Spotlight on macOS, and is ignored.
func (n *notifier) modeChanged(name string, report func(string)) error {
	if _, folder := n.known[name]; folder {
		return n.created(name, report)
	}
	files := n.known[path.Dir(name)]
	was, known := files[name]
	if !known {
		return nil
	}
	if n.record(name); files[name] != was {
		report(name)
	}
	return nil
}

// path returns the path of an event, relative to the root and with slashes.
func (n *notifier) path(name string) (string, bool) {
	rel, err := filepath.Rel(n.root, name)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

func (n *notifier) created(name string, report func(string)) error {
	info, err := os.Lstat(n.full(name))
	if err == nil && info.IsDir() {
		if !n.sel.folder(name) {
			return nil
		}
		// A known folder of that name was replaced, and needs a new watch.
		n.forget(name, report)
		return n.add(name, report)
	}
	if !n.sel.file(name) || err == nil && linksToFolder(n.root, name, info.Mode()) {
		return nil
	}
	// A file that is already removed again is reported too: it may have been read.
	n.forget(name, report)
	n.record(name)
	report(name)
	return nil
}

func (n *notifier) removed(name string, report func(string)) {
	if _, folder := n.known[name]; folder {
		n.forget(name, report)
		return
	}
	files := n.known[path.Dir(name)]
	if _, known := files[name]; known {
		delete(files, name)
		report(name)
	}
}

// add watches a folder and all folders below, and reports their files. It watches each folder
// before it reads it, so that no later file is missed.
func (n *notifier) add(dir string, report func(string)) error {
	w := walk{
		root: n.root, sel: n.sel,
		folder: func(name string) error {
			if err := n.events.Add(n.full(name)); err != nil {
				return err
			}
			n.known[name] = map[string]fs.FileMode{}
			return nil
		},
		file: func(name string, _ fs.DirEntry) {
			n.record(name)
			report(name)
		},
	}
	return w.from(dir)
}

// forget ends the watches of a folder and of all folders below, and reports their known files.
// Otherwise a folder that was moved would still send events under its old name.
func (n *notifier) forget(dir string, report func(string)) {
	for folder, files := range n.known {
		if _, below := cutFolder(dir, folder); !below && folder != dir {
			continue
		}
		// It fails if the folder was removed, which already ended its watch.
		_ = n.events.Remove(n.full(folder))
		delete(n.known, folder)
		for name := range files {
			report(name)
		}
	}
}

// record records a file and its permissions; for a symlink the permissions of its target.
func (n *notifier) record(name string) {
	files, ok := n.known[path.Dir(name)]
	if !ok {
		return
	}
	files[name] = 0
	if info, err := os.Stat(n.full(name)); err == nil {
		files[name] = info.Mode().Perm()
	}
}

func (n *notifier) full(name string) string { return filepath.Join(n.root, filepath.FromSlash(name)) }
