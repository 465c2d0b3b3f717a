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

// defaultRescue is how often a notifier scans once events can no longer be had.
const defaultRescue = time.Second

var errRootGone = errors.New("the root is gone")

// A notifier learns of changes from the file system. It watches folders and never
// files, since a file that an editor replaces takes its watch with it.
type notifier struct {
	root   string
	sel    selection
	events *fsnotify.Watcher
	// known holds the watched folders with the files that are told in each, so that
	// these can be told when a folder goes.
	known map[string]map[string]struct{}
	// rescue is how often to scan once events can no longer be had.
	rescue time.Duration
}

// newNotifier watches all folders that are there.
func newNotifier(root string, sel selection) (*notifier, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, explain(err)
	}
	n := &notifier{root: root, sel: sel, events: events, known: map[string]map[string]struct{}{}, rescue: defaultRescue}
	if err := n.add(".", func(string) {}); err != nil {
		return nil, errors.Join(explain(err), events.Close())
	}
	return n, nil
}

func explain(err error) error {
	return fmt.Errorf("the system gives no more file events (%w); raise its limit, fs.inotify.max_user_watches or max_user_instances on Linux, or scan instead with --poll", err)
}

// run handles events until ctx ends. Where a folder cannot be watched any more, or
// the root is gone, it goes on by scanning.
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
		p := newPoller(n.root, n.sel, n.rescue)
		hints <- hint{all: true}
		p.run(ctx, hints)
	}
}

// drain reads errors until the watcher is closed. Whatever the error is, an overflow
// or a failed read, events are missing. It has a goroutine of its own since fsnotify
// may hold its lock while it hands over an error, and handle needs that lock.
func (n *notifier) drain(lost chan<- struct{}) {
	for err := range n.events.Errors {
		if err == nil {
			continue
		}
		select {
		case lost <- struct{}{}:
		default: // one is on its way already
		}
	}
}

// listen returns nil when ctx ends, and an error when events can no longer be had.
func (n *notifier) listen(ctx context.Context, hints chan<- hint, lost <-chan struct{}) error {
	tell := func(path string) { hints <- hint{path: path} }
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-n.events.Events:
			if !ok {
				return fsnotify.ErrClosed
			}
			err = n.handle(e, tell)
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

// renew forgets all and watches again what is there.
func (n *notifier) renew() error {
	n.forget(".", func(string) {})
	return n.add(".", func(string) {})
}

// handle tells the files that an event concerns, and follows folders that come and
// go.
func (n *notifier) handle(e fsnotify.Event, tell func(path string)) error {
	name, ok := n.path(e.Name)
	if !ok {
		return nil
	}
	switch {
	case e.Has(fsnotify.Create):
		return n.created(name, tell)
	case e.Has(fsnotify.Remove), e.Has(fsnotify.Rename):
		n.removed(name, tell)
	case e.Has(fsnotify.Write):
		if _, folder := n.known[name]; !folder && n.sel.file(name) {
			n.note(name)
			tell(name)
		}
	}
	return nil
}

// path returns the slash path relative to the root of what an event names.
func (n *notifier) path(name string) (string, bool) {
	rel, err := filepath.Rel(n.root, name)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

func (n *notifier) created(name string, tell func(string)) error {
	info, err := os.Lstat(n.full(name))
	if err == nil && info.IsDir() {
		if !n.sel.folder(name) {
			return nil
		}
		// What was known by that name is another folder, and so is its watch.
		n.forget(name, tell)
		return n.add(name, tell)
	}
	if !n.sel.file(name) || err == nil && linksToFolder(n.root, name, info.Mode()) {
		return nil
	}
	// A file that is gone again is told all the same: it may have been read.
	n.forget(name, tell)
	n.note(name)
	tell(name)
	return nil
}

func (n *notifier) removed(name string, tell func(string)) {
	if _, folder := n.known[name]; folder {
		n.forget(name, tell)
		return
	}
	files := n.known[path.Dir(name)]
	if _, known := files[name]; known {
		delete(files, name)
		tell(name)
	}
}

// add watches a folder and all below, each before it is read, so that what comes
// into it later is not missed; and tells the files found.
func (n *notifier) add(dir string, tell func(string)) error {
	w := walk{
		root: n.root, sel: n.sel,
		folder: func(name string) error {
			if err := n.events.Add(n.full(name)); err != nil {
				return err
			}
			n.known[name] = map[string]struct{}{}
			return nil
		},
		file: func(name string, _ fs.DirEntry) {
			n.note(name)
			tell(name)
		},
	}
	return w.from(dir)
}

// forget ends the watches of a folder and of all below, and tells the files that
// were known there. A folder that was moved away would otherwise go on sending
// events under its old name.
func (n *notifier) forget(dir string, tell func(string)) {
	for folder, files := range n.known {
		if _, below := cutFolder(dir, folder); !below && folder != dir {
			continue
		}
		// It fails where the folder is gone, and its watch with it.
		_ = n.events.Remove(n.full(folder))
		delete(n.known, folder)
		for name := range files {
			tell(name)
		}
	}
}

func (n *notifier) note(name string) {
	if files, ok := n.known[path.Dir(name)]; ok {
		files[name] = struct{}{}
	}
}

func (n *notifier) full(name string) string { return filepath.Join(n.root, filepath.FromSlash(name)) }
