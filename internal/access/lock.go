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

// lockFile is the name of the lock in the folder of keys. That folder is neither under version
// control nor published.
const lockFile = "lock"

// lockTimeout is how long a change waits for another process's change; tests shorten it.
var lockTimeout = 10 * time.Second

// changes serializes the changes of this process, without a timeout.
var changes sync.Mutex

// errKeyChanged says that the key was changed after this process read it.
var errKeyChanged = errors.New("the master key was changed by another process at the same time; nothing was " +
	"written, try again")

// withLock calls f while it holds the lock of the site's access files and key. doing describes f in
// the error that another process gets when its wait times out.
func withLock(siteDir, doing string, f func() error) error {
	changes.Lock()
	defer changes.Unlock()
	dir := filepath.Join(siteDir, keyDir)
	if err := makeKeyDir(dir); err != nil {
		return err
	}
	unlock, err := disk.LockFile(filepath.Join(dir, lockFile), doing, lockTimeout)
	if errors.Is(err, disk.ErrBusy) {
		return fmt.Errorf("%w; nothing was written, try again when it is done", err)
	} else if err != nil {
		return err
	}
	if err := removeLeftovers(siteDir); err != nil {
		return errors.Join(fmt.Errorf("cannot remove what a killed command has left: %w", err), unlock())
	}
	return errors.Join(f(), unlock())
}

// removeLeftoversIfFree removes the files that killed commands left, unless another process holds
// the lock.
func removeLeftoversIfFree(siteDir string) {
	if left, err := leftovers(siteDir); err != nil || len(left) == 0 {
		return
	}
	unlock, err := disk.LockFile(filepath.Join(siteDir, keyDir, lockFile), "tidying up", 0)
	if err != nil {
		return // the next command tries again
	}
	_ = errors.Join(removeLeftovers(siteDir), unlock()) // in a folder that is read-only they stay
}

// removeLeftovers removes temporary keys and access files of killed commands. The caller must hold
// the lock, since other processes write such files while they hold it.
func removeLeftovers(siteDir string) error {
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
			unfinished := e.Name() == preparing || e.Name() == changing && !changeBegun(siteDir)
			if disk.IsTemporary(e.Name()) || unfinished && dir == filepath.Join(siteDir, keyDir) {
				left = append(left, filepath.Join(dir, e.Name()))
			}
		}
	}
	return left, nil
}

// requireSameKey returns errKeyChanged if the key in the key file is no longer m, which was read
// before the lock was taken.
func requireSameKey(siteDir string, m seal.Master) error {
	now, err := readKey(filepath.Join(siteDir, keyDir, keyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !now.Equal(m):
		return errKeyChanged
	}
	return nil
}
