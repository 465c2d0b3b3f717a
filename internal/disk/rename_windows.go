package disk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isBusy reports whether err may say that another program has a file open. For a file to be
// replaced Windows then returns "access denied", the same error as for missing permissions.
func isBusy(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_ACCESS_DENIED)
}
