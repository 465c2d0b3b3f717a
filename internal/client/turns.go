package client

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A Turn is what a conversation expects from one side.
type Turn struct {
	// At is the conversation as this turn sees it: with the open question, or without it.
	At   loop.Conversation
	Side loop.Side
	// Since is when the side got the turn, By the date by which to use it. Stopped says that the time stands
	// still until the other side answers a question; By is then zero.
	Since, By civil.Moment
	Stopped   bool
	// Later says why the side need not act yet; "" if it should act now.
	Later Later
	// First is what has to come first, if Later is LaterNeed.
	First *Commitment
}

// Later says why it is not yet a side's turn. Only the turns of the client are later for another reason than
// an answer.
type Later string

// The reasons. In the first three, something of the other side comes first.
const (
	LaterAnswer Later = "answer" // the answer to a question or a message
	LaterTerms  Later = "terms"  // new terms: the date that the provider proposed for its own work has passed
	LaterNeed   Later = "need"   // a commitment that this one needs
	LaterFar    Later = "far"    // the work is due in more than FarDays, and nothing else is asked
)

// FarDays is how many days before its date the client's promised work becomes their turn.
const FarDays = 28

// Turns returns what an open conversation of cm expects on the day on: first the answer to an open question,
// then the turn without that question. Both may belong to the same side.
//
// A side that asks a question cannot answer before it hears the answer. So while the question is open, its
// own time to answer terms, a question or a delivery stands still; once it is answered, that date moves to
// later by as many days. This holds for a question among the moves and for a [[question]] or a [[message]]
// about cm. It never moves a date by which work is due.
func (c *Client) Turns(cm *Commitment, conv loop.Conversation, on civil.Date) []Turn {
	var turns []Turn
	add := func(at loop.Conversation, stopped bool) {
		t := Turn{At: at, Side: at.Turn(), Since: at.TurnSince, By: at.AnswerBy(), Stopped: stopped}
		if at.Answers() {
			days, open := c.daysAsking(cm, t.Side, t.Since.Date, on)
			t.By, t.Stopped = t.By.Later(days), stopped || open
		}
		t.Later, t.First = c.later(cm, t, on)
		if t.Later == LaterAnswer || t.Later == LaterTerms {
			t.By = civil.Moment{}
		}
		turns = append(turns, t)
	}
	if conv.OpenQuestion != nil {
		add(conv, false)
	}
	if below := conv.WithoutQuestion(); below.Turn() != 0 {
		add(below, conv.Stopped())
	}
	return turns
}

// later returns why the turn t of cm does not count on the day on, and what has to come first, if that is a
// commitment.
func (c *Client) later(cm *Commitment, t Turn, on civil.Date) (Later, *Commitment) {
	theirs := c.sideOf(cm, t.Side) == ClientSide
	due := t.At.NewDate()
	switch {
	case t.Stopped:
		return LaterAnswer, nil
	case !theirs || t.At.OpenQuestion != nil:
	case t.At.Proposer == loop.Performer && !due.IsZero() && due.Date.Before(on):
		return LaterTerms, nil
	case t.At.State == loop.Promised:
		if first := c.first(cm, on); first != nil {
			return LaterNeed, first
		}
		if !t.By.IsZero() && t.By.Sub(on) > FarDays {
			return LaterFar, nil
		}
	}
	return "", nil
}

// sideOf returns which side, client or provider, is on this side of cm.
func (c *Client) sideOf(cm *Commitment, side loop.Side) string {
	if side == loop.Customer {
		return c.People[cm.Customer].Side
	}
	return c.People[cm.Performer].Side
}

// first returns the first commitment of the other side that cm needs, directly or through others of its own
// side, and that is not delivered on the day on; nil if there is none. Unlike a Wait, it may itself wait for
// the side of cm.
func (c *Client) first(cm *Commitment, on civil.Date) *Commitment {
	for _, id := range cm.Needs {
		need := c.commitment(id)
		if need == nil {
			continue
		}
		at := need.Replay.Whole.AsOf(need.Moves, on)
		if !at.Open() || at.State == loop.Delivered {
			continue
		}
		if c.otherSide(cm, need) {
			return need
		}
		if first := c.first(need, on); first != nil {
			return first
		}
	}
	return nil
}

// daysAsking returns on how many days from since to on a [[question]] or [[message]] about cm, from people of
// side to the other side, was open, and whether one is still open. A message counts if it came on since or
// later, and is open until it is answered.
func (c *Client) daysAsking(cm *Commitment, side loop.Side, since, on civil.Date) (days int, open bool) {
	type span struct{ from, to civil.Date }
	var spans []span
	add := func(from, to civil.Moment) {
		if from.Date.After(on) {
			return
		}
		s := span{from.Date, to.Date}
		if to.IsZero() || to.Date.After(on) {
			s.to, open = on, true
		}
		spans = append(spans, s)
	}
	for _, q := range c.Questions {
		if q.Commitment == cm.ID && c.SideOf(cm, q.By) == side && c.SideOf(cm, q.To) == side.Other() {
			add(q.Asked, q.Answered)
		}
	}
	for _, m := range c.Messages {
		if m.Commitment == cm.ID && c.SideOf(cm, m.By) == side && !m.Received.Date.Before(since) {
			add(m.Received, m.Answered())
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	for _, s := range spans {
		if s.from.Before(since) {
			s.from = since
		}
		if days += max(0, s.to.Sub(s.from)); s.to.After(since) {
			since = s.to
		}
	}
	return days, open
}
