package publish

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// seed makes the hashes of one process comparable. The hashes only detect a path that is added
// twice with different bytes; published files are compared byte by byte.
var seed = maphash.MakeSeed()

// Add adds a file with the given bytes. The name is relative to the published folder, with slashes,
// in its shortest form, such as "acme/index.html". The bytes are not kept in memory. Add is safe
// for concurrent use.
//
// It is an error to add a name twice with different bytes, to go through a symlink in the published
// folder, and to put an index.html of this program into a folder with foreign files. After an error
// of Add, Commit fails.
func (s *Stage) Add(name string, data []byte) error {
	return s.keepError(name, func() error {
		if err := validatePath(name); err != nil {
			return err
		}
		if known, err := s.claim(name, maphash.Bytes(seed, data)); known || err != nil {
			return err
		}
		if err := s.refuseForeign(name, data); err != nil {
			return err
		}
		return s.add(name, int64(len(data)), func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	})
}

// AddStream is like Add for a file that is too large for memory: write writes its size bytes. It is
// called a second time if the published file has the same size but other bytes. An index.html
// cannot be added in this way, and no name twice.
func (s *Stage) AddStream(name string, size int64, write func(io.Writer) error) error {
	return s.keepError(name, func() error {
		if err := validatePath(name); err != nil {
			return err
		}
		if path.Base(name) == index {
			return errors.New("it is a page, whose bytes must be known")
		}
		if known, err := s.claim(name, uint64(size)); known || err != nil {
			return cmp.Or(err, errors.New("it was added before"))
		}
		return s.add(name, size, write)
	})
}

// keepError stores the first error of adding a file, for Commit.
func (s *Stage) keepError(name string, add func() error) error {
	err := add()
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

func (s *Stage) add(name string, size int64, bytes func(io.Writer) error) error {
	old, err := s.statPublished(name, nil)
	if err != nil {
		return err
	}
	if old != nil {
		s.noteTime(old.ModTime())
	}
	if old != nil && old.Mode().IsRegular() && old.Size() == size {
		same, err := equal(s.live(name), bytes)
		if same || err != nil {
			return err
		}
	}
	place, err := s.place(name)
	if err != nil {
		return err
	}
	return write(place, bytes)
}

// noteTime records the modification time of a published file.
func (s *Stage) noteTime(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.oldest.IsZero() || at.Before(s.oldest) {
		s.oldest = at
	}
	if at.After(s.latest) {
		s.latest = at
	}
}

// place returns the path at which the file name is staged, and records the file for Commit.
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

// swappable reports whether the folder of name is already published. A folder inside a top-level
// folder without an index.html does not count, since that top-level folder may be empty and should
// appear in one step: see vacant.
func (s *Stage) swappable(name string) (bool, error) {
	top, _, nested := strings.Cut(name, "/")
	switch {
	case !nested:
		return true, nil
	case top == assets || path.Base(name) != index:
		return false, nil // the tree is renamed before pages, which refer to its files
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

// claim records that name was added with bytes of the hash sum. It reports whether name was added
// before with the same bytes.
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
