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

// ErrChanged is the error if something else has changed the file meanwhile.
var ErrChanged = errors.New("it was changed by something else at the same time; nothing is written, try again")

// ErrExists is the error if the file exists and must not be overwritten.
var ErrExists = errors.New("there is such a file already")

// Write replaces the old text of the file with the new one, atomically and with the same permissions. root is
// the site's folder; no path leaves it. It fails with ErrChanged if the file does not have the old text any
// more.
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

// create writes a new file, completely or not at all.
func create(root *os.Root, name string, text []byte) error {
	return createBy(root.Link, root, name, text)
}

// createBy is create with a function that gives a file a second name. If the file system does not support
// that, as FAT and some network shares, it writes the file directly.
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

// inPlace writes a new file directly. If it cannot write all of it, it removes the file.
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
