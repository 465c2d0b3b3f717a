package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush writes every file below dir to the drive, and then makes the drive write its cache once. On
// macOS fsync does not write that cache. os.File.Sync does, but takes milliseconds for each file.
func flush(dir string) error {
	err := eachFile(dir, func(f *os.File) error { return unix.Fsync(int(f.Fd())) })
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "flush")
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
