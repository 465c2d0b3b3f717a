package build

import (
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// An Access is who can open one client's portal, and which links are out.
type Access struct {
	// ID is the client's; Name is too where the client's file cannot be read.
	ID, Name string
	People   []Holder
	Links    []Link

	zone *time.Location
}

// LastDay returns the last whole day before the end of a link, in the client's zone.
func (a Access) LastDay(end time.Time) string {
	return civil.DateOf(end.Add(-time.Second).In(a.zone)).String()
}

// A Holder has a passphrase.
type Holder struct {
	// ID is the person's in the client's file, Name what they are called there.
	ID, Name string
	Since    time.Time
	// Stranger says that the client's file does not know the person any more.
	Stranger bool
}

// A Link is one that was given out.
type Link struct {
	access.Link
	// Title is that of its page; "" for a link to the portal, and for a page that there
	// is not any more.
	Title string
	Live  bool
}

// Access returns who has access to one client's portal. Problems of the client's own
// file do not keep it from that: then names and titles are not known. It warns of who
// was removed and has access all the same.
func (b *Builder) Access(id string) (Access, diag.Problems) {
	base := b.base.Load()
	c, text, _ := b.read(base, id)
	who, _, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return Access{}, diag.Of(err, site.ClientFile(id), rule.AccessFile)
	}
	a := Access{ID: id, Name: id, zone: time.UTC}
	if c != nil {
		a.Name, a.zone = c.Name, location(c.Timezone)
	}
	for _, p := range who.Holders() {
		h := Holder{ID: p.Person, Name: p.Person, Since: p.Created}
		if c != nil {
			person, known := c.People[p.Person]
			h.Stranger = !known
			if person.Name != "" {
				h.Name = person.Name
			}
		}
		a.People = append(a.People, h)
	}
	ps := returned(id, who.Returned())
	links := who.Links()
	if len(links) == 0 {
		return a, ps
	}
	shelf, _ := b.Shelf(id)
	now := base.clock.In(a.zone)
	for _, l := range links {
		out := Link{Link: l, Live: l.Live(now)}
		if shelf != nil && l.Kind == access.PageLink {
			out.Title, _ = shelf.Title(l.Page)
		}
		a.Links = append(a.Links, out)
	}
	return a, ps
}
