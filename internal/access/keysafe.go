package access

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// checkNotPublished refuses a key file below the folder that is published.
func checkNotPublished(path, outputDir string) error {
	if outputDir == "" {
		return nil
	}
	key, err := realPath(path)
	if err != nil {
		return err
	}
	out, err := realPath(outputDir)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(out, key)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s lies below %s, which is published; choose another folder for the output", path, outputDir)
	}
	return nil
}

// realPath is the absolute path without symbolic links, as far as it exists.
func realPath(path string) (string, error) {
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
	real, err := realPath(parent)
	return filepath.Join(real, filepath.Base(abs)), err
}

// tracked reports whether git has the file in its index. Without git, or outside
// a repository, it has not. The settings let git answer in a checkout of another
// owner, as build machines have it, and keep it from starting a program that the
// checkout names.
func tracked(siteDir, name string) bool {
	git, err := exec.LookPath("git")
	if err != nil {
		return false
	}
	return exec.Command(git, "-C", siteDir, "-c", "safe.directory=*", "-c", "core.fsmonitor=false",
		"ls-files", "--error-unmatch", "--", name).Run() == nil
}
