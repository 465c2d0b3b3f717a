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

// A keyAhead loads the master key while a change settles. Asking git about the key takes longer
// than everything else that publishes an edit.
type keyAhead struct {
	file string
	load func() (seal.Master, error)

	mu   sync.Mutex
	last *loading
}

// A loading is one early load of the key, perhaps not finished yet.
type loading struct {
	begun time.Time
	was   disk.State
	done  chan struct{}
	// key and err are set when done is closed.
	key seal.Master
	err error
}

// keyFresh is how long the result of a load stays valid.
const keyFresh = time.Second

func (a *app) keyAhead(out string) *keyAhead {
	return &keyAhead{
		file: filepath.Join(a.dir, ".portalgen", "key"),
		load: func() (seal.Master, error) { return access.LoadMaster(a.dir, out, a.variable) },
	}
}

// begin starts to load the key, unless a load began less than keyFresh ago.
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

// take returns the key: the one that was loaded early if its file is unchanged, else it loads the
// key now.
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

// state returns the state of the key file; zero if there is no file.
func (k *keyAhead) state() disk.State {
	info, err := os.Stat(k.file)
	if err != nil {
		return disk.State{}
	}
	return disk.StateOf(info)
}
