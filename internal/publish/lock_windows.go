package publish

import (
	"errors"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lock opens a file in dir that nobody else may open meanwhile and that the system
// removes when the process ends, however that happens.
func lock(dir string) (unlock func() error, err error) {
	name, err := windows.UTF16PtrFromString(filepath.Join(dir, stagingPrefix+lockName))
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_WRITE|windows.DELETE, 0, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, fmt.Errorf("lock it: %w", err)
	}
	return func() error { return windows.CloseHandle(h) }, nil
}
