package access

import (
	"bytes"
	"cmp"
	"fmt"
	"sync"
	"time"

	"portalgen/internal/seal"
)

// Portal returns the first part of the client's addresses: the friendly name
// where there is one, else a token that reveals nothing.
func (c *Client) Portal(friendly string) string {
	if friendly != "" {
		return friendly
	}
	return c.pathKey.key.PortalToken(cmp.Or(c.addressID, c.ID))
}

// StableKey returns the identifier of a thing on pages, derived from its name. It does not reveal
// the name, and changes of access leave it unchanged.
func (c *Client) StableKey(name string) string { return c.pathKey.key.StableKey(name) }

// PageToken returns the second part of the address of a page: of the item of
// that id among those of its kind. The home page has none.
func (c *Client) PageToken(kind, item string) string {
	return c.pathKey.key.PageToken(kind, item)
}

// A Sealer seals the pages of one client at one moment. It may be used from
// several goroutines.
type Sealer struct {
	portal string
	slots  []byte
	ck     seal.ClientKey
	// opens counts the people and links that the slots are for.
	opens int
	// linked are the pages that have or had links of their own, by their tokens.
	linked map[string]seal.PageContext
	// nav is the navigation that was sealed last, packed: it is the same on all pages.
	nav struct {
		mu     sync.Mutex
		of     []byte
		packed seal.Packed
	}
}

// Sealer returns what seals the client's pages under m, for the people and
// portal links that have access at now. friendly is the portal's name as the
// client's file gives it, or empty.
//
// m need not be the key that the access file is sealed under: a preview seals the
// samples for the samples' people under a key of its own.
func (c *Client) Sealer(m seal.Master, friendly string, now time.Time) (*Sealer, error) {
	of := seal.Access{Client: c.ID, Portal: c.Portal(friendly), Salt: c.salt, Epoch: c.epoch}
	var holders []seal.Holder
	for _, p := range c.people {
		entry := seal.Entry{ID: p.ID, Person: p.Person, Live: p.ended == ""}
		of.Entries = append(of.Entries, entry)
		if entry.Live {
			holders = append(holders, seal.Holder{Root: p.root.key, Person: p.Person})
		}
	}
	toPages := map[string]*pageLinks{}
	for _, l := range c.links {
		entry := seal.Entry{ID: l.ID, Live: l.ended == "" && l.Live(now)}
		switch {
		case l.Kind == PageLink:
			if toPages[l.Page] == nil {
				toPages[l.Page] = &pageLinks{}
			}
			toPages[l.Page].add(entry, l)
		case entry.Live:
			holders = append(holders, seal.Holder{Root: l.secret.key.Root()})
			fallthrough
		default:
			of.Entries = append(of.Entries, entry)
		}
	}
	s := &Sealer{portal: of.Portal, ck: m.ClientKey(of), opens: len(holders)}
	maker := seal.SlotsMaker{Master: m, Client: c.ID, Portal: s.portal, Salt: c.salt}
	err := c.full(len(holders), toPages)
	if err == nil {
		s.slots, err = maker.Seal(s.ck, holders)
	}
	if err == nil {
		err = s.link(maker, toPages)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", FileName(c.ID), err)
	}
	return s, nil
}

// pageLinks are the links that one page has or had.
type pageLinks struct {
	entries []seal.Entry
	// roots are those of the live links.
	roots []seal.Root
}

func (p *pageLinks) add(entry seal.Entry, l Link) {
	p.entries = append(p.entries, entry)
	if entry.Live {
		p.roots = append(p.roots, l.secret.key.Root())
	}
}

// full returns an errTooMany where there are too many people or links; after a merge there can be.
func (c *Client) full(holders int, toPages map[string]*pageLinks) error {
	most := 0
	for _, links := range toPages {
		most = max(most, len(links.roots))
	}
	return cmp.Or(c.limitPortal(holders), c.limitPage(most))
}

// link makes the tokens and slots of the pages that have links, or had some. The key of
// such a page, and of no other, depends on them too. A page whose links have all ended keeps
// a block that no link opens: otherwise the bytes from before its first link would return.
func (s *Sealer) link(maker seal.SlotsMaker, toPages map[string]*pageLinks) error {
	s.linked = map[string]seal.PageContext{}
	for token, links := range toPages {
		p := s.Place(token)
		p.Links = [][]byte{s.ck.LinkToken(token, links.entries)}
		var err error
		if p.LinkSlots, err = maker.SealPage(s.ck.PageKey(p), p.Path(), links.roots); err != nil {
			return fmt.Errorf("the links to one page: %w", err)
		}
		s.linked[token] = p
	}
	return nil
}

// Portal returns the first part of the addresses.
func (s *Sealer) Portal() string { return s.portal }

// Opens returns how many people and portal links can open the pages.
func (s *Sealer) Opens() int { return s.opens }

// EpochToken returns the public name of the keys of this moment.
func (s *Sealer) EpochToken() []byte { return s.ck.EpochToken() }

// Slots returns the slots block that goes into every page. The caller must not
// change it.
func (s *Sealer) Slots() []byte { return s.slots }

// Place returns what the envelopes of the page with the given token are bound to, without
// its navigation. The caller must not change it.
func (s *Sealer) Place(pageToken string) seal.PageContext {
	if p, ok := s.linked[pageToken]; ok {
		return p
	}
	return seal.PageContext{Portal: s.portal, Token: pageToken, Slots: s.slots}
}

// Seal seals what a page says of other pages, and its body, which is bound to that.
// pageToken is empty for the home page.
func (s *Sealer) Seal(pageToken string, nav, body []byte) (sealedNav, sealedBody []byte, err error) {
	p := s.Place(pageToken)
	packed, err := s.packed(nav)
	if err != nil {
		return nil, nil, err
	}
	p.Nav = s.ck.NavKey(p).SealPacked(p, packed)
	sealedBody, err = s.ck.PageKey(p).Seal(p, body)
	return p.Nav, sealedBody, err
}

func (s *Sealer) packed(nav []byte) (seal.Packed, error) {
	s.nav.mu.Lock()
	defer s.nav.mu.Unlock()
	if s.nav.of == nil || !bytes.Equal(s.nav.of, nav) {
		packed, err := seal.Pack(nav)
		if err != nil {
			return packed, err
		}
		s.nav.of, s.nav.packed = bytes.Clone(nav), packed
	}
	return s.nav.packed, nil
}
