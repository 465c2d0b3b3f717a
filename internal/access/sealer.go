package access

import (
	"bytes"
	"cmp"
	"fmt"
	"sync"
	"time"

	"portalgen/internal/seal"
)

// Portal returns the first part of the client's addresses: friendly, or for "" a token that reveals
// nothing.
func (c *Client) Portal(friendly string) string {
	if friendly != "" {
		return friendly
	}
	return c.pathKey.key.PortalToken(cmp.Or(c.addressID, c.ID))
}

// StableKey returns an identifier for a thing on pages, derived from its name. It does not reveal
// the name, and stays the same when access changes.
func (c *Client) StableKey(name string) string { return c.pathKey.key.StableKey(name) }

// PageToken returns the second part of a page's address, for the page of item among the pages of
// kind. The home page has no token.
func (c *Client) PageToken(kind, item string) string {
	return c.pathKey.key.PageToken(kind, item)
}

// A Sealer seals the pages of one client at one moment. It may be used from
// several goroutines.
type Sealer struct {
	portal string
	slots  []byte
	ck     seal.ClientKey
	// opens is the number of people and portal links that have a slot.
	opens int
	// linked holds, by token, the pages that have or had their own links.
	linked map[string]seal.PageContext
	// nav is the last sealed navigation, packed, since it is the same on all pages.
	nav struct {
		mu     sync.Mutex
		of     []byte
		packed seal.Packed
	}
}

// Sealer returns a Sealer for the client's pages under m, for the people and portal links that have
// access at now. friendly is the portal's name in the client's file, or "".
//
// m need not be the key that seals the access file: a preview of the samples uses a key of its own.
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
	err := c.requireRoom(len(holders), toPages)
	if err == nil {
		s.slots, err = maker.Seal(s.ck, holders)
	}
	if err == nil {
		err = s.sealLinks(maker, toPages)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", FileName(c.ID), err)
	}
	return s, nil
}

// pageLinks are the links that one page has or had.
type pageLinks struct {
	entries []seal.Entry
	// roots are the roots of the live links.
	roots []seal.Root
}

func (p *pageLinks) add(entry seal.Entry, l Link) {
	p.entries = append(p.entries, entry)
	if entry.Live {
		p.roots = append(p.roots, l.secret.key.Root())
	}
}

// requireRoom returns an errTooMany if there are too many people or links, which a merge can cause.
func (c *Client) requireRoom(holders int, toPages map[string]*pageLinks) error {
	most := 0
	for _, links := range toPages {
		most = max(most, len(links.roots))
	}
	return cmp.Or(c.limitPortal(holders), c.limitPage(most))
}

// sealLinks makes the tokens and slots of the pages that have or had links. The key of such a page
// depends on them too; the keys of other pages do not. A page whose links have all ended keeps a
// block that no link opens. Without it, the page's bytes would be the same again as before its
// first link.
func (s *Sealer) sealLinks(maker seal.SlotsMaker, toPages map[string]*pageLinks) error {
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

// Opens returns the number of people and portal links that can open the pages.
func (s *Sealer) Opens() int { return s.opens }

// EpochToken returns the public name of the current epoch.
func (s *Sealer) EpochToken() []byte { return s.ck.EpochToken() }

// Slots returns the slots block that goes into every page. The caller must not
// change it.
func (s *Sealer) Slots() []byte { return s.slots }

// Place returns the context to which the envelopes of a page are bound, without its navigation. The
// caller must not change it.
func (s *Sealer) Place(pageToken string) seal.PageContext {
	if p, ok := s.linked[pageToken]; ok {
		return p
	}
	return seal.PageContext{Portal: s.portal, Token: pageToken, Slots: s.slots}
}

// Seal seals the navigation and the body of a page. The body is bound to the sealed navigation.
// pageToken is "" for the home page.
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
