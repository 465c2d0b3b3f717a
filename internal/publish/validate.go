package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// validatePath returns an error unless path stays inside the published folder on every system.
func validatePath(path string) error {
	if !fs.ValidPath(path) || path == "." || strings.ContainsAny(path, "\\\x00") ||
		!filepath.IsLocal(filepath.FromSlash(path)) {
		return errors.New(`the path must be relative, with slashes, and without "." or ".." in it`)
	}
	if strings.HasPrefix(path, stagingPrefix) {
		return fmt.Errorf("names that begin with %s are kept for staging", stagingPrefix)
	}
	return nil
}

// statPublished returns the info of the published file at path, nil if there is none. It is an
// error if a symlink or a file is at the place of a folder, or a folder at the place of the file. Each folder
// that is there is added to folders, and not looked at if it is in it already; folders may be nil.
func (s *Stage) statPublished(path string, folders map[string]bool) (fs.FileInfo, error) {
	for i, c := range path {
		if c != '/' || folders[path[:i]] {
			continue
		}
		info, err := os.Lstat(s.live(path[:i]))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if err := mustBeFolder(s.live(path[:i]), info); err != nil {
			return nil, err
		}
		if folders != nil {
			folders[path[:i]] = true
		}
	}
	info, err := os.Lstat(s.live(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a folder, and a file is to go there; remove it first", s.live(path))
	}
	return info, err
}

func mustBeFolder(name string, info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is a symlink, which is not followed; remove it first", name)
	case !info.IsDir():
		return fmt.Errorf("%s is a file, and a folder is to go there; remove it first", name)
	}
	return nil
}

// refuseForeign returns an error if data is an index.html that would make this program take a
// folder with foreign files for its own. The folder is the root or a top-level one.
func (s *Stage) refuseForeign(path string, data []byte) error {
	folder, file, nested := strings.Cut(path, "/")
	if !nested {
		folder, file = "", path
	}
	if file != index || !s.isOwn(data) {
		return nil
	}
	old, err := os.ReadFile(s.live(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if folder == "" {
			return nil
		}
		entries, err := os.ReadDir(s.live(folder))
		if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
	case err != nil:
		return err
	case s.isOwn(old):
		return nil
	}
	return fmt.Errorf("%s holds files of something else, which would be mixed with ours; "+
		"use another folder or move them away", s.live(folder))
}
