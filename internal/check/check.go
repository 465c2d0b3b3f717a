// Package check holds the rules of `check`: what is about to be dropped, said
// before it is. A rule judges what is open now; each of its warnings can be removed
// by a true edit.
//
// It reads the same derived figures as the pages, so that a rule and a page never
// disagree. It must not know of files or of how problems are shown.
package check

import (
	"fmt"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
)

// Options are what the rules depend on beside the client.
type Options struct {
	Provider *client.Provider
	// Now is the moment of the check, in the client's zone.
	Now time.Time
	// File and Text are the client's file. With them the rules about words point at
	// the word itself.
	File string
	Text []byte
	// Only, if set, says which rules are asked.
	Only func(Rule) bool
}

// A Rule is one thing that should not be so.
type Rule struct {
	diag.Rule
	// judge looks at one client; nil where the rule is about all of them.
	judge func(*judge)
}

// A Finding is what one rule has to say of one thing.
type Finding struct {
	diag.Problem
	// Ref names what it is about, where that is a conversation or a message.
	Ref client.Ref
	// Short is the message without what it is about; "" where there is none.
	Short string
}

// Findings are what the rules have to say of one client.
type Findings struct {
	Found []Finding
	// Owed are the dates that people of the provider's side have to meet, for
	// Capacity.
	Owed []Owed
	// View is that of all there is, what is private included: never for a page.
	View *portal.View
	// Now is the moment of the check in the client's zone, in which the dates of the
	// view are; Here is the provider's.
	Now  time.Time
	Here *time.Location
}

// Problems returns the findings as problems, for output.
func (f Findings) Problems() diag.Problems {
	var ps diag.Problems
	for _, found := range f.Found {
		ps = append(ps, found.Problem)
	}
	return ps
}

// judge collects what one client's rules find. What is private is judged too: it
// is the provider who reads this.
type judge struct {
	c *client.Client
	// view holds all there is, public what the client sees.
	view, public *portal.View
	now          time.Time
	here         *time.Location // the provider's zone
	today        civil.Date
	texts        *texts
	provider     *client.Provider
	set          map[string]client.Check
	rule         Rule
	severity     diag.Severity
	found        []Finding
	all          []conversation  // all conversations, once asked for
	closed       map[string]bool // the commitments that have closed, once asked for
	// owedInSilence is how many things are overdue on the side of a client who has fallen silent.
	owedInSilence int
}

// Client applies every rule that is not off to one client, whose file has no
// error.
func Client(c *client.Client, opt Options) (Findings, error) {
	j, err := newJudge(c, opt)
	if err != nil {
		return Findings{}, err
	}
	j.owedInSilence = j.overdueInSilence()
	for _, r := range Rules {
		if r.judge == nil || opt.Only != nil && !opt.Only(r) {
			continue
		}
		j.rule, j.severity = r, SeverityOf(r, opt.Provider.Check)
		if j.severity != diag.Off {
			r.judge(j)
		}
	}
	for i := range j.found {
		f := &j.found[i]
		if ways := Ways(f.Rule, c, f.Pos); len(ways) > 0 {
			f.Command = diag.Command(ways[0]...)
		}
	}
	return Findings{j.found, j.owed(), j.view, j.now, j.here}, nil
}

func newJudge(c *client.Client, opt Options) (*judge, error) {
	options := portal.Options{
		Provider: opt.Provider, Now: opt.Now, Facts: true, Base: "/",
		Path: func(_, id string) string { return id },
	}
	public, err := portal.New(c, options)
	if err != nil {
		return nil, err
	}
	view := public
	if public.Source() != c {
		options.Private = true
		if view, err = portal.New(c, options); err != nil {
			return nil, err
		}
	}
	here, err := time.LoadLocation(opt.Provider.Timezone)
	if err != nil || opt.Provider.Timezone == "" {
		here = opt.Now.Location()
	}
	return &judge{
		c: c, view: view, public: public, now: opt.Now, here: here, today: view.Today,
		texts: newTexts(public.Source(), opt), provider: opt.Provider, set: opt.Provider.Check,
	}, nil
}

// SeverityOf returns the severity of r where set, the [check] of provider.toml,
// may have changed it.
func SeverityOf(r Rule, set map[string]client.Check) diag.Severity {
	if s := set[r.Name].Severity; s != "" {
		return s
	}
	return r.Severity
}

func (j *judge) report(at diag.Pos, hint, format string, args ...any) {
	j.reportOf(client.Ref{}, "", at, hint, format, args...)
}

// reportOf is say about a conversation or a message, with the message in short.
func (j *judge) reportOf(about client.Ref, short string, at diag.Pos, hint, format string, args ...any) {
	j.found = append(j.found, Finding{diag.Problem{
		Pos: at, Rule: j.rule.Name, Severity: j.severity, Message: fmt.Sprintf(format, args...), Hint: hint,
	}, about, short})
}

// highest is the greatest limit that means anything.
const highest = 100_000

// limit returns a limit of the present rule.
func (j *judge) limit(name string) int { return limitOf(j.rule, name, j.set) }

