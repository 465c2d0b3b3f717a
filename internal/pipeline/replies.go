package pipeline

import (
	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// Reader returns the reader of clients' files, as last loaded.
func (b *Builder) Reader() *Reader { return b.base.Load().Reader }

// Who returns a client, and who can open the portal of it under keys.
func (b *Builder) Who(id string, keys keyring.Keyring) (*client.Client, *access.Client, diag.Problems) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, nil, ps
	}
	who, _, err := keys.For(b.site, id, text, base.text)
	if err != nil {
		return nil, nil, diag.Of(err, site.ClientFile(id), rule.AccessFile)
	}
	return c, who, nil
}

// Shown derives what the portal of a client, whom who can open, says now.
func (b *Builder) Shown(c *client.Client, who *access.Client) (*portal.View, error) {
	base := b.base.Load()
	return portal.New(c, portal.Options{
		Provider: base.provider, Now: base.in(c.Timezone), Base: base.prefix + who.Portal(c.Portal) + "/",
		Path: who.PageToken, StableKey: who.StableKey, Facts: true,
	})
}

// inbox is where the pages of a portal that is sealed under m send what is answered in them.
// public says that anybody can open it: then it has none but in a preview, since the token that
// stands in it would be known to all.
func (b *Builder) inbox(base *base, m seal.Master, public bool) portal.Inbox {
	switch {
	case b.opt.Inbox != portal.Inbox{}:
		return b.opt.Inbox
	case base.provider.Inbox == "" || public:
		return portal.Inbox{}
	}
	return portal.Inbox{Address: base.provider.Inbox, Token: m.InboxTokens().Post}
}
