package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"portalgen/internal/disk"
)

// Commit publishes the added files. It syncs the staging folder to the disk, renames the files
// below assets/ into place, then all others, the root's index.html last, and then prunes. Call it
// once, after the last Add has returned.
//
// The stage is the whole tree. Commit removes a top-level folder of this program to which no file
// was added. In its other folders and in assets/H it removes files that were not added, and folders
// that become empty. It never removes foreign files and folders.
//
// If anything has changed, all added files get the same modification time.
//
// After an error some files may be published and others not. Each file is complete, and the next
// build publishes the rest. The stage is then still open for Abort.
func (s *Stage) Commit() (Result, error) { return s.end(s.topLevel) }

// CommitPart is like Commit for a stage with only a part of the tree: it prunes only in the
// top-level folders prunable, which may be empty. Files added in other folders are published too.
func (s *Stage) CommitPart(prunable []string) (Result, error) {
	return s.end(func() ([]string, error) {
		for _, name := range prunable {
			if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, `/\`) {
				return nil, fmt.Errorf("%q is not the name of a top-level folder", name)
			}
		}
		return prunable, nil
	})
}

// CommitBut is like Commit for a stage that lacks files of some top-level folders. It prunes
// neither in the folders keep nor in assets, since the kept pages may refer to assets.
func (s *Stage) CommitBut(keep []string) (Result, error) {
	return s.end(func() ([]string, error) {
		names, err := s.topLevel()
		return slices.DeleteFunc(names, func(name string) bool {
			return name == assets || slices.Contains(keep, name)
		}), err
	})
}

// end publishes, and then prunes in the top-level folders that prunable returns.
func (s *Stage) end(prunable func() ([]string, error)) (Result, error) {
	res, err := s.commit(prunable)
	if err != nil {
		return res, fmt.Errorf("publish into %q: %w", s.dir, err)
	}
	return res, s.close(func() error { return os.RemoveAll(s.home) })
}

func (s *Stage) commit(prunable func() ([]string, error)) (Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return Result{}, errClosed
	case s.failed != nil:
		return Result{}, fmt.Errorf("nothing was published, since a file could not be staged: %w", s.failed)
	}
	names, err := prunable()
	if err != nil {
		return Result{}, err
	}
	folders, err := s.folders()
	if err != nil {
		return Result{}, err
	}
	// Find the own folders before their pages are overwritten.
	plan, err := s.plan(names)
	if err != nil {
		return Result{}, err
	}
	res := Result{Written: s.fresh + len(s.swaps)}
	res.Unchanged = len(s.files) - res.Written
	if res.Written > 0 {
		if err := flush(s.home); err != nil {
			return Result{}, fmt.Errorf("flush to disk: %w", err)
		}
		if err := s.merge(""); err != nil {
			return Result{}, err
		}
		if err := s.swapAll(); err != nil {
			return Result{}, err
		}
	}
	if res.Removed, err = s.prune(plan, folders); err != nil {
		return res, err
	}
	return res, s.setTimes(res.Written+res.Removed > 0)
}

// setTimes gives all added files the same modification time, so that a host's Last-Modified reveals
// nothing about a single file. It is the time of the newest change, so that two machines that build
// the same use the same time. But it is always later than the published one, since hosts and copy
// programs take files of equal size and time for equal. If nothing has changed and all files have
// one time, it does nothing.
func (s *Stage) setTimes(changed bool) error {
	s.time = s.latest
	if !changed && s.oldest.Equal(s.latest) {
		return nil
	}
	at := time.Now()
	if s.Changed != nil {
		if changed := s.Changed(); changed.Before(at) {
			at = changed
		}
	}
	if at = at.Truncate(time.Second); !at.After(s.latest) {
		at = s.latest.Truncate(time.Second).Add(time.Second)
	}
	for name := range s.files {
		if err := os.Chtimes(s.live(name), at, at); err != nil {
			return err
		}
	}
	s.time = at
	return nil
}

// folders returns every folder that contains an added file, at any depth.
func (s *Stage) folders() (map[string]bool, error) {
	folders := map[string]bool{}
	for file := range s.files {
		for dir := path.Dir(file); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	for dir := range folders {
		if _, both := s.files[dir]; both {
			return nil, fmt.Errorf("%q was added as a file and as a folder", dir)
		}
	}
	return folders, nil
}

// merge renames the staged content of the tree's folder dir into place. A folder that is not
// published yet is renamed as a whole, in one step.
func (s *Stage) merge(dir string) error {
	entries, err := os.ReadDir(s.tree(dir))
	if err != nil {
		return err
	}
	s.order(dir, entries)
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		whole := true
		if e.IsDir() {
			if whole, err = s.vacant(name); err != nil {
				return err
			}
		}
		if whole {
			s.step()
			err = disk.Rename(s.tree(name), s.live(name))
		} else {
			err = s.merge(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// order sorts the entries of the folder dir so that the files that a page refers to come
// before the page: assets, folders without a page, other folders, files, index.html.
func (s *Stage) order(dir string, entries []fs.DirEntry) {
	turn := func(e fs.DirEntry) int {
		switch {
		case dir == "" && e.Name() == assets:
			return 0
		case e.IsDir():
			if _, page := s.files[path.Join(dir, e.Name(), index)]; !page {
				return 1
			}
			return 2
		case e.Name() != index:
			return 3
		}
		return 4
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(turn(a), turn(b)) })
}

// swapAll renames the staged files whose folders are published into place, from the deepest folder
// up. So a page is published before the page that links to it, and the root's index.html is last.
func (s *Stage) swapAll() error {
	numbers := make([]int, len(s.swaps))
	for n := range numbers {
		numbers[n] = n
	}
	late := func(name string) int {
		if name == index {
			return 1
		}
		return -strings.Count(name, "/")
	}
	slices.SortFunc(numbers, func(a, b int) int {
		return cmp.Or(cmp.Compare(late(s.swaps[a]), late(s.swaps[b])), cmp.Compare(s.swaps[a], s.swaps[b]))
	})
	for _, n := range numbers {
		name := s.swaps[n]
		if _, err := s.statPublished(name, nil); err != nil {
			return err
		}
		s.step()
		if err := disk.Rename(s.swap(n), s.live(name)); err != nil {
			return err
		}
	}
	return nil
}

// vacant reports whether a folder can be renamed to the slash path name. It first removes an empty
// top-level folder. Otherwise, if the process were killed while it adds files to that folder one by
// one, the folder could not be recognized as one of this program.
func (s *Stage) vacant(name string) (bool, error) {
	info, err := os.Lstat(s.live(name))
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if err := mustBeFolder(s.live(name), info); err != nil {
		return false, err
	}
	if strings.Contains(name, "/") {
		return false, nil
	}
	entries, err := os.ReadDir(s.live(name))
	if err != nil || len(entries) > 0 {
		return false, err
	}
	s.step()
	return true, os.Remove(s.live(name))
}
