package access

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"portalgen/internal/gittest"
	"portalgen/internal/seal"
)

// crowd is a client with many people, each of whom has an access of their own. Their
// roots are drawn, not derived, since the derivation is not what is looked at.
var crowd = sync.OnceValue(func() *Client {
	c := Default(master, clientID)
	for _, person := range strings.Fields("ana bo cy dev eli fay") {
		c.people = append(c.people, Person{
			ID: seal.NewID(), Person: person, Created: today,
			root: storedSecret[seal.Root]{key: seal.NewLink().Root()},
		})
	}
	for _, page := range []string{"", "", "x", "x", "y"} {
		kind := PageLink
		if page == "" {
			kind = PortalLink
		}
		if _, err := c.AddLink(Link{Kind: kind, Page: page, Created: today}); err != nil {
			panic(err)
		}
	}
	return c
})

// credentials are what the crowd holds: people by their ids, links by their numbers.
func credentials() []string {
	all := crowd().People()
	for i := range crowd().links {
		all = append(all, fmt.Sprint(i))
	}
	return all
}

var crowdText = sync.OnceValue(func() []byte { return crowd().text(master) })

// merge merges two texts that came of one, as git merges a file.
func merge(t interface{ Fatal(...any) }, dir string, base, ours, theirs []byte) []byte {
	var args []string
	for name, text := range map[string][]byte{"base": base, "ours": ours, "theirs": theirs} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"ours", "base", "theirs"} {
		args = append(args, filepath.Join(dir, name))
	}
	merged, err := exec.Command("git", append([]string{"merge-file", "-p"}, args...)...).Output()
	if err != nil {
		t.Fatal("git merge-file finds a conflict, or is not there:", err)
	}
	return merged
}

