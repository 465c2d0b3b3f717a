// Package grant finds out who can open the portals of a site and by which links, and makes what
// goes with a link: its page, its address, and its message.
//
// The package reads access files and never changes them; access does. It must not know the
// terminal.
package grant

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/site"
)

// A Portal has the pages of one client's portal at one moment. It makes links to them.
type Portal struct{ *pipeline.Derived }

// ErrNoBaseURL says that the address of a link is not known.
var ErrNoBaseURL = errors.New(`the address of your site is not known: say it in ` + site.ProviderFile +
	`, such as base_url = "https://portal.example.com"`)

// PortalOf derives one client's pages, without rendering them.
func PortalOf(b *pipeline.Builder, id string) (*Portal, diag.Problems) {
	d, ps := b.Derive(id)
	if d == nil {
		return nil, ps
	}
	return &Portal{d}, ps
}

// Page returns the page that the arguments of a command name: none for Home, "status" with
// or without a date or id, "commitment" with an id, else the name of a section or of a page of
// content. The page with everything is refused, since a link to it would open as much as a link to
// the portal. The error lists the possible pages.
func (s *Portal) Page(asked []string) (*portal.Page, error) {
	if len(asked) == 0 || len(asked) == 1 && asked[0] == portal.KindHome {
		return s.View.Pages[0], nil
	}
	if asked[0] == portal.KindEverything {
		return nil, errors.New("that page holds the whole portal, so a link to it is no link to one page; " +
			"--portal makes one to the whole")
	}
	kind, item := cmp.Or(otherNames[asked[0]], asked[0]), ""
	if len(asked) > 1 {
		item = asked[1]
	}
	var all []*portal.Page
	for _, p := range s.View.Pages {
		if _, of := itemOf(p); of == kind {
			all = append(all, p)
		}
	}
	found, ids := s.named(item, all), idsOf(all)
	switch {
	case kind == portal.KindStatus && len(found) > 0 && item == "":
		return found[len(found)-1], nil // they are in the order of their dates
	case len(found) == 1 && (item != "" || kind != portal.KindCommitment && kind != portal.KindReceipt):
		return found[0], nil
	case len(found) > 1 && item != "":
		return nil, fmt.Errorf("%q may be any of these; say which %s: %s", item, kind, strings.Join(idsOf(found), ", "))
	case len(ids) > 0 && ids[0] != "" && item != "":
		return nil, fmt.Errorf("%q: there is no such %s; say which %s: %s", item, kind, kind, strings.Join(ids, ", "))
	case len(ids) > 0 && item != "":
		return nil, fmt.Errorf("%s is one page; nothing is named behind it", kind)
	case len(ids) > 0:
		return nil, fmt.Errorf("say which %s: %s", kind, strings.Join(ids, ", "))
	case kind == portal.KindStatus || kind == portal.KindCommitment || kind == portal.KindReceipt:
		return nil, fmt.Errorf("%s has no %s that could be shared", s.Client.ID, kind)
	}
	return nil, fmt.Errorf("there is no page %q; "+
		"there are: %s", strings.Join(asked, " "), strings.Join(s.names(), ", "))
}

// named returns the pages among all that item names: by an id or, for notes, a day; else by a part
// of an id or title, ignoring case. For "" it returns all.
func (s *Portal) named(item string, all []*portal.Page) []*portal.Page {
	var exact, part []*portal.Page
	word := strings.ToLower(item)
	hasWord := func(text string) bool { return strings.Contains(strings.ToLower(text), word) }
	for _, p := range all {
		id, _ := itemOf(p)
		switch {
		case id == item, item == "", p.Status != nil && p.Status.On.Date.String() == item:
			exact = append(exact, p)
		case id != "" && (hasWord(id) || hasWord(s.title(p))):
			part = append(part, p)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return part
}

// otherNames are other names of pages: earlier names, and names that the pages themselves use.
var otherNames = map[string]string{
	"archive": portal.KindNotes, "understanding": portal.KindAgreed, "working": portal.KindPeople,
	"note": portal.KindStatus, "promise": portal.KindCommitment,
}

// itemOf returns how the arguments of a command name a page: by id and kind. A section or a page of
// content has no id, and its kind is its name.
func itemOf(p *portal.Page) (id, kind string) {
	switch {
	case p.Status != nil:
		return p.Status.ID, p.Kind
	case p.Commitment != nil:
		return p.Commitment.ID, p.Kind
	case p.Receipt != nil:
		return p.Receipt.Of().ID, p.Kind
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

func (s *Portal) names() []string {
	var names []string
	for _, p := range s.View.Pages {
		if _, kind := itemOf(p); kind != portal.KindEverything && !slices.Contains(names, kind) {
			names = append(names, kind)
		}
	}
	return names
}

// Title returns the title of the page with a token; ok is false if the page no longer exists.
func (s *Portal) Title(token string) (title string, ok bool) {
	for _, p := range s.View.Pages {
		if p.Path == token {
			return s.title(p), true
		}
	}
	return "", false
}

func (s *Portal) title(p *portal.Page) string {
	if p.Title != "" {
		return p.Title
	}
	return s.Words["page_"+p.Kind]
}

// Until parses the last day of a link: a date, or a number of days such as 14d. The link ends at
// the end of that day in the client's zone. A day in the past is an error.
func (s *Portal) Until(text string) (day civil.Date, end time.Time, err error) {
	today := civil.DateOf(s.Now)
	var days int
	if _, scanErr := fmt.Sscanf(text, "%dd", &days); scanErr == nil && text == fmt.Sprintf("%dd", days) {
		day = today.AddDays(days)
	} else if day, err = civil.ParseDate(text); err != nil {
		return day, end, fmt.Errorf("%q is neither a date such as 2026-12-04 nor a number of days such as 14d", text)
	}
	end = civil.On(day.AddDays(1)).In(s.Now.Location())
	if days < 0 || !(access.Link{Expires: end}).Live(s.Now) {
		return day, end, fmt.Errorf("%s is over already", day)
	}
	return day, end, nil
}

// LinkTo returns a new link for the access file: to p, or to the whole portal if p is nil.
func (s *Portal) LinkTo(p *portal.Page) access.Link {
	l := access.Link{Kind: access.PortalLink, Created: s.Now}
	if p != nil {
		l.Kind, l.Page = access.PageLink, p.Path
	}
	return l
}

// RequireBaseURL returns an error if the site's address is not known.
func (s *Portal) RequireBaseURL() error {
	if s.Provider.BaseURL == "" {
		return ErrNoBaseURL
	}
	return nil
}

// LinkAddress returns the complete address of a link, with its secret.
func (s *Portal) LinkAddress(l access.Link) string {
	address := s.Address
	if l.Page != "" {
		address += l.Page + "/"
	}
	return address + "#k=" + l.Fragment()
}

// LiveLink returns the newest working link to p, or to the whole portal if p is nil, and its last
// day; ok is false if there is none.
func (s *Portal) LiveLink(p *portal.Page) (link access.Link, until civil.Date, ok bool) {
	want := s.LinkTo(p)
	for _, l := range s.Access.Links() {
		if l.Kind == want.Kind && l.Page == want.Page && l.Live(s.Now) && !l.Created.Before(link.Created) {
			link, ok = l, true
		}
	}
	if ok && !link.Expires.IsZero() {
		until = civil.DateOf(link.Expires.Add(-time.Second).In(s.Now.Location()))
	}
	return link, until, ok
}
