package publish

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path"
	"strings"
)

// seed makes the hashes of one process comparable. They only find a path that was
// added twice with different bytes; what is published is compared byte by byte.
var seed = maphash.MakeSeed()

// Add gives the file name its bytes. The name is relative to the published folder,
// with slashes, in its shortest form, such as "acme/index.html". The bytes are not
// kept in memory. Add may be called from several goroutines.
//
// It is an error to add a name twice with different bytes, to go through a symlink
// in the published folder, and to put an index.html that is ours into a folder
// that holds other people's files. After an error of Add, Commit refuses.
func (s *Stage) Add(name string, data []byte) error {
	err := s.add(name, data)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("publish %q: %w", name, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

func (s *Stage) add(name string, data []byte) error {
	if err := checkPath(name); err != nil {
		return err
	}
	if known, err := s.claim(name, maphash.Bytes(seed, data)); known || err != nil {
		return err
	}
	old, err := s.look(name)
	if err != nil {
		return err
	}
	if err := s.checkForeign(name, data); err != nil {
		return err
	}
	if old != nil && old.Mode().IsRegular() && old.Size() == int64(len(data)) {
		same, err := equal(s.live(name), data)
		if same || err != nil {
			return err
		}
	}
	place, err := s.place(name)
	if err != nil {
		return err
	}
	return write(place, data)
}

// place returns where the file called name is to be staged, and notes it for Commit.
func (s *Stage) place(name string) (string, error) {
	swap, err := s.swappable(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if swap {
		s.swaps = append(s.swaps, name)
		return s.swap(len(s.swaps) - 1), err
	}
	s.fresh++
	return s.tree(name), err
}

// swappable reports whether the folder of name is published already. One in a
// top-level folder without an index.html does not count, since that folder may be
// empty and ought to come into being in one step: see vacant.
func (s *Stage) swappable(name string) (bool, error) {
	top, _, nested := strings.Cut(name, "/")
	switch {
	case !nested:
		return true, nil
	case top == assets:
		return false, nil // the tree is renamed first
	}
	for _, needed := range []string{path.Dir(name), path.Join(top, index)} {
		_, err := os.Lstat(s.live(needed))
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// claim takes name for bytes with the hash sum. It reports whether these very
// bytes were added at name before.
func (s *Stage) claim(name string, sum uint64) (known bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false, errClosed
	}
	old, known := s.files[name]
	if known && old != sum {
		return false, errors.New("it was added before with other bytes")
	}
	s.files[name] = sum
	return known, nil
}
