package access

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"portalgen/internal/seal"
)

// A Client is the opened form of an access file: who can open the portal of one
// client, and what its addresses are made of.
type Client struct {
	// ID is the client's id, the name of its files.
	ID string

	salt    []byte
	epoch   []byte
	pathKey keptSecret[seal.PathKey]
	people  []Person
	links   []Link
}

// A keptSecret is a secret and, once it was written or read, its sealed form, so
// that a rewrite of the file leaves it alone.
type keptSecret[K seal.Kept] struct {
	key    K
	sealed []byte
}

// A Person is someone who can open the portal with a passphrase.
type Person struct {
	ID seal.ID
	// Person is the person's id in the client's file.
	Person string
	// Created is the day on which access was given.
	Created time.Time

	// ended is how the access ended; "" while it has not.
	ended string
	root  keptSecret[seal.Root]
}

// A Link opens a portal or a page for whoever has it.
type Link struct {
	ID seal.ID
	// Kind is PortalLink or PageLink; Page is the token of a PageLink's page, empty
	// for the home page.
	Kind, Page string
	Created    time.Time
	// Expires is when the link stops working in new builds; zero for never.
	Expires time.Time
	// Note is the provider's own: whom the link is for.
	Note string

	// ended is how the link ended; "" while it has not.
	ended  string
	secret keptSecret[seal.Link]
}

// How an entry ends. It stays in the file without its secret, so that ending one is
// one line changed, and never touches the next entry: two branches that each end one
// merge by themselves. Two that end the same one otherwise do not, and ask.
const (
	endedRemoved  = "removed"
	endedReissued = "reissued"
	endedRevoked  = "revoked"
)

// Live reports whether the link still works at now. One that has ended by this machine's
// own clock stays ended whatever now is: a build for an earlier day brings none back.
func (l Link) Live(now time.Time) bool {
	return l.Expires.IsZero() || l.Expires.After(now) && l.Expires.After(wallClock())
}

// wallClock is the machine's own clock; tests have others.
var wallClock = time.Now

// Fragment returns the link's secret as it stands after the # of its address.
func (l Link) Fragment() string { return l.secret.key.Fragment() }

// Default returns a client without an access file: nobody has access, and what
// its addresses and keys are made of derives from m. The first write stores the
// same values.
func Default(m seal.Master, clientID string) *Client {
	return &Client{
		ID:      clientID,
		salt:    m.DefaultSalt(clientID),
		epoch:   m.DefaultEpoch(clientID),
		pathKey: keptSecret[seal.PathKey]{key: m.DefaultPathKey(clientID)},
	}
}

