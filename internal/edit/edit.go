// Package edit adds one fact to a client's file: a move, a table, a whole new file. It fills in what can be
// known, makes the new text by insertions, and reads it again. It accepts the new text only if there is no
// new error and nothing else has changed.
//
// It must not know of flags, of the terminal, or of the site's folders, except for the folder that it is
// given.
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

// A File is a client's file to edit.
type File struct {
	id       string
	doc      *document
	opt      clientfile.Options
	clock    Clock
	timed    bool
	client   *client.Client
	problems diag.Problems
}

// A Clock returns the current moment in a zone.
type Clock interface {
	In(*time.Location) time.Time
}

// Open reads the text of a client's file. opt says how it is read, clock gives the moment of the edit. timed
// says that the time of day of that moment is known: received then includes it. It fails with diag.Problems
// if the text is not TOML.
func Open(id string, src clientfile.Source, opt clientfile.Options, clock Clock, timed bool) (*File, error) {
	c, doc, ps := clientfile.Open(id, src, opt)
	if c == nil {
		return nil, ps
	}
	f := &File{id: id, doc: &document{doc, src}, opt: opt, clock: clock, timed: timed, client: c, problems: ps}
	return f, nil
}

// Client returns the client as it was read, possibly with problems.
func (f *File) Client() *client.Client { return f.client }

// instant returns the moment of the edit in the client's zone.
func (f *File) instant() time.Time {
	loc, err := time.LoadLocation(f.client.Timezone)
	if err != nil {
		loc = time.UTC // the reader has reported it
	}
	return f.clock.In(loc)
}

// now returns the moment of the edit on the client's clock, to the minute.
func (f *File) now() civil.Moment {
	m := civil.MomentOf(f.instant())
	m.Clock = m.Clock.Truncate(time.Minute)
	return m
}

// today returns the day of the edit in the client's zone.
func (f *File) today() civil.Moment { return civil.On(f.now().Date) }

// moment returns the moment of the edit, or only its day if the time is unknown.
func (f *File) moment() civil.Moment {
	if f.timed {
		return f.now()
	}
	return f.today()
}

// A Change is an edit that is ready to be written.
type Change struct {
	// Name is the name of the file to show; Old and New are its texts.
	Name     string
	Old, New []byte
	// Warnings are the warnings that the file did not have before.
	Warnings diag.Problems
	// Client is the client as read from the new text.
	Client *client.Client
}

// Diff returns the change as a unified diff.
func (c *Change) Diff() string { return udiff.Unified(c.Name, c.Name, string(c.Old), string(c.New)) }

// ErrWider is the error of an edit that would change more than intended.
var ErrWider = errors.New("this edit would change more than it was asked to, so nothing is written; add the lines by " +
	"hand, and report this")

// change checks the text after an edit. without removes what was added from the client read from that text,
// and reports whether it was there.
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

// newProblems returns the problems of after that are not in before, even if their lines moved.
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
