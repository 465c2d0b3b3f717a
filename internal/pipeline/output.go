package pipeline

import (
	"fmt"
	"os"
	"path/filepath"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/rule"
)

// inputs are the folders of a site into which nothing may be published: pruning could remove
// the provider's files, and these would be public.
var inputs = []string{"data", "content", "layouts", "static", "i18n", ".portalgen"}

// refuse returns a problem where out cannot be a place to publish into: it is the
// site's folder, holds it, or lies in one that the site is made of.
func (b *Builder) refuse(out string) error {
	bad := func(format string, args ...any) error {
		return diag.Problem{
			Pos: diag.Pos{File: out}, Rule: rule.Output, Severity: diag.Error,
			Message: fmt.Sprintf(format, args...), Hint: "name a folder of its own, such as public",
		}
	}
	real, err := disk.RealPath(out)
	if err != nil {
		return err
	}
	dir, err := disk.RealPath(b.site.Dir)
	if err != nil {
		return err
	}
	if within(dir, real) {
		return bad("the folder to publish into is the site's own, or holds it, " +
			"so that its files and its key would be published")
	}
	for _, name := range inputs {
		folder, err := disk.RealPath(filepath.Join(b.site.Dir, name))
		if err != nil {
			return err
		}
		if within(real, folder) {
			return bad("the folder to publish into lies in the site's folder %s", name)
		}
	}
	return nil
}

// within reports whether path is folder or below it. Both are real paths. Two names of one
// folder, such as on a file system without case, are recognized where the folder exists.
func within(path, folder string) bool {
	at, statErr := os.Stat(folder)
	for {
		if path == folder {
			return true
		}
		if here, err := os.Stat(path); err == nil && statErr == nil && os.SameFile(here, at) {
			return true
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false
		}
		path = parent
	}
}
