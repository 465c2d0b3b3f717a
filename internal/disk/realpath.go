package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// RealPath returns the absolute path without symbolic links. The last parts of the path need not
// exist.
func RealPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real, nil
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return abs, nil
	}
	real, err := RealPath(parent)
	return filepath.Join(real, filepath.Base(abs)), err
}

// Escapes reports whether err is the error with which root refuses a path that leads out of it.
// Package os does not export that error, so Escapes produces it with a path that root always
// refuses.
func Escapes(root *os.Root, err error) bool {
	_, refused := root.Stat("..")
	pe, ok := errors.AsType[*fs.PathError](refused)
	return ok && errors.Is(err, pe.Err)
}
