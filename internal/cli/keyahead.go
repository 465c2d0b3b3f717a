package cli

import (
	"os"
	"path/filepath"
	"sync"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// A keyAhead loads the master key while a change settles: whether git has it takes longer to find out than
// all else that publishes an edit.
type keyAhead struct {
	file string
	load func() (seal.Master, error)

	mu   sync.Mutex
	last *loading
}

// A loading is a key that was loaded, or is being loaded, before it is needed.
type loading struct {
	begun time.Time
	was   disk.State
	done  chan struct{}
	// key and err are there once done is closed.
	key seal.Master
	err error
}

// keyFresh is for how long what was found out about a key counts.
const keyFresh = time.Second

func (a *app) keyAhead(out string) *keyAhead {
	return &keyAhead{
		file: filepath.Join(a.dir, ".portalgen", "key"),
		load: func() (seal.Master, error) { return access.LoadMaster(a.dir, out, a.variable) },
	}
}

// begin begins to load the key, unless it just has.
func (k *keyAhead) begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last != nil && time.Since(k.last.begun) < keyFresh {
		return
	}
	l := &loading{begun: time.Now(), was: k.state(), done: make(chan struct{})}
	k.last = l
	go func() {
		l.key, l.err = k.load()
		close(l.done)
	}()
}

// take returns the key: the one that was loaded ahead, where its file is still the same, else as it is now.
func (k *keyAhead) take() (seal.Master, error) {
	k.mu.Lock()
	l := k.last
	k.last = nil
	k.mu.Unlock()
	if l != nil && time.Since(l.begun) < keyFresh {
		<-l.done
		if l.err == nil && l.was == k.state() {
			return l.key, nil
		}
	}
	return k.load()
}

// state returns how the file of the key is; zero where there is none.
func (k *keyAhead) state() disk.State {
	info, err := os.Stat(k.file)
	if err != nil {
		return disk.State{}
	}
	return disk.StateOf(info)
}
