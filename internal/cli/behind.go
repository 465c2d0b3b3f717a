package cli

import (
	"path/filepath"

	"portalgen/internal/pipeline"
)

// publicFolder is the folder that is published where none is named.
func (a *app) publicFolder() string { return filepath.Join(a.dir, defaultOut) }

// sayNext says what comes next where that is plain: a site without clients needs one, and what is
// published may be behind the files.
func (a *app) sayNext(b *pipeline.Builder) {
	if ids, err := b.Clients(); err == nil && len(ids) == 0 {
		a.term.NoClient()
	} else if behind := b.Behind(); !behind.Empty() {
		a.term.Behind(defaultOut, behind.Clients, behind.Shared)
	}
}
