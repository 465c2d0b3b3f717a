package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// A Commitment is what a client sees of one conversation for action.
type Commitment struct {
	ID, Title, Href string

	Outcome, DeliverHow, NotifyHow, BetterWay Text
	// SatisfiedWhen are the conditions of satisfaction in force, or on the table
	// where none are in force yet.
	SatisfiedWhen []Text
	Goal          string
	Customer      Person
	Performer     Person
	// Reopens is the commitment that this one takes up again, nil if none; ReopenedBy are those
	// that take up this one.
	Reopens    *Need
	ReopenedBy []Need
	// Needs are the commitments that this one waits on, or waited on.
	Needs []Need

	Progress
	Deliverables []*Deliverable
	Moves        []Move
	Risks        []Risk
	// Stages are the questions of the four stages.
	Stages []StageQuestions

	source   *client.Commitment
	replayed client.Replayed
}

// A Need is another commitment that one waits on, and how that stands: its state, and
// the words for it, as Progress.Says has them.
type Need struct {
	Link
	State, Says string
}

// A Deliverable is an interim result on the way.
type Deliverable struct {
	Title string
	// Due is the date in force or, before the commitment was promised, the planned one.
	Due  civil.Moment
	Href string      // a link that the provider gave; "" if none
	File *Attachment // nil if none
	Progress
	Moves []Move
	// Begun is false until the commitment has been promised; Ended says that it
	// closed first.
	Begun, Ended bool

	source   *client.Deliverable
	replayed client.Replayed
}

// Progress is how a conversation stands.
type Progress struct {
	// State and Stage are the loop's own words; pages show them through i18n.
	State, Stage string
	// Turn is whose move it is; nobody's when closed.
	Turn Turn
	// Agreed is the date in force (after closing: the last one), Proposed the date
	// on the table, by ProposedBy. Both may be zero. Where other terms are asked for
	// and the date is to stay, none is proposed.
	Agreed, Proposed civil.Moment
	ProposedBy       Person
	ProposedReason   Text
	// Moved are the earlier agreed dates, oldest first.
	Moved []MovedDate
	// SlipDays is the last agreed date less the first.
	SlipDays int
	// Delivered is when the delivery that stands was made, Closed when all ended.
	Delivered, Closed civil.Moment
	// Verdict is "on-time", "late" or "broken" where that is settled, else "".
	Verdict string
	// LateDays is by how many days the awaited agreed date lies behind Today; 0 if it
	// does not.
	LateDays int
	// Summaries wait to be confirmed, oldest first; HelpAsked are open calls for help.
	Summaries []OpenSummary
	HelpAsked []OpenHelp
	// Question is the open question; nil if none.
	Question *OpenQuestion
	// Expected are the moves among which the one whose turn it is should choose, in
	// the loop's words.
	Expected []string

	conv    loop.Conversation
	ours    bool // the performer is of the provider's side
	open    bool
	covered bool     // of an interim result: see Covered
	reached int      // the furthest of stages that it came to
	offered bool     // it began with an offer
	pos     diag.Pos // of the latest move, or of the table
}

// A Turn tells whose move it is.
type Turn struct {
	// Side is "client", "provider" or "" for nobody.
	Side   string
	Person Person
	Since  civil.Moment
	// By is when the move is due; may be zero.
	By civil.Moment
	// Kind names what is expected: promise, agree, decide (on a new date),
	// decide_terms (on others than are agreed, with the date as it is), deliver,
	// accept, answer.
	Kind string
}

// A MovedDate is an agreed date that was replaced, and why.
type MovedDate struct {
	Due, To civil.Moment
	// On is the day on which the new date was agreed.
	On     civil.Moment
	Reason Text
	// WithWhole says of an interim result that it moved with its commitment.
	WithWhole bool
}

// Ours reports whether the provider is the one who does it.
func (p Progress) Ours() bool { return p.ours }

// Says names the words for the state, the string state_Says of i18n: the loop's own
// name for it or, where other terms are asked for and no other date, resetting_terms.
func (p Progress) Says() string { return stateKey(p.conv) }

