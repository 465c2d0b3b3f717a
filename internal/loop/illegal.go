package loop

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/civil"
)

// A Reason says why a move is illegal.
type Reason string

// The reasons. NotBegun and Ended are for an interim result, which begins and ends with its commitment; Apply
// never returns them.
const (
	NotAllowed      Reason = "not allowed"      // nobody may make it now
	WrongSide       Reason = "wrong side"       // the other side may make it now
	MissingField    Reason = "missing field"    // it needs Field
	UnexpectedField Reason = "unexpected field" // it may not carry this Field
	OutOfOrder      Reason = "out of order"     // it is dated before the move before it
	TooEarly        Reason = "too early"        // a close before the date for accepting
	Asking          Reason = "asking"           // a close while a question of the customer is open
	NoDate          Reason = "no date"          // it would end promised without a date
	NotBegun        Reason = "not begun"        // the commitment is not yet promised
	Ended           Reason = "ended"            // the commitment is already closed
)

// An IllegalMove is the error of a move that may not be made.
type IllegalMove struct {
	Move   Move
	State  State // the state before the move
	Reason Reason
	// Field is the key with the error, as a file writes it: did, by, on, due, satisfied_when, also,
	// with_interim, answer_by or note.
	Field string
	// Limit is the date that the move conflicts with: of the move before for OutOfOrder, for accepting for
	// TooEarly, on the table for a wrong agree, of the promise for NotBegun, of the closing for Ended. Zero
	// if there is none.
	Limit civil.Moment
	// Allowed are the moves that may be made instead.
	Allowed []Legal
}

// Error says what is wrong and what is allowed, in one sentence.
func (e *IllegalMove) Error() string { return e.Problem() + "; " + e.Hint() }

// Problem says what is wrong, in one sentence without a full stop.
func (e *IllegalMove) Problem() string {
	did := e.Move.Did
	switch e.Reason {
	case NotAllowed:
		return e.notAllowed()
	case WrongSide:
		return fmt.Sprintf("the %s cannot %s now, only the %s can", e.Move.Side, did, e.Move.Side.Other())
	case MissingField:
		return e.missing()
	case UnexpectedField:
		return e.unexpected()
	case OutOfOrder:
		return fmt.Sprintf("%s is dated %s, earlier than the %s of the move before it", did, e.Move.On, e.Limit)
	case TooEarly:
		if e.Limit.IsZero() {
			return "close must wait for the date for accepting, and there is none: give the deliver an answer_by, " +
				"or set accept_within in [promises]"
		}
		return fmt.Sprintf("close must wait until the date for accepting, %s, has passed", e.Limit)
	case Asking:
		return "close must wait until the question of the customer is answered: " +
			"the date for accepting stands still meanwhile"
	case NoDate:
		if did == Agree {
			return "agree needs a date on the table, and nobody has proposed one: counter with a due"
		}
		return fmt.Sprintf("%s needs a due, since no date was asked for", did)
	case NotBegun:
		return fmt.Sprintf("the commitment had not been promised yet on %s", e.Move.On)
	case Ended:
		return fmt.Sprintf("the commitment was closed on %s, so %s on %s comes too late", e.Limit, did, e.Move.On)
	}
	return fmt.Sprintf("%s is not possible", did)
}

func (e *IllegalMove) notAllowed() string {
	did := e.Move.Did
	switch {
	case !slices.Contains(AllDids, did):
		return fmt.Sprintf("%q is not a move", string(did))
	case e.State == Start:
		return fmt.Sprintf("%s cannot come first", did)
	case !e.State.Open():
		return fmt.Sprintf("nobody can %s once it is closed", did)
	case did == Ask:
		return "nobody can ask while a question is open"
	case did == Answer:
		return "nothing is open that could be answered"
	case did == Confirm:
		return "no summary is open that could be confirmed"
	case did == AskHelp:
		return "both sides have asked for help already"
	}
	return fmt.Sprintf("nobody can %s now", did)
}

func (e *IllegalMove) missing() string {
	switch {
	case e.Field == "on":
		return fmt.Sprintf("%s needs a date in on", e.Move.Did)
	case e.Field == "by":
		return fmt.Sprintf("%s needs someone of one of the two sides in by", e.Move.Did)
	case e.Move.Did == Counter:
		return "counter needs a due, satisfied_when, also or a note"
	case e.Field == "note":
		return fmt.Sprintf("%s needs a note", e.Move.Did)
	}
	return fmt.Sprintf("%s needs %s", e.Move.Did, e.Field)
}

func (e *IllegalMove) unexpected() string {
	did := e.Move.Did
	switch {
	case did == Agree && e.Field == "due" && e.Limit.IsZero():
		return "agree cannot bring a date, and none is on the table; that is a counter"
	case did == Agree && e.Field == "due":
		return fmt.Sprintf("agree cannot carry another date than %s, which is on the table; that is a counter", e.Limit)
	case did == Agree && e.Field == "satisfied_when":
		return "agree cannot carry other conditions than those on the table; that is a counter"
	case did == Reject && e.Field == "satisfied_when":
		return "reject takes satisfied_when only together with a due"
	case e.Field == "also" && len(e.Move.SatisfiedWhen) > 0:
		return "also adds to the conditions before, and satisfied_when replaces them; write one of the two"
	case e.Field == "also" && (did == Counter || did == Renegotiate):
		return "also repeats a condition that is there already"
	case e.Field == "also":
		return fmt.Sprintf("%s takes no also; counter and renegotiate do", did)
	case e.Field == "with_interim":
		return "with_interim stands only on a renegotiate of a commitment, or a counter to one, with a due that is " +
			"later than the agreed date"
	case e.Field == "answer_by":
		return fmt.Sprintf("%s takes no answer_by, since it does not hand over the turn", did)
	}
	return fmt.Sprintf("%s takes no %s", did, e.Field)
}

// Hint says, without a full stop, what the state is and which moves are allowed, or when an interim result
// begins and ends.
func (e *IllegalMove) Hint() string {
	switch {
	case e.Reason == NotBegun:
		return "an interim deliverable takes moves from the day its commitment is promised"
	case e.Reason == Ended:
		return "an interim deliverable ends with its commitment"
	case len(e.Allowed) == 0:
		return e.State.Sentence() + ", and no move is allowed"
	}
	var customer, performer, either []string
	for _, l := range e.Allowed {
		both := slices.Contains(e.Allowed, Legal{l.Side.Other(), l.Did})
		switch {
		case both && l.Side == Customer:
			either = append(either, string(l.Did))
		case both:
		case l.Side == Customer:
			customer = append(customer, string(l.Did))
		default:
			performer = append(performer, string(l.Did))
		}
	}
	var parts []string
	for _, p := range []struct {
		who  string
		dids []string
	}{{"the customer", customer}, {"the performer", performer}, {"either", either}} {
		if len(p.dids) > 0 {
			parts = append(parts, p.who+" may "+alternatives(p.dids))
		}
	}
	return e.State.Sentence() + ": " + strings.Join(parts, "; ")
}

// alternatives joins words as in "a, b or c".
func alternatives(words []string) string {
	n := len(words) - 1
	if n == 0 {
		return words[0]
	}
	return strings.Join(words[:n], ", ") + " or " + words[n]
}
