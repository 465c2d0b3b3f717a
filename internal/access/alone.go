package access

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"portalgen/internal/disk"
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
	unlock, err := disk.LockFile(filepath.Join(dir, lockFile), doing, patience)
	if errors.Is(err, disk.ErrBusy) {
		return fmt.Errorf("%w; nothing was written, try again when it is done", err)
	} else if err != nil {
		return err
	}
	if err := sweep(siteDir); err != nil {
		return errors.Join(fmt.Errorf("cannot remove what a killed command has left: %w", err), unlock())
	}
	return errors.Join(f(), unlock())
}

// tidy sweeps, where there is anything to sweep and no other process is at work.
func tidy(siteDir string) {
	if left, err := leftovers(siteDir); err != nil || len(left) == 0 {
		return
	}
	unlock, err := disk.LockFile(filepath.Join(siteDir, keyDir, lockFile), "tidying up", 0)
	if err != nil {
		return // the next command does it
	}
	_ = errors.Join(sweep(siteDir), unlock()) // in a folder that cannot be written to it stays
}

// sweep removes what killed commands have left: keys and access files on their way into
// place. It is for whoever has the lock, since all of them are written under it.
func sweep(siteDir string) error {
	left, err := leftovers(siteDir)
	for _, path := range left {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

func leftovers(siteDir string) ([]string, error) {
	var left []string
	for _, dir := range []string{filepath.Join(siteDir, keyDir), filepath.Dir(filePath(siteDir, ""))} {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			unfinished := e.Name() == preparing || e.Name() == changing && !Begun(siteDir)
			if disk.IsTemporary(e.Name()) || unfinished && dir == filepath.Join(siteDir, keyDir) {
				left = append(left, filepath.Join(dir, e.Name()))
			}
		}
	}
	return left, nil
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
