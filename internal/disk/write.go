// Package disk is what the program needs of a file system beyond package os: files that are
// replaced atomically, locks between processes, and the real path of a file.
//
// It must not know what is in the files, nor what a lock protects.
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

// What a new file may have of permissions.
const (
	// Own is for the provider's own files: who else reads them is for the umask to say, and
	// for whoever has changed the permissions of a file by hand.
	Own fs.FileMode = 0o666
	// Secret is for what nobody but its owner may read, whatever was there.
	Secret fs.FileMode = 0o600
)

// Write writes a file, or replaces it atomically: who reads it, also after a crash, has the
// old bytes or the new ones, and never a part. A new file has the permissions perm, less the
// umask; one that is replaced keeps its own, unless perm is Secret.
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

// WriteTemp writes a temporary file into the folder of name, synced to the disk and with the
// permissions that Write gives, and has place put it where it belongs. Where that fails the
// temporary file is removed; one that a killed process has left is known by IsTemporary.
func WriteTemp(
	root *os.Root, name string, text []byte, perm fs.FileMode, place func(temporary string) error,
) (err error) {
	temporary := path.Join(path.Dir(name), fmt.Sprintf(".%s.%d.tmp", path.Base(name), rand.Uint64()))
	was, statErr := root.Lstat(name)
	keep := perm != Secret && statErr == nil && was.Mode().IsRegular()
	made := perm
	if keep {
		made = Secret // until it has the permissions of the one before
	}
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, made)
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = root.Remove(temporary) // the error that led here says more
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

// IsTemporary reports whether a name is one that WriteTemp gives. It begins with a dot and ends
// in .tmp, so that it counts neither as a client nor, for whoever watches, as a change.
func IsTemporary(name string) bool { return temporaryName.MatchString(name) }

// staleAge is how old a temporary file is that no process can be writing any more.
const staleAge = 10 * time.Minute

// RemoveLeft removes the temporary files that killed processes have left in a folder.
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

// WriteAndClose writes text to a file that was made just now, syncs it to the disk and closes it.
func WriteAndClose(f *os.File, text []byte) error {
	_, err := io.Copy(f, bytes.NewReader(text))
	return errors.Join(err, f.Sync(), f.Close())
}

// chmod sets permissions where the file system has some.
func chmod(f *os.File, perm fs.FileMode) error {
	err := f.Chmod(perm)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil // a file of our own: its file system has no permissions
	}
	return err
}
