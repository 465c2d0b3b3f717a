package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// ErrBusy says that this or another process holds the lock. The system releases a lock when its
// process ends, even after a crash.
var ErrBusy = errors.New("something else has the lock")

// errNotAFile says that something at the lock's path is not a regular file.
var errNotAFile = errors.New("this is a link, or no file, where a lock is to be; remove it")

// A heldError says who still held a lock when the wait ended. errors.Is treats it as ErrBusy.
type heldError struct {
	// Holder is the process and its task, such as "process 4711, which is changing
	// data/access/acme.toml".
	Holder string
	// Waited is how long this process waited for the lock.
	Waited time.Duration
}

func (e *heldError) Error() string {
	return fmt.Sprintf("%s, has not finished in %v", e.Holder, e.Waited)
}

// Is makes errors.Is match ErrBusy.
func (e *heldError) Is(target error) bool { return target == ErrBusy }

// LockFolder takes the lock of the folder dir. It fails with ErrBusy at once if the lock is held.
// The lock is a file called name in dir that only its owner can open, so that a user who can only
// read the folder cannot hold the lock. Unlocking removes the file.
func LockFolder(dir, name string) (unlock func() error, err error) { return lockFolder(dir, name) }

// retryEvery is the time between two attempts to take a held lock.
const retryEvery = 20 * time.Millisecond

// LockFile takes the lock of the file at path. The file is created if it is missing, and stays.
// While the lock is held, the file names this process and its task, doing, such as "changing
// data/access/acme.toml". LockFile retries a held lock until wait has passed; the error is then an
// ErrBusy that names the holder. If path is not a regular file, such as a link, the error is
// errNotAFile and nothing is changed, since writing would overwrite the target of the link.
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
		err = &heldError{Holder: holder(f), Waited: wait}
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

// requireOwnFile refuses anything but a regular file with one name. A file with hard links is also
// another file.
func requireOwnFile(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	n, err := linkCount(f)
	if err == nil && (!info.Mode().IsRegular() || n > 1) {
		err = errNotAFile
	}
	return err
}

// writeHolder writes who holds the lock, and overwrites the text that a killed process left.
func writeHolder(f *os.File, who string) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(who), 0)
	return err
}

// maxHolder is the greatest number of bytes read from a lock file.
const maxHolder = 500

// holder returns the text of the lock file, which names the holder. The file is empty for a moment
// after the lock was taken.
func holder(f *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(f, 0, maxHolder))
	if err != nil || len(text) == 0 {
		return "another process"
	}
	return string(text)
}
