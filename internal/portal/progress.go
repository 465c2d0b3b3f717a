package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// Progress is how a conversation stands.
type Progress struct {
	// State and Stage are the loop's own words; pages show them through i18n.
	State, Stage string
	// Turn is whose move it is; nobody's when closed. Beneath is whose it is below an open
	// question, which hides nothing; nobody's where none is open.
	Turn, Beneath Turn
	// Agreed is the date in force (after closing: the last one), Proposed the date
	// on the table, by ProposedBy. Both may be zero. Where other terms are asked for
	// and the date is to stay, none is proposed.
	Agreed, Proposed civil.Moment
	ProposedBy       Person
	// ProposedReason is why, as ReasonBy said it on ReasonOn.
	ProposedReason Text
	ReasonBy       Person
	ReasonOn       civil.Moment
	// Moved are the earlier agreed dates, oldest first.
	Moved []MovedDate
	// SlipDays is the last agreed date less the first.
	SlipDays int
	// Counts is the date against which a delivery counts: the agreed one or, where Held tells
	// of something of the other side's that it had to wait for, as many days later. Held is
	// nil where nothing of the kind was.
	Counts civil.Moment
	Held   *Held
	// OnTable is a date on the table that is later than Counts, zero where there is none. Of an
	// interim result it may have come with that of the whole. Until is the date that has to pass
	// before it is overdue: Counts, OnTable, or a later date of the whole; zero where it cannot be.
	OnTable, Until civil.Moment
	// Rework says that it came in time, was sent back when its date was there or had passed, and
	// has no other date since.
	Rework bool
	// Waits are what of the other side's it waits for. While there is any, nothing is late.
	Waits []Wait
	// Delivered is when the delivery that stands was made, Closed when all ended. SentBack is
	// when the last delivery was sent back, as long as the work is being done over.
	Delivered, Closed, SentBack civil.Moment
	// DaysLate is by how many days the delivery that stands came after Counts; 0 where it did
	// not, and where it was late by hours of the very day: see Late.
	DaysLate int
	// Verdict is "on-time", "late" or "broken" where that is settled, else "".
	Verdict string
	// LateDays is by how many days an awaited date that counts lies behind Today, once Until has
	// passed; else 0.
	LateDays int
	// Summaries wait to be confirmed, oldest first; HelpAsked are open calls for help.
	Summaries []OpenSummary
	HelpAsked []OpenHelp
	// Question is the open question; nil if none.
	Question *OpenQuestion
	// Expected are the moves among which the one whose turn it is should choose, in
	// the loop's words.
	Expected []string

	dated
	conv    loop.Conversation
	ours    bool // the performer is of the provider's side
	open    bool
	ended   bool     // it is an interim result that its commitment closed before it was delivered
	covered bool     // of an interim result: see Covered
	reached int      // the furthest of stages that it came to
	offered bool     // it began with an offer
	pos     diag.Pos // of the latest move, or of the table
	dates   client.Dates
}

// A Turn tells whose move it is.
type Turn struct {
	// Side is "client", "provider" or "" for nobody.
	Side   string
	Person Person
	Since  civil.Moment
	// By is when the move is due; may be zero. Stopped says that there is no such date as long
	// as the other side owes an answer to a question.
	By      civil.Moment
	Stopped bool
	// Kind names what is expected: promise, agree, decide (on a new date),
	// decide_terms (on others than are agreed, with the date as it is), deliver,
	// accept, answer.
	Kind string
}

// A MovedDate is an agreed date that was replaced, and why.
type MovedDate struct {
	Due, To civil.Moment
	// On is the day on which the new date was agreed, Asked the one on which another was first
	// asked for; zero where that is not known.
	On, Asked civil.Moment

	Reason Text
	// AskedBy is who asked for another date or, where SentBack, sent back what had come; SaidBy is
	// whose words Reason is.
	AskedBy, SaidBy Person
	SentBack        bool
	// WithWhole says of an interim result that it moved with its commitment.
	WithWhole bool
}

// Ours reports whether the provider is the one who does it.
func (p Progress) Ours() bool { return p.ours }

// Says names the words for the state, the string state_Says of i18n, filled with the day of
// SentBack: the loop's own name for it or, where other terms are asked for and no other
// date, resetting_terms; where what was delivered is being done over, sent_back; of an interim
// result that was not delivered before its commitment closed, ended.
func (p Progress) Says() string {
	if p.ended {
		return "ended"
	}
	return stateKey(p.conv)
}

