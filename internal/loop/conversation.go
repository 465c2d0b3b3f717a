package loop

import (
	"slices"

	"portalgen/internal/civil"
)

// SameDay in Limits means "on the same day".
const SameDay = -1

// Limits are the defaults for dates that a move does not give: in calendar days
// after the move, SameDay, or 0 for none.
type Limits struct {
	AnswerWithin int // to answer terms, a question, a summary or a call for help
	AcceptWithin int // to accept or reject what was delivered
}

// A Conversation is one commitment after the moves so far. It is a value: Apply returns another one, and the
// slices of both may be read but not written. Create one with New or NewPromised.
type Conversation struct {
	State  State
	Limits Limits

	// Proposer is the side whose terms are on the table: in Asked, Offered, Countered and Resetting,
	// otherwise neither.
	Proposer Side
	// Proposed are the terms on the table, in the same four states. Due may be zero: a request needs no date.
	Proposed Terms
	// ProposedReason is the note of the move that proposed the date on the table. If no move named a date, it
	// is the note of the move that first proposed to change what is agreed or, if nothing is agreed, of the
	// latest.
	ProposedReason string
	// WithInterim says that the terms on the table also move the interim results.
	WithInterim bool

	// Agreed are the terms in force in Promised, Resetting and Delivered, always with a date. In any other
	// state they are zero; LastAgreed still returns them after closing.
	Agreed Terms
	// AgreedDates are all dates ever agreed, oldest first, the one in force last.
	AgreedDates []AgreedDate
	// Carried are the changes of the agreed date that also move the interim results not yet delivered, oldest
	// first.
	Carried []Carried

	// TurnSince is when the side whose turn it is got the turn. It does not change if a side replaces its own
	// terms. Zero if it is nobody's turn.
	TurnSince civil.Moment

	// OpenQuestion is the question that waits for an answer, or nil.
	OpenQuestion *Question
	// CommittedBy is the side that promised an answer to the terms on the table (commit-to-commit), and
	// CommittedAnswerBy the promised date; both zero if there is none.
	CommittedBy       Side
	CommittedAnswerBy civil.Moment
	// OpenSummaries wait until the other side confirms them, oldest first.
	OpenSummaries []Summary
	// HelpAsked holds the open requests for help, oldest first, at most one for each side.
	HelpAsked []Help

	// PromisedOn is the date of the first promise or agree.
	PromisedOn civil.Moment
	// DeliveredOn is the date of the delivery, zero if it was rejected or retracted.
	DeliveredOn civil.Moment
	// RejectedOn is the date of the last reject, until the performer makes a move that changes the state, or
	// the conversation is closed.
	RejectedOn civil.Moment
	// SentBackOn is the date of the last reject, until there is a new delivery or the conversation is closed:
	// other moves do not end the rework.
	SentBackOn civil.Moment
	// SentBackFrom is the date of the delivery that was rejected then; zero if SentBackOn is.
	SentBackFrom civil.Moment
	// ReworkDated says that another date was agreed after SentBackOn.
	ReworkDated bool
	// ClosedOn is the date of the move that closed the conversation.
	ClosedOn civil.Moment

	// LastMove is the latest move of any kind; zero before the first.
	LastMove Move
	// Moves counts the moves so far.
	Moves int

	last     Terms        // see LastAgreed
	answerBy civil.Moment // the date for the state's own turn; see AnswerBy
	latest   civil.Moment // no move may be certainly earlier
}

// An AgreedDate is a date that both sides agreed to.
type AgreedDate struct {
	Due civil.Moment
	// On is the date of the promise or agree.
	On civil.Moment
	// Reason is the note of the move that proposed the date.
	Reason string
	// WithWhole says of an interim result that its date moved with that of its commitment.
	WithWhole bool
}

// Carried is a change of the agreed date that also moves interim results.
type Carried struct {
	On     civil.Moment // of the agree
	Days   int          // by how many days the date is later; at least 1
	Reason string       // the note of the move that proposed the date
}

// A Question is an open question about a commitment.
type Question struct {
	By   Side // the side that asked; it is the other side's turn
	On   civil.Moment
	Note string
	// AnswerBy is the date for the answer: the one promised by a commit-to-commit, else the one of the ask,
	// else the default; zero if there is none.
	AnswerBy civil.Moment
	// Promised says that AnswerBy was promised by a commit-to-commit.
	Promised bool

	turnSince civil.Moment // TurnSince before the question
}

// A Summary is a "this is what we said, right?" that waits to be confirmed.
type Summary struct {
	By       Side
	On       civil.Moment
	AnswerBy civil.Moment // by when to confirm; zero if none
	Note     string
}

// Help is a request for help that waits for an answer.
type Help struct {
	By       Side
	On       civil.Moment
	AnswerBy civil.Moment // by when it is needed; zero if none
	Note     string
}

