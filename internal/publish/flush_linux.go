package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush writes everything below dir to the disk. One syncfs takes as long as a few fsyncs, for any
// number of files.
func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(f.Fd())), f.Close())
}
