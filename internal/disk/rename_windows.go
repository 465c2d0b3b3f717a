package disk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isBusy reports whether another program has a file open. Windows says of a file that is to be
// replaced that access is denied, as it says of one that may not be.
func isBusy(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_ACCESS_DENIED)
}
