package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"

	"portalgen/internal/clientfile"
)

// ErrChanged is the error of a file that something else has changed meanwhile.
var ErrChanged = errors.New("it was changed by something else at the same time; nothing is written, try again")

// ErrExists is the error of a file that is there already and is not to be
// overwritten.
var ErrExists = errors.New("there is such a file already")

// Write puts the new text of c in the place of the old one at once, with the same
// permissions. root is the site's folder, which no path leaves. It fails with
// ErrChanged where the file does not hold the old text any more.
func (c *Change) Write(root *os.Root) error {
	info, err := root.Lstat(c.Name)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("it is a link, which writing would cut; change the file that it leads to")
	}
	return beside(root, c.Name, c.New, info.Mode().Perm(), func(temporary string) error {
		if now, ps := clientfile.ReadFile(root, c.Name); ps.Err() != nil {
			return ps
		} else if !bytes.Equal(now.Text, c.Old) {
			return ErrChanged
		}
		return root.Rename(temporary, c.Name)
	})
}

// create writes a file that is not there yet, whole or not at all.
func create(root *os.Root, name string, text []byte, perm fs.FileMode) error {
	return createBy(root.Link, root, name, text, perm)
}

// createBy is create with what gives a file a second name. Where a file system knows
// no such names, as FAT and some network shares, the file is written in its place.
func createBy(link func(from, to string) error, root *os.Root, name string, text []byte, perm fs.FileMode) error {
	return beside(root, name, text, perm, func(temporary string) error {
		err := link(temporary, name)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			err = inPlace(root, name, text, perm)
		}
		if errors.Is(err, fs.ErrExist) {
			return ErrExists
		}
		return errors.Join(err, root.Remove(temporary))
	})
}

// inPlace writes a file that is not there yet. What cannot be written whole is removed.
func inPlace(root *os.Root, name string, text []byte, perm fs.FileMode) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	if err := fill(f, text, perm); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}

// replace writes a file, whatever was there.
func replace(root *os.Root, name string, text []byte, perm fs.FileMode) error {
	return beside(root, name, text, perm, func(temporary string) error { return root.Rename(temporary, name) })
}

// beside writes a temporary file into the folder of name, synced to the disk, and
// has place put it where it belongs. What place leaves is removed. The file's name
// begins with a dot and ends in .tmp, so that it counts neither as a client nor, for
// whoever watches, as a change; renameio's would.
func beside(root *os.Root, name string, text []byte, perm fs.FileMode, place func(temporary string) error) (err error) {
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
	if err = fill(f, text, perm); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return place(temporary)
}

// fill writes text to a file that was made just now, syncs it to the disk and closes it.
func fill(f *os.File, text []byte, perm fs.FileMode) error {
	_, err := io.Copy(f, bytes.NewReader(text))
	refused := f.Chmod(perm)
	if errors.Is(refused, fs.ErrPermission) || errors.Is(refused, errors.ErrUnsupported) {
		refused = nil // a file of our own: its file system has no permissions
	}
	return errors.Join(err, refused, f.Sync(), f.Close())
}
