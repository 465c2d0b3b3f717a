package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// ErrBusy says that the lock is held, by this process or by another. The system frees a lock
// when its process ends, however that happens.
var ErrBusy = errors.New("something else has the lock")

// errNotAFile says that the lock cannot be taken because of what is in its place.
var errNotAFile = errors.New("this is a link, or no file, where a lock is to be; remove it")

// A HeldError says who held a lock for as long as was waited. It is an ErrBusy.
type HeldError struct {
	// Holder is the process and what it does, as in "process 4711, which is changing
	// data/access/acme.toml".
	Holder string
	// Waited is how long the lock was tried.
	Waited time.Duration
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s, has not finished in %v", e.Holder, e.Waited)
}

// Is makes a HeldError an ErrBusy.
func (e *HeldError) Is(target error) bool { return target == ErrBusy }

// LockFolder takes the lock of the folder dir, and fails with ErrBusy at once where it is
// held. The lock is a file of that name in it, which only its owner can open: a
// user who can only read the folder cannot hold the lock. Unlocking removes the file.
func LockFolder(dir, name string) (unlock func() error, err error) { return lockFolder(dir, name) }

// retryEvery is the time between two tries to take a lock that is held.
const retryEvery = 20 * time.Millisecond

// LockFile takes the lock of the file at path, which is made if it is missing, and stays.
// While the lock is held the file tells who has it: this process, and what it is doing,
// such as "changing data/access/acme.toml". A lock that is held is tried again until wait
// is over; the error is then a HeldError. Whatever else is at path, such as a link, is left
// alone, and the error is errNotAFile: what it leads to would be written over.
func LockFile(path, doing string, wait time.Duration) (unlock func() error, err error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if err := requireOwnFile(f); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	end := time.Now().Add(wait)
	for err = lockFile(f); errors.Is(err, ErrBusy) && time.Now().Before(end); err = lockFile(f) {
		time.Sleep(retryEvery)
	}
	switch {
	case errors.Is(err, ErrBusy):
		err = &HeldError{Holder: holder(f), Waited: wait}
	case err != nil:
		err = fmt.Errorf("lock %s: %w", path, err)
	default:
		err = writeHolder(f, fmt.Sprintf("process %d, which is %s", os.Getpid(), doing))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error { return errors.Join(f.Truncate(0), f.Close()) }, nil
}

// requireOwnFile refuses what is no file of its own: a hard link is another name of some file.
func requireOwnFile(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	n, err := names(f)
	if err == nil && (!info.Mode().IsRegular() || n > 1) {
		err = errNotAFile
	}
	return err
}

// writeHolder writes who has the lock, in place of what a killed process has left.
func writeHolder(f *os.File, who string) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(who), 0)
	return err
}

// maxHolder is the most bytes that are read of a lock file.
const maxHolder = 500

// holder returns who has the lock, as its file says. The file is still empty for a moment
// after the lock was taken.
func holder(f *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(f, 0, maxHolder))
	if err != nil || len(text) == 0 {
		return "another process"
	}
	return string(text)
}
