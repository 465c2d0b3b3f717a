package grant

import (
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// A List holds the people who can open one client's portal, and its links.
type List struct {
	// ID is the client's id. Name is the client's name, or the id if the client's file cannot be
	// read.
	ID, Name string
	// Address is the address of the published portal, from AddressOf.
	Address string
	People  []Holder
	Links   []Link

	zone *time.Location
}

// LastDay returns the last whole day before the end of a link, in the client's zone.
func (l List) LastDay(end time.Time) string {
	return civil.DateOf(end.Add(-time.Second).In(l.zone)).String()
}

// A Holder is a person with a passphrase.
type Holder struct {
	// ID is the person's id in the client's file; Name is the person's name there.
	ID, Name string
	Since    time.Time
	// Stranger says that the person is no longer in the client's file.
	Stranger bool
}

// A Link is a link that was not revoked.
type Link struct {
	access.Link
	// Title is the title of its page; "" for a link to the portal, and for a page that no longer
	// exists.
	Title string
	Live  bool
	// Unknown says that the client's file could not be read, so its pages are not known.
	Unknown bool
}

// ListOf returns who has access to one client's portal. It does not return problems of the client's
// own file, but then names and titles are missing. It warns of people who were removed and still
// have access.
func ListOf(b *pipeline.Builder, id string) (List, diag.Problems) {
	c, text, _ := b.Read(id)
	who, err := b.Access(id, text)
	if err != nil {
		return List{}, diag.Of(err, site.ClientFile(id), rule.AccessFile)
	}
	list := List{ID: id, Name: id, zone: time.UTC}
	list.Address, _ = AddressOf(b, id) // other commands report problems of the client's file
	if c != nil {
		list.Name, list.zone = c.Name, pipeline.Location(c.Timezone)
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
		list.People = append(list.People, h)
	}
	ps := keyring.Returned(id, who.Returned())
	links := who.Links()
	if len(links) == 0 {
		return list, ps
	}
	pages, _ := PortalOf(b, id)
	now := b.Now(list.zone)
	for _, l := range links {
		out := Link{Link: l, Live: l.Live(now), Unknown: pages == nil}
		if pages != nil && l.Kind == access.PageLink {
			out.Title, _ = pages.Title(l.Page)
		}
		list.Links = append(list.Links, out)
	}
	return list, ps
}
