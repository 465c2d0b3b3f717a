package pipeline

import (
	"maps"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// A Derived portal has its pages, and nothing of them is rendered.
type Derived struct {
	Client   *client.Client
	Provider *client.Provider
	View     *portal.View
	// Access is who can open it.
	Access *access.Client
	// Address is that of Home, with the scheme and the host.
	Address string
	// Words are the strings of the client's language by name.
	Words map[string]string
	// Now is the moment of which it is, in the client's zone.
	Now time.Time
}

// Derive reads one client's file and derives its portal. It returns nil where there is an
// error.
func (b *Builder) Derive(id string) (*Derived, diag.Problems) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	who, _, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Share)...)
	}
	path := base.prefix + who.Portal(c.Portal) + "/"
	d := &Derived{
		Client: c, Provider: base.provider, Access: who, Address: base.origin + path,
		Now: base.in(c.Timezone),
	}
	d.Words = base.words(c.Language)
	d.View, err = portal.New(c, portal.Options{
		Provider: base.provider, Now: d.Now, Base: path,
		Path: who.PageToken, Content: base.contentFor(c.Language, sample.Is(id, text, base.text)),
	})
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Share).WithText(site.ClientFile(id), text)...)
	}
	return d, ps
}

// words returns the strings of a language; the English ones where it has none.
func (s *base) words(language string) map[string]string {
	words := s.theme.Texts(defaultLanguage)
	maps.Copy(words, s.theme.Texts(s.wordsOf(language)))
	return words
}
