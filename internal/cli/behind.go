package cli

import (
	"path/filepath"

	"portalgen/internal/pipeline"
)

// publicFolder returns the folder into which a build publishes by default.
func (a *app) publicFolder() string { return filepath.Join(a.dir, defaultOut) }

// sayNext suggests the next step: a site without clients needs one, and the published files may be
// older than the site's files.
func (a *app) sayNext(b *pipeline.Builder) {
	if ids, err := b.Clients(); err == nil && len(ids) == 0 {
		a.term.NoClient()
	} else if behind := b.Behind(); !behind.Empty() {
		a.term.Behind(defaultOut, behind.Clients, behind.Shared)
	}
}
