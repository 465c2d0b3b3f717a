// Package realpath tells where a path truly leads, also where its end does not
// exist yet. Two checks rest on it: that a key does not lie in the output, and that
// the output does not lie in the site; and one, that a link leads out of a folder. It must
// not know what any of them is.
package realpath

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Of returns the absolute path without symbolic links, as far as it exists.
func Of(path string) (string, error) {
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
	real, err := Of(parent)
	return filepath.Join(real, filepath.Base(abs)), err
}

// Escapes reports whether err is how root refuses a path that leads out of it. Package os
// gives that error no name, so root is asked for it with a path that it refuses unseen.
func Escapes(root *os.Root, err error) bool {
	_, refused := root.Stat("..")
	pe, ok := errors.AsType[*fs.PathError](refused)
	return ok && errors.Is(err, pe.Err)
}
