//go:build !windows

package disk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// isBusy reports whether err says that another program has a file open. Only foreign file systems
// forbid a rename then, such as those of Windows under Linux.
func isBusy(err error) bool { return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ETXTBSY) }
