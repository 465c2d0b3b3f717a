package client

import (
	"errors"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Replayed is the result of the moves of a commitment, or of one of its interim results.
type Replayed struct {
	loop.Conversation
	// Steps holds the conversation after each replayed move, at the index of the move. It is shorter than the
	// moves if the replay stopped at one.
	Steps []loop.Conversation
	// Begun is false for a commitment without a first move, and for an interim result whose commitment was
	// never promised; State is then loop.Start.
	Begun bool
	// Ended is true for an interim result that was still open when its commitment closed. State is then still
	// an open one: use Open, which considers both.
	Ended bool

	first  loop.Conversation   // before any move
	before []loop.Conversation // before each move, at the same index
	until  civil.Moment        // of an interim result: when its commitment closed
	// carried are the changes of the commitment's date that moved this interim result too.
	carried []carried
}

// A carried change of a commitment's date moves an interim result, after this number of the interim result's
// own moves.
type carried struct {
	loop.Carried
	after int
}

// Open reports whether more moves can follow.
func (r Replayed) Open() bool { return r.Begun && !r.Ended && r.State.Open() }

// Before returns the conversation before move i, which was replayed.
func (r Replayed) Before(i int) loop.Conversation { return r.before[i] }

// askedBy returns the side that first asked for a later date than the agreed one, while terms are proposed.
// It is neither side if that was after date, or if it was a reject.
func (r Replayed) askedBy(date civil.Moment) loop.Side {
	var asked loop.Move
	for _, step := range slices.Backward(r.Steps) {
		if step.State != loop.Resetting {
			break
		}
		asked = step.LastMove
	}
	if asked.On.After(date) || asked.Did == loop.Reject || !later(asked.Terms.Due, r.Agreed.Due) {
		return 0
	}
	return asked.Side
}

// AsOf returns r as it was at the end of the day on. moves are those that r was replayed from, or a longer
// list that begins with them. An interim result begins when its commitment is promised and ends when that
// closes, also as of that day.
func (r Replayed) AsOf(moves []Move, on civil.Date) Replayed {
	interim := r.first.State == loop.Promised
	if interim && r.first.PromisedOn.Date.After(on) {
		start := loop.New(r.Limits)
		return Replayed{Conversation: start, first: start}
	}
	then := Replayed{Conversation: r.first, first: r.first}
	// A move that is certainly earlier than the one before it is illegal, so the
	// days only ever go up.
	n := 0
	for n < len(r.Steps) && !moves[n].On.Date.After(on) {
		n++
	}
	if n > 0 {
		then.Conversation, then.Steps, then.before = r.Steps[n-1], r.Steps[:n:n], r.before[:n:n]
	}
	for _, w := range r.carried {
		if w.after > n || w.On.Date.After(on) {
			break
		}
		if w.after == n {
			then.Conversation = then.MovedWith(w.Carried)
		}
		then.carried = append(then.carried, w)
	}
	if !r.until.Date.After(on) {
		then.until = r.until
	}
	then.Begun = then.State != loop.Start
	then.Ended = !then.until.IsZero() && then.State.Open()
	return then
}

// A Replay is the result of the moves of a commitment and of each of its interim results.
type Replay struct {
	Whole Replayed
	// Interims are in the order of the interim results.
	Interims []Replayed
	// Faults are the illegal moves; empty in a file without an error.
	Faults []Fault
}

// A Fault is a move that is illegal at its place.
type Fault struct {
	// Deliverable is the index of the interim result, -1 for the commitment itself.
	Deliverable int
	Move        int // its index among the moves
	Err         *loop.IllegalMove
}

// SideOf returns the side of cm that person is on: customer or performer, whichever is of the person's side,
// client or provider. It is 0 if any of the three is unknown, or if customer and performer are of the same
// side.
func (c *Client) SideOf(cm *Commitment, person string) loop.Side {
	of := func(id string) string { return c.People[id].Side }
	customer, performer, side := of(cm.Customer), of(cm.Performer), of(person)
	switch {
	case side == "" || customer == "" || performer == "" || customer == performer:
		return 0
	case side == customer:
		return loop.Customer
	case side == performer:
		return loop.Performer
	}
	return 0
}

// Limits returns the days after which an answer, and the acceptance of a delivery, are due if a move gives no
// date. A promise in hours is due on the same day.
func (c *Client) Limits() loop.Limits {
	days := func(d Duration) int {
		if n := d.CalendarDays(); n > 0 || d.IsZero() {
			return n
		}
		return loop.SameDay
	}
	return loop.Limits{AnswerWithin: days(c.Promises.AnswerWithin), AcceptWithin: days(c.Promises.AcceptWithin)}
}

// Replay returns the result of the moves of cm and of each of its interim results, and the illegal moves. A
// replay stops at its first illegal move, so that one mistake is reported once. It also stops, without a
// Fault, at a move without a date or a verb, or by a person of unknown side: the reader of the file reports
// those. c.People must include the provider's people.
//
// It does not set cm.Replay: the reader does, and Public does where it removes moves.
func (c *Client) Replay(cm *Commitment) Replay {
	moves := c.loopMoves(cm, cm.Moves)
	if len(moves) > 0 && len(moves[0].SatisfiedWhen) == 0 && opens(moves[0].Did) {
		moves[0].SatisfiedWhen = cm.SatisfiedWhen
	}
	whole, err := replay(loop.New(c.Limits()), moves, nil, nil)
	var faults []Fault
	if err != nil {
		faults = append(faults, Fault{-1, len(whole.Steps), err})
	}
	whole.Begun = whole.State != loop.Start
	cut := len(whole.Steps) < len(cm.Moves)

	interim := make([]Replayed, len(cm.Deliverables))
	for i := range cm.Deliverables {
		d := &cm.Deliverables[i]
		moves := c.loopMoves(cm, d.Moves)
		switch {
		case !whole.PromisedOn.IsZero():
			interim[i], err = c.replayInterim(whole, d.Due, moves)
		case cut:
			// The fault above says why it was not promised; these moves are not to blame.
			interim[i], err = notBegun(c.Limits(), nil)
		default:
			interim[i], err = notBegun(c.Limits(), moves)
		}
		if err != nil {
			faults = append(faults, Fault{i, len(interim[i].Steps), err})
		}
	}
	return Replay{whole, interim, faults}
}

// replayInterim replays an interim result with the date due, of a commitment that was promised.
func (c *Client) replayInterim(whole Replayed, due civil.Moment, moves []loop.Move) (Replayed, *loop.IllegalMove) {
	within := func(d loop.Conversation, m loop.Move) *loop.IllegalMove {
		e := &loop.IllegalMove{Move: m, State: d.State, Field: "on"}
		switch {
		case m.On.Before(whole.PromisedOn):
			e.Reason, e.Limit = loop.NotBegun, whole.PromisedOn
		case !whole.ClosedOn.IsZero() && m.On.After(whole.ClosedOn):
			e.Reason, e.Limit = loop.Ended, whole.ClosedOn
		case m.WithInterim:
			e.Reason, e.Field = loop.UnexpectedField, "with_interim"
		default:
			return nil
		}
		return e
	}
	r, err := replay(loop.NewPromised(c.Limits(), whole.PromisedOn, due), moves, within, whole.Carried)
	r.Begun, r.until = true, whole.ClosedOn
	r.Ended = !r.until.IsZero() && r.State.Open()
	return r, err
}

// notBegun returns an interim result of a commitment that was never promised; a move on it is illegal.
func notBegun(l loop.Limits, moves []loop.Move) (Replayed, *loop.IllegalMove) {
	start := loop.New(l)
	r := Replayed{Conversation: start, first: start}
	if len(moves) == 0 {
		return r, nil
	}
	return r, &loop.IllegalMove{Move: moves[0], State: loop.Start, Reason: loop.NotBegun, Field: "on"}
}

// replay applies moves to conv until one is illegal or, if within is not nil, until within refuses one. with
// are the changes of the commitment's date, oldest first: each is applied before the moves that are not
// certainly earlier. A delivery that may be earlier than a change does not move with it.
func replay(conv loop.Conversation, moves []loop.Move,
	within func(loop.Conversation, loop.Move) *loop.IllegalMove, with []loop.Carried,
) (Replayed, *loop.IllegalMove) {
	r := Replayed{Conversation: conv, first: conv, Steps: make([]loop.Conversation, 0, len(moves))}
	for i, m := range moves {
		for len(with) > 0 && !m.On.Before(with[0].On) {
			r, with = r.movedWith(with[0], moves[i:]), with[1:]
		}
		r.before = append(r.before, r.Conversation)
		if within != nil {
			if e := within(r.Conversation, m); e != nil {
				return r, e
			}
		}
		next, err := r.Apply(m)
		if err != nil {
			e, _ := errors.AsType[*loop.IllegalMove](err)
			return r, e
		}
		r.Conversation = next
		r.Steps = append(r.Steps, next)
	}
	for _, w := range with {
		r = r.movedWith(w, nil)
	}
	return r, nil
}

// movedWith returns r, an interim result, moved with its commitment. If one of the moves in follow delivers
// it and may be earlier, r does not change.
func (r Replayed) movedWith(w loop.Carried, follow []loop.Move) Replayed {
	if slices.ContainsFunc(follow, func(m loop.Move) bool { return m.Did == loop.Deliver && !m.On.After(w.On) }) {
		return r
	}
	r.Conversation = r.MovedWith(w)
	r.carried = append(r.carried, carried{w, len(r.Steps)})
	return r
}

// AwaitsInterim reports whether an interim result of cm was not delivered yet on a day, or at the end of the
// day before; r is the replay of cm.
func (r Replay) AwaitsInterim(cm *Commitment, on civil.Date) bool {
	for i, d := range cm.Deliverables {
		for _, day := range []civil.Date{on.AddDays(-1), on} {
			if then := r.Interims[i].AsOf(d.Moves, day); then.Open() && then.DeliveredOn.IsZero() {
				return true
			}
		}
	}
	return false
}

// loopMoves returns moves as package loop takes them, up to the first that lacks its side, date or verb.
func (c *Client) loopMoves(cm *Commitment, moves []Move) []loop.Move {
	var ms []loop.Move
	for _, m := range moves {
		side := c.SideOf(cm, m.By)
		if side == 0 || m.On.IsZero() || m.Did == "" {
			break
		}
		ms = append(ms, loop.Move{
			On: m.On, Side: side, Did: loop.Did(m.Did),
			Terms: loop.Terms{Due: m.Due, SatisfiedWhen: m.SatisfiedWhen},
			Also:  m.Also, WithInterim: m.WithInterim,
			AnswerBy: m.AnswerBy, Note: m.Note,
		})
	}
	return ms
}

func opens(d loop.Did) bool { return d == loop.Request || d == loop.Offer }
