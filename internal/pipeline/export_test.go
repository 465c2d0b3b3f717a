package pipeline

import (
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/site"
)

// Plain renders one client's portal without sealing it. Paths of pages and marks are
// readable: KIND-ITEM, and what they are made of.
func (b *Builder) Plain(id string) (map[string]render.Fragment, diag.Problems) {
	base := b.base.Load()
	c, _, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	now := base.in(c.Timezone)
	_, pages, err := base.render(c, id, portal.Options{
		Now: now, Path: func(kind, item string) string { return kind + "-" + item },
		StableKey: func(name string) string { return name }, Content: base.contentFor(c.Language, false),
	})
	return pages, append(ps, diag.Of(err, site.ClientFile(id), "build")...)
}

// BuildAhead builds the portal of a client ahead at once.
func (b *Builder) BuildAhead(id string) { b.buildAhead(id) }

// BuiltAhead returns what was built ahead, where it holds.
func (b *Builder) BuiltAhead(id string) (*Portal, diag.Problems) { return b.builtAhead(id) }
