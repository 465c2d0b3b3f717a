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
)

// Commit publishes what was added: it flushes the staging folder to disk, renames
// files below assets/ into place, then all others, the root's index.html last, and
// then prunes. Call it once, after the last Add has returned.
//
// The stage is the whole tree: a top-level folder that is ours and in which no file
// was added is removed; so are the files of our other folders and of assets/H that
// were not added, and folders that this leaves empty. Files and folders that are not
// ours are never removed.
//
// Where anything has changed, all files that were added get one time of change.
//
// On an error some files may be published and others not; each is whole, and the
// next build mends the rest. The stage is then still open for Abort.
func (s *Stage) Commit() (Result, error) { return s.end(s.topLevel) }

// CommitPart is Commit for a stage that is a part of the tree: pruning is kept to
// the top-level folders in scope, which may be none. What was added elsewhere is
// published all the same.
func (s *Stage) CommitPart(scope []string) (Result, error) {
	return s.end(func() ([]string, error) {
		for _, name := range scope {
			if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, `/\`) {
				return nil, fmt.Errorf("%q is not the name of a top-level folder", name)
			}
		}
		return scope, nil
	})
}

// CommitBut is Commit for a stage that lacks what some top-level folders have, which stay as
// they are. So do assets, which the pages in them may name.
func (s *Stage) CommitBut(keep []string) (Result, error) {
	return s.end(func() ([]string, error) {
		names, err := s.topLevel()
		return slices.DeleteFunc(names, func(name string) bool {
			return name == assets || slices.Contains(keep, name)
		}), err
	})
}

// end publishes, and prunes the top-level folders that scope names.
func (s *Stage) end(scope func() ([]string, error)) (Result, error) {
	res, err := s.commit(scope)
	if err != nil {
		return res, fmt.Errorf("publish into %q: %w", s.dir, err)
	}
	return res, s.Abort()
}

func (s *Stage) commit(within func() ([]string, error)) (Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return Result{}, errClosed
	case s.failed != nil:
		return Result{}, fmt.Errorf("nothing was published, since a file could not be staged: %w", s.failed)
	}
	scope, err := within()
	if err != nil {
		return Result{}, err
	}
	folders, err := s.folders()
	if err != nil {
		return Result{}, err
	}
	// What is ours is found before it is overwritten.
	plan, err := s.plan(scope)
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
	return res, s.stamp(res.Written+res.Removed > 0)
}

// stamp gives all files that were added one time of change, so that a host's
// Last-Modified tells nothing of one among them: that of the newest change, so that two
// machines which build the same give it the same time, but a later one than was published
// before, since hosts and programs that copy take a file of the same size and time for the
// same. Where nothing has changed, and all have one time, it does nothing.
func (s *Stage) stamp(changed bool) error {
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
	return nil
}

// folders returns every folder that holds an added file, at any depth.
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

// merge renames what is staged in the tree's folder dir into place. A folder that
// is not published yet goes there whole, in one step.
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
			err = os.Rename(s.tree(name), s.live(name))
		} else {
			err = s.merge(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// order sorts the entries of the folder dir so that what a page refers to is there
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

// swapAll renames the staged files into place whose folders are published, from the
// deepest up, so that a page comes before the one that leads to it and the root's
// index.html is the last.
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
		if _, err := s.look(name); err != nil {
			return err
		}
		s.step()
		if err := os.Rename(s.swap(n), s.live(name)); err != nil {
			return err
		}
	}
	return nil
}

// vacant reports whether a folder can be renamed to the slash path name. An empty
// top-level folder is removed to make room, since a portal that appears bit by bit
// in it could not be told from someone else's files if the process were killed.
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
