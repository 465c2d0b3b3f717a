package grant

import (
	"cmp"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/share"
)

// A Mail is the message to one reader, with a link that opens a page.
type Mail struct {
	share.Mail
	// ID identifies the message. It consists of the client's id and, if known, the ids of the
	// reader and the note, such as acme.maria.2026-11-20.
	ID string
	// To is empty if the reader is not known, and has no Address if the reader has no e-mail.
	To mail.Address

	from mail.Address
	now  time.Time
}

// EML returns the message as a draft for a mail program.
func (m Mail) EML() ([]byte, error) { return m.Mail.EML(m.from, m.To, m.now) }

// Mails returns the messages with the link l to p, one for each reader. p is nil for the whole
// portal.
func (s *Portal) Mails(p *portal.Page, l access.Link, until civil.Date, readers []client.Person) ([]Mail, error) {
	c := s.View.Provider.Contact
	from := mail.Address{Name: c.Name, Address: c.Email}
	var all []Mail
	for _, reader := range readers {
		text, err := share.Compose(s.message(p, l, until, reader.Name))
		if err != nil {
			return nil, err
		}
		to := mail.Address{Name: reader.Name, Address: reader.Email}
		all = append(all, Mail{text, s.MailID(p, reader), to, from, s.Now})
	}
	return all, nil
}

// MailID returns the ID of the message about p to a reader.
func (s *Portal) MailID(p *portal.Page, reader client.Person) string {
	parts := []string{s.Client.ID, reader.ID, ""}
	if p != nil && p.Status != nil {
		parts[2] = p.Status.ID
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ".")
}

func (s *Portal) message(p *portal.Page, l access.Link, until civil.Date, reader string) share.Message {
	provider := s.Provider
	m := share.Message{
		Strings: s.Words, Language: s.View.Language, Dir: gate.Direction(s.View.Language),
		Client: s.View.Client, Provider: provider.Name, From: s.View.Provider.Contact.Name,
		Link: s.LinkAddress(l), Portal: p == nil, Until: until, Reader: reader,
	}
	if p != nil && len(s.Access.Holders()) > 0 {
		m.Whole = s.Address
	}
	home := s.View.Pages[0].Home
	switch {
	case p == nil || p.Home != nil:
		m.Title, m.Home = s.View.Client, p != nil
		if home.Note != nil && home.Finished.IsZero() {
			m.Note = s.note(home.Note, home.Standing.Colour, s.View.Today)
		}
	case p.Status != nil:
		m.Title = p.Title
		m.Note = s.note(p.Status, p.Status.Standing.Colour, p.Status.On.Date)
	default:
		m.Title = s.title(p)
	}
	return m
}

// Reader returns the person with the given id on the client's side.
func (s *Portal) Reader(id string) (client.Person, error) {
	theirs := s.clientPeople()
	var ids []string
	for _, p := range theirs {
		if p.ID == id {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	return client.Person{}, fmt.Errorf("%q is not among the people of %s: %s", id, s.Client.ID, strings.Join(ids, ", "))
}

// Readers returns to whom to write if no reader is named: the people of the client's side who have
// both an e-mail and a passphrase. If nobody has both, it returns the only person with an e-mail,
// else the only person at all, else one empty Person, since it must not guess. It never returns
// private people.
func (s *Portal) Readers() []client.Person {
	theirs := slices.DeleteFunc(s.clientPeople(), func(p client.Person) bool { return p.Private })
	reached := slices.DeleteFunc(slices.Clone(theirs), func(p client.Person) bool { return p.Email == "" })
	both := slices.DeleteFunc(slices.Clone(reached), func(p client.Person) bool {
		return !slices.Contains(s.Access.People(), p.ID)
	})
	switch {
	case len(both) > 0:
		return both
	case len(reached) == 1:
		return reached
	case len(theirs) == 1:
		return theirs
	}
	return []client.Person{{}}
}

// clientPeople returns the people of the client's side, in their order on pages.
func (s *Portal) clientPeople() []client.Person {
	var theirs []client.Person
	for id, p := range s.Client.People {
		if p.ID = id; p.Side == client.ClientSide {
			theirs = append(theirs, p)
		}
	}
	slices.SortFunc(theirs, func(a, b client.Person) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	return theirs
}

// Newest returns the page of the newest note that is not in the future; nil if there is none.
func (s *Portal) Newest() *portal.Page {
	var newest *portal.Page
	for _, p := range s.View.Pages {
		if p.Status != nil && !p.Status.On.Date.After(s.View.Today) {
			newest = p // they are in the order of their dates
		}
	}
	return newest
}

// Due reports whether no link was made since the newest note that the client could be sent: to this
// note, or, on its day or later, to Home or the whole portal.
func (s *Portal) Due() bool {
	newest := s.Newest()
	if newest == nil {
		return false
	}
	on := newest.Status.On
	return !slices.ContainsFunc(s.Access.Links(), func(l access.Link) bool {
		made := civil.MomentOf(l.Created.In(s.Now.Location()))
		if !on.Timed {
			made = civil.On(made.Date)
		}
		return l.Page == newest.Path || l.Page == "" && !made.Before(on)
	})
}

// note returns the part of a message about a note. It leaves out the date of the next note if it
// has passed.
func (s *Portal) note(n *portal.Status, colour portal.Colour, on civil.Date) *share.Note {
	out := &share.Note{
		On: on, Colour: string(colour), Headline: n.Headline, NextUpdate: n.NextUpdate.Date,
		Acknowledges: plainAndHTML(n.Acknowledges), MeansForYou: plainAndHTML(n.MeansForYou),
		Doing: plainAndHTML(n.Doing),
	}
	if s.View.Passed(n.NextUpdate) {
		out.NextUpdate = civil.Date{}
	}
	for _, need := range n.Need {
		out.Need = append(out.Need, share.Text{Plain: need.Label(), HTML: need.Line()})
	}
	return out
}

func plainAndHTML(t portal.Text) share.Text { return share.Text{Plain: t.Label(), HTML: t.HTML()} }
