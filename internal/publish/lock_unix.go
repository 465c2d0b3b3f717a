//go:build !windows

package publish

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the advisory lock of the folder dir itself, so that no lock file is
// ever published. The system frees it when the process ends, however that happens.
func lock(dir string) (unlock func() error, err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return f.Close, nil
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = ErrBusy
	} else {
		err = fmt.Errorf("lock it: %w", err)
	}
	return nil, errors.Join(err, f.Close())
}
