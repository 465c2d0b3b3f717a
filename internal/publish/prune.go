package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"portalgen/internal/disk"
)

// hashName matches the name of a folder with immutable files.
var hashName = regexp.MustCompile(`^[0-9a-f]{16,}$`)

// topLevel returns the names in the published folder.
func (s *Stage) topLevel() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

// plan returns the published folders that may be pruned, as slash paths: among the given names
// those with an index.html of this program, and assets/H. It looks at no other folder, since there
// may be many. It does not follow symlinks.
func (s *Stage) plan(prunable []string) ([]string, error) {
	var plan []string
	for _, name := range prunable {
		if strings.HasPrefix(name, stagingPrefix) {
			continue
		}
		find := s.ownFolder
		if name == assets {
			find = s.hashed
		}
		found, err := find(name)
		if err != nil {
			return nil, err
		}
		plan = append(plan, found...)
	}
	slices.Sort(plan)
	return slices.Compact(plan), nil
}

// ownFolder returns the top-level folder name if this program published it, else nil.
func (s *Stage) ownFolder(name string) ([]string, error) {
	if is, err := s.isFolder(name); !is || err != nil {
		return nil, err
	}
	file := s.live(path.Join(name, index))
	info, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil || !s.isOwn(data) {
		return nil, err
	}
	return []string{name}, nil
}

// hashed returns the published folders dir/H.
func (s *Stage) hashed(dir string) ([]string, error) {
	if is, err := s.isFolder(dir); !is || err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(s.live(dir))
	var found []string
	for _, e := range entries {
		if e.IsDir() && hashName.MatchString(e.Name()) {
			found = append(found, path.Join(dir, e.Name()))
		}
	}
	return found, err
}

// isFolder reports whether there is a folder at a slash path. A symlink is not a folder.
func (s *Stage) isFolder(name string) (bool, error) {
	info, err := os.Lstat(s.live(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.IsDir(), err
}

// prune removes the files that were not added from the folders of plan, and returns their number.
// folders contains every folder in which a file was added.
func (s *Stage) prune(plan []string, folders map[string]bool) (int, error) {
	removed := 0
	for _, dir := range plan {
		n, err := s.pruneFolder(dir, folders)
		removed += n
		if err != nil {
			return removed, err
		}
		if path.Dir(dir) == assets && !folders[assets] {
			if err := s.dropEmpty(assets); err != nil {
				return removed, err
			}
		}
	}
	return removed, nil
}

func (s *Stage) pruneFolder(dir string, folders map[string]bool) (int, error) {
	if !folders[dir] {
		return s.discard(dir)
	}
	entries, err := os.ReadDir(s.live(dir))
	if err != nil {
		return 0, err
	}
	// A folder is recognized by its index.html, so that file is removed last.
	s.order(dir, entries)
	removed := 0
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		_, keep := s.files[name]
		n, err := 0, error(nil)
		switch {
		case e.IsDir():
			n, err = s.pruneFolder(name, folders)
		case !keep:
			s.step()
			n, err = 1, os.Remove(s.live(name))
		}
		removed += n
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// discard removes a folder and returns the number of its files. It moves the folder away in one
// step: if the process were killed in between, the next build might not recognize the rest.
func (s *Stage) discard(dir string) (int, error) {
	n := 0
	err := filepath.WalkDir(s.live(dir), func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	s.step()
	s.trashed++
	return n, disk.Rename(s.live(dir), s.trash(s.trashed))
}

// dropEmpty removes a published folder if it is empty.
func (s *Stage) dropEmpty(dir string) error {
	entries, err := os.ReadDir(s.live(dir))
	if err != nil || len(entries) > 0 {
		return err
	}
	s.step()
	return os.Remove(s.live(dir))
}
