package access

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"portalgen/internal/diag"
	"portalgen/internal/seal"
)

// A Client is the opened form of an access file: who can open the portal of one client, and from
// what its addresses are made.
type Client struct {
	// ID is the client's id, the name of its files.
	ID string

	// addressID is the id from which the portal's address is made, if a rename gave the client
	// another id later; else "".
	addressID string

	salt    []byte
	epoch   []byte
	pathKey storedSecret[seal.PathKey]
	people  []Person
	links   []Link
}

// A storedSecret is a secret and its sealed form. The sealed form is kept once it was read or
// written, so that writing the file again leaves it unchanged.
type storedSecret[K seal.StoredSecret] struct {
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

	// ended says how the access ended; "" if it has not ended.
	ended string
	root  storedSecret[seal.Root]
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
	// Note is the provider's note about the link, such as whom it is for.
	Note string

	// ended says how the link ended; "" if it has not ended.
	ended  string
	secret storedSecret[seal.Link]
}

// The ways in which an entry ends. An ended entry stays in the file without its secret, so that
// ending it changes one line and does not touch the next entry. Two branches that each end one
// entry then merge without a conflict. Two branches that end the same entry in different ways
// conflict.
const (
	endedRemoved  = "removed"
	endedReissued = "reissued"
	endedRevoked  = "revoked"
)

// Live reports whether the link works at now. A link that has expired by the machine's clock does
// not work, even in a build for an earlier day.
func (l Link) Live(now time.Time) bool {
	return l.Expires.IsZero() || l.Expires.After(now) && l.Expires.After(wallClock())
}

// wallClock is the machine's clock; tests replace it.
var wallClock = time.Now

// Fragment returns the link's secret in the form that follows the # in its address.
func (l Link) Fragment() string { return l.secret.key.Fragment() }

// Default returns a client without an access file: nobody has access, and the values for its
// addresses and keys derive from m. The first write stores these values.
func Default(m seal.Master, clientID string) *Client {
	return &Client{
		ID:      clientID,
		salt:    m.DefaultSalt(clientID),
		epoch:   m.DefaultEpoch(clientID),
		pathKey: storedSecret[seal.PathKey]{key: m.DefaultPathKey(clientID)},
	}
}

// People returns the ids of those who can open the portal, sorted, each once.
// Whether a person is still in the client's file is for the caller to check.
func (c *Client) People() []string {
	var ids []string
	for _, p := range c.Holders() {
		ids = append(ids, p.Person)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Holders returns the people who can open the portal with a passphrase, in the order of the file.
// After a merge, a person can be in it twice, with two passphrases.
func (c *Client) Holders() []Person {
	return slices.DeleteFunc(slices.Clone(c.people), func(p Person) bool { return p.ended != "" })
}

// Returned returns the ids of people who have both a removed entry and one with access, sorted,
// each once. This happens after a merge, if one branch removed a person and another gave the same
// person a new passphrase.
func (c *Client) Returned() []string {
	return returned(c.people, func(p Person) (string, string) { return p.Person, p.ended })
}

// returned returns the persons who have an entry with access and a removed one.
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

// Links returns the links that were not revoked, also expired ones.
func (c *Client) Links() []Link {
	return slices.DeleteFunc(slices.Clone(c.links), func(l Link) bool { return l.ended != "" })
}

// errHasAccess says that a person already has access.
var errHasAccess = errors.New("has access already")

// errNoAccess says that a person has no access that could be changed or taken away.
var errNoAccess = errors.New("has no access")

// wrongState returns an error that wraps is, for a person. instead names the command of package cli
// to use instead.
func (c *Client) wrongState(person string, is error, instead string) error {
	return fmt.Errorf("%s: %w to the portal of %s; %s", person, is, c.ID, instead)
}

// AddPerson gives a person access and returns the passphrase, which is shown once and stored
// nowhere. The passphrase must come from seal.NewPassphrase; for "" a new one is drawn. The key
// derivation takes some tenths of a second. AddPerson fails if the portal already has the greatest
// number of people and links.
func (c *Client) AddPerson(person, passphrase string, today time.Time) (string, error) {
	if err := validatePersonID(person); err != nil {
		return "", err
	}
	if slices.Contains(c.People(), person) {
		return "", c.wrongState(person, errHasAccess,
			fmt.Sprintf("for another passphrase run `%s`", diag.Command("access", "reissue", c.ID, person)))
	}
	if err := c.limitPeople(); err != nil {
		return "", err
	}
	passphrase, err := c.addEntry(person, passphrase, today)
	if err == nil {
		c.supersedeRemovals(person)
	}
	return passphrase, err
}

// supersedeRemovals marks the removals of a person who has access again as superseded. So a removal
// without this mark, beside an entry with access, must come from a merge. And a branch that gives
// access again conflicts with one that removed the person.
func (c *Client) supersedeRemovals(person string) {
	for i := range c.people {
		if p := &c.people[i]; p.Person == person && p.ended == endedRemoved {
			p.ended = endedReissued
		}
	}
}

// addEntry adds an entry for a person, with the given passphrase, or a new one for "".
func (c *Client) addEntry(person, passphrase string, today time.Time) (string, error) {
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
		root: storedSecret[seal.Root]{key: root},
	})
	return passphrase, nil
}

