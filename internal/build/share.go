package build

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/share"
	"portalgen/internal/site"
)

// A Shelf is the pages of one portal, to take one and share it. It is of one moment.
type Shelf struct {
	Client *client.Client

	base  *base
	who   *access.Client
	view  *portal.View
	words map[string]string
	zone  *time.Location
	now   time.Time
}

// ErrNoBaseURL says that nobody can be given an address that is not known.
var ErrNoBaseURL = errors.New(`the address of your site is not known: say it in ` + site.ProviderFile + `, such as base_url = "https://portal.example.com"`)

// Shelf derives one client's pages, without rendering them.
func (b *Builder) Shelf(id string) (*Shelf, diag.Problems) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	who, _, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Share)...)
	}
	s := &Shelf{Client: c, base: base, who: who, zone: location(c.Timezone)}
	s.now = base.in(c.Timezone)
	s.words = base.words(c.Language)
	s.view, err = portal.New(c, portal.Options{
		Provider: base.provider, Now: s.now, Base: base.prefix + who.Portal(c.Portal) + "/",
		Path: who.PageToken, Content: base.contentFor(c.Language, sample.Is(id, text, base.text)),
	})
	if err != nil {
		return nil, append(ps, withLines(diag.Of(err, site.ClientFile(id), rule.Share), site.ClientFile(id), text)...)
	}
	return s, ps
}

// words returns the strings of a language; those that it has not are in English.
func (s *base) words(language string) map[string]string {
	words := s.theme.Texts(defaultLanguage)
	maps.Copy(words, s.theme.Texts(language))
	return words
}

// Page finds the page that is asked for as on the command line: nothing for Home,
// "status" with or without a date or id, "commitment" with an id, else a section or a
// page of content by its name. The page that holds everything is the portal by a back
// door, and refused. The error names what there is.
func (s *Shelf) Page(asked []string) (*portal.Page, error) {
	if len(asked) == 0 || len(asked) == 1 && asked[0] == portal.KindHome {
		return s.view.Pages[0], nil
	}
	if asked[0] == portal.KindEverything {
		return nil, errors.New("that page holds the whole portal, so a link to it is no link to one page; --portal makes one to the whole")
	}
	kind, item := asked[0], ""
	if len(asked) > 1 {
		item = asked[1]
	}
	var found []*portal.Page
	var ids []string
	for _, p := range s.view.Pages {
		if id, of := itemOf(p); of == kind {
			ids = append(ids, id)
			if id == item || item == "" || p.Status != nil && p.Status.On.Date.String() == item {
				found = append(found, p)
			}
		}
	}
	switch {
	case kind == portal.KindStatus && len(found) > 0 && item == "":
		return found[len(found)-1], nil // they are in the order of their dates
	case len(found) == 1 && (item != "" || kind != portal.KindCommitment):
		return found[0], nil
	case len(found) > 1 && item != "":
		return nil, fmt.Errorf("there are several notes of %s; say which: %s", item, strings.Join(idsOf(found), ", "))
	case len(ids) > 0:
		return nil, fmt.Errorf("say which %s: %s", kind, strings.Join(ids, ", "))
	case kind == portal.KindStatus || kind == portal.KindCommitment:
		return nil, fmt.Errorf("%s has no %s that could be shared", s.Client.ID, kind)
	}
	return nil, fmt.Errorf("there is no page %q; there are: %s", strings.Join(asked, " "), strings.Join(s.names(), ", "))
}

// itemOf returns what a page is called when it is asked for: an id and a kind or, for
// sections and content, a name in the place of the kind.
func itemOf(p *portal.Page) (id, kind string) {
	switch {
	case p.Status != nil:
		return p.Status.ID, p.Kind
	case p.Commitment != nil:
		return p.Commitment.ID, p.Kind
	case p.Content != nil:
		return "", p.Content.ID
	}
	return "", p.Kind
}

func idsOf(pages []*portal.Page) []string {
	var ids []string
	for _, p := range pages {
		id, _ := itemOf(p)
		ids = append(ids, id)
	}
	return ids
}

func (s *Shelf) names() []string {
	var names []string
	for _, p := range s.view.Pages {
		if _, kind := itemOf(p); kind != portal.KindEverything && !slices.Contains(names, kind) {
			names = append(names, kind)
		}
	}
	return names
}