func stateKey(c loop.Conversation) string {
	switch {
	case c.State == loop.Resetting && newDate(c).IsZero():
		return "resetting_terms"
	case c.State == loop.Promised && !c.SentBackOn.IsZero():
		return "sent_back"
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

// Awaited reports whether the date that counts is still to be met: it is promised, no
// delivery stands, of it or of the whole, and it waits for nothing of the other side's.
// Only then can it be overdue.
func (p Progress) Awaited() bool {
	return p.open && !p.covered && !p.Agreed.IsZero() && p.Delivered.IsZero() && len(p.Waits) == 0
}

// Late reports whether the delivery that stands came after the date against which it
// counts, accepted or not.
func (p Progress) Late() bool { return !p.Delivered.IsZero() && p.Delivered.After(p.Counts) }

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

// Turns returns whose turn it is: Turn, and Beneath. What waits for the other side, or came
// with the whole, is nobody's to deliver.
func (p Progress) Turns() []Turn {
	return slices.DeleteFunc([]Turn{p.Turn, p.Beneath}, func(t Turn) bool {
		return t.Side == "" || t.Kind == "deliver" && (p.covered || len(p.Waits) > 0)
	})
}

// Was returns the agreed date before the one in force; zero if it never moved.
func (p Progress) Was() civil.Moment {
	if len(p.Moved) == 0 {
		return civil.Moment{}
	}
	return p.Moved[len(p.Moved)-1].Due
}

// AskedBy returns who asked for the dates that moved, each once; nobody for those after something was
// sent back.
func (p Progress) AskedBy() []Person {
	var all []Person
	for _, m := range p.Moved {
		if !m.SentBack && !slices.Contains(all, m.AskedBy) {
			all = append(all, m.AskedBy)
		}
	}
	return all
}

func (v *View) progress(cm *client.Commitment, at diag.Pos, moves []client.Move, r client.Replayed,
	covered bool, dates client.Dates,
) Progress {
	c := r.Conversation
	p := Progress{
		State: string(c.State), Stage: string(c.Stage()),
		Agreed: c.LastAgreed().Due, Proposed: newDate(c), ProposedReason: Text(c.ProposedReason),
		Counts: dates.Counts, OnTable: dates.OnTable, Until: dates.Until, Rework: dates.Rework, SlipDays: c.Slip(),
		Delivered: c.DeliveredOn, Closed: c.ClosedOn, SentBack: c.SentBackOn,
		dates: dates, conv: c, ours: v.people[cm.Performer].Ours(), open: r.Open(), covered: covered,
		ended: r.Ended && c.DeliveredOn.IsZero(),
	}
	p.dated = datedBy(moves)
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
		if said := reasonGiven(moves, r); said != nil {
			p.ReasonBy, p.ReasonOn = v.people[said.By], said.On
		}
	}
	for i := 1; i < len(c.AgreedDates); i++ {
		was, now := c.AgreedDates[i-1], c.AgreedDates[i]
		if was.Due != now.Due {
			p.Moved = append(p.Moved, v.moved(cm, moves, r, was.Due, now))
		}
	}
	p.Held = v.held(r, dates)
	if p.Late() {
		p.DaysLate = p.Delivered.Sub(p.Counts.Date)
	}
	switch {
	case c.State == loop.Kept && p.Late():
		p.Verdict = "late"
	case c.State == loop.Kept:
		p.Verdict = "on-time"
	case c.Broken():
		p.Verdict = "broken"
	}
	if p.open {
		if !covered {
			p.Waits = v.waits(dates.Waits)
		}
		for i, t := range v.c.Turns(cm, c, v.Today) {
			turn := &p.Turn
			if i > 0 {
				turn = &p.Beneath
			}
			*turn = v.turn(cm, t, &p)
		}
		v.openThings(&p, cm, moves)
	}
	return p
}

// reasonGiven returns the move whose note is the reason of what is proposed; nil if none is.
func reasonGiven(moves []client.Move, r client.Replayed) *client.Move {
	reason := r.Conversation.ProposedReason
	for i := len(r.Steps) - 1; i >= 0 && reason != ""; i-- {
		if r.Steps[i].ProposedReason != reason {
			break
		}
		if r.Before(i).ProposedReason != reason {
			return &moves[i]
		}
	}
	return nil
}

// moved tells how the date was became that of now. r is the replay of moves; where an interim
// result of cm moved with the whole, it was asked for there.
func (v *View) moved(cm *client.Commitment, moves []client.Move, r client.Replayed, was civil.Moment,
	now loop.AgreedDate,
) MovedDate {
	m := MovedDate{Due: was, To: now.Due, On: now.On, Reason: Text(now.Reason), WithWhole: now.WithWhole}
	if now.WithWhole {
		moves, r = cm.Moves, cm.Replay.Whole
	}
	agreed := func(i int) bool {
		return loop.Did(moves[i].Did) == loop.Agree && moves[i].On == now.On &&
			(now.WithWhole && r.Before(i).WithInterim || !now.WithWhole && r.Steps[i].Agreed.Due == now.Due)
	}
	for i := range r.Steps {
		if !agreed(i) {
			continue
		}
		for i--; i >= 0 && r.Steps[i].State == loop.Resetting; i-- {
			m.Asked = moves[i].On
			m.AskedBy, m.SentBack = v.people[moves[i].By], loop.Did(moves[i].Did) == loop.Reject
			if m.SaidBy.ID == "" && now.Reason != "" && moves[i].Note == now.Reason {
				m.SaidBy = m.AskedBy
			}
		}
		break
	}
	return m
}

// held returns what made the date that counts later than the agreed one; nil if nothing did.
func (v *View) held(r client.Replayed, dates client.Dates) *Held {
	if dates.Held == nil {
		return nil
	}
	return &Held{v.linkTo(dates.Held), dates.HeldUntil, dates.Counts.Sub(r.LastAgreed().Due.Date)}
}

// turn returns t as the page tells it. Work is due by the date that counts, and by none as
// long as it waits for something of the other side's, or another date stands for it.
func (v *View) turn(cm *client.Commitment, t client.Turn, p *Progress) Turn {
	person := v.sidePerson(cm, t.Side)
	turn := Turn{
		Side: person.Side, Person: person, Since: t.Since, By: t.By, Stopped: t.Stopped, Kind: turnKind(t.At),
	}
	if turn.Kind == "deliver" {
		switch {
		case len(p.Waits) > 0:
			turn.By = civil.Moment{}
		case turn.By == p.Agreed && p.Until == p.Counts:
			turn.By = p.Counts
		case turn.By == p.Agreed:
			turn.By = civil.Moment{} // none is agreed yet, or the one on the table is not
		}
	}
	return turn
}

func (v *View) waits(all []client.Wait) []Wait {
	var waits []Wait
	for _, w := range all {
		waits = append(waits, Wait{v.linkTo(w.Need), v.people[w.Need.Performer], w.Since, w.Due})
	}
	return waits
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
