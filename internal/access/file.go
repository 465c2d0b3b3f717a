package access

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"portalgen/internal/diag"
	"portalgen/internal/seal"
	"portalgen/internal/tomlbound"
)

// fileVersion is the version of the file format.
const fileVersion = 1

// rule is the rule of every problem in an access file.
const rule = "access-file"

// The field names to which secrets are bound.
const (
	fieldPathKey = "path_key"
	fieldPerson  = "person"
	fieldLink    = "link"
)

// document is the file as TOML.
type document struct {
	Version int           `toml:"version"`
	Client  string        `toml:"client"`
	Address string        `toml:"address_id"`
	Salt    string        `toml:"salt"`
	Epoch   string        `toml:"epoch"`
	PathKey string        `toml:"path_key"`
	Person  []personTable `toml:"person"`
	Link    []linkTable   `toml:"link"`
}

type personTable struct {
	ID      string    `toml:"id"`
	Person  string    `toml:"person"`
	Created time.Time `toml:"created"`
	Root    string    `toml:"root"`
	Ended   string    `toml:"ended"`
}

type linkTable struct {
	ID      string    `toml:"id"`
	Kind    string    `toml:"kind"`
	Page    string    `toml:"page"`
	Created time.Time `toml:"created"`
	Expires time.Time `toml:"expires"`
	Note    string    `toml:"note"`
	Secret  string    `toml:"secret"`
	Ended   string    `toml:"ended"`
}

// A File is an access file that was read but not yet opened.
type File struct {
	name string
	doc  document
}

// Parse reads the text of a client's access file. Its errors are of type diag.Problem.
func Parse(clientID string, text []byte) (*File, error) {
	f := &File{name: FileName(clientID)}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if deep, ok := errors.AsType[*tomlbound.DeepError](tomlbound.Validate(string(text))); ok {
		return nil, f.problem(deep.Line, "%v", deep)
	}
	meta, err := toml.Decode(string(text), &f.doc)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax) && bytes.Contains(text, []byte("\n<<<<<<< ")):
		p := f.problem(syntax.Position.Line, "a merge was left in the middle")
		p.Hint = "keep every entry of both sides; where both changed one, keep the line that says ended; where " +
			"one side removed a person whom the other gave a new passphrase, take the new entry out too"
		return nil, p
	case errors.As(err, &syntax):
		return nil, f.problem(syntax.Position.Line, "%s", syntax.Message)
	case err != nil:
		return nil, f.problem(0, "%v", err)
	case f.doc.Version != fileVersion:
		return nil, f.problem(0, "the file has version %d; this program knows version %d", f.doc.Version, fileVersion)
	case len(meta.Undecoded()) > 0:
		return nil, f.problem(0, "unknown key %s", meta.Undecoded()[0])
	case f.doc.Client != clientID:
		p := f.problem(0, "the file is of the client %q", f.doc.Client)
		p.Hint = fmt.Sprintf("renamed? rename it back, or run `%s`, which keeps address and access",
			diag.Command("rename", f.doc.Client, clientID))
		return nil, p
	}
	// Commands in messages contain ids. They are checked here too, since the key that detects edits
	// may be lost.
	for _, t := range f.doc.Person {
		if err := validatePersonID(t.Person); err != nil {
			return nil, f.problem(0, "entry of the person %q: %v", t.Person, err)
		}
	}
	return f, nil
}

