package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// Progress is the state of a conversation.
type Progress struct {
	// State and Stage are the words of package loop; pages show them through i18n.
	State, Stage string
	// Turn is whose turn it is; nobody's if closed. With an open question, Turn is the turn to answer it, and
	// Beneath the turn without it; otherwise Beneath is nobody's.
	Turn, Beneath Turn
	// Agreed is the date in force (after closing: the last one), Proposed the proposed date, by ProposedBy.
	// Both may be zero. If the proposed terms keep the agreed date, Proposed is zero.
	Agreed, Proposed civil.Moment
	ProposedBy       Person
	// ProposedReason is the reason, as ReasonBy gave it on ReasonOn.
	ProposedReason Text
	ReasonBy       Person
	ReasonOn       civil.Moment
	// Moved are the earlier agreed dates, oldest first.
	Moved []MovedDate
	// SlipDays is the number of days from the first agreed date to the last.
	SlipDays int
	// Counts is the date against which a delivery is judged: the agreed one, or later by the days lost by
	// waiting for Held, a commitment of the other side; Held is nil if there is none.
	Counts civil.Moment
	Held   *Held
	// OnTable is a proposed date that is later than Counts, zero if there is none. For an interim result it
	// may come from the terms proposed for the whole. Until is the date after which it is overdue for the
	// colour of Home and the provider's checks: Counts, OnTable, or a later date proposed for the whole; zero if it
	// cannot be overdue now. From when a page says that it is late is LateFrom.
	OnTable, Until civil.Moment
	// Rework says that it was delivered in time, was sent back on its date or later, and has no new date.
	Rework bool
	// Waits are the commitments of the other side that it waits for. While there is one, it is not late.
	Waits []Wait
	// Delivered is when the delivery in force was made, Closed when it closed. SentBack is when the last
	// delivery was sent back, while the work is being redone.
	Delivered, Closed, SentBack civil.Moment
	// DaysLate is how many days after Counts the delivery in force came; 0 if it came in time, or later on
	// the same day: see Late.
	DaysLate int
	// Verdict is "on-time", "late" or "broken" once that is decided, else "".
	Verdict string
	// LateDays is how many days ago Counts was, if nothing is delivered and Until has passed; else 0.
	LateDays int
	// Summaries wait to be confirmed, oldest first; HelpAsked are open requests for help.
	Summaries []OpenSummary
	HelpAsked []OpenHelp
	// Question is the open question; nil if none.
	Question *OpenQuestion
	// Expected are the moves from which the person whose turn it is should choose, as words of package loop.
	Expected []string

	dated
	conv    loop.Conversation
	ours    bool // the performer is of the provider's side
	open    bool
	ended   bool     // an interim result that was not delivered before its commitment closed
	covered bool     // of an interim result: see Covered
	reached int      // the index of the furthest stage reached
	offered bool     // it began with an offer
	pos     diag.Pos // of the latest move, or of the table
	dates   client.Dates
}

// A Turn is whose turn it is.
type Turn struct {
	// Side is "client", "provider", or "" for nobody.
	Side   string
	Person Person
	Since  civil.Moment
	// By is when the move is due; may be zero. Stopped says that there is no date while the other side has to
	// answer a question.
	By      civil.Moment
	Stopped bool
	// Kind names what is expected: promise, agree, decide (on a new date), decide_terms (on new terms with
	// the agreed date), deliver, accept, answer, terms (new ones, since the proposed date has passed).
	Kind string
	// Later says why the side need not act yet: answer, terms, need or far, as client.Later has them; "" if it
	// should act now. First is the commitment that comes first, if Later is need; else nil.
	Later string
	First *Wait
	// Lapses is when the proposed date that the turn is to answer has passed, so that nobody can say yes to it any
	// more and new terms are the turn; zero if there is none.
	Lapses civil.Moment
	// Turns is the moment after which Later changes without anything else being said: from far to "", or from
	// "" to terms; zero if there is none.
	Turns civil.Moment
}

// A MovedDate is an agreed date that was replaced, and why.
type MovedDate struct {
	Due, To civil.Moment
	// On is the day on which the new date was agreed, Asked the day on which a new date was first asked for;
	// zero if unknown.
	On, Asked civil.Moment

	Reason Text
	// AskedBy is who asked for a new date or, if SentBack, who sent the delivery back; SaidBy is who gave the
	// Reason.
	AskedBy, SaidBy Person
	SentBack        bool
	// WithWhole says of an interim result that it moved with its commitment.
	WithWhole bool
}

// Ours reports whether the performer is of the provider's side.
func (p Progress) Ours() bool { return p.ours }