func stateKey(c loop.Conversation) string {
	if c.State == loop.Resetting && newDate(c).IsZero() {
		return "resetting_terms"
	}
	return string(c.State)
}

// newDate returns the date that is on the table; zero where none is, or only the one
// that is agreed already. Terms that name no date keep that.
func newDate(c loop.Conversation) civil.Moment {
	if c.State == loop.Resetting && c.Proposed.Due == c.Agreed.Due {
		return civil.Moment{}
	}
	return c.Proposed.Due
}

// Open reports whether anything more is expected.
func (p Progress) Open() bool { return p.open }

// Awaited reports whether the agreed date is still to be met: it is promised, and
// no delivery stands, of it or of the whole. Only then can it be overdue.
func (p Progress) Awaited() bool {
	return p.open && !p.covered && !p.Agreed.IsZero() && p.Delivered.IsZero()
}

// Origin tells what it is to the reader: a "promise" once anyone gave their word,
// until then an "offer" or a "request".
func (p Progress) Origin() string {
	switch {
	case !p.conv.PromisedOn.IsZero():
		return "promise"
	case p.offered:
		return "offer"
	}
	return "request"
}

// Was returns the agreed date before the one in force; zero if it never moved.
func (p Progress) Was() civil.Moment {
	if len(p.Moved) == 0 {
		return civil.Moment{}
	}
	return p.Moved[len(p.Moved)-1].Due
}

// Link returns a link to the commitment's page.
func (c *Commitment) Link() *Link { return &Link{c.Title, c.Href} }

// commitment returns commitment i, without the questions of its stages.
func (v *View) commitment(i int) *Commitment {
	cm := &v.c.Commitments[i]
	whole := cm.Replay.Whole
	c := &Commitment{
		ID: cm.ID, Title: cm.Title, Href: v.href(KindCommitment, cm.ID),
		Outcome: Text(cm.Outcome), DeliverHow: Text(cm.DeliverHow), NotifyHow: Text(cm.NotifyHow),
		BetterWay: Text(cm.BetterWay),
		Customer:  v.people[cm.Customer], Performer: v.people[cm.Performer],
		Progress: v.progress(cm, cm.Pos, cm.Moves, whole, false),
		Moves:    v.moves(cm.Moves, whole),
		Risks:    v.risksOf(cm.ID),
		source:   cm, replayed: whole,
	}
	c.SatisfiedWhen = texts(conditions(cm, whole.Conversation))
	for _, g := range v.c.Goals {
		if g.ID == cm.Goal && cm.Goal != "" {
			c.Goal = g.Title
		}
	}
	for _, id := range cm.Needs {
		if need := v.need(id); need != nil {
			c.Needs = append(c.Needs, *need)
		}
	}
	c.Reopens = v.need(cm.Reopens)
	for i := range v.c.Commitments {
		if x := &v.c.Commitments[i]; x.Reopens == cm.ID {
			c.ReopenedBy = append(c.ReopenedBy, *v.need(x.ID))
		}
	}
	for j := range cm.Deliverables {
		c.Deliverables = append(c.Deliverables, v.deliverable(cm, &cm.Deliverables[j], cm.Replay.Interims[j], whole))
	}
	slices.SortStableFunc(c.Deliverables, func(a, b *Deliverable) int { return a.Due.Compare(b.Due) })
	return c
}

