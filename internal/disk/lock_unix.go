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
		// The previous holder removed the file after it was opened here.
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
}

func openFile(path string) (*os.File, error) {
	// Without O_NONBLOCK, opening a pipe would wait until somebody reads it.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o600)
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.EMLINK) { // FreeBSD returns the second
		err = fmt.Errorf("%s: %w", path, errNotAFile)
	}
	return f, err
}

// linkCount returns the number of hard links to a file.
func linkCount(f *os.File) (uint64, error) {
	var stat unix.Stat_t
	err := unix.Fstat(int(f.Fd()), &stat)
	return uint64(stat.Nlink), err
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
