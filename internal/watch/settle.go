package watch

import (
	"context"
	"maps"
	"slices"
	"time"
)

// A hint is one raw event: a path that may have changed, or the news that events were lost.
type hint struct {
	path string
	all  bool
}

// maxWait is the greatest delay of a batch, as a multiple of Options.Settle.
const maxWait = 10

// gather collects hints into batches. A batch is due when no hint has come for the time Settle, and
// at the latest maxWait times that after its first hint. It is sent when the receiver is ready;
// hints that come before that join it. When ctx has ended and the source has closed hints, gather
// closes batches.
func gather(ctx context.Context, hints <-chan hint, batches chan<- Batch, opt Options) {
	settle := opt.Settle
	defer close(batches)
	var (
		paths = map[string]struct{}{}
		all   bool
		first time.Time // when the first hint of this batch came
		due   = time.NewTimer(0)
		ready chan<- Batch // batches while a batch is due
		batch Batch
	)
	due.Stop()
	for {
		select {
		case h, ok := <-hints:
			if !ok {
				return
			}
			if len(paths) == 0 && !all {
				first = time.Now()
			}
			if h.all {
				all = true
			} else {
				paths[h.path] = struct{}{}
				if opt.Early != nil {
					opt.Early(h.path)
				}
			}
			ready = nil
			due.Reset(min(settle, time.Until(first.Add(maxWait*settle))))
		case <-due.C:
			ready, batch = batches, Batch{slices.Sorted(maps.Keys(paths)), all}
		case ready <- batch:
			ready, all = nil, false
			clear(paths)
		case <-ctx.Done():
			due.Stop()
			for range hints {
				continue
			}
			return
		}
	}
}
