package watch

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// notified watches r by events and gives the test what it does that with.
func notified(r room) (*notifier, func() <-chan Batch) {
	r.t.Helper()
	n, err := newNotifier(r.root, selection{"content", "data/clients"})
	r.must(err)
	n.fallback = 10 * ms
	return n, func() <-chan Batch {
		ctx, cancel := context.WithCancel(context.Background())
		batches := start(ctx, n, Options{Settle: 5 * ms})
		r.t.Cleanup(func() {
			cancel()
			for range batches {
				continue
			}
		})
		return batches
	}
}

// wantAll waits for the batch that says that events were lost.
func wantAll(t *testing.T, batches <-chan Batch) {
	t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case b := <-batches:
			if b.All {
				return
			}
		case <-deadline:
			t.Fatal("lost events were not reported")
		}
	}
}

func TestOverflow(t *testing.T) {
	r := newRoom(t)
	n, start := notified(r)
	// As if the events of two folders, one new and one gone, had been lost.
	r.must(n.events.Remove(r.at("content/deep")))
	delete(n.known, "content/deep")
	n.known["content/gone"] = map[string]fs.FileMode{"content/gone/a": 0}
	batches := start()
	n.events.Errors <- fsnotify.ErrEventOverflow
	wantAll(t, batches)
	r.write("content/deep/c.md", "new")
	r.expect(batches, "content/deep/c.md")
	r.write("content/a.md", "new")
	r.expect(batches, "content/a.md")
}

// TestNoMoreEvents lets the system's events fail for good.
func TestNoMoreEvents(t *testing.T) {
	r := newRoom(t)
	n, start := notified(r)
	batches := start()
	r.must(n.events.Close())
	wantAll(t, batches)
	r.write("content/new/a.md", "new")
	r.expect(batches, "content/new/a.md")
}

func TestRootIsReplaced(t *testing.T) {
	r := newRoom(t)
	_, start := notified(r)
	batches := start()
	r.rename(".", "../"+"moved")
	t.Cleanup(func() { r.remove("../moved") })
	wantAll(t, batches)
	r.write("content/a.md", "new")
	r.expect(batches, "content/a.md")
}

func TestExplain(t *testing.T) {
	cause := errors.New("no space left on device")
	if err := explain(cause); !errors.Is(err, cause) {
		t.Errorf("%v does not wrap its cause", err)
	}
}
