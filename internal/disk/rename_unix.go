//go:build !windows

package disk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// isBusy reports whether another program has a file open. Only file systems of other systems, such
// as those of Windows under Linux, forbid a rename then.
func isBusy(err error) bool { return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ETXTBSY) }
