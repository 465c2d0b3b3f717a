// Package check holds the rules of `check`: they report what is about to be missed, before it happens. A rule
// judges only what is open now; a true edit of the file removes each warning.
//
// It uses the same derived values as the pages, so that a rule and a page always agree. It must not know of
// files or of how problems are shown.
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

// Options are the inputs of the rules besides the client.
type Options struct {
	Provider *client.Provider
	// Now is the moment of the check, in the client's zone.
	Now time.Time
	// File and Text are the client's file. With them the rules about words point at the word itself.
	File string
	Text []byte
	// Only, if set, selects the rules to apply.
	Only func(Rule) bool
}

// A Rule is one thing that should not be so.
type Rule struct {
	diag.Rule
	// judge judges one client; nil if the rule is about all clients.
	judge func(*judge)
}

// A Finding is one problem that a rule found.
type Finding struct {
	diag.Problem
	// Ref identifies the conversation or message that it is about, if any.
	Ref client.Ref
	// Short is the message without the name of what it is about; "" if there is none.
	Short string
}

// Findings are what the rules found for one client.
type Findings struct {
	Found []Finding
	// Owed are the dates that people of the provider's side have to meet, for Capacity.
	Owed []Owed
	// View includes what is private: never show it on a page.
	View *portal.View
	// Now is the moment of the check in the client's zone, in which the dates of the view are; Here is the
	// provider's zone.
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

// judge collects what the rules find for one client, including what is private: only the provider reads it.
type judge struct {
	c *client.Client
	// view includes what is private; public is what the client sees.
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
	all          []conversation  // all conversations, filled by the first call of conversations
	closed       map[string]bool // the closed commitments, filled by the first call of isClosed
	// owedInSilence is how many things are overdue on the side of a client who has fallen silent.
	owedInSilence int
}

// Client applies every rule that is not off to one client, whose file has no errors.
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

// SeverityOf returns the severity of r: the one of set, the [check] of provider.toml, or the default.
func SeverityOf(r Rule, set map[string]client.Check) diag.Severity {
	if s := set[r.Name].Severity; s != "" {
		return s
	}
	return r.Severity
}

func (j *judge) report(at diag.Pos, hint, format string, args ...any) {
	j.reportOf(client.Ref{}, "", at, hint, format, args...)
}

// reportOf reports a problem of a conversation or a message, with the message in short.
func (j *judge) reportOf(about client.Ref, short string, at diag.Pos, hint, format string, args ...any) {
	j.found = append(j.found, Finding{diag.Problem{
		Pos: at, Rule: j.rule.Name, Severity: j.severity, Message: fmt.Sprintf(format, args...), Hint: hint,
	}, about, short})
}

// maxLimit is the largest useful value of a limit.
const maxLimit = 100_000

// limit returns a limit of the current rule.
func (j *judge) limit(name string) int { return limitOf(j.rule, name, j.set) }

func limitOf(r Rule, name string, set map[string]client.Check) int {
	if n, ok := set[r.Name].Limits[name]; ok {
		return int(min(n, maxLimit))
	}
	for _, l := range r.Limits {
		if l.Name == name {
			return int(l.Value)
		}
	}
	panic("check: the rule " + r.Name + " has no limit " + name)
}

// passed reports whether m, and the days that the rule allows after it, have fully passed.
func (j *judge) passed(m civil.Moment) bool { return j.daysPassed(m, j.limit(afterDays)) }

// daysPassed reports whether at least this number of days have passed since the end of m.
func (j *judge) daysPassed(m civil.Moment, days int) bool {
	return !m.IsZero() && !m.End(j.now.Location()).AddDate(0, 0, days).After(j.now)
}

// ahead reports whether m is today or later.
func (j *judge) ahead(m civil.Moment) bool { return !m.IsZero() && !m.Date.Before(j.today) }

// A conversation is the conversation of a commitment or of one of its interim results.
type conversation struct {
	cm *client.Commitment
	// interim is nil for the commitment itself.
	interim *client.Deliverable
	client.Replayed
	// covered says of an interim result that it is not expected any more: see portal.Covered.
	covered bool
	// dates are its dates, changed by its needs. turn is set while it is open. With an open question it is
	// the turn to answer that question: the side that asked has acted.
	dates client.Dates
	turn  client.Turn
}

// conversations returns all conversations, each commitment's before those of its interim results.
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

// title returns the name of the conversation in a sentence.
func (t conversation) title() string {
	if t.interim != nil {
		return fmt.Sprintf("%q (on the way to %q)", diag.Excerpt(t.interim.Title), diag.Excerpt(t.cm.Title))
	}
	return fmt.Sprintf("%q", diag.Excerpt(t.cm.Title))
}

func (t conversation) ref() client.Ref {
	if t.interim != nil {
		return t.cm.PartRef(t.interim)
	}
	return t.cm.Ref()
}

// pos returns the place where it begins.
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

// last returns the place of the latest move, or of the beginning if there is none.
func (t conversation) last() diag.Pos {
	if moves := t.moves(); len(moves) > 0 {
		return moves[len(moves)-1].Pos
	}
	return t.pos()
}

// lastDid returns the place of the latest move of one of the kinds, or of the beginning if there is none.
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

// awaited reports whether a promised date is still to be met: nothing is delivered, and no new date is
// proposed.
func (t conversation) awaited() bool { return t.Open() && !t.covered && t.State == loop.Promised }

func (j *judge) whose(cm *client.Commitment, side loop.Side) string {
	if side == loop.Customer {
		return j.name(cm.Customer)
	}
	return j.name(cm.Performer)
}

// hint returns ours if side is the provider's in cm, so that the provider can act; else theirs, since the
// provider can only ask.
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