// People returns the ids of those who can open the portal, sorted, each once.
func (f *File) People() []string {
	var ids []string
	for _, t := range f.doc.Person {
		if t.Ended == "" {
			ids = append(ids, t.Person)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Links returns the notes of the links that were not revoked; "" for a link without a note.
func (f *File) Links() (notes []string) {
	for _, t := range f.doc.Link {
		if t.Ended == "" {
			notes = append(notes, t.Note)
		}
	}
	return notes
}

// Returned returns the same as Client.Returned.
func (f *File) Returned() []string {
	return returned(f.doc.Person, func(t personTable) (string, string) { return t.Person, t.Ended })
}

// Open opens the file with the master key m. The error is a WrongKeyError if the file is sealed
// under another key; any other error is a diag.Problem.
func (f *File) Open(m seal.Master) (*Client, error) {
	c := &Client{ID: f.doc.Client, addressID: f.doc.Address}
	var err error
	if c.salt, err = f.decodeFixed("salt", f.doc.Salt, seal.SaltSize); err != nil {
		return nil, err
	}
	if c.epoch, err = f.decodeFixed("epoch", f.doc.Epoch, seal.EpochSize); err != nil {
		return nil, err
	}
	at := seal.Field{Client: c.ID, Name: fieldPathKey, Associated: c.pathKeyAssociated()}
	c.pathKey, err = openSecret[seal.PathKey](m, at, f.doc.PathKey)
	switch {
	case errors.Is(err, seal.ErrRefused) && f.opensAny(m):
		return nil, f.problem(0, "salt, epoch or path_key was changed by hand: they are sealed together")
	case errors.Is(err, seal.ErrRefused):
		return nil, &WrongKeyError{File: f.name, OrEdited: f.noAccess()}
	case err != nil:
		return nil, f.problem(0, "path_key: %v", err)
	}
	if err := f.openPeople(m, c); err != nil {
		return nil, err
	}
	return c, f.openLinks(m, c)
}

// noAccess reports whether no entry has access.
func (f *File) noAccess() bool {
	return !slices.ContainsFunc(f.doc.Person, func(t personTable) bool { return t.Ended == "" }) &&
		!slices.ContainsFunc(f.doc.Link, func(t linkTable) bool { return t.Ended == "" })
}

// opensAny reports whether m opens at least one entry that has access.
func (f *File) opensAny(m seal.Master) bool {
	return slices.ContainsFunc(f.doc.Person, func(t personTable) bool {
		_, err := f.openPerson(m, t)
		return err == nil && t.Ended == ""
	}) || slices.ContainsFunc(f.doc.Link, func(t linkTable) bool {
		_, err := f.openLink(m, t)
		return err == nil && t.Ended == ""
	})
}

var (
	errTwice = errors.New("the id is there twice")
	// errEdited says that the fields of an entry are not those to which its secret is bound.
	errEdited = errors.New("it was changed by hand: what it says is not what its secret was sealed with")
)

func (f *File) openPeople(m seal.Master, c *Client) error {
	seen := map[string]bool{}
	for _, t := range f.doc.Person {
		p, err := f.openPerson(m, t)
		if err == nil && seen[t.ID] {
			err = errTwice
		}
		if err != nil {
			return f.entryProblem("person", t.Person, err)
		}
		seen[t.ID] = true
		c.people = append(c.people, p)
	}
	return nil
}

func (f *File) openPerson(m seal.Master, t personTable) (Person, error) {
	id, err := seal.ParseID(t.ID)
	err = cmp.Or(err, validateEnded(t.Ended, t.Root, endedRemoved, endedReissued))
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: id, Person: t.Person, Created: t.Created, ended: t.Ended}
	if t.Ended == "" {
		at := seal.Field{Client: f.doc.Client, Name: fieldPerson, Associated: p.associated()}
		p.root, err = openSecret[seal.Root](m, at, t.Root)
	}
	return p, err
}

func (f *File) openLinks(m seal.Master, c *Client) error {
	seen := map[string]bool{}
	for _, t := range f.doc.Link {
		l, err := f.openLink(m, t)
		if err == nil && seen[t.ID] {
			err = errTwice
		}
		if err != nil {
			return f.entryProblem("link", t.ID, err)
		}
		seen[t.ID] = true
		c.links = append(c.links, l)
	}
	return nil
}

func (f *File) openLink(m seal.Master, t linkTable) (Link, error) {
	id, err := seal.ParseID(t.ID)
	if err = cmp.Or(err, validateLinkKind(t.Kind, t.Page), validateEnded(t.Ended, t.Secret, endedRevoked)); err != nil {
		return Link{}, err
	}
	l := Link{ID: id, Kind: t.Kind, Page: t.Page, Created: t.Created, Expires: t.Expires, Note: t.Note, ended: t.Ended}
	if t.Ended == "" {
		at := seal.Field{Client: f.doc.Client, Name: fieldLink, Associated: l.associated()}
		l.secret, err = openSecret[seal.Link](m, at, t.Secret)
	}
	return l, err
}

// entryProblem returns an error of an entry as a problem. The key opens the file itself.
func (f *File) entryProblem(kind, name string, err error) diag.Problem {
	if !errors.Is(err, seal.ErrRefused) {
		return f.problem(0, "entry of the %s %q: %v", kind, name, err)
	}
	p := f.problem(0, "entry of the %s %q: %v", kind, name, errEdited)
	p.Hint = "put its lines back as version control has them; to change an access, end it and give a new one " +
		"with `portalgen access` or `portalgen share`"
	return p
}

// validateEnded returns an error if an entry ended in an unknown way, or has ended and still has
// its secret.
func validateEnded(ended, secret string, ways ...string) error {
	switch {
	case ended == "":
		return nil
	case !slices.Contains(ways, ended):
		return fmt.Errorf("ended = %q; allowed here: %s", ended, strings.Join(ways, ", "))
	case secret != "":
		return fmt.Errorf("it has ended (%s), and still has its secret", ended)
	}
	return nil
}

// openSecret opens a secret of the file.
func openSecret[K seal.StoredSecret](m seal.Master, at seal.Field, text string) (storedSecret[K], error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return storedSecret[K]{}, err
	}
	key, err := seal.OpenSecret[K](m, at, sealed)
	return storedSecret[K]{key, sealed}, err
}

// decodeFixed decodes a value that must have size bytes.
func (f *File) decodeFixed(name, text string, size int) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err == nil && len(b) != size {
		err = fmt.Errorf("%d bytes, not %d", len(b), size)
	}
	if err != nil {
		return nil, f.problem(0, "%s: %v", name, err)
	}
	return b, nil
}

func (f *File) problem(line int, format string, args ...any) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: f.name, Line: line}, Rule: rule, Severity: diag.Error,
		Message: fmt.Sprintf(format, args...),
		Hint:    "the program writes this file; take it back from version control, or undo the last edit",
	}
}
