package loop

// A role says who of the two may make a move.
type role int

const (
	byCustomer  role = iota
	byPerformer      // the one who does the work
	byProposer       // whose terms are on the table
	byOther          // the one to whom they were proposed
	byEither
	byProposingPerformer // the performer, while the performer's terms stand
)

// A row is one move of the table: who may make it and where it leads.
type row struct {
	did Did
	who role
	to  State
}

// table holds every move that changes the state, or replaces what is on the
// table. A reject that names a date leads to Resetting instead.
var table = map[State][]row{
	Start: {
		{Request, byCustomer, Asked},
		{Offer, byPerformer, Offered},
	},
	Asked: {
		{Promise, byPerformer, Promised},
		{Counter, byPerformer, Countered},
		{Decline, byPerformer, Declined},
		{Request, byCustomer, Asked},
		{Withdraw, byCustomer, Withdrawn},
	},
	Offered:   negotiating,
	Countered: negotiating,
	Promised: {
		{Deliver, byPerformer, Delivered},
		{Renegotiate, byEither, Resetting},
		{Revoke, byPerformer, Revoked},
		{Withdraw, byCustomer, Withdrawn},
	},
	Resetting: {
		{Agree, byOther, Promised},
		{Decline, byOther, Promised},
		{Counter, byOther, Resetting},
		{Renegotiate, byProposer, Resetting},
		{Retract, byProposer, Promised},
		{Deliver, byPerformer, Delivered},
		{Revoke, byPerformer, Revoked},
		{Withdraw, byCustomer, Withdrawn},
	},
	Delivered: {
		{AcceptWork, byCustomer, Kept},
		{Reject, byCustomer, Promised},
		{Retract, byPerformer, Promised},
		{Withdraw, byCustomer, Withdrawn},
		{Close, byPerformer, Unanswered},
	},
}

var negotiating = []row{
	{Agree, byOther, Promised},
	{Counter, byEither, Countered},
	{Decline, byOther, Declined},
	{Withdraw, byCustomer, Withdrawn},
	{Withdraw, byProposingPerformer, Withdrawn},
}

// plays reports whether side s is the one that r means, as c stands.
func (c Conversation) plays(s Side, r role) bool {
	switch r {
	case byCustomer:
		return s == Customer
	case byPerformer:
		return s == Performer
	case byProposer:
		return s == c.Proposer
	case byOther:
		return s == c.Proposer.Other()
	case byProposingPerformer:
		return s == Performer && c.Proposer == Performer
	}
	return true
}

// row returns the row of the table by which side s may make the move d.
func (c Conversation) row(s Side, d Did) (row, bool) {
	for _, r := range table[c.State] {
		if r.did == d && c.plays(s, r.who) {
			return r, true
		}
	}
	return row{}, false
}

// may reports whether side s may make the move d as c stands, whatever its
// fields and its date.
func (c Conversation) may(s Side, d Did) bool {
	if _, ok := c.row(s, d); ok {
		return true
	}
	if !c.State.Open() {
		return false
	}
	switch d {
	case Ask:
		return c.OpenQuestion == nil
	case Answer:
		return c.isAsked(s) || c.HelpOf(s.Other()) != nil
	case CommitToCommit:
		return c.State.onTable() && c.Turn() == s
	case Progress, Summarize, Correct:
		return true
	case Confirm:
		return c.summarized(s.Other())
	case AskHelp:
		return c.HelpOf(s) == nil
	}
	return false
}

// can reports whether some fields and some date make d a legal move of side s.
// It is may except for the moves that no fields can make good: an agree where no date is
// on the table, a close where no date for accepting is known or where it stands still.
func (c Conversation) can(s Side, d Did) bool {
	switch {
	case d == Agree && c.Proposed.Due.IsZero():
		return false
	case d == Close && (c.AcceptBy().IsZero() || c.Stopped()):
		return false
	}
	return c.may(s, d)
}

// Legal is a move that a side may make.
type Legal struct {
	Side Side
	Did  Did
}

// Legal returns every move that either side may make now, of any kind: those
// that Apply accepts, given suitable fields and a suitable date. The customer's
// come first; each side's are in the order of AllDids.
func (c Conversation) Legal() []Legal {
	if c.State.Stage() == Closed {
		return nil
	}
	legal := make([]Legal, 0, len(AllDids))
	for _, s := range []Side{Customer, Performer} {
		for _, d := range AllDids {
			if c.can(s, d) {
				legal = append(legal, Legal{s, d})
			}
		}
	}
	return legal
}

// isAsked reports whether a question waits for the answer of side s.
func (c Conversation) isAsked(s Side) bool {
	return c.OpenQuestion != nil && c.OpenQuestion.By == s.Other()
}

// summarized reports whether a summary by side s waits to be confirmed.
func (c Conversation) summarized(s Side) bool {
	for _, sum := range c.OpenSummaries {
		if sum.By == s {
			return true
		}
	}
	return false
}
