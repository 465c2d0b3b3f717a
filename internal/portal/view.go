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
	"portalgen/internal/workhours"
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
	// Private keeps what is private, for the provider's own commands; never for a
	// page.
	Private bool
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

	Cadence Cadence
	Replies Replies
	Pulses  []Pulse // newest first
	Kept    Kept
	History []Event // newest first

	c           *client.Client
	opt         Options
	zone        *time.Location
	work        workhours.Schedule // the provider's
	people      map[string]Person
	replays     []replay // of c.Commitments, each replayed once
	risks       []Risk   // the open ones, the gravest first
	commitments []*Commitment
	statuses    []*Status // oldest first
}

// A replay is what the moves of a commitment, and of each of its deliverables, have
// come to.
type replay struct {
	whole    client.Replayed
	interims []client.Replayed
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
	if !opt.Private {
		c = public(c)
	}
	v := &View{
		Client:   c.Name,
		Welcome:  Text(c.Welcome),
		Language: c.Language,
		Zone:     c.Timezone,
		c:        c, opt: opt, people: people(c),
	}
	if err := v.clocks(); err != nil {
		return nil, err
	}
	if err := v.replay(); err != nil {
		return nil, err
	}
	v.derive()
	v.Pages = v.pages()
	return v, nil
}

// clocks sets what the view knows of time: today, and the hours of work.
func (v *View) clocks() error {
	var err error
	if v.zone, err = time.LoadLocation(v.c.Timezone); err != nil {
		return err
	}
	theirs, err := time.LoadLocation(v.opt.Provider.Timezone)
	if err != nil {
		return err
	}
	v.work = schedule(v.opt.Provider, theirs)
	v.Today = civil.DateOf(v.opt.Now.In(v.zone))
	if !v.opt.Provider.Frozen.IsZero() {
		v.Frozen = v.Today // the frozen date itself, or the moment asked for instead
	}
	return nil
}

// replay replays every commitment, and makes sure that the moves still are a
// conversation without the private ones: the reader has only seen them together.
func (v *View) replay() error {
	for i := range v.c.Commitments {
		whole, interims, faults := v.c.Replay(&v.c.Commitments[i])
		if len(faults) > 0 && !v.opt.Private {
			return cannotBeTold(&v.c.Commitments[i], faults[0])
		}
		v.replays = append(v.replays, replay{whole, interims})
	}
	return nil
}

func cannotBeTold(cm *client.Commitment, f client.Fault) error {
	moves := cm.Moves
	if f.Deliverable >= 0 {
		moves = cm.Deliverables[f.Deliverable].Moves
	}
	return diag.Problem{
		Pos: moves[f.Move].Pos, Rule: "private-move", Severity: diag.Error,
		Message: "without the private moves before it this one cannot be told: " + f.Err.Problem(),
		Hint:    "make it private too, or the ones before it public",
	}
}

// derive works out all that pages show. What stands below goes by what stands above.
func (v *View) derive() {
	v.Provider = v.provider()
	v.risks = v.openRisks()
	for i := range v.c.Commitments {
		v.commitments = append(v.commitments, v.commitment(i))
	}
	v.statuses = v.notes()
	v.Cadence = v.cadence()
	v.Replies = v.replies()
	v.Pulses = v.pulses()
	v.Kept = v.kept()
	for _, c := range v.commitments {
		c.Stages = v.stages(c)
	}
	v.History = v.history()
}

// Source returns the client that the view was made of: the one it was given or,
// where that holds anything private that is to be kept out, one without it.
func (v *View) Source() *client.Client { return v.c }

// Replayed returns what the moves of commitment i of Source have come to, and
// those of each of its deliverables.
func (v *View) Replayed(i int) (client.Replayed, []client.Replayed) {
	r := v.replays[i]
	return r.whole, r.interims
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
