package access

import (
	"errors"
	"strings"
	"testing"
	"time"

	"portalgen/internal/seal"
)

// linked returns a client with n links of the kind of l.
func linked(t *testing.T, l Link, n int) *Client {
	t.Helper()
	c := Default(master, clientID)
	for range n {
		if _, err := c.AddLink(l); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestNoMoreThanCanBeSealed(t *testing.T) {
	toPage := Link{Kind: PageLink, Page: "abc", Created: today}
	toPortal := Link{Kind: PortalLink, Created: today}
	for name, tt := range map[string]struct {
		link  Link
		other Link // has room of its own
		says  []string
	}{
		"links to a page": {
			toPage,
			Link{Kind: PageLink, Page: "abd"},
			[]string{"129 links to one page of acme-dental are too many to be sealed, 128 is the most", "`portalgen share revoke acme-dental LINK`", "--expires"},
		},
		"links to the home page": {
			Link{Kind: PageLink}, toPortal, []string{"129 links to one page", "share revoke"},
		},
		"links to the portal": {
			toPortal,
			Link{Kind: PageLink},
			[]string{"129 people and links to the whole portal of acme-dental are too many to be sealed, 128 is the most", "`portalgen share revoke acme-dental LINK`", "`portalgen access remove acme-dental PERSON`", "--expires"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := linked(t, tt.link, seal.MaxHolders)
			sealer(t, c, master, today)
			before := len(c.Links())
			_, err := c.AddLink(tt.link)
			if !errors.Is(err, errTooMany) || len(c.Links()) != before {
				t.Fatalf("one more: %v, and %d links", err, len(c.Links()))
			}
			for _, want := range tt.says {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in: %v", want, err)
				}
			}
			if _, err := c.AddLink(tt.other); err != nil {
				t.Errorf("one of another kind: %v", err)
			}
			if !c.RemoveLink(c.Links()[0].ID) {
				t.Fatal("none was taken away")
			}
			if _, err := c.AddLink(tt.link); err != nil {
				t.Errorf("in the place of one that is gone: %v", err)
			}
			sealer(t, c, master, today)
		})
	}
}

// People and links to the portal share their room.
func TestNoMorePeopleThanCanBeSealed(t *testing.T) {
	t.Parallel()
	c := linked(t, Link{Kind: PortalLink}, seal.MaxHolders-1)
	c.people = append(c.people, opened(t, withMaria()).people...)
	sealer(t, c, master, today)
	if _, err := c.AddPerson("theo", "", today); !errors.Is(err, errTooMany) {
		t.Errorf("a person: %v", err)
	}
	if _, err := c.AddLink(Link{Kind: PortalLink}); !errors.Is(err, errTooMany) {
		t.Errorf("a link: %v", err)
	}
	if _, err := c.ReissuePerson("maria", "", today); err != nil {
		t.Errorf("another passphrase takes no more room: %v", err)
	}
	sealer(t, c, master, today)
}

// What has ended takes no room, as it takes none in a page.
func TestEndedLinksTakeNoRoom(t *testing.T) {
	wall := wallClock
	t.Cleanup(func() { wallClock = wall })
	wallClock = func() time.Time { return today }
	for _, kind := range []string{PageLink, PortalLink} {
		ends := Link{Kind: kind, Expires: today.AddDate(0, 0, 1)}
		c := linked(t, ends, seal.MaxHolders)
		if _, err := c.AddLink(ends); !errors.Is(err, errTooMany) {
			t.Errorf("%s: while they work: %v", kind, err)
		}
		if _, err := c.AddLink(Link{Kind: kind, Expires: today}); err != nil {
			t.Errorf("%s: one that never works: %v", kind, err)
		}
		wallClock = func() time.Time { return today.AddDate(0, 0, 2) }
		if _, err := c.AddLink(Link{Kind: kind}); err != nil {
			t.Errorf("%s: when they have ended: %v", kind, err)
		}
		sealer(t, c, master, today)
		wallClock = func() time.Time { return today }
	}
}

// A merge can bring too many together: a build says what to do, and doing it is possible.
func TestTooManyAfterAMerge(t *testing.T) {
	for _, kind := range []string{PageLink, PortalLink} {
		c := linked(t, Link{Kind: kind}, seal.MaxHolders)
		c.links = append(c.links, linked(t, Link{Kind: kind}, 2).links...)
		_, err := c.Sealer(master, "", today)
		if !errors.Is(err, errTooMany) || !strings.HasPrefix(err.Error(), "data/access/acme-dental.toml: 130 ") || !strings.Contains(err.Error(), "`portalgen share revoke acme-dental LINK`") {
			t.Errorf("%s: got %v", kind, err)
		}
		for _, l := range c.Links()[:2] {
			c.RemoveLink(l.ID)
		}
		sealer(t, c, master, today)
	}
}
