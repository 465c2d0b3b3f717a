package access

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"portalgen/internal/lock"
	"portalgen/internal/seal"
)

// lockFile lies in the folder of keys, which no version control takes and nothing
// publishes.
const lockFile = "lock"

// patience is how long a change waits for the one before; tests have less.
var patience = 10 * time.Second

// changes keeps the changes of this process apart without waiting for a time.
var changes sync.Mutex

// ErrKeyMoved says that the key was changed after it was read.
var ErrKeyMoved = errors.New("the master key was changed by another process at the same time; nothing was written, try again")

// alone calls f while no other process changes who has access to the site, nor its key.
// doing says what f is about, for those who wait.
func alone(siteDir, doing string, f func() error) error {
	changes.Lock()
	defer changes.Unlock()
	dir := filepath.Join(siteDir, keyDir)
	if err := makeKeyDir(dir); err != nil {
		return err
	}
	unlock, err := lock.File(filepath.Join(dir, lockFile), doing, patience)
	if errors.Is(err, lock.ErrBusy) {
		return fmt.Errorf("%w; nothing was written, try again when it is done", err)
	} else if err != nil {
		return err
	}
	return errors.Join(f(), unlock())
}

// stillKey refuses a key that is not the one of the key file, where there is one: it was
// read before the lock was taken.
func stillKey(siteDir string, m seal.Master) error {
	now, err := readKey(filepath.Join(siteDir, keyDir, keyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !now.Equal(m):
		return ErrKeyMoved
	}
	return nil
}
