package assets

import (
	"bytes"
	"maps"
	"slices"
	"sync"
)

// A memory is what esbuild made of some entries, and all that it asked for to make it.
type memory struct {
	entries []string
	chunks  string // the names of further files, as esbuild is told
	asked   map[string]file
	bundled
}

// A file is one that esbuild asked for.
type file struct {
	text  []byte
	found bool
}

// memories are the latest ones. An edit of provider.toml loads the site again: its scripts and styles have
// seldom changed, and esbuild takes longer than all else of it.
var memories struct {
	sync.Mutex
	latest []memory // the newest is the last
}

// memoriesKept is how many memories are kept: two for each of a few sites, since styles and scripts are made
// one after the other.
const memoriesKept = 8

// recall returns what was made of the same entries, where each file that was asked for is still the same. The
// caller may change the map of files, and not their bytes.
func recall(files map[string][]byte, entries []string, chunks string) (bundled, bool) {
	memories.Lock()
	defer memories.Unlock()
	i := slices.IndexFunc(memories.latest, func(m memory) bool {
		return m.chunks == chunks && slices.Equal(m.entries, entries) && m.holds(files)
	})
	if i < 0 {
		return bundled{}, false
	}
	m := memories.latest[i]
	memories.latest = append(slices.Delete(memories.latest, i, i+1), m)
	m.files = maps.Clone(m.files)
	return m.bundled, true
}

// holds reports whether each file that was asked for is still the same, or still missing.
func (m *memory) holds(files map[string][]byte) bool {
	for name, was := range m.asked {
		if text, found := files[name]; found != was.found || !bytes.Equal(text, was.text) {
			return false
		}
	}
	return true
}

// remember keeps a memory, and forgets the oldest where there are too many. What is broken is not kept: it is
// mended next.
func remember(m memory) {
	if len(m.faults.broken()) > 0 {
		return
	}
	m.files = maps.Clone(m.files) // the caller may change its own
	memories.Lock()
	defer memories.Unlock()
	memories.latest = append(memories.latest, m)
	if n := len(memories.latest) - memoriesKept; n > 0 {
		memories.latest = slices.Delete(memories.latest, 0, n)
	}
}

// asked gives esbuild its files, and notes which it asked for. It may be used from several goroutines at a time.
type asked struct {
	of map[string][]byte

	mu    sync.Mutex
	files map[string]file
}

func (a *asked) get(name string) ([]byte, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	text, found := a.of[name]
	a.files[name] = file{text, found}
	return text, found
}
