package access

import (
	"cmp"
	"fmt"
	"time"

	"portalgen/internal/seal"
)

// Portal returns the first part of the client's addresses: the friendly name
// where there is one, else a token that tells nothing.
func (c *Client) Portal(friendly string) string {
	if friendly != "" {
		return friendly
	}
	return c.pathKey.key.PortalToken(c.ID)
}

// PageToken returns the second part of the address of a page: of the item of
// that id among those of its kind. The home page has none.
func (c *Client) PageToken(kind, item string) string {
	return c.pathKey.key.PageToken(kind, item)
}

// A Sealer seals the pages of one client at one moment. It may be used from
// several goroutines.
type Sealer struct {
	portal string
	epoch  []byte
	slots  []byte
	ck     seal.ClientKey
	// opens counts the people and links that the slots are for.
	opens int
	// linked are the pages with live links of their own, by their tokens.
	linked map[string]seal.Page
}

// Sealer returns what seals the client's pages under m, for the people and
// portal links that have access at now. friendly is the portal's name as the
// client's file gives it, or empty.
//
// m need not be the key that the access file is sealed under: a preview seals the
// samples for the samples' people under a key of its own.
func (c *Client) Sealer(m seal.Master, friendly string, now time.Time) (*Sealer, error) {
	var ids []seal.ID
	var holders []seal.Holder
	for _, p := range c.Holders() {
		ids = append(ids, p.ID)
		holders = append(holders, seal.Holder{Root: p.root.key, Person: p.Person})
	}
	toPages := map[string][]Link{}
	for _, l := range c.Links() {
		switch {
		case !l.Live(now):
		case l.Kind == PageLink:
			toPages[l.Page] = append(toPages[l.Page], l)
		default:
			ids = append(ids, l.ID)
			holders = append(holders, seal.Holder{Root: l.secret.key.Root()})
		}
	}
	s := &Sealer{portal: c.Portal(friendly), ck: m.ClientKey(c.ID, c.epoch, ids), opens: len(holders)}
	s.epoch = s.ck.EpochToken()
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

// full returns an ErrFull where there are too many; a merge can bring them together.
func (c *Client) full(holders int, toPages map[string][]Link) error {
	most := 0
	for _, links := range toPages {
		most = max(most, len(links))
	}
	return cmp.Or(c.fullPortal(holders), c.fullPage(most))
}

// link makes the tokens and slots of the pages that have live links. The key of such
// a page, and of no other, is made of their ids too.
func (s *Sealer) link(maker seal.SlotsMaker, toPages map[string][]Link) error {
	s.linked = map[string]seal.Page{}
	for token, links := range toPages {
		var ids []seal.ID
		var roots []seal.Root
		for _, l := range links {
			ids = append(ids, l.ID)
			roots = append(roots, l.secret.key.Root())
		}
		p := s.Place(token)
		p.Links = [][]byte{maker.Master.LinkToken(maker.Client, token, ids)}
		var err error
		if p.LinkSlots, err = maker.SealPage(s.ck.PageKey(p), p.Path(), roots); err != nil {
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

// EpochToken returns the token that all pages of this moment carry. The caller
// must not change it.
func (s *Sealer) EpochToken() []byte { return s.epoch }

// Slots returns the slots block that goes into every page. The caller must not
// change it.
func (s *Sealer) Slots() []byte { return s.slots }

// Place returns what the envelopes of the page with the given token are bound to:
// its live links among it, where it has any. The caller must not change it.
func (s *Sealer) Place(pageToken string) seal.Page {
	if p, ok := s.linked[pageToken]; ok {
		return p
	}
	return seal.Page{Portal: s.portal, Token: pageToken, Epoch: s.epoch}
}

// Page seals the body of a page. pageToken is empty for the home page.
func (s *Sealer) Page(pageToken string, body []byte) ([]byte, error) {
	p := s.Place(pageToken)
	return s.ck.PageKey(p).Seal(p, body)
}

// Nav seals what a page says of other pages.
func (s *Sealer) Nav(pageToken string, nav []byte) ([]byte, error) {
	p := s.Place(pageToken)
	return s.ck.NavKey(p).Seal(p, nav)
}
