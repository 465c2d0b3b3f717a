package watch

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

var modes = map[string]Options{
	"events": {Settle: 5 * ms},
	"poll":   {Settle: 5 * ms, Poll: 10 * ms},
}

// A room is a folder to do things in.
type room struct {
	t    *testing.T
	root string
}

func (r room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r room) at(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

func (r room) mkdir(name string)       { r.t.Helper(); r.must(os.MkdirAll(r.at(name), 0o755)) }
func (r room) rename(from, to string)  { r.t.Helper(); r.must(os.Rename(r.at(from), r.at(to))) }
func (r room) remove(name string)      { r.t.Helper(); r.must(os.RemoveAll(r.at(name))) }
func (r room) symlink(to, name string) { r.t.Helper(); r.must(os.Symlink(r.at(to), r.at(name))) }

func (r room) write(name, data string) {
	r.t.Helper()
	r.mkdir(filepath.ToSlash(filepath.Dir(name)))
	r.must(os.WriteFile(r.at(name), []byte(data), 0o644))
}

// newRoom holds some files that were last changed long ago, so that an edit is reported
// by its time on file systems with a coarse clock too.
func newRoom(t *testing.T) room {
	r := room{t, t.TempDir()}
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, name := range []string{
		"content/a.md", "content/b.md", "content/deep/c.md", "content/deep/er/d.md",
		"data/clients/acme.toml", "data/provider.toml", "other/x",
	} {
		r.write(name, "old")
		r.must(os.Chtimes(r.at(name), old, old))
	}
	return r
}

func (r room) watch(opt Options, dirs ...string) <-chan Batch {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	batches, err := Watch(ctx, r.root, dirs, opt)
	r.must(err)
	r.t.Cleanup(func() {
		cancel()
		for range batches {
			continue
		}
	})
	return batches
}

// last is written at the end of each test, to see that nothing else is reported.
const last = "data/clients/zz"

// changes returns the paths that are reported of all changes so far, and in how many batches.
// It waits for the file last twice, since a scan that sees it may have looked at
// other folders before they were changed.
func (r room) changes(batches <-chan Batch) (paths []string, count int) {
	r.t.Helper()
	seen := map[string]bool{}
	r.mkdir("data/clients")
	for range 2 {
		// Another file each time, which a scan tells apart whatever its time is.
		r.write("other/zz", "")
		r.rename("other/zz", last)
		for deadline := time.After(patience); !seen[last]; count++ {
			select {
			case b := <-batches:
				if b.All || !slices.IsSorted(b.Paths) || len(slices.Compact(slices.Clone(b.Paths))) != len(b.Paths) {
					r.t.Errorf("events were lost, or paths are not sorted or not unique: %+v", b)
				}
				for _, p := range b.Paths {
					seen[p] = true
				}
			case <-deadline:
				r.t.Fatalf("%s was never reported, only %v", last, slices.Sorted(maps.Keys(seen)))
			}
		}
		delete(seen, last)
	}
	return slices.Sorted(maps.Keys(seen)), count
}

func (r room) expect(batches <-chan Batch, want ...string) {
	r.t.Helper()
	got, _ := r.changes(batches)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		r.t.Errorf("paths differ (-want +got):\n%s", diff)
	}
}
