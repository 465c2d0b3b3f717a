// Package atomicfile replaces files at once: whoever reads, and whoever comes after a
// crash, has the old bytes or the new, and never a part.
//
// It must not know what is in the files.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
)

// Write writes a file, whatever was there, with these permissions.
func Write(name string, text []byte, perm fs.FileMode) error {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(Replace(root, filepath.Base(name), text, perm), root.Close())
}

// Replace writes a file below root, whatever was there, with these permissions.
func Replace(root *os.Root, name string, text []byte, perm fs.FileMode) error {
	return Beside(root, name, text, perm, func(temporary string) error { return root.Rename(temporary, name) })
}

// Beside writes a temporary file into the folder of name, synced to the disk, and
// has place put it where it belongs. What place leaves is removed. The file's name
// begins with a dot and ends in .tmp, so that it counts neither as a client nor, for
// whoever watches, as a change.
func Beside(root *os.Root, name string, text []byte, perm fs.FileMode, place func(temporary string) error) (err error) {
	temporary := path.Join(path.Dir(name), fmt.Sprintf(".%s.%d.tmp", path.Base(name), rand.Uint64()))
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = root.Remove(temporary) // the error that led here says more
		}
	}()
	if err = Fill(f, text, perm); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return place(temporary)
}

// Fill writes text to a file that was made just now, syncs it to the disk and closes it.
func Fill(f *os.File, text []byte, perm fs.FileMode) error {
	_, err := io.Copy(f, bytes.NewReader(text))
	refused := f.Chmod(perm)
	if errors.Is(refused, fs.ErrPermission) || errors.Is(refused, errors.ErrUnsupported) {
		refused = nil // a file of our own: its file system has no permissions
	}
	return errors.Join(err, refused, f.Sync(), f.Close())
}
