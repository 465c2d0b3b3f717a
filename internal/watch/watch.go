// Package watch collects the events of a file system into batches of paths. A batch is sent when
// there were no more events for a while. An event is only a hint: a path in a batch may have
// changed, appeared or been removed, so the receiver must look again.
//
// The package must not know what the files are for.
package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Options say how to watch.
type Options struct {
	// Settle is the time without events before a batch is sent. A batch waits at most ten times as
	// long after its first event. 0 means 20 ms.
	Settle time.Duration
	// Poll is the time between scans of the folders, for file systems that send no events. 0 means
	// to use events, or to scan every second on a file system known to send none.
	Poll time.Duration
	// Early is called with each path at once, before its batch has settled. It is optional and must
	// not block.
	Early func(path string)
}

const defaultSettle = 20 * time.Millisecond

// A Batch lists the files that may have changed since the previous batch.
type Batch struct {
	// Paths are files, with slashes, relative to the root; sorted, each once.
	Paths []string
	// All says that events were lost, so that any file may have changed.
	All bool
}

// A source finds changes and sends them as hints until ctx ends.
type source interface {
	run(ctx context.Context, hints chan<- hint)
}

// Watch watches the folders dirs, slash paths relative to root, and all folders below them. A
// folder of dirs need not exist yet, and may be removed and made again. Watch ignores folders whose
// name begins with a dot, folders reached through a symlink (but root may be one), and temporary
// files of editors.
//
// Every change made after Watch has returned is in a batch. The receiver may be slow: the next
// batch contains the changes made meanwhile. The channel is closed when ctx and all goroutines have
// ended.
func Watch(ctx context.Context, root string, dirs []string, opt Options) (<-chan Batch, error) {
	src, err := open(root, dirs, opt)
	if err != nil {
		return nil, fmt.Errorf("watch %q: %w", root, err)
	}
	return start(ctx, src, opt), nil
}

func open(root string, dirs []string, opt Options) (source, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(abs); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", abs)
	}
	sel, err := newSelection(dirs)
	if err != nil {
		return nil, err
	}
	if every := interval(abs, dirs, opt.Poll, silent); every > 0 {
		return newPoller(abs, sel, every), nil
	}
	return newNotifier(abs, sel)
}

// start runs src and collects its hints.
func start(ctx context.Context, src source, opt Options) <-chan Batch {
	if opt.Settle <= 0 {
		opt.Settle = defaultSettle
	}
	hints := make(chan hint)
	batches := make(chan Batch)
	go func() {
		defer close(hints)
		src.run(ctx, hints)
	}()
	go gather(ctx, hints, batches, opt)
	return batches
}
