package loop

// A role says which side may make a move.
type role int

const (
	byCustomer role = iota
	byPerformer
	byProposer // whose terms are on the table
	byOther    // the other side than the proposer
	byEither
	byProposingPerformer // the performer, if the terms on the table are the performer's
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

// plays reports whether side s has the role r in c.
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

// row returns the row of the table that allows side s the move d.
func (c Conversation) row(s Side, d Did) (row, bool) {
	for _, r := range table[c.State] {
		if r.did == d && c.plays(s, r.who) {
			return r, true
		}
	}
	return row{}, false
}

// may reports whether side s may make the move d in c, whatever its fields and date.
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

// can reports whether side s can make a legal move d with suitable fields and a suitable date. It is stricter
// than may for the moves that no fields can make legal: an agree if no date is on the table, a close if there
// is no date for accepting or if it stands still.
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

// Legal returns every move of any kind that a side can make now with suitable fields and a suitable date. The
// customer's come first; the moves of each side are in the order of AllDids.
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

// isAsked reports whether side s has to answer a question.
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
