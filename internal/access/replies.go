package access

import (
	"time"

	"portalgen/internal/seal"
)

// A Credential is one with which replies are made.
type Credential struct {
	// Person is the id of whoever has the passphrase; "" for a link.
	Person string
	// Link is the link; nil for a passphrase.
	Link *Link
	Keys seal.ReplyKeys
}

// Ended reports whether it could not be used any more at a moment.
func (c Credential) Ended(at time.Time) bool {
	return c.Link != nil && !c.Link.Expires.IsZero() && !c.Link.Expires.After(at)
}

// Credentials returns those whose replies can be opened, in a portal with a friendly name or
// without. A passphrase or link that was taken away, or replaced, is not among them: its root is
// kept nowhere.
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
