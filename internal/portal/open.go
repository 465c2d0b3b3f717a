package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// An OpenSummary is a "this is what we said, right?" that waits to be confirmed.
type OpenSummary struct {
	By           Person
	On, AnswerBy civil.Moment
	Note         Text
}

// An OpenQuestion is a question among the moves that waits for an answer.
type OpenQuestion struct {
	By, To       Person
	On, AnswerBy civil.Moment
	Note         Text
	// Promised says that AnswerBy was promised by the side that was asked.
	Promised bool
}

// An OpenHelp is a request for help that waits for an answer.
type OpenHelp struct {
	By           Person
	On, AnswerBy civil.Moment
	Note         Text
}

// openThings sets the open summaries, question and requests for help, the expected moves, and LateDays.
func (v *View) openThings(p *Progress, cm *client.Commitment, moves []client.Move) {
	c := p.conv
	for _, s := range c.OpenSummaries {
		by := v.mover(cm, moves, s.By, s.On, s.Note, loop.Summarize, loop.Correct)
		p.Summaries = append(p.Summaries, OpenSummary{by, s.On, s.AnswerBy, Text(s.Note)})
	}
	if q := c.OpenQuestion; q != nil {
		by := v.mover(cm, moves, q.By, q.On, q.Note, loop.Ask)
		p.Question = &OpenQuestion{by, v.sidePerson(cm, q.By.Other()), q.On, q.AnswerBy, Text(q.Note), q.Promised}
	}
	for _, h := range c.HelpAsked {
		by := v.mover(cm, moves, h.By, h.On, h.Note, loop.AskHelp)
		p.HelpAsked = append(p.HelpAsked, OpenHelp{by, h.On, h.AnswerBy, Text(h.Note)})
	}
	for _, did := range c.NextExpected() {
		p.Expected = append(p.Expected, string(did))
	}
	if p.Awaited() && v.past(p.Until) {
		p.LateDays = v.Today.Sub(p.Counts.Date)
	}
}

// Waits reports whether a change waits to be agreed or declined. It stops waiting when its commitment closes.
func (v *View) Waits(c client.Change) bool {
	return c.Agreed.IsZero() && c.Declined.IsZero() && v.c.ClosedAfter(c.Commitment, c.On).IsZero()
}

// assumed reports whether an assumption waits to be confirmed or found wrong. It stops waiting when its
// commitment closes.
func (v *View) assumed(a client.Assumption) bool {
	return a.Confirmed.IsZero() && a.Wrong.IsZero() && !a.On.Date.After(v.Today) &&
		v.c.ClosedAfter(a.Commitment, a.On).IsZero()
}

// Covered reports whether an open interim result is not expected any more, because the whole has been
// delivered and not sent back.
func Covered(whole client.Replayed) bool { return whole.State == loop.Delivered }

// mover returns the person of a side who made the latest move of the given kinds with this date and note.
// Package loop knows only the side, and any person of a side may make its moves.
func (v *View) mover(cm *client.Commitment, moves []client.Move, side loop.Side, on civil.Moment, note string,
	dids ...loop.Did,
) Person {
	if i := v.place(cm, moves, side, on, note, dids...); i >= 0 {
		return v.people[moves[i].By]
	}
	return v.sidePerson(cm, side)
}

// place returns the index of the move that mover looks for, -1 if there is none.
func (v *View) place(cm *client.Commitment, moves []client.Move, side loop.Side, on civil.Moment, note string,
	dids ...loop.Did,
) int {
	for i, m := range slices.Backward(moves) {
		if m.On == on && m.Note == note && slices.Contains(dids, loop.Did(m.Did)) && v.c.SideOf(cm, m.By) == side {
			return i
		}
	}
	return -1
}
