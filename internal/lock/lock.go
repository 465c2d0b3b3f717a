// Package lock keeps processes from doing at once what only one may do. A lock is an
// open file: the system frees it when its process ends, however that happens.
//
// It must not know what is kept apart, nor say what to do where another has the lock.
package lock

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// ErrBusy says that the lock is held, by this process or by another.
var ErrBusy = errors.New("something else has the lock")

// ErrNotAFile says that the lock cannot be taken because of what is in its place.
var ErrNotAFile = errors.New("this is a link, or no file, where a lock is to be; remove it")

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

// Folder takes the lock of the folder dir, and fails with ErrBusy at once where it is
// held. The lock is a file of that name in it, which nobody but its owner can open, and so
// hold: who can merely read the folder cannot. The file is gone when the lock is.
func Folder(dir, name string) (unlock func() error, err error) { return lockFolder(dir, name) }

// between is how long a held lock is left alone before it is tried again.
const between = 20 * time.Millisecond

// File takes the lock of the file at path, which is made if it is missing, and stays.
// While the lock is held the file tells who has it: this process, and what it is doing,
// such as "changing data/access/acme.toml". A lock that is held is tried again until wait
// is over; the error is then a HeldError. Whatever else is at path, such as a link, is left
// alone, and the error is ErrNotAFile: what it leads to would be written over.
func File(path, doing string, wait time.Duration) (unlock func() error, err error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if err := plain(f); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	end := time.Now().Add(wait)
	for err = lockFile(f); errors.Is(err, ErrBusy) && time.Now().Before(end); err = lockFile(f) {
		time.Sleep(between)
	}
	switch {
	case errors.Is(err, ErrBusy):
		err = &HeldError{Holder: holder(f), Waited: wait}
	case err != nil:
		err = fmt.Errorf("lock %s: %w", path, err)
	default:
		err = tell(f, fmt.Sprintf("process %d, which is %s", os.Getpid(), doing))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error { return errors.Join(f.Truncate(0), f.Close()) }, nil
}

// plain refuses what is no file of its own: a hard link is another name of some file.
func plain(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	n, err := names(f)
	if err == nil && (!info.Mode().IsRegular() || n > 1) {
		err = ErrNotAFile
	}
	return err
}

// tell writes who has the lock over what one that was killed has left.
func tell(f *os.File, who string) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(who), 0)
	return err
}

// longest is the most bytes that are taken of what a lock file says.
const longest = 500

// holder returns what the file says of who has its lock. It says nothing for the moment
// between the taking of a lock and the writing of the name.
func holder(f *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(f, 0, longest))
	if err != nil || len(text) == 0 {
		return "another process"
	}
	return string(text)
}
