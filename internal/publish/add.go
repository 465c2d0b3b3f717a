package publish

import (
	"errors"
	"fmt"
	"hash/maphash"
)

// seed makes the hashes of one process comparable. They only find a path that was
// added twice with different bytes; what is published is compared byte by byte.
var seed = maphash.MakeSeed()

// Add gives the file at path its bytes. The path is relative to the published
// folder, with slashes, in its shortest form, such as "assets/3f…/gate.js". The
// bytes are not kept in memory. Add may be called from several goroutines.
//
// It is an error to add a path twice with different bytes, to go through a symlink
// in the published folder, and to put an index.html that is ours into a folder
// that holds other people's files. After an error of Add, Commit refuses.
func (s *Stage) Add(path string, data []byte) error {
	err := s.add(path, data)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("publish %q: %w", path, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

func (s *Stage) add(path string, data []byte) error {
	if err := checkPath(path); err != nil {
		return err
	}
	if known, err := s.claim(path, maphash.Bytes(seed, data)); known || err != nil {
		return err
	}
	if err := s.checkWay(path); err != nil {
		return err
	}
	if err := s.checkForeign(path, data); err != nil {
		return err
	}
	same, err := equal(s.live(path), data)
	if same || err != nil {
		return err
	}
	if err := write(s.fresh(path), data); err != nil {
		return err
	}
	s.mu.Lock()
	s.written++
	s.mu.Unlock()
	return nil
}

// claim takes path for bytes with the hash sum. It reports whether these very
// bytes were added at path before.
func (s *Stage) claim(path string, sum uint64) (known bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false, errClosed
	}
	old, known := s.files[path]
	if known && old != sum {
		return false, errors.New("it was added before with other bytes")
	}
	s.files[path] = sum
	return known, nil
}