// without takes credentials away in the order given.
func without(t interface{ Fatal(...any) }, text []byte, gone []string) []byte {
	f, err := Parse(clientID, text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Open(master)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range gone {
		if i, err := strconv.Atoi(name); err == nil {
			c.RemoveLink(c.links[i].ID)
		} else if err := c.RemovePerson(name); err != nil {
			t.Fatal(err)
		}
	}
	return c.text(master)
}

// Whoever is removed, in whatever order and on whichever of two branches, the keys
// come out the same as if all had been removed at once; who was removed opens nothing
// of what comes after, and who was not does.
func TestRemovalsMerge(t *testing.T) {
	t.Parallel()
	gittest.Require(t)
	dir := t.TempDir()
	everyone := credentials()
	rapid.Check(t, func(rt *rapid.T) {
		here := rapid.SliceOfDistinct(rapid.SampledFrom(everyone), rapid.ID[string]).Draw(rt, "removed here")
		there := rapid.SliceOfDistinct(rapid.SampledFrom(everyone), rapid.ID[string]).Draw(rt, "removed there")
		merged := merge(rt, dir, crowdText(), without(rt, crowdText(), here), without(rt, crowdText(), there))
		gone := slices.Compact(slices.Sorted(slices.Values(slices.Concat(here, there))))
		at := func(text []byte) *Sealer {
			f, err := Parse(clientID, text)
			if err != nil {
				rt.Fatal(err)
			}
			c, err := f.Open(master)
			if err != nil {
				rt.Fatal(err)
			}
			s, err := c.Sealer(master, "", today)
			if err != nil {
				rt.Fatal(err)
			}
			return s
		}
		one, two := at(merged), at(without(rt, crowdText(), gone))
		for _, token := range []string{"", "x", "y"} {
			if d := cmp.Diff(one.Place(token), two.Place(token)); d != "" {
				rt.Fatal(d)
			}
		}
		if !bytes.Equal(one.Slots(), two.Slots()) || !bytes.Equal(one.EpochToken(), two.EpochToken()) {
			rt.Fatal("the keys are others than those of removing all at once")
		}
		at0, page := sealed(rt, one, "", "the page")
		for _, p := range crowd().people {
			err := opens(one, p.root.key, at0, page)
			if removed := slices.Contains(gone, p.Person); removed != errors.Is(err, seal.ErrNoSlot) || !removed && err != nil {
				rt.Fatalf("%s, removed %t: %v", p.Person, removed, err)
			}
		}
		for i, l := range crowd().links {
			err := linkOpens(rt, one, l)
			if removed := slices.Contains(gone, fmt.Sprint(i)); removed == (err == nil) {
				rt.Fatalf("link %d, revoked %t: %v", i, removed, err)
			}
		}
	})
}

// linkOpens opens the page of a link, Home of a portal link, as its holder does.
func linkOpens(t rapid.TB, s *Sealer, l Link) error {
	p, page := sealed(t, s, l.Page, "the page")
	var pk seal.PageKey
	if l.Kind == PortalLink {
		block, err := seal.ParseSlots(s.Slots())
		if err != nil {
			return err
		}
		ck, err := block.OpenLink(l.secret.key.Root(), s.Portal())
		if err != nil {
			return err
		}
		pk = ck.PageKey(p)
	} else {
		block, err := seal.ParseSlots(p.LinkSlots)
		if err != nil {
			return err // there never was a link to the page
		}
		if pk, err = block.OpenPageLink(l.secret.key.Root(), s.Portal(), p.Path()); err != nil {
			return err
		}
	}
	_, err := pk.Open(p, page)
	return err
}

// sealed returns the sealed body of a page, and what it is bound to.
func sealed(t rapid.TB, s *Sealer, token, body string) (seal.PageContext, []byte) {
	t.Helper()
	p := s.Place(token)
	var page []byte
	var err error
	if p.Nav, page, err = s.Seal(token, []byte("nav"), []byte(body)); err != nil {
		t.Fatal(err)
	}
	return p, page
}

// opens opens the body of a page as a person does.
func opens(s *Sealer, root seal.Root, p seal.PageContext, page []byte) error {
	block, err := seal.ParseSlots(s.Slots())
	if err != nil {
		return err
	}
	ck, _, err := block.OpenPerson(root, s.Portal())
	if err != nil {
		return err
	}
	_, err = ck.PageKey(p).Open(p, page)
	return err
}

// The last one's end and a new entry below it merge too; a removal and a reissue of
// one person ask.
func TestMergesBesideAnEnd(t *testing.T) {
	t.Parallel()
	gittest.Require(t)
	change := func(act func(*Client)) []byte {
		c := opened(t, crowdText())
		act(c)
		return c.text(master)
	}
	added := change(func(c *Client) {
		if _, err := c.AddLink(Link{Kind: PortalLink, Created: today}); err != nil {
			t.Fatal(err)
		}
	})
	last := len(crowd().links) - 1
	c := opened(t, merge(t, t.TempDir(), crowdText(), without(t, crowdText(), []string{fmt.Sprint(last)}), added))
	if n := len(c.Links()); n != last+1 || c.links[last].ended == "" {
		t.Errorf("after the merge there are %d links", n)
	}

	reissued := change(func(c *Client) {
		if _, err := c.ReissuePerson("bo", "another one for bo", today); err != nil {
			t.Fatal(err)
		}
	})
	removed := without(t, crowdText(), []string{"bo"})
	conflict := strings.Replace(string(removed), "ended = \"removed\"\n", "<<<<<<< ours\nended = \"removed\"\n=======\nended = \"reissued\"\n>>>>>>> theirs\n", 1)
	if _, err := Parse(clientID, []byte(conflict)); err == nil || !strings.Contains(err.Error(), "a merge was left in the middle") {
		t.Errorf("a file with a conflict: %v", err)
	}
	if bytes.Count(reissued, []byte(`ended = "reissued"`)) != 1 || !bytes.Contains(removed, []byte(`ended = "removed"`)) {
		t.Error("the two ends are not different lines")
	}
}

func TestReissue(t *testing.T) {
	t.Parallel()
	c := opened(t, withMaria())
	before := c.Holders()[0]
	old := sealer(t, c, master, today)
	if _, err := c.ReissuePerson("theo", "", today); !errors.Is(err, errNoAccess) {
		t.Errorf("of somebody without access: %v", err)
	}
	if _, err := c.ReissuePerson("maria", passphrase, today); !errors.Is(err, seal.ErrSameRoot) {
		t.Errorf("with the same passphrase: %v", err)
	}
	fresh, err := c.ReissuePerson("maria", "", today)
	if err != nil {
		t.Fatal(err)
	}
	c = opened(t, c.text(master))
	now := c.Holders()
	if len(now) != 1 || now[0].ID == before.ID || len(c.people) != 2 {
		t.Fatalf("the holders are %v", now)
	}
	s := sealer(t, c, master, today)
	root, err := seal.PersonRoot(fresh, c.salt)
	if err != nil {
		t.Fatal(err)
	}
	at, page := sealed(t, s, "", "x")
	if err := opens(s, root, at, page); err != nil {
		t.Errorf("the new passphrase: %v", err)
	}
	if err := opens(s, before.root.key, at, page); !errors.Is(err, seal.ErrNoSlot) || bytes.Equal(old.EpochToken(), s.EpochToken()) {
		t.Errorf("the old one: %v", err)
	}
}

func TestEndedEntriesThatAreWrong(t *testing.T) {
	good := string(without(t, crowdText(), []string{"bo"}))
	for name, tt := range map[string]struct{ old, new, want string }{
		"another end":    {`ended = "removed"`, `ended = "lost"`, `ended = "lost"; allowed here: removed, reissued`},
		"with its root":  {`ended = "removed"`, "ended = \"removed\"\nroot = \"AAAA\"", "still has its secret"},
		"without either": {"ended = \"removed\"\n", "", "kept secret of 0 bytes"},
	} {
		f, err := Parse(clientID, []byte(strings.Replace(good, tt.old, tt.new, 1)))
		if err == nil {
			_, err = f.Open(master)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A link to one page opens that page, no other, and nothing that is said of others;
// it moves the keys of that page alone.
func TestPageLinks(t *testing.T) {
	c := opened(t, withMaria())
	token, another := c.PageToken("status", "x"), c.PageToken("risks", "")
	bytesOf := func(s *Sealer, token string) []byte {
		p, body := sealed(t, s, token, "body")
		return slices.Concat(body, p.Nav, p.LinkSlots)
	}
	before := sealer(t, c, master, today)
	l, err := c.AddLink(Link{Kind: PageLink, Page: token, Created: today, Expires: today.AddDate(90, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	s := sealer(t, c, master, today)
	for _, same := range []string{"", another} {
		if !bytes.Equal(bytesOf(before, same), bytesOf(s, same)) || len(s.Place(same).Links) != 0 {
			t.Errorf("page %q is another one", same)
		}
	}
	if bytes.Equal(bytesOf(before, token), bytesOf(s, token)) || !bytes.Equal(before.Slots(), s.Slots()) {
		t.Error("the page is the same as before, or the portal's slots are not")
	}

	p, body := sealed(t, s, token, "body")
	block, err := seal.ParseSlots(p.LinkSlots)
	if err != nil {
		t.Fatal(err)
	}
	root := l.secret.key.Root()
	pk, err := block.OpenPageLink(root, s.Portal(), p.Path())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := pk.Open(p, body); err != nil || string(got) != "body" {
		t.Errorf("its page: %q, %v", got, err)
	}
	at, other := sealed(t, s, another, "other")
	if _, err := pk.Open(at, other); !errors.Is(err, seal.ErrRefused) {
		t.Errorf("another page: %v", err)
	}
	portal, err := seal.ParseSlots(s.Slots())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := portal.OpenLink(root, s.Portal()); !errors.Is(err, seal.ErrNoSlot) {
		t.Errorf("the portal: %v", err)
	}

	// At its end, and when it is revoked, nobody opens the page by a link, and none of its
	// earlier bytes come back.
	ended := sealer(t, c, master, l.Expires)
	c.RemoveLink(l.ID)
	c = opened(t, c.text(master))
	revoked := sealer(t, c, master, today)
	if !bytes.Equal(bytesOf(ended, token), bytesOf(revoked, token)) || len(c.Links()) != 0 {
		t.Error("a revoked link is something else than one that has ended")
	}
	if err := linkOpens(t, ended, l); !errors.Is(err, seal.ErrNoSlot) {
		t.Errorf("a link that has ended: %v", err)
	}
	for _, earlier := range []*Sealer{before, s} {
		if bytes.Equal(bytesOf(ended, token), bytesOf(earlier, token)) {
			t.Error("the page is as it was at an earlier time")
		}
	}
	if !bytes.Equal(ended.Slots(), before.Slots()) || !bytes.Equal(bytesOf(ended, another), bytesOf(before, another)) {
		t.Error("another page has changed")
	}
}
