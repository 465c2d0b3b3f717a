package access

import (
	"time"

	"portalgen/internal/seal"
)

// A Credential is a passphrase or link with which a reader can seal replies.
type Credential struct {
	// Person is the id of the person who has the passphrase; "" for a link.
	Person string
	// Link is the link; nil for a passphrase.
	Link *Link
	Keys seal.ReplyKeys
}

// Ended reports whether the credential had expired at a moment.
func (c Credential) Ended(at time.Time) bool {
	return c.Link != nil && !c.Link.Expires.IsZero() && !c.Link.Expires.After(at)
}

// Credentials returns the credentials whose replies can be opened. friendly is the portal's
// friendly name, or "". A removed or replaced passphrase or link is not included, since its root is
// not kept.
func (c *Client) Credentials(friendly string) []Credential {
	portal := c.Portal(friendly)
	var all []Credential
	for _, p := range c.Holders() {
		all = append(all, Credential{Person: p.Person, Keys: p.root.key.ReplyKeys(portal, seal.HolderPerson)})
	}
	for _, l := range c.Links() {
		holder := seal.HolderLink
		if l.Kind == PageLink {
			holder = seal.HolderPageLink
		}
		all = append(all, Credential{Link: &l, Keys: l.secret.key.Root().ReplyKeys(portal, holder)})
	}
	return all
}
