package cli

import (
	"path/filepath"

	"portalgen/internal/pipeline"
)

// publicFolder is the folder that is published where none is named.
func (a *app) publicFolder() string { return filepath.Join(a.dir, defaultOut) }

// sayBehind says where what is published is behind the files.
func (a *app) sayBehind(b *pipeline.Builder) {
	if behind := b.Behind(); !behind.Empty() {
		a.term.Behind(defaultOut, behind.Clients, behind.Shared)
	}
}
