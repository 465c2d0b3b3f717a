package pipeline

import (
	"context"
	"maps"
	"slices"

	"portalgen/internal/diag"
	"portalgen/internal/publish"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// A Publisher keeps a published folder up to date while files change. After an error it
// publishes the missed changes with the next one. It is for one goroutine.
type Publisher struct {
	b    *Builder
	out  string
	only []string

	// stale says that Load must be called again.
	stale bool
	// all says that every client must be built; else dirty are those that must.
	all   bool
	dirty map[string]bool
}

// NewPublisher returns a Publisher into out that has published nothing yet. Where only is not nil
// it builds only these clients.
func NewPublisher(b *Builder, out string, only []string) *Publisher {
	return &Publisher{b: b, out: out, only: only, stale: true, all: true, dirty: map[string]bool{}}
}

// Published is the result of Publish.
type Published struct {
	publish.Result
	// Portals is how many were built.
	Portals int
}

// Publish builds the clients that a change concerns, and those of earlier changes that were
// not published. Where the assets are not published yet it builds all clients, or all of only.
// progress, which may be nil, is called with the number of portals before they are built; it
// returns a function to call after each, and one to call at the end. The result is nil where
// nothing was published: there was nothing to do, or there are errors.
func (p *Publisher) Publish(
	ctx context.Context, c Change, progress func(n int) (step, done func()),
) (*Published, diag.Problems) {
	p.stale = p.stale || c.All
	p.all = p.all || c.All
	for _, id := range c.Clients {
		p.dirty[id] = true
	}
	var ps diag.Problems
	if p.stale {
		ps = p.b.Load()
		if ps.Err() != nil {
			return nil, ps
		}
		p.stale = false
	}
	ids, todo := p.next()
	if !todo {
		return nil, ps
	}
	n := len(ids)
	if ids == nil {
		all, err := p.b.Clients()
		if err != nil {
			return nil, append(ps, diag.Of(err, site.ClientsDir, rule.Unreadable)...)
		}
		n = len(all)
	}
	step, done := func() {}, func() {}
	if progress != nil {
		step, done = progress(n)
	}
	result, found := p.b.Build(ctx, p.out, ids, step)
	done()
	ps = append(ps, found...)
	if ps.Err() != nil {
		return nil, ps
	}
	for _, one := range found {
		if one.Rule == rule.Example {
			n-- // it was left out
		}
	}
	p.all = false
	clear(p.dirty)
	return &Published{Result: result, Portals: n}, ps
}

// next returns the clients to build, none for all of them, and whether there is
// anything to do.
func (p *Publisher) next() (ids []string, todo bool) {
	switch {
	case p.only != nil && p.all:
		return p.only, true
	case p.only != nil:
		ids = slices.Sorted(maps.Keys(p.dirty))
		ids = slices.DeleteFunc(ids, func(id string) bool { return !slices.Contains(p.only, id) })
		return ids, len(ids) > 0
	case p.all:
		return nil, true
	case len(p.dirty) == 0:
		return nil, false
	case !p.b.HasAssets(p.out):
		return nil, true
	}
	return slices.Sorted(maps.Keys(p.dirty)), true
}
