package pipeline_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/grant"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

func pagesOf(t *testing.T, b *pipeline.Builder, id string) *grant.Portal {
	t.Helper()
	s, ps := grant.PortalOf(b, id)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	return s
}

// addLink keeps a link to a page, or to the portal where none is asked for.
func addLink(t *testing.T, dir, id string, s *grant.Portal, asked ...string) (token string) {
	t.Helper()
	l := s.LinkTo(nil)
	if len(asked) > 0 {
		p, err := s.Page(asked)
		if err != nil {
			t.Fatal(err)
		}
		l = s.LinkTo(p)
		token = p.Path
	}
	err := access.Update(dir, id, master, func(c *access.Client) error { _, err := c.AddLink(l); return err })
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// A link to one page changes the bytes of that page and of no other.
func TestALinkChangesOnePage(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), t.TempDir()
	giveAccess(t, dir, "a", "maria")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	before := tree(t, out)
	token := addLink(t, dir, "a", pagesOf(t, b, "a"), "status")
	publishInto(t, b, out)
	after := tree(t, out)
	var changed []string
	for name := range after {
		if before[name] != after[name] {
			changed = append(changed, name)
		}
	}
	if len(changed) != 1 || path.Base(path.Dir(changed[0])) != token || len(before) != len(after) {
		t.Errorf("changed: %v", changed)
	}
	if !strings.Contains(after[changed[0]], " data-link-slots=") || strings.Contains(before[changed[0]], "link-slots") {
		t.Error("the page has no slots of its links, or had some before")
	}
}

func TestPagesToShare(t *testing.T) {
	t.Parallel()
	text := clientFile("A", "") + "[[status]]\non = 2026-11-10\nid = \"later\"\nrag = \"green\"\nheadline = \"Later that day\"\n"
	text = strings.Replace(text, "[[status]]\n", "[[status]]\nid = \"first\"\n", 1)
	s := pagesOf(t, load(t, folder(t, map[string]string{site.ClientFile("a"): text}), pipeline.Options{}), "a")
	for asked, want := range map[string]string{
		"": "A", "home": "A", "status": "Later that day", "status first": "On the way for A",
		"commitment booking": "Booking for A", "history": "", "privacy": "",
		"status 2026-11-10": `"2026-11-10" may be any of these; say which status: first, later`,
		"status 2026-11-11": `"2026-11-11": there is no such status; say which status: first, later`,
		"commitment BOOK":   "Booking for A", "status that": "Later that day", "status a": `"a" may be any of these; say which status: first, later`,
		"commitment bookkeeping": `"bookkeeping": there is no such commitment; say which commitment: booking`,
		"commitment":             "say which commitment: booking", "prices": `there is no page "prices"; there are: home, commitment, status`,
		"everything": "the whole portal, so a link to it is no link to one page; --portal", "everything now": "--portal",
		"history 2026-11-10": "history is one page; nothing is named behind it",
	} {
		p, err := s.Page(strings.Fields(asked))
		switch {
		case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v", asked, err)
		case err == nil && want != "" && p.Title != want:
			t.Errorf("%q is the page %q", asked, p.Title)
		case err == nil:
			if title, ok := s.Title(p.Path); !ok || title == "" {
				t.Errorf("%q has the title %q", asked, title)
			}
		}
	}
	if _, ok := s.Title("gone"); ok {
		t.Error("a page that there is not has a title")
	}
	if err := s.RequireBaseURL(); err != grant.ErrNoBaseURL {
		t.Errorf("without base_url: %v", err)
	}
}

