package edit

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"

	"portalgen/internal/clientfile"
	"portalgen/internal/disk"
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
	_ = disk.RemoveLeft(root, path.Dir(c.Name)) // a file that cannot be removed does no harm
	return disk.WriteTemp(root, c.Name, c.New, disk.Own, func(temporary string) error {
		if now, ps := clientfile.ReadFile(root, c.Name); ps.Err() != nil {
			return ps
		} else if !bytes.Equal(now.Text, c.Old) {
			return ErrChanged
		}
		return disk.RenameIn(root, temporary, c.Name)
	})
}

// create writes a file that is not there yet, whole or not at all.
func create(root *os.Root, name string, text []byte) error {
	return createBy(root.Link, root, name, text)
}

// createBy is create with what gives a file a second name. Where a file system knows
// no such names, as FAT and some network shares, the file is written in its place.
func createBy(link func(from, to string) error, root *os.Root, name string, text []byte) error {
	_ = disk.RemoveLeft(root, path.Dir(name)) // a file that cannot be removed does no harm
	return disk.WriteTemp(root, name, text, disk.Own, func(temporary string) error {
		err := link(temporary, name)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			err = inPlace(root, name, text)
		}
		if errors.Is(err, fs.ErrExist) {
			return ErrExists
		}
		return errors.Join(err, root.Remove(temporary))
	})
}

// inPlace writes a file that is not there yet. What cannot be written whole is removed.
func inPlace(root *os.Root, name string, text []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, disk.Own)
	if err != nil {
		return err
	}
	if err := disk.WriteAndClose(f, text); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}
