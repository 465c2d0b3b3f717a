package access

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"portalgen/internal/realpath"
)

// checkNotPublished refuses a key file below the folder that is published.
func checkNotPublished(path, outputDir string) error {
	if outputDir == "" {
		return nil
	}
	key, err := realpath.Of(path)
	if err != nil {
		return err
	}
	out, err := realpath.Of(outputDir)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(out, key)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s lies below %s, which is published; choose another folder for the output", path, outputDir)
	}
	return nil
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
