package access

import (
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
	for _, p := range c.people {
		ids = append(ids, p.ID)
		holders = append(holders, seal.Holder{Root: p.root.key, Person: p.Person})
	}
	for _, l := range c.links {
		if l.Kind == PortalLink && l.Live(now) {
			ids = append(ids, l.ID)
			holders = append(holders, seal.Holder{Root: l.secret.key.Root()})
		}
	}
	s := &Sealer{portal: c.Portal(friendly), ck: m.ClientKey(c.ID, c.epoch, ids), opens: len(holders)}
	s.epoch = s.ck.EpochToken()
	var err error
	maker := seal.SlotsMaker{Master: m, Client: c.ID, Portal: s.portal, Salt: c.salt}
	if s.slots, err = maker.Seal(s.ck, holders); err != nil {
		return nil, fmt.Errorf("%s: %w", FileName(c.ID), err)
	}
	return s, nil
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

// Place returns what the envelopes of the page with the given token are bound to.
func (s *Sealer) Place(pageToken string) seal.Page {
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
