package disk

import (
	"os"
	"time"
)

// How long and how often a rename is retried while another program has the file open.
const (
	renameFor   = 2 * time.Second
	renameEvery = 20 * time.Millisecond
)

// Rename is like os.Rename, but retries for a moment if the system forbids the rename because
// another program, such as a virus scanner or an indexer, has one of the files open.
func Rename(from, to string) error {
	return retryWhile(isBusy, func() error { return os.Rename(from, to) })
}

// RenameIn is Rename for two names below root.
func RenameIn(root *os.Root, from, to string) error {
	return retryWhile(isBusy, func() error { return root.Rename(from, to) })
}

// retryWhile calls f until it succeeds, until busy says that its error will not pass, or until
// renameFor has passed.
func retryWhile(busy func(error) bool, f func() error) error {
	for began := time.Now(); ; time.Sleep(renameEvery) {
		if err := f(); err == nil || !busy(err) || time.Since(began) >= renameFor {
			return err
		}
	}
}