// New returns a conversation without moves.
func New(l Limits) Conversation {
	return Conversation{State: Start, Limits: l}
}

// NewPromised returns a conversation that begins as promised: an interim result, promised with its commitment
// on the date on, for the date due.
func NewPromised(l Limits, on, due civil.Moment) Conversation {
	t := Terms{Due: due}
	return Conversation{
		State: Promised, Limits: l,
		Agreed: t, last: t, AgreedDates: []AgreedDate{{Due: due, On: on}},
		TurnSince: on, PromisedOn: on, latest: on,
	}
}

// MovedWith returns c, an interim result, with its agreed date moved as its commitment's date was. If it is
// delivered or closed it does not change.
func (c Conversation) MovedWith(w Carried) Conversation {
	if c.State != Promised && c.State != Resetting {
		return c
	}
	due := c.Agreed.Due
	due.Date = due.AddDays(w.Days)
	if c.State == Resetting && c.Proposed.Due == c.Agreed.Due {
		c.Proposed.Due = due // terms that kept the agreed date still keep it
	}
	c.Agreed.Due = due
	c.last = c.Agreed
	c.AgreedDates = append(slices.Clip(c.AgreedDates),
		AgreedDate{Due: due, On: w.On, Reason: w.Reason, WithWhole: true})
	c.ReworkDated = !c.SentBackOn.IsZero()
	return c
}

// Open reports whether the state is neither Start nor closed.
func (s State) Open() bool { return s.Stage() != Closed && s != Start }

// Stage returns the stage of the state. Start counts as Initiate.
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

// Stage returns the stage. An open question or a promised answer turns Initiate into Negotiate.
func (c Conversation) Stage() Stage {
	s := c.State.Stage()
	if s == Initiate && (c.OpenQuestion != nil || c.CommittedBy != 0) {
		return Negotiate
	}
	return s
}

// Turn returns the side whose turn it is; neither in Start and after closing.
func (c Conversation) Turn() Side {
	if c.OpenQuestion != nil {
		return c.OpenQuestion.By.Other()
	}
	return c.stateTurn()
}

// WithoutQuestion returns c without its open question: the turn and its date are those of the state. It
// returns c if no question is open.
func (c Conversation) WithoutQuestion() Conversation {
	if c.OpenQuestion != nil {
		c.TurnSince, c.OpenQuestion = c.OpenQuestion.turnSince, nil
	}
	return c
}

// Stopped reports whether the time to answer stands still: the side that should answer terms or accept has
// asked a question that is still open.
func (c Conversation) Stopped() bool {
	return c.OpenQuestion != nil && c.OpenQuestion.By == c.stateTurn() && c.WithoutQuestion().Answers()
}

// Answers reports whether it is a side's turn to answer the other: a question, terms on the table, or a
// delivery.
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

// AnswerBy returns the date by which the side whose turn it is should move; zero if there is none. The date
// of an open question comes first. While terms are on the table it is the date of a commit-to-commit, else
// the answer_by of the latest terms, else the default. In Promised it is the answer_by of the reject that led
// back there, else the agreed date. In Delivered it is AcceptBy.
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

// AcceptBy returns the date for accepting: the answer_by of the deliver, else the default. It is zero if
// there is none, and outside Delivered.
func (c Conversation) AcceptBy() civil.Moment {
	if c.State == Delivered {
		return c.answerBy
	}
	return civil.Moment{}
}

// LastAgreed returns the terms in force or, after closing, the last that were in force; zero if it was never
// promised.
func (c Conversation) LastAgreed() Terms { return c.last }

// NewDate returns the date that is proposed and not agreed; zero if there is none, or if the proposed terms keep
// the agreed date. Once it has passed, the terms have lapsed: nobody can say yes to them, and another date is
// needed.
func (c Conversation) NewDate() civil.Moment {
	if c.State == Resetting && c.Proposed.Due == c.Agreed.Due {
		return civil.Moment{}
	}
	return c.Proposed.Due
}

// Slip returns the number of days from the first agreed date to the last; negative if the last is earlier.
func (c Conversation) Slip() int {
	if len(c.AgreedDates) == 0 {
		return 0
	}
	return c.last.Due.Sub(c.AgreedDates[0].Due.Date)
}

// Broken reports whether the performer took the promise back. A withdraw does not break it.
func (c Conversation) Broken() bool { return c.State == Revoked }

// HelpOf returns the open request for help of side s, or nil.
func (c Conversation) HelpOf(s Side) *Help {
	if i := slices.IndexFunc(c.HelpAsked, func(h Help) bool { return h.By == s }); i >= 0 {
		h := c.HelpAsked[i]
		return &h
	}
	return nil
}

// NextExpected returns the legal moves from which the side whose turn it is should choose; nil if it is
// nobody's turn.
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
