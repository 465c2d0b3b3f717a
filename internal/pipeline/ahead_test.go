package pipeline_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/watch"
)

// What was built ahead is used while all of it holds, gives what a build gives, and is not recorded.
func TestWhatIsBuiltAhead(t *testing.T) {
	t.Parallel()
	dir, out := recorded(t, clients("acme", "umbra"))
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	now := &movable{start}
	keys := keyring.NewSiteKeys(master, nil)
	b := load(t, dir, pipeline.Options{Now: now, Published: out, Keys: keys})
	publishInto(t, b, out)
	edit := func(name string) {
		write(t, dir, map[string]string{site.ClientFile("acme"): clientFile(name, "")})
	}
	for what, c := range map[string]struct {
		then func()
		used bool
	}{
		"nothing":        {func() {}, true},
		"its file":       {func() { edit("Other") }, false},
		"what all share": {func() { b.Load() }, false},
		"the key":        {func() { keys.Set(seal.NewMaster(), nil) }, false},
		"a further path": {func() { b.Ahead(site.ProviderFile) }, false},
		"the day":        {func() { now.Time = now.AddDate(0, 0, 1) }, false},
	} {
		keys.Set(master, nil)
		edit("Acme as it was before " + what)
		b.BuildAhead("acme")
		c.then()
		if p, _ := b.BuiltAhead("acme"); (p != nil) != c.used {
			t.Errorf("%s changed since: used %v", what, p != nil)
		}
	}
	now.Time = start
	keys.Set(master, nil)
	edit("Acme at last")
	b.BuildAhead("acme")
	publishInto(t, b, out, "acme")
	plain := filepath.Join(t.TempDir(), "plain")
	publishInto(t, load(t, dir, pipeline.Options{Now: now}), plain)
	if got, want := tree(t, out), tree(t, plain); !maps.Equal(got, want) {
		t.Errorf("not what a build gives: %v", differ(got, want))
	}
}

// A movable clock stands still until it is set.
type movable struct{ time.Time }

func (m *movable) In(loc *time.Location) time.Time { return m.Time.In(loc) }

// Whatever is changed while a site is watched, what is published at the end is what a build gives.
func TestRandomEditsOfAWatchedSite(t *testing.T) {
	t.Parallel()
	k := newKeeping(t, uint64(number(t, seedOf, "1")))
	b := load(t, k.dir, pipeline.Options{Now: instant(k.now), Published: k.out})
	batches, err := watch.Watch(t.Context(), k.dir, site.Watched, watch.Options{Settle: 5 * time.Millisecond, Early: b.Ahead})
	must(t, err)
	p := pipeline.NewPublisher(b, k.out, nil)
	p.Publish(t.Context(), pipeline.Change{All: true}, nil)
	take := func(batch watch.Batch) {
		c := pipeline.Classify(batch.Paths)
		c.All = c.All || batch.All
		p.Publish(t.Context(), c, nil)
	}
	edits := number(t, editsOf, "60")
	for i := range edits {
		if i%max(1, edits/4) == 0 {
			t.Logf("after %d edits: %s", i, held())
		}
		k.edit()
		select {
		case batch := <-batches:
			take(batch)
		default: // the next change comes before this one is published
		}
	}
	for _, id := range []string{"a", "b", "c"} {
		write(t, k.dir, map[string]string{site.ClientFile(id): clientFile("Client "+id, "")})
	}
	write(t, k.dir, map[string]string{site.ProviderFile: provider})
	plain := filepath.Join(t.TempDir(), "plain")
	publishInto(t, load(t, k.dir, pipeline.Options{Now: instant(k.now)}), plain)
	for want := tree(t, plain); !maps.Equal(tree(t, k.out), want); {
		take(<-batches)
	}
	t.Logf("at the end: %s", held())
}

// held says what the process holds. Run with -v, alone and with many edits, it tells whether something grows.
func held() string {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd") // none where a system has no such folder
	return fmt.Sprintf("%d goroutines, %d descriptors, %.1f MB of heap",
		runtime.NumGoroutine(), len(open), float64(m.HeapAlloc)/1e6)
}

// edit changes one of the watched files, in one of the ways in which programs do.
func (k *keeping) edit() {
	id := []string{"a", "b", "c"}[k.r.IntN(3)]
	name := filepath.Join(k.dir, filepath.FromSlash(site.ClientFile(id)))
	switch k.r.IntN(8) {
	case 0:
		k.provider()
	case 1:
		_ = os.Remove(name) // it may be gone already
	case 2:
		k.client(id)
		text, err := os.ReadFile(name)
		must(k.t, err)
		must(k.t, os.WriteFile(name, text[:k.r.IntN(len(text))], 0o600))
	case 3:
		k.client(id)
		must(k.t, os.Rename(name, name+"~"))
		must(k.t, os.Rename(name+"~", name))
	case 4:
		write(k.t, k.dir, map[string]string{"static/assets/css/own.css": "a { order: " + strconv.Itoa(k.r.IntN(9)) + " }\n"})
	default:
		k.client(id)
	}
}
