package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// buffers are for reading files in parts.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// equal reports whether the file name has exactly the bytes that data writes.
func equal(name string, data func(io.Writer) error) (bool, error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	return Same(f, data)
}

// Same reports whether r has exactly the bytes that data writes. The error comes from reading r or
// from data.
func Same(r io.Reader, data func(io.Writer) error) (bool, error) {
	err := data(comparer{r})
	if errors.Is(err, errDiffers) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var more [1]byte
	n, err := io.ReadFull(r, more[:])
	if n > 0 || err == io.EOF {
		return n == 0, nil
	}
	return false, err
}

// errDiffers is the error of a comparer if the bytes differ.
var errDiffers = errors.New("differs")

// A comparer is a writer that compares the written bytes with those of r.
type comparer struct{ r io.Reader }

func (c comparer) Write(data []byte) (int, error) {
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for rest := data; len(rest) > 0; {
		n, err := io.ReadFull(c.r, buf[:min(len(buf), len(rest))])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return 0, errDiffers
		}
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(buf[:n], rest[:n]) {
			return 0, errDiffers
		}
		rest = rest[n:]
	}
	return len(data), nil
}

// write creates the file name and the folders above it, with the modes of published files. Only the
// owner can read the file until it is complete. After an error the file is removed.
func write(name string, data func(io.Writer) error) error {
	const unfinished = 0o600
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, unfinished)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeFolder(filepath.Dir(name)); err != nil {
			return err
		}
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, unfinished)
	}
	if err != nil {
		return err
	}
	if err := data(f); err != nil {
		return errors.Join(err, f.Close(), os.Remove(name))
	}
	return errors.Join(f.Chmod(fileMode), f.Close())
}

// makeFolder creates name and the missing folders above it. Another goroutine may create the same
// ones.
func makeFolder(name string) error {
	err := os.Mkdir(name, dirMode)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeFolder(filepath.Dir(name)); err != nil {
			return err
		}
		err = os.Mkdir(name, dirMode)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Chmod(name, dirMode)
}
