package loop

import (
	"slices"

	"portalgen/internal/civil"
)

// SameDay is the limit of a Limits for "on the very day".
const SameDay = -1

// Limits are the defaults for dates that a move does not give: in calendar days
// after the move, SameDay, or 0 for none.
type Limits struct {
	AnswerWithin int // to answer terms, a question, a summary or a call for help
	AcceptWithin int // to accept or reject what was delivered
}

// A Conversation is one commitment as its moves have made it so far. It is a
// value: Apply returns another one, and the slices of both may be read but not
// written. New and NewPromised make one.
type Conversation struct {
	State  State
	Limits Limits

	// Proposer is the side whose terms are on the table, in Asked, Offered,
	// Countered and Resetting; otherwise neither.
	Proposer Side
	// Proposed are the terms on the table, in the same four states. Due may be
	// zero: one may ask without a date.
	Proposed Terms
	// ProposedReason is the note of the move that put the proposed date on the
	// table; where none of them named a date, of the one that first proposed to
	// change what is agreed, or of the latest if nothing is.
	ProposedReason string
	// WithInterim says that the terms on the table move the interim results too.
	WithInterim bool

	// Agreed are the terms in force in Promised, Resetting and Delivered, always
	// with a date. In any other state they are zero; LastAgreed still tells them
	// after closing.
	Agreed Terms
	// AgreedDates are all dates ever agreed, oldest first, the one in force last.
	AgreedDates []AgreedDate
	// Carried are those changes of the agreed date with which the interim results move that
	// are not yet delivered, oldest first.
	Carried []Carried

	// TurnSince is since when the one whose turn it is has had it. Terms that a
	// side replaces by its own newer ones do not change it. Zero where nobody has
	// the turn.
	TurnSince civil.Moment

	// OpenQuestion is the question that waits for an answer, or nil.
	OpenQuestion *Question
	// CommittedBy is the side that has promised an answer to the terms on the
	// table (commit-to-commit), and CommittedAnswerBy the date; both zero if none.
	CommittedBy       Side
	CommittedAnswerBy civil.Moment
	// OpenSummaries wait for the other side to confirm, oldest first.
	OpenSummaries []Summary
	// HelpAsked holds the open calls for help, oldest first, at most one a side.
	HelpAsked []Help

	// PromisedOn is the date of the first promise or agree.
	PromisedOn civil.Moment
	// DeliveredOn is the date of the delivery that stands: one that was rejected
	// or retracted does not.
	DeliveredOn civil.Moment
	// RejectedOn is the date of the last reject, until the performer has answered
	// it by a move of their own that changes the state, or it is closed.
	RejectedOn civil.Moment
	// SentBackOn is the date of the last reject, until it is delivered again or closed:
	// whatever was said to it, the work is done over.
	SentBackOn civil.Moment
	// SentBackFrom is the date of the delivery that was sent back then; zero where SentBackOn is.
	SentBackFrom civil.Moment
	// ReworkDated says that another date was agreed after SentBackOn.
	ReworkDated bool
	// ClosedOn is the date of the move that closed the conversation.
	ClosedOn civil.Moment

	// LastMove is the latest move of any kind; zero before the first.
	LastMove Move
	// Moves counts the moves so far.
	Moves int

	last     Terms        // as LastAgreed returns them
	answerBy civil.Moment // by when the state's own turn is to be used; see AnswerBy
	latest   civil.Moment // no move may be certainly earlier
}

// An AgreedDate is a date that both sides gave their word on.
type AgreedDate struct {
	Due civil.Moment
	// On is the date of the promise or agree that settled it.
	On civil.Moment
	// Reason is the note of the move that proposed the date.
	Reason string
	// WithWhole says of an interim result that the date moved with that of its commitment.
	WithWhole bool
}

// Carried is a change of the agreed date with which interim results move.
type Carried struct {
	On     civil.Moment // of the agree
	Days   int          // by how many days the date is later; at least 1
	Reason string       // the note of the move that proposed the date
}

// A Question is an open question about a commitment.
type Question struct {
	By   Side // who asked; the turn is with the other side
	On   civil.Moment
	Note string
	// AnswerBy is by when to answer: what the one asked has promised by a
	// commit-to-commit, else what the asker gave, else the default; zero if none.
	AnswerBy civil.Moment
	// Promised says that AnswerBy is the promise of the one asked.
	Promised bool

	turnSince civil.Moment // what an answer restores
}

// A Summary is a "this is what we said, right?" that waits to be confirmed.
type Summary struct {
	By       Side
	On       civil.Moment
	AnswerBy civil.Moment // by when to confirm; zero if none
	Note     string
}

// Help is a call for help that waits for an answer.
type Help struct {
	By       Side
	On       civil.Moment
	AnswerBy civil.Moment // by when it is needed; zero if none
	Note     string
}

// New returns a conversation in which nothing has been said.
func New(l Limits) Conversation {
	return Conversation{State: Start, Limits: l}
}

// NewPromised returns a conversation that begins promised: an interim
// deliverable, promised with its commitment on the date on, for the date due.
func NewPromised(l Limits, on, due civil.Moment) Conversation {
	t := Terms{Due: due}
	return Conversation{
		State: Promised, Limits: l,
		Agreed: t, last: t, AgreedDates: []AgreedDate{{Due: due, On: on}},
		TurnSince: on, PromisedOn: on, latest: on,
	}
}