// Title returns the title of the page that a token belongs to; ok is false where
// there is no such page any more.
func (s *Shelf) Title(token string) (title string, ok bool) {
	for _, p := range s.view.Pages {
		if p.Path == token {
			return s.title(p), true
		}
	}
	return "", false
}

func (s *Shelf) title(p *portal.Page) string {
	if p.Title != "" {
		return p.Title
	}
	return s.words["page_"+p.Kind]
}

// Until reads the end of a link: a date, or a number of days as in 14d. It ends with
// that day in the client's zone. A link that would not work at all is refused.
func (s *Shelf) Until(text string) (day civil.Date, end time.Time, err error) {
	today := civil.DateOf(s.now)
	var days int
	if _, scanErr := fmt.Sscanf(text, "%dd", &days); scanErr == nil && text == fmt.Sprintf("%dd", days) {
		day = today.AddDays(days)
	} else if day, err = civil.ParseDate(text); err != nil {
		return day, end, fmt.Errorf("%q is neither a date such as 2026-12-04 nor a number of days such as 14d", text)
	}
	end = civil.On(day.AddDays(1)).In(s.zone)
	if days < 0 || !(access.Link{Expires: end}).Live(s.now) {
		return day, end, fmt.Errorf("%s is over already", day)
	}
	return day, end, nil
}

// LinkTo returns what is to be kept of a new link: to p, or to the whole portal where
// p is nil.
func (s *Shelf) LinkTo(p *portal.Page) access.Link {
	l := access.Link{Kind: access.PortalLink, Created: s.now}
	if p != nil {
		l.Kind, l.Page = access.PageLink, p.Path
	}
	return l
}

// Addressed returns an error where the site's address is not known.
func (s *Shelf) Addressed() error {
	if s.base.provider.BaseURL == "" {
		return ErrNoBaseURL
	}
	return nil
}

// Address returns the whole address of a link, with its secret.
func (s *Shelf) Address(l access.Link) string {
	address := s.base.origin + s.base.prefix + s.who.Portal(s.Client.Portal) + "/"
	if l.Page != "" {
		address += l.Page + "/"
	}
	return address + "#k=" + l.Fragment()
}

// Message returns what to send with a link to p, nil for the whole portal.
func (s *Shelf) Message(p *portal.Page, l access.Link, until civil.Date) share.Message {
	provider := s.base.provider
	m := share.Message{
		Words: s.words, Language: s.view.Language, Dir: gate.Direction(s.view.Language),
		Client: s.view.Client, Provider: provider.Name, From: provider.Contact.Name,
		Link: s.Address(l), Portal: p == nil, Until: until,
	}
	home := s.view.Pages[0].Home
	switch {
	case p == nil || p.Home != nil:
		m.Title = s.view.Client
		if home.Note != nil {
			m.Note = note(home.Note, home.Standing.Colour, s.view.Today)
		}
	case p.Status != nil:
		m.Title = p.Title
		m.Note = note(p.Status, p.Status.Standing.Colour, p.Status.On.Date)
	default:
		m.Title = s.title(p)
	}
	return m
}

// Contact returns the provider's contact.
func (s *Shelf) Contact() (name, email string) {
	c := s.base.provider.Contact
	if c.Name == "" {
		return s.base.provider.Name, c.Email
	}
	return c.Name, c.Email
}

// Now is the moment at which the pages were derived.
func (s *Shelf) Now() time.Time { return s.now }

func note(n *portal.Status, colour portal.Colour, on civil.Date) *share.Note {
	told := &share.Note{
		On: on, Colour: string(colour), Headline: n.Headline, NextUpdate: n.NextUpdate.Date,
		Acknowledges: plainAndHTML(n.Acknowledges), MeansForYou: plainAndHTML(n.MeansForYou), Doing: plainAndHTML(n.Doing),
	}
	for _, need := range n.Need {
		told.Need = append(told.Need, share.Text{Plain: need.Label(), HTML: need.Line()})
	}
	return told
}

func plainAndHTML(t portal.Text) share.Text { return share.Text{Plain: t.Label(), HTML: t.HTML()} }
