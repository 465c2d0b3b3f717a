//go:build !windows

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

func lockFolder(dir, name string) (unlock func() error, err error) {
	path := filepath.Join(dir, name)
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
		if err != nil {
			return nil, err
		}
		if err := lockFile(f); err != nil {
			return nil, errors.Join(fmt.Errorf("lock it: %w", err), f.Close())
		}
		if isAt(f, path) {
			return func() error { return errors.Join(os.Remove(path), f.Close()) }, nil
		}
		// The one before has removed it after it was opened here.
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
}

func isAt(f *os.File, path string) bool {
	opened, err := f.Stat()
	there, statErr := os.Lstat(path)
	return err == nil && statErr == nil && os.SameFile(opened, there)
}

func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrBusy
	}
	return err
}
