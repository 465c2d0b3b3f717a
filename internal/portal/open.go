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
	// Promised says that AnswerBy is the promise of the one asked.
	Promised bool
}

// An OpenHelp is a call for help that waits for an answer.
type OpenHelp struct {
	By           Person
	On, AnswerBy civil.Moment
	Note         Text
}

// openThings fills what lies over an open conversation, what is expected next, and
// how late it is.
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

// closedAfter returns when a commitment closed that was certainly still open on on; zero
// where it is open, or closed by then.
func (v *View) closedAfter(commitment string, on civil.Moment) civil.Moment {
	for _, cm := range v.c.Commitments {
		if closed := cm.Replay.Whole.ClosedOn; cm.ID == commitment && on.Before(closed) {
			return closed
		}
	}
	return civil.Moment{}
}

// Waits reports whether a change waits to be agreed or declined. Closing the commitment
// that it names settles it. It settles no [[question]]: whoever asked one still wants to know.
func (v *View) Waits(c client.Change) bool {
	return c.Agreed.IsZero() && c.Declined.IsZero() && v.closedAfter(c.Commitment, c.On).IsZero()
}

// assumed reports whether an assumption waits to be confirmed or found wrong. Once the commitment that
// stands on it is closed, nothing hangs on it any more.
func (v *View) assumed(a client.Assumption) bool {
	return a.Confirmed.IsZero() && a.Wrong.IsZero() && !a.On.Date.After(v.Today) &&
		v.closedAfter(a.Commitment, a.On).IsZero()
}

// Covered reports whether an interim result is not awaited although it is open: the
// whole that it was on the way to has been delivered, and was not sent back.
func Covered(whole client.Replayed) bool { return whole.State == loop.Delivered }

// mover returns who of a side made the latest move of the given kinds with that date
// and note: the loop remembers sides, and anyone may speak for theirs.
func (v *View) mover(cm *client.Commitment, moves []client.Move, side loop.Side, on civil.Moment, note string,
	dids ...loop.Did,
) Person {
	if i := v.place(cm, moves, side, on, note, dids...); i >= 0 {
		return v.people[moves[i].By]
	}
	return v.sidePerson(cm, side)
}

// place returns the index of the move that mover looks for, -1 where there is none.
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
