package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A Sum is the SHA-256 of the bytes of a file.
type Sum = [sha256.Size]byte

// Keep is like Add for files that are already published. files has the sum of each. Keep reads them
// and reports whether all have their sums; if one has not, none is added. It is safe for concurrent
// use.
func (s *Stage) Keep(files map[string]Sum) (bool, error) {
	infos := make([]fs.FileInfo, 0, len(files))
	folders := map[string]bool{}
	for name, sum := range files {
		info, err := s.published(name, sum, folders)
		if info == nil || err != nil {
			return false, err
		}
		infos = append(infos, info)
	}
	for name, sum := range files {
		known, err := s.claim(name, binary.BigEndian.Uint64(sum[:]))
		if known {
			err = errors.New("it was added before")
		}
		if err != nil {
			return false, s.keepError(name, func() error { return err })
		}
	}
	for _, info := range infos {
		s.noteTime(info.ModTime())
	}
	return true, nil
}

// published returns the info of the file published at name; nil if there is no file with that sum. folders
// are the folders that are known to be there.
func (s *Stage) published(name string, sum Sum, folders map[string]bool) (fs.FileInfo, error) {
	if err := validatePath(name); err != nil {
		return nil, err
	}
	info, err := s.statPublished(name, folders)
	if info == nil || err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	f, err := os.Open(s.live(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h, buf := sha256.New(), buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for err == nil {
		var n int
		n, err = f.Read(buf[:])
		h.Write(buf[:n])
	}
	if err != io.EOF {
		return nil, fmt.Errorf("read %q: %w", name, err)
	}
	if Sum(h.Sum(nil)) != sum {
		return nil, nil
	}
	return info, nil
}
