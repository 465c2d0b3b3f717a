package client

import (
	"errors"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Replayed is what the moves of a commitment, or of one of its interim
// deliverables, have come to.
type Replayed struct {
	loop.Conversation
	// Steps holds the conversation after each move that was replayed, at the same
	// index as the move. It is shorter than the moves where the replay had to stop.
	Steps []loop.Conversation
	// Begun is false for a commitment without a first move, and for a deliverable
	// whose commitment was never promised; its State is then loop.Start.
	Begun bool
	// Ended is true for a deliverable whose commitment closed while it was still open. Its State
	// is then still that of an open one: ask Open, which knows both.
	Ended bool

	first  loop.Conversation   // before any move
	before []loop.Conversation // before each move, at the same index
	until  civil.Moment        // of a deliverable: when its commitment closed
	// carried are the changes of its commitment's date with which a deliverable moved.
	carried []carried
}

// A carried change of the date of a commitment moves a deliverable, after a number of the
// deliverable's own moves.
type carried struct {
	loop.Carried
	after int
}

// Open reports whether anything more can be expected of it.
func (r Replayed) Open() bool { return r.Begun && !r.Ended && r.State.Open() }

// Before returns the conversation as it was before move i, which was replayed.
func (r Replayed) Before(i int) loop.Conversation { return r.before[i] }

// askedBy returns who asked for a later date than is agreed, while terms are on the table; neither
// side where that was after a date, or where something was sent back.
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

// AsOf returns r as it was at the end of the day on; moves are those that r was
// replayed from, or a longer list that begins with them. A deliverable begins with
// the promise of its commitment and ends with it, as of that day too.
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

// A Replay is what the moves of a commitment, and of each of its interim results, have
// come to.
type Replay struct {
	Whole Replayed
	// Interims are in the order of the deliverables.
	Interims []Replayed
	// Faults are the moves that may not be made; empty in a file without an error.
	Faults []Fault
}

// A Fault is a move that may not be made where it stands.
type Fault struct {
	// Deliverable is the index of the deliverable, -1 for the commitment itself.
	Deliverable int
	Move        int // its index among the moves
	Err         *loop.IllegalMove
}

// SideOf returns the side of cm that person is on: the side of whichever of the
// customer and the performer is of the same house, client or provider. It is 0
// where any of the three is unknown, or customer and performer are of one house.
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

// Limits returns the days after which an answer, and the acceptance of what was
// delivered, are due where a move names no date. A promise in hours falls due on
// the same day.
func (c *Client) Limits() loop.Limits {
	days := func(d Duration) int {
		if n := d.CalendarDays(); n > 0 || d.IsZero() {
			return n
		}
		return loop.SameDay
	}
	return loop.Limits{AnswerWithin: days(c.Promises.AnswerWithin), AcceptWithin: days(c.Promises.AcceptWithin)}
}

// Replay returns what the moves of cm and of each of its deliverables have come
// to, and the moves that were illegal. A replay stops at its first illegal move,
// so that one mistake is reported once. It stops without a Fault at a move that
// lacks its date or its verb, or is by someone of no known side: the reader of
// the file reports those. c.People must hold the provider's people too.
//
// It does not set cm.Replay: the reader does, and Public where the client sees other moves.
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
			// Why it was not promised is a fault above; its moves are not to blame.
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

// replayInterim replays a deliverable that is due on the date due, of a
// commitment that was promised.
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

// notBegun returns a deliverable of a commitment that was never promised; a move
// on it is illegal.
func notBegun(l loop.Limits, moves []loop.Move) (Replayed, *loop.IllegalMove) {
	start := loop.New(l)
	r := Replayed{Conversation: start, first: start}
	if len(moves) == 0 {
		return r, nil
	}
	return r, &loop.IllegalMove{Move: moves[0], State: loop.Start, Reason: loop.NotBegun, Field: "on"}
}

// replay applies moves to conv until one is illegal or, where within is given,
// does not lie within the time that is given to it. The changes in with are those of its
// commitment's date, oldest first; a move comes before one of them only where it is certainly
// earlier. What may have been delivered before one of them does not move with it.
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

// movedWith returns r, of a deliverable, moved with its commitment, unless one of the moves
// that follow delivers it and may be earlier.
func (r Replayed) movedWith(w loop.Carried, follow []loop.Move) Replayed {
	if slices.ContainsFunc(follow, func(m loop.Move) bool { return m.Did == loop.Deliver && !m.On.After(w.On) }) {
		return r
	}
	r.Conversation = r.MovedWith(w)
	r.carried = append(r.carried, carried{w, len(r.Steps)})
	return r
}

// AwaitsInterim reports whether an interim result of cm, of which r is the replay, was still to
// be delivered on a day, or at the end of the day before.
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

// loopMoves returns moves as the loop takes them, up to the first that lacks what
// every move has.
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

// opens reports whether d is a move with which a commitment begins.
func opens(d loop.Did) bool { return d == loop.Request || d == loop.Offer }
