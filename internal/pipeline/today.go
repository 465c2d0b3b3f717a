package pipeline

import (
	"errors"
	"io/fs"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
	"portalgen/internal/today"
)

// Today returns what is to be done for some clients; for all where none is named. One whose file
// has an error is left out, and the problem returned.
func (b *Builder) Today(ids ...string) (today.List, diag.Problems) {
	if len(ids) == 0 {
		var err error
		if ids, err = b.Clients(); err != nil {
			return today.List{}, diag.Of(err, site.ClientsDir, rule.Unreadable)
		}
	}
	base := b.base.Load()
	var mu sync.Mutex
	var ps diag.Problems
	var parts []today.Part
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			part, found := b.part(base, id)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, found.Errors()...)
			parts = append(parts, part)
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	return today.Merge(b.Day(), parts, base.provider.Check), ps.Sort()
}

// Day returns the day that it is where the provider is.
func (b *Builder) Day() civil.Date {
	base := b.base.Load()
	return civil.DateOf(base.in(base.provider.Timezone))
}

// Part returns what is to be done for one client, and how it stands.
func (b *Builder) Part(id string) (today.Part, diag.Problems) { return b.part(b.base.Load(), id) }

func (b *Builder) part(base *base, id string) (today.Part, diag.Problems) {
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return today.Part{}, ps
	}
	// A rule that [check] makes an error does not leave a client out.
	found, judged := b.judge(base, c, text, nil)
	if found.View == nil {
		return today.Part{}, judged
	}
	notes, ps := b.notes(id)
	part := today.ForClient(today.Subject{Client: c, Notes: notes, Findings: found})
	if shown := c.Public(); shown != c { // a private note is for the provider, and no standing
		if seen, _ := b.judge(base, shown, text, func(check.Rule) bool { return false }); seen.View != nil {
			part.Standing = today.StandingOf(seen.View)
		}
	}
	return part, ps
}

// notes reads data/private; nil where there are none.
func (b *Builder) notes(id string) (*client.PrivateFile, diag.Problems) {
	name := site.PrivateFile(id)
	if _, err := b.site.Root.Stat(name); b.opt.Samples || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	src, ps := clientfile.ReadFile(b.site.Root, name)
	if ps.Err() != nil {
		return nil, ps
	}
	return clientfile.Private(src)
}
