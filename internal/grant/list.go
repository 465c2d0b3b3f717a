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
	// ID is the client's id; so is Name where the client's file cannot be read.
	ID, Name string
	// Address is that of the published portal, as AddressOf has it.
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
	// ID is the person's id in the client's file, Name the name there.
	ID, Name string
	Since    time.Time
	// Stranger says that the person is not in the client's file any more.
	Stranger bool
}

// A Link is a link that was not revoked.
type Link struct {
	access.Link
	// Title is that of its page; "" for a link to the portal, and for a page that does not
	// exist any more.
	Title string
	Live  bool
	// Unknown says that the client's file could not be read, so that its pages are not known.
	Unknown bool
}

// ListOf returns who has access to one client's portal. Problems of the client's own file
// are not returned: then names and titles are not known. It warns of people who were removed
// and still have access.
func ListOf(b *pipeline.Builder, id string) (List, diag.Problems) {
	c, text, _ := b.Read(id)
	who, err := b.Access(id, text)
	if err != nil {
		return List{}, diag.Of(err, site.ClientFile(id), rule.AccessFile)
	}
	list := List{ID: id, Name: id, zone: time.UTC}
	list.Address, _ = AddressOf(b, id) // what is wrong with the client's file is not told here
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
