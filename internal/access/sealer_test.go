package access

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"portalgen/internal/seal"
)

func link(t *testing.T, c *Client, expires time.Time) Link {
	t.Helper()
	l, err := c.AddLink(Link{Kind: PortalLink, Created: today, Expires: expires})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestKeysMoveWithWhoHasAccess(t *testing.T) {
	changes := map[string]func(*testing.T, *Client){
		"person removed": func(t *testing.T, c *Client) {
			if err := c.RemovePerson("maria"); err != nil {
				t.Fatal(err)
			}
		},
		"link added":   func(t *testing.T, c *Client) { link(t, c, time.Time{}) },
		"link removed": func(t *testing.T, c *Client) { c.RemoveLink(c.Links()[0].ID) },
		"rotated":      func(_ *testing.T, c *Client) { c.Rotate() },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			c := opened(t, withMaria())
			link(t, c, time.Time{})
			before := sealer(t, c, master, today).EpochToken()
			if again := sealer(t, c, master, today).EpochToken(); !bytes.Equal(before, again) {
				t.Fatal("the epoch moved by itself")
			}
			change(t, c)
			if bytes.Equal(before, sealer(t, c, master, today).EpochToken()) {
				t.Error("the epoch did not move")
			}
		})
	}
}

func TestRemoveLink(t *testing.T) {
	c := Default(master, clientID)
	l := link(t, c, time.Time{})
	if !c.RemoveLink(l.ID) || c.RemoveLink(l.ID) || len(c.Links()) != 0 {
		t.Error("a link is removed once")
	}
	for _, bad := range []Link{{Kind: "site"}, {Kind: PortalLink, Page: "x"}} {
		if _, err := c.AddLink(bad); err == nil {
			t.Errorf("%+v was added", bad)
		}
	}
}

func TestLinksExpire(t *testing.T) {
	c := opened(t, withMaria())
	end := today.AddDate(90, 0, 0) // what has ended by the machine's clock is ended at any moment
	l := link(t, c, end)
	before, after := sealer(t, c, master, end.Add(-time.Second)), sealer(t, c, master, end)
	open := func(s *Sealer) error {
		secret, err := seal.ParseLink(l.Fragment())
		if err != nil {
			t.Fatal(err)
		}
		block, err := seal.ParseSlots(s.Slots())
		if err != nil {
			t.Fatal(err)
		}
		_, err = block.OpenLink(secret.Root(), s.Portal())
		return err
	}
	if err := open(before); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	if err := open(after); err == nil || bytes.Equal(before.EpochToken(), after.EpochToken()) {
		t.Error("it opens at its end")
	}
	c.RemoveLink(l.ID)
	if !bytes.Equal(after.EpochToken(), sealer(t, c, master, today).EpochToken()) {
		t.Error("an expired link is not as good as none")
	}
}

