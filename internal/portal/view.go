// Package portal is the view: everything a page shows, derived from a client and a moment. The layouts read
// these types directly: a renamed field must be renamed there too, and the build reports where.
//
// [New] makes the [View] of a client as of [Options.Now]. Its Pages are the pages to render, each with the
// one part for its [Page.Kind]; its other fields are used by several pages, rules and commands.
//
// It is pure. It must not know of files, of HTML except in Markdown fields and headings, of keys, or of the
// clock: the moment is an input. Everything that depends on today's date is also given as dates, since the
// reader's browser computes it again each time a page is opened.
package portal

import (
	"cmp"
	"sync"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/workhours"
)

// The kinds of page. Each has a layout of the same name. From KindPromises on, all except KindContent are
// sections: there is at most one page of each, and its title is the string page_Kind of i18n.
const (
	KindHome       = "home"
	KindCommitment = "commitment"
	KindReceipt    = "receipt"
	KindStatus     = "status"

	KindPromises   = "promises"
	KindNotes      = "notes"
	KindFiles      = "files"
	KindAgreed     = "agreed"
	KindRisks      = "risks"
	KindPeople     = "people"
	KindHistory    = "history"
	KindContent    = "content"
	KindEverything = "everything"
)

// addressed are the kinds whose addresses are made from an earlier name, so that links that people have kept
// still work.
var addressed = map[string]string{KindNotes: "archive", KindAgreed: "understanding", KindPeople: "working"}

// Options are the inputs of a view besides the client.
type Options struct {
	Provider *client.Provider
	// Now is the moment of the build.
	Now time.Time
	// HoldClock makes time stand still at Now, in the browser too.
	HoldClock bool
	// Base is the path of the portal on its host, with a slash at both ends.
	Base string
	// Logo is the address of the provider's logo; "" for none.
	Logo string
	// Private keeps what is private, for the provider's own commands; never use it for a page.
	Private bool
	// Facts leaves out what check and today do not use: history, the questions of stages, and all pages
	// except Home.
	Facts bool
	// Path returns the folder below Base of an item's page; the id of a section is "".
	Path func(kind, id string) string
	// StableKey makes a key that identifies a thing on a page from a name that may reveal something; nil if
	// nothing is published.
	StableKey func(name string) string
	// File returns information about a file that the client's file names; nil if pages only show its name.
	File func(name string) FileInfo
	// Content are the pages that every portal has, in their order.
	Content []Content
	// Inbox is zero if there is none.
	Inbox Inbox
	// Strings are the strings of the portal's language; nil if nothing is shown.
	Strings Strings
}

// A View is one client's portal.
type View struct {
	Client   string
	Welcome  Text
	Provider Provider
	// Inbox is where the pages send sealed replies; zero if there is none.
	Inbox    Inbox
	Language string
	// Zone is the IANA name of the client's time zone, Offset by how many minutes its clocks are ahead of UTC
	// at the moment of the build.
	Zone   string
	Offset int
	// Today is the client's day at the moment of the build.
	Today civil.Date
	// Frozen is the day at which time stands still in the browser too; zero in a portal that is not a sample.
	Frozen civil.Date
	// HeldAt is the moment, in the client's zone, at which time stands still in the browser because of
	// HoldClock; else zero.
	HeldAt civil.Moment
	// Pages are all pages, Home first.
	Pages []*Page
	// Menu leads to the sections, Foot to pages that are needed less often: the history, the content pages
	// and everything on one page.
	Menu, Foot []MenuItem
	// Attachments are the files of all pages.
	Attachments []*Attachment

	Cadence Cadence
	Replies Replies
	Pulses  []Pulse // newest first
	Kept    Kept
	History []*Event // newest first

	c           *client.Client
	opt         Options
	zone        *time.Location
	work        workhours.Schedule // the provider's
	people      map[string]Person
	risks       []Risk // the open ones, the worst first
	holds       *client.Holds
	commitments []*Commitment
	statuses    []*Status // oldest first
	yours, ours []Waiting // what waits for the client, and for the provider
	days        *sync.Map // days in words, by form
	figures     *Figures
	drawn       *[2]*Timeline // of the open commitments, and of the closed ones; nil before they are drawn
}

// A Provider is who the portal comes from.
type Provider struct {
	Name string
	Logo string
	// Contact is who looks after this client.
	Contact Person
}

// A Page is one page of the portal. Of the pointers, only the one for its kind is set.
type Page struct {
	Kind string
	// Path is the folder below the portal's own; "" for Home.
	Path string
	// Title is "" for a section, whose title is a string of the interface.
	Title string
	// Href is the page's address on its host. Section is the address of the section that the page belongs to;
	// "" if none, or if it is a section itself.
	Href, Section string

	Home       *Home
	Commitment *Commitment
	Receipt    *Receipt
	Status     *Status
	Promises   *Promises
	Notes      *Notes
	Files      *Files
	Agreed     *Agreed
	Risks      *Risks
	People     *People
	History    *History
	Content    *Content
	Everything *Everything
}

// Key identifies a page within its portal.
func (p *Page) Key() string { return p.Path }

// A Link leads to another page.
type Link struct {
	Title, Href string
}

