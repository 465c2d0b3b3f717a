// Package loop is the conversation for action between a customer, who asks, and a performer, who does the
// work: the allowed moves, the states they lead to, and what follows from them. The four stages are those of
// Winograd and Flores, Understanding Computers and Cognition (1987), chapter 5.
//
// [New] begins a [Conversation]. [Conversation.Apply] returns the conversation after a [Move], or an
// [IllegalMove] that says why the move is not allowed. [Conversation.Legal] returns the moves that are
// allowed next.
//
// It is pure: a Conversation is a value, and Apply returns a new one. It must not know of files, people's
// names, today's date or pages.
package loop

import "portalgen/internal/civil"

// A Side is one of the two parties of a commitment.
type Side int

// The two sides. The zero Side is neither.
const (
	Customer  Side = iota + 1 // who asked, and will judge the result
	Performer                 // who does the work
)

// Other returns the opposite side.
func (s Side) Other() Side {
	switch s {
	case Customer:
		return Performer
	case Performer:
		return Customer
	}
	return 0
}

// String returns "customer" or "performer".
func (s Side) String() string {
	switch s {
	case Customer:
		return "customer"
	case Performer:
		return "performer"
	}
	return "nobody"
}

// A State is the state of a conversation.
type State string

// The states. Those from Kept on are closed.
const (
	Start      State = "start"
	Asked      State = "asked"
	Offered    State = "offered"
	Countered  State = "countered"
	Promised   State = "promised"
	Resetting  State = "resetting"
	Delivered  State = "delivered"
	Kept       State = "kept"
	Declined   State = "declined"
	Withdrawn  State = "withdrawn"
	Revoked    State = "revoked"
	Unanswered State = "unanswered"
)

// A Stage is one of the four parts of the loop, or Closed.
type Stage string

// The stages.
const (
	Initiate  Stage = "initiate"
	Negotiate Stage = "negotiate"
	Perform   Stage = "perform"
	Accept    Stage = "accept"
	Closed    Stage = "closed"
)

// A Did is the verb of a move, as written in a client's file.
type Did string

// The moves that change the state.
const (
	Request     Did = "request"
	Offer       Did = "offer"
	Promise     Did = "promise"
	Counter     Did = "counter"
	Decline     Did = "decline"
	Agree       Did = "agree"
	Withdraw    Did = "withdraw"
	Deliver     Did = "deliver"
	Renegotiate Did = "renegotiate"
	Revoke      Did = "revoke"
	Retract     Did = "retract"
	AcceptWork  Did = "accept"
	Reject      Did = "reject"
	Close       Did = "close"
)

// The overlays, which are over a state and do not change it, and the annotations.
const (
	Ask            Did = "ask"
	Answer         Did = "answer"
	CommitToCommit Did = "commit-to-commit"
	Progress       Did = "progress"
	Summarize      Did = "summarize"
	Confirm        Did = "confirm"
	Correct        Did = "correct"
	AskHelp        Did = "ask-help"
)

// AllDids lists every verb: those that change the state in the order in which a
// conversation tends to use them, then the overlays, then the annotations.
var AllDids = []Did{
	Request, Offer, Promise, Agree, Counter, Decline, Withdraw,
	Deliver, Renegotiate, Retract, Revoke, AcceptWork, Reject, Close,
	CommitToCommit, Ask, Answer,
	Progress, Summarize, Confirm, Correct, AskHelp,
}

// Terms are what is on the table: a date, conditions of satisfaction, or both.
type Terms struct {
	Due           civil.Moment
	SatisfiedWhen []string
}

// A Move is one dated act of one side.
type Move struct {
	On   civil.Moment
	Side Side
	Did  Did
	Terms
	// Also are conditions that are added to those agreed or on the table.
	Also []string
	// WithInterim says that the interim results not yet delivered move by as many days as the date, once it
	// is agreed.
	WithInterim bool
	// AnswerBy is the date by which the other side is asked to answer or, with CommitToCommit, the date by
	// which this side will.
	AnswerBy civil.Moment
	Note     string
}