// MovedWith returns c, which is of an interim result, with its agreed date moved as that of
// its commitment was. What is delivered or closed does not change.
func (c Conversation) MovedWith(w Carried) Conversation {
	if c.State != Promised && c.State != Resetting {
		return c
	}
	due := c.Agreed.Due
	due.Date = due.AddDays(w.Days)
	if c.State == Resetting && c.Proposed.Due == c.Agreed.Due {
		c.Proposed.Due = due // terms that keep the date keep the one that is agreed now
	}
	c.Agreed.Due = due
	c.last = c.Agreed
	c.AgreedDates = append(slices.Clip(c.AgreedDates), AgreedDate{Due: due, On: w.On, Reason: w.Reason, WithWhole: true})
	c.ReworkDated = !c.SentBackOn.IsZero()
	return c
}

// Open reports whether the state takes moves and is not Start.
func (s State) Open() bool { return s.Stage() != Closed && s != Start }

// Stage returns the stage of the state alone. Start counts as Initiate.
func (s State) Stage() Stage {
	switch s {
	case Start, Asked, Offered:
		return Initiate
	case Countered:
		return Negotiate
	case Promised, Resetting:
		return Perform
	case Delivered:
		return Accept
	}
	return Closed
}

// onTable reports whether terms wait for an answer in s.
func (s State) onTable() bool {
	return s == Asked || s == Offered || s == Countered || s == Resetting
}

// Stage returns the stage. An open question or a promised answer makes
// Negotiate of Initiate.
func (c Conversation) Stage() Stage {
	s := c.State.Stage()
	if s == Initiate && (c.OpenQuestion != nil || c.CommittedBy != 0) {
		return Negotiate
	}
	return s
}

// Turn returns the side whose turn it is; neither in Start and when closed.
func (c Conversation) Turn() Side {
	if c.OpenQuestion != nil {
		return c.OpenQuestion.By.Other()
	}
	return c.stateTurn()
}

// WithoutQuestion returns c as it stands below an open question, which hides nothing: in
// it, the turn is that of the state, with its date. It is c where none is open.
func (c Conversation) WithoutQuestion() Conversation {
	if c.OpenQuestion != nil {
		c.TurnSince, c.OpenQuestion = c.OpenQuestion.turnSince, nil
	}
	return c
}

// Stopped reports whether the time to answer stands still: the one whose turn it would be
// to answer terms, or to accept, has asked a question that is still open.
func (c Conversation) Stopped() bool {
	return c.OpenQuestion != nil && c.OpenQuestion.By == c.stateTurn() && c.WithoutQuestion().Answers()
}

// Answers reports whether it is somebody's turn to answer the other side: a question, terms
// on the table, or what was delivered.
func (c Conversation) Answers() bool {
	return c.OpenQuestion != nil || c.State.onTable() || c.State == Delivered
}

// stateTurn returns the side whose turn it is if no question is open.
func (c Conversation) stateTurn() Side {
	switch {
	case c.State.onTable():
		return c.Proposer.Other()
	case c.State == Promised:
		return Performer
	case c.State == Delivered:
		return Customer
	}
	return 0
}

// AnswerBy returns by when the one whose turn it is should move; zero if no date
// is known. An open question comes first. While terms are on the table it is the
// date of a commit-to-commit, else the answer_by of the latest terms, else the
// default after them. In Promised it is the agreed date, or the answer_by of the
// reject that led back there. In Delivered it is AcceptBy.
func (c Conversation) AnswerBy() civil.Moment {
	switch {
	case c.OpenQuestion != nil:
		return c.OpenQuestion.AnswerBy
	case c.CommittedBy != 0:
		return c.CommittedAnswerBy
	case c.State == Promised && c.answerBy.IsZero():
		return c.Agreed.Due
	}
	return c.answerBy
}

// AcceptBy returns the date for accepting: the answer_by of the deliver, else the
// default after it. It is zero if there is none, and outside Delivered.
func (c Conversation) AcceptBy() civil.Moment {
	if c.State == Delivered {
		return c.answerBy
	}
	return civil.Moment{}
}

// LastAgreed returns the terms in force or, after closing, those that were in
// force; zero if it was never promised.
func (c Conversation) LastAgreed() Terms { return c.last }

// Slip returns by how many days the last agreed date is later than the first;
// negative where it is earlier.
func (c Conversation) Slip() int {
	if len(c.AgreedDates) == 0 {
		return 0
	}
	return c.last.Due.Sub(c.AgreedDates[0].Due.Date)
}

// Broken reports whether a promise was taken back. A withdrawn one was not.
func (c Conversation) Broken() bool { return c.State == Revoked }

// HelpOf returns the open call for help of side s, or nil.
func (c Conversation) HelpOf(s Side) *Help {
	if i := slices.IndexFunc(c.HelpAsked, func(h Help) bool { return h.By == s }); i >= 0 {
		h := c.HelpAsked[i]
		return &h
	}
	return nil
}

// NextExpected returns the moves among which the one whose turn it is should
// choose; nil where nobody has the turn. All are legal.
func (c Conversation) NextExpected() []Did {
	var dids []Did
	switch {
	case c.OpenQuestion != nil:
		return []Did{Answer}
	case c.State == Asked:
		return []Did{Promise, Counter, Decline}
	case c.State.onTable():
		dids = []Did{Agree, Counter, Decline}
	case c.State == Promised:
		dids = []Did{Deliver}
	case c.State == Delivered:
		dids = []Did{AcceptWork, Reject}
	}
	return slices.DeleteFunc(dids, func(d Did) bool { return !c.can(c.Turn(), d) })
}