// need returns how the commitment of an id stands; nil where there is none.
func (v *View) need(id string) *Need {
	i := slices.IndexFunc(v.c.Commitments, func(x client.Commitment) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	at := v.c.Commitments[i].Replay.Whole.Conversation
	return &Need{Link{v.c.Commitments[i].Title, v.href(KindCommitment, id)}, string(at.State), stateKey(at)}
}

func (v *View) deliverable(cm *client.Commitment, d *client.Deliverable, r, whole client.Replayed) *Deliverable {
	due := r.LastAgreed().Due
	if due.IsZero() {
		due = d.Due
	}
	var file *Attachment
	if wasDelivered(d.Moves[:len(r.Steps)]) {
		file = v.attachment(d.File)
	}
	return &Deliverable{
		Title: d.Title, Due: due, Href: d.Link, File: file,
		Progress: v.progress(cm, d.Pos, d.Moves, r, Covered(whole)),
		Moves:    v.moves(d.Moves, r),
		Begun:    r.Begun, Ended: r.Ended,
		source: d, replayed: r,
	}
}

// wasDelivered reports whether something was ever handed over, whatever was said to it.
func wasDelivered(moves []client.Move) bool {
	return slices.ContainsFunc(moves, func(m client.Move) bool { return loop.Did(m.Did) == loop.Deliver })
}

// conditions returns the conditions of satisfaction that hold, or are on the
// table; before the first move, those written with the commitment.
func conditions(cm *client.Commitment, c loop.Conversation) []string {
	for _, t := range []loop.Terms{c.LastAgreed(), c.Proposed} {
		if len(t.SatisfiedWhen) > 0 {
			return t.SatisfiedWhen
		}
	}
	return cm.SatisfiedWhen
}

func (v *View) progress(cm *client.Commitment, at diag.Pos, moves []client.Move, r client.Replayed,
	covered bool,
) Progress {
	c := r.Conversation
	p := Progress{
		State: string(c.State), Stage: string(c.Stage()),
		Agreed: c.LastAgreed().Due, Proposed: newDate(c), ProposedReason: Text(c.ProposedReason),
		SlipDays: c.Slip(), Delivered: c.DeliveredOn, Closed: c.ClosedOn,
		conv: c, ours: v.people[cm.Performer].Ours(), open: r.Open(), covered: covered,
	}
	p.pos = at
	if n := len(moves); n > 0 {
		p.pos = moves[n-1].Pos
	}
	for _, s := range r.Steps {
		p.reached = max(p.reached, slices.Index(stages, s.Stage()))
	}
	p.offered = len(r.Steps) > 0 && r.Steps[0].State == loop.Offered
	if c.Proposer != 0 {
		p.ProposedBy = v.sidePerson(cm, c.Proposer)
	}
	for i := 1; i < len(c.AgreedDates); i++ {
		was, now := c.AgreedDates[i-1], c.AgreedDates[i]
		if was.Due != now.Due {
			p.Moved = append(p.Moved, MovedDate{was.Due, now.Due, now.On, Text(now.Reason), now.WithWhole})
		}
	}
	switch onTime, known := c.KeptOnTime(); {
	case known && onTime:
		p.Verdict = "on-time"
	case known:
		p.Verdict = "late"
	case c.Broken():
		p.Verdict = "broken"
	}
	if p.open {
		p.Turn = v.turn(cm, c)
		v.openThings(&p, cm, moves)
	}
	return p
}

func (v *View) turn(cm *client.Commitment, c loop.Conversation) Turn {
	side := c.Turn()
	person := v.sidePerson(cm, side)
	return Turn{Side: person.Side, Person: person, Since: c.TurnSince, By: c.AnswerBy(), Kind: turnKind(c)}
}

// turnKind names what the one whose turn it is is expected to do.
func turnKind(c loop.Conversation) string {
	switch {
	case c.OpenQuestion != nil:
		return "answer"
	case c.State == loop.Asked:
		return "promise"
	case c.State == loop.Resetting && newDate(c).IsZero():
		return "decide_terms"
	case c.State == loop.Resetting:
		return "decide"
	case c.State == loop.Delivered:
		return "accept"
	case c.State == loop.Promised:
		return "deliver"
	}
	return "agree"
}

// sidePerson returns the customer or the performer of cm.
func (v *View) sidePerson(cm *client.Commitment, side loop.Side) Person {
	if side == loop.Customer {
		return v.people[cm.Customer]
	}
	return v.people[cm.Performer]
}

func texts(all []string) []Text {
	out := make([]Text, len(all))
	for i, s := range all {
		out[i] = Text(s)
	}
	return out
}
