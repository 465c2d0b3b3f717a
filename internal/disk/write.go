// Package disk adds to package os what the program needs from a file system: atomic replacement of
// files, locks between processes, and the real path of a file.
//
// The package must not know what the files contain or what a lock protects.
package disk

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
	"regexp"
	"time"
)

// The permissions of a new file.
const (
	// Own is for the provider's own files. The umask decides who else can read them, and
	// permissions that somebody set on an existing file by hand are kept.
	Own fs.FileMode = 0o666
	// Secret is for files that only their owner may read, whatever permissions the old file had.
	Secret fs.FileMode = 0o600
)

// Write creates a file, or replaces it atomically: a reader gets the old bytes or the new ones,
// never a part, even after a crash. A new file gets the permissions perm, less the umask. A
// replaced file keeps its permissions, unless perm is Secret.
func Write(name string, text []byte, perm fs.FileMode) error {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	err = WriteTemp(root, filepath.Base(name), text, perm, func(temporary string) error {
		return RenameIn(root, temporary, filepath.Base(name))
	})
	return errors.Join(err, root.Close())
}

// WriteTemp writes a temporary file in the folder of name, synced to the disk and with the
// permissions that Write gives, and calls place, which moves it to its final name. If place fails,
// the temporary file is removed. IsTemporary recognizes one that a killed process left.
func WriteTemp(
	root *os.Root, name string, text []byte, perm fs.FileMode, place func(temporary string) error,
) (err error) {
	temporary := path.Join(path.Dir(name), fmt.Sprintf(".%s.%d.tmp", path.Base(name), rand.Uint64()))
	was, statErr := root.Lstat(name)
	keep := perm != Secret && statErr == nil && was.Mode().IsRegular()
	made := perm
	if keep {
		made = Secret // until it has the permissions of the old file
	}
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, made)
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = root.Remove(temporary) // the first error says more
		}
	}()
	var refused error
	if keep {
		refused = chmod(f, was.Mode().Perm())
	}
	if err = errors.Join(refused, WriteAndClose(f, text)); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return place(temporary)
}

// IsTemporary reports whether a name has the form that WriteTemp uses. Such a name begins with a
// dot and ends in .tmp, so it is not taken for a client's file, and a watcher ignores it.
func IsTemporary(name string) bool { return temporaryName.MatchString(name) }

// staleAge is the age from which on no process is still writing a temporary file.
const staleAge = 10 * time.Minute

// RemoveLeft removes the temporary files that killed processes left in a folder.
func RemoveLeft(root *os.Root, folder string) error {
	entries, err := fs.ReadDir(root.FS(), folder)
	for _, e := range entries {
		if !IsTemporary(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, gone := e.Info(); gone == nil && time.Since(info.ModTime()) > staleAge {
			_ = root.Remove(path.Join(folder, e.Name())) // another process may have removed it
		}
	}
	return err
}

var temporaryName = regexp.MustCompile(`^\..+\.[0-9]+\.tmp$`)

// WriteAndClose writes text to a new file, syncs it to the disk and closes it.
func WriteAndClose(f *os.File, text []byte) error {
	_, err := io.Copy(f, bytes.NewReader(text))
	return errors.Join(err, f.Sync(), f.Close())
}

// chmod sets the permissions of a file, if its file system has permissions.
func chmod(f *os.File, perm fs.FileMode) error {
	err := f.Chmod(perm)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil // the file is our own, so its file system has no permissions
	}
	return err
}
