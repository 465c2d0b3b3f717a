package disk

import "path/filepath"

// RealPath returns the absolute path without symbolic links, also of a path whose end does
// not exist yet.
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
