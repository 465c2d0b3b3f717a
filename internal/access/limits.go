package access

import (
	"errors"
	"fmt"

	"portalgen/internal/seal"
)

// errTooMany says that a page would have more slots than seal.MaxHolders, either for people and
// links to the portal or for links to the page itself. The client could not be built until one is
// removed.
var errTooMany = errors.New("too many to be sealed")

// limitPortal returns an errTooMany if n people and links to the portal are too many.
func (c *Client) limitPortal(n int) error {
	if n <= seal.MaxHolders {
		return nil
	}
	return fmt.Errorf("%d people and links to the whole portal of %s are %w, %d is the most: "+
		"end one with `portalgen share revoke %[2]s LINK` or `portalgen access remove %[2]s PERSON`, "+
		"and let new links end by themselves with --expires", n, c.ID, errTooMany, seal.MaxHolders)
}

// limitPage returns an errTooMany if n links to one page are too many.
func (c *Client) limitPage(n int) error {
	if n <= seal.MaxHolders {
		return nil
	}
	return fmt.Errorf("%d links to one page of %s are %w, %d is the most: "+
		"end one with `portalgen share revoke %[2]s LINK`, and let new ones end by themselves with --expires",
		n, c.ID, errTooMany, seal.MaxHolders)
}

// limitPeople returns an errTooMany if the portal has no room for one more person. Links that have
// expired by the machine's clock do not count, since no build seals them again.
func (c *Client) limitPeople() error {
	return c.limitPortal(len(c.Holders()) + c.live(PortalLink, "") + 1)
}

// limitLinks returns an errTooMany if there is no room for the further link l.
func (c *Client) limitLinks(l Link) error {
	switch {
	case !l.Live(wallClock()):
		return nil
	case l.Kind == PageLink:
		return c.limitPage(c.live(PageLink, l.Page) + 1)
	}
	return c.limitPeople()
}

// live returns the number of links of the given kind and page that work now.
func (c *Client) live(kind, page string) (n int) {
	for _, l := range c.Links() {
		if l.Kind == kind && l.Page == page && l.Live(wallClock()) {
			n++
		}
	}
	return n
}
