package disk

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockFolder opens a file in the folder that nobody else may open meanwhile and that the
// system removes when it is closed.
func lockFolder(dir, name string) (unlock func() error, err error) {
	path, err := windows.UTF16PtrFromString(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(path, windows.GENERIC_WRITE|windows.DELETE, 0, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, fmt.Errorf("lock it: %w", err)
	}
	return func() error { return windows.CloseHandle(h) }, nil
}

// lockFile locks one byte far behind the end of the file: here a lock keeps others from
// reading what it covers, and what the file says is to be read.
func lockFile(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{OffsetHigh: math.MaxInt32})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrBusy
	}
	return err
}
