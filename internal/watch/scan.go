package watch

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// A walk visits the watched folders below a folder.
type walk struct {
	root   string
	sel    selection
	folder func(path string) error          // called before a folder is read
	file   func(path string, e fs.DirEntry) // called for each file to report
}

// from visits the folder at a slash path and all folders below. A folder that was removed or is not
// readable counts as empty: the next event or scan looks again. The first error of the function
// folder ends the walk.
func (w walk) from(dir string) error {
	if err := w.folder(dir); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	} else if err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(w.root, filepath.FromSlash(dir)))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			if w.sel.folder(name) {
				if err := w.from(name); err != nil {
					return err
				}
			}
		case w.sel.file(name) && !linksToFolder(w.root, name, e.Type()):
			w.file(name, e)
		}
	}
	return nil
}

// linksToFolder reports whether a file of the given type is a symlink to a folder.
func linksToFolder(root, name string, typ fs.FileMode) bool {
	if typ&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
	return err == nil && info.IsDir()
}