func TestAccessIsListed(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	giveAccess(t, dir, "a", "maria", "left")
	b := load(t, dir, pipeline.Options{})
	addLink(t, dir, "a", pagesOf(t, b, "a"))
	addLink(t, dir, "a", pagesOf(t, b, "a"), "commitment", "booking")
	want := map[string]bool{"maria": false, "left": true}
	got, titles := map[string]bool{}, []string{}
	a, ps := grant.ListOf(b, "a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for _, p := range a.People {
		got[p.ID] = p.Stranger
	}
	for _, l := range a.Links {
		titles = append(titles, l.Kind+" "+l.Title)
	}
	if !maps.Equal(got, want) || !slices.Equal(titles, []string{"portal ", "page Booking for Client a"}) {
		t.Errorf("people %v, links %q", got, titles)
	}
	// What is wrong in the client's file keeps nobody from looking, nor a missing key
	// from being told.
	write(t, dir, map[string]string{site.ClientFile("a"): "client ="})
	if a, ps := grant.ListOf(b, "a"); ps.Err() != nil || len(a.People) != 2 || len(a.Links) != 2 || a.Name != "a" {
		t.Errorf("%+v, %v", a, ps)
	}
	if _, ps := grant.ListOf(load(t, dir, pipeline.Options{Keys: noKey()}), "a"); one(t, ps, "no-key").Hint == "" {
		t.Error("no hint")
	}
}

// What has ended by the machine's own clock stays ended, whatever day a build is for;
// and no link is made that would not work.
func TestAnEndedLinkStaysEnded(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{site.ClientFile("a"): "client = \"A\"\n"})
	then, err := pipeline.ParseClock("2020-01-10")
	if err != nil {
		t.Fatal(err)
	}
	b := load(t, dir, pipeline.Options{Now: then})
	s := pagesOf(t, b, "a")
	for text, over := range map[string]bool{"2020-01-09": true, "2020-01-11": true, "3d": true, "-1d": true, "2096-01-01": false} {
		_, end, err := s.Until(text)
		if (err != nil) != over || over && !strings.Contains(err.Error(), "is over already") {
			t.Errorf("%s: %v, %v", text, end, err)
		}
	}
	keep := func(end time.Time, pages ...string) {
		for _, page := range append(pages, "") {
			l := access.Link{Kind: access.PageLink, Page: page, Created: end, Expires: end}
			if page == "" {
				l.Kind = access.PortalLink
			}
			if err := access.Update(dir, "a", master, func(c *access.Client) error { _, err := c.AddLink(l); return err }); err != nil {
				t.Fatal(err)
			}
		}
	}
	page, err := s.Page([]string{"privacy"})
	if err != nil {
		t.Fatal(err)
	}
	keep(time.Date(2020, 1, 12, 0, 0, 0, 0, time.UTC), page.Path)
	if open := pageLinksOpen(t, dir, b); !slices.Equal(open, []bool{false}) {
		t.Errorf("a link to a page that has ended opens it: %v", open)
	}
	if p, ps := b.Portal("a"); ps.Err() != nil || p.Sealer.Opens() != 0 {
		t.Errorf("a portal link that has ended opens it: %v", ps)
	}
	if a, ps := grant.ListOf(b, "a"); ps.Err() != nil || len(a.Links) != 2 || a.Links[0].Live || a.Links[1].Live {
		t.Errorf("the list says %+v, %v", a.Links, ps)
	}
	keep(time.Date(2096, 1, 12, 0, 0, 0, 0, time.UTC), page.Path)
	if open := pageLinksOpen(t, dir, b); !slices.Equal(open, []bool{false, true}) {
		t.Errorf("of a link that has ended and a live one: %v", open)
	}
}

// pageLinksOpen returns which of the links to pages of the client a open them.
func pageLinksOpen(t *testing.T, dir string, b *pipeline.Builder) (open []bool) {
	t.Helper()
	p, ps := b.Portal("a")
	who, err := access.Load(dir, "a", master)
	if err != nil || ps.Err() != nil {
		t.Fatal(err, ps)
	}
	for _, l := range who.Links() {
		if l.Kind != access.PageLink {
			continue
		}
		at := p.Sealer.Place(l.Page)
		block, err := seal.ParseSlots(at.LinkSlots)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := seal.ParseLink(l.Fragment())
		if err != nil {
			t.Fatal(err)
		}
		_, err = block.OpenPageLink(secret.Root(), at.Portal, at.Path())
		open = append(open, err == nil)
	}
	return open
}