// New derives the view. c must have been read without an error, with its moves replayed. It fails with a
// diag.Problem if c is not consistent without its private parts.
func New(c *client.Client, opt Options) (*View, error) {
	if !opt.Private {
		c = c.Public()
	}
	v := &View{
		Client:   c.Name,
		Welcome:  Text(c.Welcome),
		Language: c.Language,
		Zone:     c.Timezone,
		Inbox:    opt.Inbox,
		c:        c, opt: opt, people: people(c), days: &sync.Map{},
	}
	if v.opt.Strings == nil {
		v.opt.Strings = noStrings{}
	}
	if err := v.clocks(); err != nil {
		return nil, err
	}
	if err := v.canBeTold(); err != nil {
		return nil, err
	}
	v.derive()
	v.Pages = v.pages()
	return v, nil
}

// clocks sets the fields about time: today, and the working hours.
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
	_, seconds := v.opt.Now.In(v.zone).Zone()
	v.Offset = seconds / 60
	switch {
	case v.opt.HoldClock:
		v.HeldAt = civil.MomentOf(v.opt.Now.In(v.zone))
	case !v.opt.Provider.Frozen.IsZero():
		v.Frozen = v.Today // the frozen date itself, or the moment given instead
	}
	return nil
}

// canBeTold checks that the moves are still a conversation without the private ones: the reader has checked
// only all of them together.
func (v *View) canBeTold() error {
	for i := range v.c.Commitments {
		if cm := &v.c.Commitments[i]; len(cm.Replay.Faults) > 0 && !v.opt.Private {
			return cannotBeTold(cm, cm.Replay.Faults[0])
		}
	}
	return nil
}

func cannotBeTold(cm *client.Commitment, f client.Fault) error {
	moves := cm.Moves
	if f.Deliverable >= 0 {
		moves = cm.Deliverables[f.Deliverable].Moves
	}
	return diag.Problem{
		Pos: moves[f.Move].Pos, Rule: rule.PrivateMove, Severity: diag.Error,
		Message: "without the private moves before it this one cannot be told: " + f.Err.Problem(),
		Hint:    "make it private too, or the ones before it public",
	}
}

// derive computes everything that pages show. The order matters: later steps use the results of earlier ones.
func (v *View) derive() {
	v.Provider = v.provider()
	v.risks = v.openRisks()
	v.holds = v.c.Holds(v.Today)
	for i := range v.c.Commitments {
		v.commitments = append(v.commitments, v.commitment(i))
	}
	v.Replies = v.replies()
	v.statuses = v.notes()
	v.Cadence = v.cadence()
	v.Pulses = v.pulses()
	v.Kept = v.kept()
	v.figures = v.counted()
	v.yours, v.ours = v.waiting(client.ClientSide), v.waiting(client.ProviderSide)
	if v.opt.Facts {
		return
	}
	for _, s := range v.statuses {
		s.Open = v.waitsSince(s)
	}
	changes, asked, assumed := v.changed(), v.askedAlone(), v.assumptions()
	for _, c := range v.commitments {
		if c.open {
			c.Stages = v.stages(c)
		}
		c.Receipt, c.reach = v.receipt(c), v.reach(c.ID)
		c.Yours = v.todos(c.Href)
		c.beside = filter(v.ours, func(w Waiting) bool {
			move := w.Kind != "message" && w.Ref != client.Ref{}
			return w.Href == c.Href && !move
		})
		c.Changes = filter(changes, func(x Change) bool { return x.About != nil && x.About.Href == c.Href })
		c.Questions = filter(asked, func(x Question) bool { return x.About != nil && x.About.Href == c.Href })
		c.Assumptions = filter(assumed, func(x Assumption) bool { return x.About != nil && x.About.Href == c.Href })
		c.Messages = filter(v.Replies.All, func(x Reply) bool { return x.Commitment == c.ID })
	}
	v.History = v.history()
	for _, c := range v.commitments {
		c.thread = v.threadOf(c)
	}
}

// AnswerTo returns the person of the provider's side who gets the client's answers.
func (v *View) AnswerTo() Person { return v.Pages[0].Home.Contact }

// WordTo returns to whom a word goes that is said with the answer to w: see Reach.
func (v *View) WordTo(w Waiting) Person { return v.reach(w.commitment) }

// Reach returns whom the page of c tells how to reach: who of the provider's side is in it or, where nothing says how to
// reach them, who looks after the client.
func (v *View) Reach(c *Commitment) Person { return c.reach }

func (v *View) reach(commitment string) Person {
	if p := v.of(client.ProviderSide, commitment); p.Email != "" || p.Phone != "" {
		return p
	}
	return v.Provider.Contact
}

// Source returns the client that the view was made from: the given one, or without its private parts.
func (v *View) Source() *client.Client { return v.c }

func (v *View) path(kind, id string) string { return v.opt.Path(cmp.Or(addressed[kind], kind), id) }

func (v *View) href(kind, id string) string { return v.opt.Base + v.path(kind, id) + "/" }

func (v *View) provider() Provider {
	p := v.opt.Provider
	return Provider{Name: p.Name, Logo: v.opt.Logo, Contact: v.lead()}
}