// RemovePerson ends a person's access: the next build uses new keys.
func (c *Client) RemovePerson(person string) error {
	if !slices.Contains(c.People(), person) {
		return c.wrongState(person, errNoAccess, fmt.Sprintf("`portalgen access list %s` shows who has", c.ID))
	}
	for i := range c.people {
		if p := &c.people[i]; p.Person == person {
			p.end(endedRemoved)
		}
	}
	return nil
}

// ReissuePerson gives a person who has access a new passphrase, and returns it. The old one opens
// nothing in the next build. For "" a new passphrase is drawn. A passphrase that somebody already
// has is refused.
func (c *Client) ReissuePerson(person, passphrase string, today time.Time) (string, error) {
	if !slices.Contains(c.People(), person) {
		return "", c.wrongState(person, errNoAccess,
			fmt.Sprintf("give it with `%s`", diag.Command("access", "add", c.ID, person)))
	}
	before := len(c.people)
	passphrase, err := c.addEntry(person, passphrase, today)
	if err != nil {
		return "", err
	}
	for i := range c.people[:before] {
		if p := &c.people[i]; p.Person == person {
			p.end(endedReissued)
		}
	}
	c.supersedeRemovals(person)
	return passphrase, nil
}

// end ends an access that has not ended yet.
func (p *Person) end(how string) {
	if p.ended == "" {
		p.ended, p.root = how, storedSecret[seal.Root]{}
	}
}

// AddLink adds a link with the kind, page, dates and note of l, and returns it with its id and
// secret. It fails if the page or the portal already has the greatest number of links.
func (c *Client) AddLink(l Link) (Link, error) {
	if err := validateLinkKind(l.Kind, l.Page); err != nil {
		return Link{}, err
	}
	if err := c.limitLinks(l); err != nil {
		return Link{}, err
	}
	l.ID = seal.NewID()
	l.secret = storedSecret[seal.Link]{key: seal.NewLink()}
	c.links = append(c.links, l)
	return l, nil
}

// RemoveLink ends a link. It reports whether there was one.
func (c *Client) RemoveLink(id seal.ID) bool {
	i := slices.IndexFunc(c.links, func(l Link) bool { return l.ID == id && l.ended == "" })
	if i >= 0 {
		c.links[i].ended, c.links[i].secret = endedRevoked, storedSecret[seal.Link]{}
	}
	return i >= 0
}

// AddPreviewLink gives access to the preview link of m too, and returns the fragment of its
// address. Use it only on a client in memory: the link derives from m and must not be written to a
// file.
func (c *Client) AddPreviewLink(m seal.Master) (fragment string) {
	secret := m.PreviewLink(c.ID)
	c.links = append(c.links, Link{
		ID: m.PreviewID(c.ID), Kind: PortalLink,
		secret: storedSecret[seal.Link]{key: secret},
	})
	return secret.Fragment()
}

// Rotate draws a new epoch value, so that every key of the client changes.
func (c *Client) Rotate() {
	c.epoch = seal.NewEpoch()
	c.pathKey.sealed = nil // its additional data holds the epoch
}

// pathKeyAssociated and the two methods after it return the fields of the access file to which a
// secret is bound. Salt and epoch are decoded.

func (c *Client) pathKeyAssociated() []string {
	beside := []string{string(c.salt), string(c.epoch)}
	if c.addressID != "" {
		beside = append(beside, c.addressID)
	}
	return beside
}

func (p *Person) associated() []string {
	return []string{p.ID.String(), p.Person, p.Created.Format(time.DateOnly)}
}

func (l *Link) associated() []string {
	return []string{l.ID.String(), l.Kind, l.Page, l.Created.Format(time.DateOnly), l.ends(), l.Note}
}

// ends returns the time at which the link expires, in the form of the access file; "" for never.
func (l *Link) ends() string {
	if l.Expires.IsZero() {
		return ""
	}
	return l.Expires.UTC().Format(time.RFC3339)
}

// personForm is the form of a person's id in a client's file. Its greatest length is
// seal.MaxPerson.
var personForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

func validatePersonID(person string) error {
	if !personForm.MatchString(person) {
		return fmt.Errorf("%q is not the id of a person: that is 1 to %d small letters, digits, - or _",
			person, seal.MaxPerson)
	}
	return nil
}

func validateLinkKind(kind, page string) error {
	switch {
	case kind != PortalLink && kind != PageLink:
		return fmt.Errorf("%q is not a kind of link: that is %q or %q", kind, PortalLink, PageLink)
	case kind == PortalLink && page != "":
		return errors.New("a link to a portal has no page")
	}
	return nil
}
