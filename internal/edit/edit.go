// Package edit puts one fact more into a client's file: a move, a table, a whole
// new file. It fills in what can be known, makes the new text by insertions, reads it
// again, and lets it pass only where nothing is worse than before and nothing else has
// changed.
//
// It must not know of flags, of the terminal, or of how a site lies on the disk
// beyond the folder it is handed.
package edit

import (
	"cmp"
	"errors"
	"time"

	udiff "github.com/aymanbagabas/go-udiff"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// A File is a client's file that is to be changed.
type File struct {
	id       string
	doc      *document
	opt      clientfile.Options
	clock    Clock
	timed    bool
	client   *client.Client
	problems diag.Problems
}

// A Clock says which moment "now" is in a zone.
type Clock interface {
	In(*time.Location) time.Time
}

// Open takes the text of a client's file. opt is how it is read, clock the moment of
// the edit. timed says that this is more than a day: what is received then gets the
// time of day. It fails with diag.Problems where the text is not TOML.
func Open(id string, src clientfile.Source, opt clientfile.Options, clock Clock, timed bool) (*File, error) {
	c, doc, ps := clientfile.Open(id, src, opt)
	if c == nil {
		return nil, ps
	}
	f := &File{id: id, doc: &document{doc, src}, opt: opt, clock: clock, timed: timed, client: c, problems: ps}
	return f, nil
}

// Client returns the client as it was read, which may be with problems.
func (f *File) Client() *client.Client { return f.client }

// instant returns the moment of the edit in the client's zone.
func (f *File) instant() time.Time {
	loc, err := time.LoadLocation(f.client.Timezone)
	if err != nil {
		loc = time.UTC // the reader has said so
	}
	return f.clock.In(loc)
}

// now returns the moment of the edit on the client's clock, to the minute.
func (f *File) now() civil.Moment {
	m := civil.MomentOf(f.instant())
	m.Clock = m.Clock.Truncate(time.Minute)
	return m
}

// today returns the day of the edit where the client is.
func (f *File) today() civil.Moment { return civil.On(f.now().Date) }

// moment is that of the edit, or its day where no more is known.
func (f *File) moment() civil.Moment {
	if f.timed {
		return f.now()
	}
	return f.today()
}

// A Change is an edit that may be written.
type Change struct {
	// Name is the file's, as it is shown; Old and New are its texts.
	Name     string
	Old, New []byte
	// Warnings are those that the file did not have before.
	Warnings diag.Problems
	// Client is what the new text reads as.
	Client *client.Client
}

// Diff returns the change in the unified form.
func (c *Change) Diff() string { return udiff.Unified(c.Name, c.Name, string(c.Old), string(c.New)) }

// ErrWider is the error of an edit that would change more than it was asked to.
var ErrWider = errors.New("this edit would change more than it was asked to, so nothing is written; add the lines by hand, and report this")

// change judges the text after an edit. without takes what was added out of the
// client that it reads as, and reports whether it was there.
func (f *File) change(after clientfile.Source, without func(*client.Client) bool) (*Change, error) {
	c, ps := clientfile.Client(f.id, after, f.opt)
	more := newProblems(f.problems, ps)
	if more.Err() != nil {
		return nil, more.Errors()
	}
	if c == nil {
		return nil, ErrWider
	}
	rest := *c
	if !without(&rest) || !same(&rest, f.client) {
		return nil, ErrWider
	}
	return &Change{Name: after.Name, Old: f.doc.src.Text, New: after.Text, Warnings: more, Client: c}, nil
}

// newProblems returns those of after that are not among before, wherever they stand now.
func newProblems(before, after diag.Problems) diag.Problems {
	type key struct {
		rule, subject, text string
		severity            diag.Severity
	}
	keyOf := func(p diag.Problem) key {
		return key{p.Rule, cmp.Or(p.Subject, p.Message), p.Text, p.Severity}
	}
	known := map[key]int{}
	for _, p := range before {
		known[keyOf(p)]++
	}
	var more diag.Problems
	for _, p := range after {
		if k := keyOf(p); known[k] > 0 {
			known[k]--
		} else {
			more = append(more, p)
		}
	}
	return more
}