// A preview seals the samples under a key of its own; the samples' passphrases
// open it, and so does the preview link.
func TestPeopleOfASampleUnderThePreviewKey(t *testing.T) {
	c := opened(t, withMaria())
	fragment := c.AddPreviewLink(other)
	s, err := c.Sealer(other, "acme", today)
	if err != nil {
		t.Fatal(err)
	}
	block, err := seal.ParseSlots(s.Slots())
	if err != nil {
		t.Fatal(err)
	}
	root, err := seal.PersonRoot(passphrase, block.Salt())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := seal.ParseLink(fragment)
	if err != nil {
		t.Fatal(err)
	}
	byPerson, who, err := block.OpenPerson(root, "acme")
	if err != nil || who != "maria" {
		t.Fatalf("Maria's slot: %q, %v", who, err)
	}
	byLink, err := block.OpenLink(secret.Root(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"", c.PageToken("risk", "x")} {
		nav, page, err := s.Seal(token, []byte("nav"), []byte("body"))
		if err != nil {
			t.Fatal(err)
		}
		p := seal.PageContext{Portal: "acme", Token: token, Slots: s.Slots(), Nav: nav}
		if got, err := byPerson.PageKey(p).Open(p, page); err != nil || string(got) != "body" {
			t.Errorf("page %q: %q, %v", token, got, err)
		}
		if got, err := byLink.NavKey(p).Open(p, nav); err != nil || string(got) != "nav" {
			t.Errorf("navigation %q: %q, %v", token, got, err)
		}
	}
	if bytes.Equal(s.EpochToken(), sealer(t, c, master, today).EpochToken()) {
		t.Error("two keys give one epoch")
	}
	if again := opened(t, withMaria()).AddPreviewLink(other); again != fragment {
		t.Error("the preview link is another one on the next run")
	}
}

func TestSameStateSameBytes(t *testing.T) {
	one, two := sealer(t, opened(t, withMaria()), master, today), sealer(t, opened(t, withMaria()), master, today.Add(time.Hour))
	at, a := sealed(t, one, "x", "body")
	again, b := sealed(t, two, "x", "body")
	if !bytes.Equal(a, b) || !bytes.Equal(at.Nav, again.Nav) || !bytes.Equal(one.Slots(), two.Slots()) {
		t.Error("two builds differ")
	}
}

// slotsOf returns the slots of blocks, each cut in its three parts.
func slotsOf(blocks ...[]byte) map[string]bool {
	const header, id, nonce, size = 35, 16, 12, 172
	parts := map[string]bool{}
	for _, block := range blocks {
		for slot := range slices.Chunk(block[header:], size) {
			for _, part := range [][]byte{slot[:id], slot[id : id+nonce], slot[id+nonce:]} {
				parts[string(part)] = true
			}
		}
	}
	return parts
}

// Whatever is changed of what a block is made of, it shares no slot with the block before,
// neither of a person or link nor one that only fills it up: what is common to two copies
// would tell which slots are real.
func TestNoSlotOutlastsAChange(t *testing.T) {
	const token = "abc"
	start := func() *Client {
		c := opened(t, withMaria())
		link(t, c, time.Time{})
		if _, err := c.AddLink(Link{Kind: PageLink, Page: token, Created: today}); err != nil {
			t.Fatal(err)
		}
		return c
	}
	for name, tt := range map[string]struct {
		friendly string
		change   func(*Client)
		pageOnly bool
	}{
		"the portal's name":       {friendly: "acme", change: func(*Client) {}},
		"the salt":                {change: func(c *Client) { c.salt = seal.NewEpoch() }},
		"a person renamed":        {change: func(c *Client) { c.people[0].Person = "mary" }},
		"a person's other id":     {change: func(c *Client) { c.people[0].ID = seal.NewID() }},
		"a person removed":        {change: func(c *Client) { c.people[0].end(endedRemoved) }},
		"a link added":            {change: func(c *Client) { link(t, c, time.Time{}) }},
		"a link ended":            {change: func(c *Client) { c.RemoveLink(c.links[0].ID) }},
		"the epoch":               {change: (*Client).Rotate},
		"a link to a page added":  {change: func(c *Client) { addPageLink(t, c, token) }, pageOnly: true},
		"a link to a page ended":  {change: func(c *Client) { c.RemoveLink(c.links[1].ID) }, pageOnly: true},
		"ended and another added": {change: func(c *Client) { c.RemoveLink(c.links[1].ID); addPageLink(t, c, token) }, pageOnly: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := start()
			before := sealer(t, c, master, today)
			tt.change(c)
			after, err := c.Sealer(master, tt.friendly, today)
			if err != nil {
				t.Fatal(err)
			}
			had := slotsOf(before.Place(token).LinkSlots)
			now := slotsOf(after.Place(token).LinkSlots)
			if tt.pageOnly {
				if !bytes.Equal(before.Slots(), after.Slots()) {
					t.Error("the portal's block has moved with a page's")
				}
			} else {
				had, now = slotsOf(before.Slots(), before.Place(token).LinkSlots), slotsOf(after.Slots(), after.Place(token).LinkSlots)
			}
			if len(had) < 3*8 || len(now) < 3*8 {
				t.Fatalf("%d and %d parts of slots", len(had), len(now))
			}
			for part := range now {
				if had[part] {
					t.Fatalf("%x is in both", part)
				}
			}
		})
	}
}

func addPageLink(t *testing.T, c *Client, token string) {
	t.Helper()
	if _, err := c.AddLink(Link{Kind: PageLink, Page: token, Created: today}); err != nil {
		t.Fatal(err)
	}
}

// However access changes, no key of before comes back when something ends: two copies
// would else tell that all is as it was.
func TestNoKeyComesBack(t *testing.T) {
	c := opened(t, withMaria())
	before := sealer(t, c, master, today)
	l := link(t, c, today.AddDate(90, 0, 0))
	with := sealer(t, c, master, today)
	ended := sealer(t, c, master, l.Expires)
	for name, earlier := range map[string]*Sealer{"before the link": before, "with it": with} {
		if bytes.Equal(ended.EpochToken(), earlier.EpochToken()) {
			t.Errorf("after its end the keys are those %s", name)
		}
	}
}
