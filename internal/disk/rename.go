package disk

import (
	"os"
	"time"
)

// How long a rename is tried again, and how often, where another program has the file open.
const (
	renameFor   = 2 * time.Second
	renameEvery = 20 * time.Millisecond
)

// Rename is os.Rename, tried again for a moment where another program, such as a virus scanner or
// an indexer, has one of the files open and the system forbids the rename meanwhile.
func Rename(from, to string) error {
	return retryWhile(isBusy, func() error { return os.Rename(from, to) })
}

// RenameIn is Rename for two names below root.
func RenameIn(root *os.Root, from, to string) error {
	return retryWhile(isBusy, func() error { return root.Rename(from, to) })
}

// retryWhile calls f again and again while busy says of its error that it may pass.
func retryWhile(busy func(error) bool, f func() error) error {
	for began := time.Now(); ; time.Sleep(renameEvery) {
		if err := f(); err == nil || !busy(err) || time.Since(began) >= renameFor {
			return err
		}
	}
}
