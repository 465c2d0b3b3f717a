package access

import (
	"bytes"
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
		page, err := s.Page(token, []byte("body"))
		if err != nil {
			t.Fatal(err)
		}
		nav, err := s.Nav(token, []byte("nav"))
		if err != nil {
			t.Fatal(err)
		}
		p := seal.Page{Portal: "acme", Token: token, Epoch: block.EpochToken()}
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
	a, errA := one.Page("x", []byte("body"))
	b, errB := two.Page("x", []byte("body"))
	if errA != nil || errB != nil || !bytes.Equal(a, b) || !bytes.Equal(one.Slots(), two.Slots()) {
		t.Errorf("two builds differ (%v, %v)", errA, errB)
	}
}
