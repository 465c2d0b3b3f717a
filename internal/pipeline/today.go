package pipeline

import (
	"errors"
	"io/fs"

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
	var all []*judged
	base := b.base.Load()
	for _, id := range ids {
		all = append(all, b.judgeClient(base, id))
	}
	if len(ids) == 0 {
		ids, err := b.Clients()
		if err != nil {
			return today.List{}, diag.Of(err, site.ClientsDir, rule.Unreadable)
		}
		all = b.judgeAll(ids, true)
	}
	var ps diag.Problems
	var parts []today.Part
	for _, one := range all {
		part, found := one.part()
		ps, parts = append(ps, found.Errors()...), append(parts, part)
	}
	return today.Merge(b.Day(), parts, base.provider.Check), ps.Sort()
}

// Day returns the day that it is where the provider is.
func (b *Builder) Day() civil.Date {
	base := b.base.Load()
	return civil.DateOf(base.in(base.provider.Timezone))
}

// Part returns what is to be done for one client, and how it stands.
func (b *Builder) Part(id string) (today.Part, diag.Problems) {
	return b.judgeClient(b.base.Load(), id).part()
}

// notes reads a client's file in data/private, and returns its text too; nil where there is none.
func (b *Builder) notes(id string) (*client.PrivateFile, []byte, diag.Problems) {
	name := site.PrivateFile(id)
	if _, err := b.site.Root.Stat(name); b.opt.Samples || errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	src, ps := clientfile.ReadFile(b.site.Root, name)
	if ps.Err() != nil {
		return nil, nil, ps
	}
	notes, ps := clientfile.Private(src)
	return notes, src.Text, ps
}