// Says names the string state_Says of i18n for the state, filled with the day of SentBack: the state of
// package loop, except resetting_terms if the proposed terms keep the date, sent_back while a delivery is
// being redone, and ended for an interim result that was not delivered before its commitment closed.
func (p Progress) Says() string {
	if p.ended {
		return "ended"
	}
	return stateKey(p.conv)
}

func stateKey(c loop.Conversation) string {
	switch {
	case c.State == loop.Resetting && c.NewDate().IsZero():
		return "resetting_terms"
	case c.State == loop.Promised && !c.SentBackOn.IsZero():
		return "sent_back"
	}
	return string(c.State)
}

// Open reports whether anything more is expected.
func (p Progress) Open() bool { return p.open }

// Awaited reports whether the date that counts is still to be met: it is promised, neither it nor the whole
// is delivered, and it does not wait for the other side. Only then can it be overdue.
func (p Progress) Awaited() bool {
	return p.open && !p.covered && !p.Agreed.IsZero() && p.Delivered.IsZero() && len(p.Waits) == 0
}

// LateFrom returns the moment after which every page says that it is late: for what the provider promised the date that
// counts, since a date that they only propose changes nothing, and Until where the client proposed a later one or is
// the performer. It is zero if nothing is awaited by a date.
func (p Progress) LateFrom() civil.Moment {
	switch asked := p.conv.Proposer == loop.Customer || p.dates.AskedBy == loop.Customer; {
	case !p.Awaited():
		return civil.Moment{}
	case !p.ours, p.Rework, asked:
		return p.Until
	}
	return p.Counts
}

// Late reports whether the delivery in force came after Counts, whether or not it was accepted.
func (p Progress) Late() bool { return !p.Delivered.IsZero() && p.Delivered.After(p.Counts) }

// Unsettled reports whether another date than the one that counts is proposed, for it or for the whole.
func (p Progress) Unsettled() bool {
	return p.open && (!p.Proposed.IsZero() || !p.OnTable.IsZero() || !p.Until.IsZero() && p.Until != p.Counts)
}

// Origin says what it is to the reader: a "promise" once it was promised, before that an "offer" or a
// "request".
func (p Progress) Origin() string {
	switch {
	case !p.conv.PromisedOn.IsZero():
		return "promise"
	case p.offered:
		return "offer"
	}
	return "request"
}

// Turns returns the turns: Turn and Beneath. It leaves out a turn to deliver what waits for the other side or
// was delivered with the whole.
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

// AskedBy returns who asked for the new dates, each person once, without the dates that followed a rejection.
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
		Agreed: c.LastAgreed().Due, Proposed: c.NewDate(), ProposedReason: Text(c.ProposedReason),
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
			if turn.Kind != "answer" && c.CommittedBy != 0 && t.Side == c.CommittedBy {
				turn.Person = v.people[promisedAnswer(moves).By]
			}
		}
		v.openThings(&p, cm, moves)
	}
	return p
}

// promisedAnswer returns the latest move that promised an answer.
func promisedAnswer(moves []client.Move) client.Move {
	i := len(moves) - 1
	for loop.Did(moves[i].Did) != loop.CommitToCommit {
		i--
	}
	return moves[i]
}

// reasonGiven returns the move whose note is the reason for the proposal; nil if there is none.
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

// moved tells how the agreed date was changed to now. r is the replay of moves. If an interim result of cm
// moved with the whole, it was asked for there.
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

// turn returns t as the page shows it. Work is due by the date that counts; it has no date while it waits for
// the other side, or while another date is proposed.
func (v *View) turn(cm *client.Commitment, t client.Turn, p *Progress) Turn {
	person := v.sidePerson(cm, t.Side)
	turn := Turn{
		Side: person.Side, Person: person, Since: t.Since, By: t.By, Stopped: t.Stopped, Kind: turnKind(t.At),
		Later: string(t.Later),
	}
	turn.Turns = turnsOn(turn, *p)
	if turn.Later == "" && slices.Contains([]string{"agree", "decide"}, turn.Kind) {
		turn.Lapses = cmp.Or(turn.Turns, p.Proposed)
	}
	if t.First != nil {
		turn.First = &Wait{Link: v.linkTo(t.First), Person: v.people[t.First.Performer]}
	}
	if turn.Kind == "deliver" {
		switch {
		case len(p.Waits) > 0:
			turn.By = civil.Moment{}
		case turn.By == p.Agreed && p.Until == p.Counts:
			turn.By = p.Counts
		case turn.By == p.Agreed:
			turn.By = civil.Moment{} // no date is agreed yet, or the proposed one is not
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

// turnKind names what the person whose turn it is is expected to do.
func turnKind(c loop.Conversation) string {
	switch {
	case c.OpenQuestion != nil:
		return "answer"
	case c.State == loop.Asked:
		return "promise"
	case c.State == loop.Resetting && c.NewDate().IsZero():
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
