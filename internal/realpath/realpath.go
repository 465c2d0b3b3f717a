// Package realpath tells where a path truly leads, also where its end does not
// exist yet. Two checks rest on it: that a key does not lie in the output, and that
// the output does not lie in the site. It must not know what either is.
package realpath

import "path/filepath"

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
