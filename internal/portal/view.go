// Package portal is the view: everything a page shows, derived from a client and
// a moment. The layouts read these types as they are; a field renamed here is a
// field to rename there, and the build says where.
//
// It is pure. It must not know of files, HTML outside Markdown fields, keys, or
// the clock: the moment comes in. What depends on today's date is given as dates
// too, since the reader's browser works it out again each time a page is opened.
package portal

import (
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// The kinds of page. Each is a layout of the same name.
const (
	KindHome       = "home"
	KindCommitment = "commitment"
	KindStatus     = "status"
)

// Options are what a view needs beside the client itself.
type Options struct {
	Provider *client.Provider
	// Now is the moment of the build.
	Now time.Time
	// Base is the path of the portal on its host, with a slash at both ends.
	Base string
	// Logo is the address of the provider's logo; "" for none.
	Logo string
	// Path gives the folder below Base of an item's page.
	Path func(kind, id string) string
}

// A View is one client's portal.
type View struct {
	Client   string
	Welcome  Text
	Provider Provider
	Language string
	// Zone is the client's time zone by its IANA name.
	Zone string
	// Today is the client's day at the moment of the build.
	Today civil.Date
	// Frozen is the day at which time stands still in the browser too; zero in a
	// portal that is not a sample.
	Frozen civil.Date
	// Pages are all pages, Home first.
	Pages []*Page

	c           *client.Client
	opt         Options
	people      map[string]Person
	commitments []*Commitment
	statuses    []*Status // oldest first
}

// A Provider is who the portal comes from.
type Provider struct {
	Name    string
	Logo    string
	Contact Person
}

// A Page is one page of the portal. One of Home, Commitment and Status is set,
// that of its kind.
type Page struct {
	Kind string
	// Path is the folder below the portal's own; "" for Home.
	Path  string
	Title string
	// Href is the page's address on its host.
	Href string

	Home       *Home
	Commitment *Commitment
	Status     *Status

	Previous, Next *Link
}

// A Link leads to another page.
type Link struct {
	Title, Href string
}

// New derives the view. c must have been read without an error. It fails with a
// diag.Problem where c cannot be told without what is private.
func New(c *client.Client, opt Options) (*View, error) {
	c = public(c)
	loc, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return nil, err
	}
	v := &View{
		Client:   c.Name,
		Welcome:  Text(c.Welcome),
		Language: c.Language,
		Zone:     c.Timezone,
		Today:    civil.DateOf(opt.Now.In(loc)),
		c:        c, opt: opt,
	}
	if !opt.Provider.Frozen.IsZero() {
		v.Frozen = v.Today // the frozen date itself, or the moment asked for instead
	}
	v.people = people(c)
	v.Provider = v.provider()
	for i := range c.Commitments {
		if err := told(c, &c.Commitments[i]); err != nil {
			return nil, err
		}
		v.commitments = append(v.commitments, v.commitment(&c.Commitments[i]))
	}
	v.statuses = v.notes()
	v.Pages = v.pages()
	return v, nil
}

// told makes sure that the moves still are a conversation without the private ones.
// The reader has only seen them together.
func told(c *client.Client, cm *client.Commitment) error {
	_, _, faults := c.Replay(cm)
	if len(faults) == 0 {
		return nil
	}
	moves := cm.Moves
	if d := faults[0].Deliverable; d >= 0 {
		moves = cm.Deliverables[d].Moves
	}
	return diag.Problem{
		Pos: moves[faults[0].Move].Pos, Rule: "private-move", Severity: diag.Error,
		Message: "without the private moves before it this one cannot be told: " + faults[0].Err.Problem(),
		Hint:    "make it private too, or the ones before it public",
	}
}

func (v *View) pages() []*Page {
	home := &Page{Kind: KindHome, Title: v.Client, Href: v.opt.Base, Home: v.home()}
	pages := []*Page{home}
	for _, cm := range v.commitments {
		pages = append(pages, &Page{
			Kind: KindCommitment, Title: cm.Title, Commitment: cm,
			Path: v.path(KindCommitment, cm.ID), Href: cm.Href,
		})
	}
	for i, s := range v.statuses {
		p := &Page{
			Kind: KindStatus, Title: s.Headline, Status: s,
			Path: v.path(KindStatus, s.ID), Href: s.Href,
		}
		if i > 0 {
			p.Previous = v.statuses[i-1].Link()
		}
		if i+1 < len(v.statuses) {
			p.Next = v.statuses[i+1].Link()
		}
		pages = append(pages, p)
	}
	return pages
}

func (v *View) path(kind, id string) string { return v.opt.Path(kind, id) }

func (v *View) href(kind, id string) string { return v.opt.Base + v.path(kind, id) + "/" }

func (v *View) provider() Provider {
	p := v.opt.Provider
	contact := Person{Name: p.Contact.Name, Email: p.Contact.Email, Phone: p.Contact.Phone, Side: client.ProviderSide}
	if contact.Name == "" {
		contact.Name = p.Name
	}
	return Provider{Name: p.Name, Logo: v.opt.Logo, Contact: contact}
}