func limitOf(r Rule, name string, set map[string]client.Check) int {
	if n, ok := set[r.Name].Limits[name]; ok {
		return int(min(n, highest))
	}
	for _, l := range r.Limits {
		if l.Name == name {
			return int(l.Value)
		}
	}
	panic("check: the rule " + r.Name + " has no limit " + name)
}

// passed reports whether the whole of m, and the days that the rule allows beyond
// it, lie behind now.
func (j *judge) passed(m civil.Moment) bool { return j.daysPassed(m, j.limit(afterDays)) }

// daysPassed reports whether days whole days lie between the end of m and now.
func (j *judge) daysPassed(m civil.Moment, days int) bool {
	return !m.IsZero() && !m.End(j.now.Location()).AddDate(0, 0, days).After(j.now)
}

// ahead reports whether m is today or later.
func (j *judge) ahead(m civil.Moment) bool { return !m.IsZero() && !m.Date.Before(j.today) }

// A conversation is one conversation of the client: a commitment's own, or that of one of
// its interim results.
type conversation struct {
	cm *client.Commitment
	// interim is nil for the commitment itself.
	interim *client.Deliverable
	client.Replayed
	// covered says of an interim result that it is not awaited: see portal.Covered.
	covered bool
	// dates are its dates with what its needs do to them. turn is whose it is while it is
	// open; of an open question and the turn below it, the question's: whoever asks has
	// done something about the rest.
	dates client.Dates
	turn  client.Turn
}

// conversations returns all conversations, each commitment's before those of its interim
// results.
func (j *judge) conversations() []conversation {
	if j.all != nil || len(j.c.Commitments) == 0 {
		return j.all
	}
	holds := j.c.Holds(j.today)
	for i := range j.c.Commitments {
		cm := &j.c.Commitments[i]
		whole, hold := cm.Replay.Whole, holds.Of(cm)
		add := func(interim *client.Deliverable, r client.Replayed, dates client.Dates) {
			t := conversation{cm: cm, interim: interim, Replayed: r, dates: dates}
			t.covered = interim != nil && portal.Covered(whole)
			if r.Open() {
				t.turn = j.c.Turns(cm, r.Conversation, j.today)[0]
			}
			j.all = append(j.all, t)
		}
		add(nil, whole, hold.Dates(whole))
		for d, r := range cm.Replay.Interims {
			add(&cm.Deliverables[d], r, hold.InterimDates(r, whole))
		}
	}
	return j.all
}

// title returns how the conversation is called in a sentence.
func (t conversation) title() string {
	if t.interim != nil {
		return fmt.Sprintf("%q (on the way to %q)", diag.Excerpt(t.interim.Title), diag.Excerpt(t.cm.Title))
	}
	return fmt.Sprintf("%q", diag.Excerpt(t.cm.Title))
}

// ref names it.
func (t conversation) ref() client.Ref {
	if t.interim != nil {
		return t.cm.PartRef(t.interim)
	}
	return t.cm.Ref()
}

// pos returns the place at which it begins.
func (t conversation) pos() diag.Pos {
	if t.interim != nil {
		return t.interim.Pos
	}
	return t.cm.Pos
}

func (t conversation) moves() []client.Move {
	if t.interim != nil {
		return t.interim.Moves
	}
	return t.cm.Moves
}

// last returns the place of the latest move, or where it begins.
func (t conversation) last() diag.Pos {
	if moves := t.moves(); len(moves) > 0 {
		return moves[len(moves)-1].Pos
	}
	return t.pos()
}

// lastDid returns the place of the latest move of one of the kinds, or where it
// begins.
func (t conversation) lastDid(kinds ...loop.Did) diag.Pos {
	for _, m := range slices.Backward(t.moves()) {
		if slices.Contains(kinds, loop.Did(m.Did)) {
			return m.Pos
		}
	}
	return t.pos()
}

// private reports whether the client sees nothing of it.
func (t conversation) private() bool { return t.cm.Private || t.interim != nil && t.interim.Private }

// awaited reports whether a promised date is still to be met: nothing that stands
// was delivered, and no new date is on the table.
func (t conversation) awaited() bool { return t.Open() && !t.covered && t.State == loop.Promised }

func (j *judge) whose(cm *client.Commitment, side loop.Side) string {
	if side == loop.Customer {
		return j.name(cm.Customer)
	}
	return j.name(cm.Performer)
}

// hint returns what helps where side is to act: one of the provider's own people,
// or somebody whom one can only ask.
func (j *judge) hint(cm *client.Commitment, side loop.Side, ours, theirs string) string {
	if j.ours(cm, side) {
		return ours
	}
	return theirs
}

// ours reports whether side is the provider's in cm.
func (j *judge) ours(cm *client.Commitment, side loop.Side) bool {
	id := cm.Performer
	if side == loop.Customer {
		id = cm.Customer
	}
	return j.isOurs(id)
}

func (j *judge) isOurs(person string) bool { return j.c.People[person].Side == client.ProviderSide }

func (j *judge) name(id string) string { return j.c.People[id].Name }
