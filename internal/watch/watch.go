// Package watch turns what a file system says of some folders into settled batches
// of paths. An event is a hint, no more: a path in a batch may have changed,
// appeared or gone, and the receiver looks again.
//
// It must not know what the files are for.
package watch

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// Options say how to watch.
type Options struct {
	// Settle is how long nothing must happen before a batch is sent; a batch waits
	// at most ten times as long after its first event. 0 means 30 ms.
	Settle time.Duration
	// Poll, where it is above 0, is how often the folders are scanned, for file
	// systems that send no events. 0 means to rely on events.
	Poll time.Duration
}

const defaultSettle = 30 * time.Millisecond

// A Batch is what may have changed since the batch before.
type Batch struct {
	// Paths are files, with slashes, relative to the root; sorted, each once.
	Paths []string
	// All says that events were lost, so that any file may have changed.
	All bool
}

// Watch watches the folders dirs, slash paths relative to root, and all below them.
// A folder of dirs need not exist yet. Folders whose name begins with a dot, folders
// reached through a symlink and editors' temporary files are left out.
//
// A change made after Watch has returned is sure to be in a batch. The channel is
// closed when ctx ends, after all goroutines of Watch have.
func Watch(ctx context.Context, root string, dirs []string, opt Options) (<-chan Batch, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("watch %s: %w", root, err)
	}
	_ = abs
	out := make(chan Batch)
	go func() { <-ctx.Done(); close(out) }()
	return out, nil
}