// People returns the ids of those who can open the portal, sorted, each once.
// One of them may have left the client's file meanwhile; that is for the caller
// to notice.
func (c *Client) People() []string {
	var ids []string
	for _, p := range c.Holders() {
		ids = append(ids, p.Person)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Holders returns who can open the portal with a passphrase, in the order of the
// file. A person is there twice where a merge has brought two passphrases together.
func (c *Client) Holders() []Person {
	return slices.DeleteFunc(slices.Clone(c.people), func(p Person) bool { return p.ended != "" })
}

// Returned returns the ids of those who have access beside a removal, sorted, each
// once: where one branch removed a person and another gave them a new passphrase, a
// merge has let them in again.
func (c *Client) Returned() []string {
	return returned(c.people, func(p Person) (string, string) { return p.Person, p.ended })
}

// returned returns the persons among entries of whom one is live and another removed.
func returned[E any](entries []E, of func(E) (person, ended string)) []string {
	live, removed := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		person, ended := of(e)
		live[person] = live[person] || ended == ""
		removed[person] = removed[person] || ended == endedRemoved
	}
	maps.DeleteFunc(live, func(person string, is bool) bool { return !is || !removed[person] })
	return slices.Sorted(maps.Keys(live))
}

// Links returns the links that are out, expired ones among them.
func (c *Client) Links() []Link {
	return slices.DeleteFunc(slices.Clone(c.links), func(l Link) bool { return l.ended != "" })
}

// ErrHasAccess says that a person can open the portal already.
var ErrHasAccess = errors.New("has access already")

// ErrNoAccess says that a person has no access that could be taken away.
var ErrNoAccess = errors.New("has no access")

// AddPerson gives a person access and returns the passphrase, which is shown once
// and kept nowhere. It is one that seal.NewPassphrase drew; "" asks for a new one. It runs the key
// derivation, some tenths of a second. It fails with ErrFull where there is no room for
// one more.
func (c *Client) AddPerson(person, passphrase string, today time.Time) (string, error) {
	if err := checkPersonID(person); err != nil {
		return "", err
	}
	if slices.Contains(c.People(), person) {
		return "", fmt.Errorf("%s: %w", person, ErrHasAccess)
	}
	if err := c.roomForPerson(); err != nil {
		return "", err
	}
	passphrase, err := c.letIn(person, passphrase, today)
	if err == nil {
		c.settle(person)
	}
	return passphrase, err
}

// settle marks the removals of a person who has access again as overtaken. It is what
// tells them from a removal that only a merge has brought beside a live entry, and it
// makes a branch that lets someone in again conflict with one that removed them.
func (c *Client) settle(person string) {
	for i := range c.people {
		if p := &c.people[i]; p.Person == person && p.ended == endedRemoved {
			p.ended = endedReissued
		}
	}
}

// letIn adds an entry for a person, with the passphrase given or a new one.
func (c *Client) letIn(person, passphrase string, today time.Time) (string, error) {
	if passphrase == "" {
		var err error
		if passphrase, err = seal.NewPassphrase(seal.LeastWords); err != nil {
			return "", err
		}
	}
	root, err := seal.PersonRoot(passphrase, c.salt)
	if err != nil {
		return "", err
	}
	for _, p := range c.Holders() {
		if p.root.key.Equal(root) {
			return "", fmt.Errorf("%s: %w: try again with another", person, seal.ErrSameRoot)
		}
	}
	c.people = append(c.people, Person{
		ID: seal.NewID(), Person: person, Created: today,
		root: keptSecret[seal.Root]{key: root},
	})
	return passphrase, nil
}

// RemovePerson takes a person's access away: from the next build on, the keys are
// others.
func (c *Client) RemovePerson(person string) error {
	if !slices.Contains(c.People(), person) {
		return fmt.Errorf("%s: %w", person, ErrNoAccess)
	}
	for i := range c.people {
		if p := &c.people[i]; p.Person == person {
			p.end(endedRemoved)
		}
	}
	return nil
}

// ReissuePerson gives a person who has access another passphrase, and returns it.
// The one before opens nothing of the next build. "" asks for a new one. One that the
// person, or another, has already is refused.
func (c *Client) ReissuePerson(person, passphrase string, today time.Time) (string, error) {
	if !slices.Contains(c.People(), person) {
		return "", fmt.Errorf("%s: %w", person, ErrNoAccess)
	}
	before := len(c.people)
	passphrase, err := c.letIn(person, passphrase, today)
	if err != nil {
		return "", err
	}
	for i := range c.people[:before] {
		if p := &c.people[i]; p.Person == person {
			p.end(endedReissued)
		}
	}
	c.settle(person)
	return passphrase, nil
}

// end ends an access that has not ended yet.
func (p *Person) end(how string) {
	if p.ended == "" {
		p.ended, p.root = how, keptSecret[seal.Root]{}
	}
}

// AddLink adds a link with the kind, page, dates and note of l, and returns it
// with its id and secret. It fails with ErrFull where there is no room for one more.
func (c *Client) AddLink(l Link) (Link, error) {
	if err := checkLinkKind(l.Kind, l.Page); err != nil {
		return Link{}, err
	}
	if err := c.roomForLink(l); err != nil {
		return Link{}, err
	}
	l.ID = seal.NewID()
	l.secret = keptSecret[seal.Link]{key: seal.NewLink()}
	c.links = append(c.links, l)
	return l, nil
}

// RemoveLink takes a link away. It reports whether there was one.
func (c *Client) RemoveLink(id seal.ID) bool {
	i := slices.IndexFunc(c.links, func(l Link) bool { return l.ID == id && l.ended == "" })
	if i >= 0 {
		c.links[i].ended, c.links[i].secret = endedRevoked, keptSecret[seal.Link]{}
	}
	return i >= 0
}

// AddPreviewLink lets the preview link of m in, beside whoever else has access,
// and returns the fragment of its address. It is for a client in memory: the
// link is made of m and is never to be written.
func (c *Client) AddPreviewLink(m seal.Master) (fragment string) {
	secret := m.PreviewLink(c.ID)
	c.links = append(c.links, Link{
		ID: m.PreviewID(c.ID), Kind: PortalLink,
		secret: keptSecret[seal.Link]{key: secret},
	})
	return secret.Fragment()
}

// Rotate draws a new epoch value, so that every key of the client moves.
func (c *Client) Rotate() {
	c.epoch = seal.NewEpoch()
	c.pathKey.sealed = nil // it is sealed beside the epoch
}

// The fields that secrets are sealed with: as the access file has them, but for salt and
// epoch, which are bytes.

func (c *Client) besidePathKey() []string { return []string{string(c.salt), string(c.epoch)} }

func (p *Person) beside() []string {
	return []string{p.ID.String(), p.Person, p.Created.Format(time.DateOnly)}
}

func (l *Link) beside() []string {
	return []string{l.ID.String(), l.Kind, l.Page, l.Created.Format(time.DateOnly), l.ends(), l.Note}
}

// ends returns when the link ends as the access file has it; "" for never.
func (l *Link) ends() string {
	if l.Expires.IsZero() {
		return ""
	}
	return l.Expires.UTC().Format(time.RFC3339)
}

func checkPersonID(person string) error {
	if person == "" || len(person) > seal.MaxPerson || !utf8.ValidString(person) {
		return fmt.Errorf("%q is not the id of a person: that is text of 1 to %d bytes", person, seal.MaxPerson)
	}
	return nil
}

func checkLinkKind(kind, page string) error {
	switch {
	case kind != PortalLink && kind != PageLink:
		return fmt.Errorf("%q is not a kind of link: that is %q or %q", kind, PortalLink, PageLink)
	case kind == PortalLink && page != "":
		return errors.New("a link to a portal has no page")
	}
	return nil
}
