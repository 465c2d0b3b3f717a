package loop

import (
	"slices"

	"portalgen/internal/civil"
)

// Apply returns the conversation after the move m. An error is an *IllegalMove,
// and the conversation returned with it is c itself. c is never changed.
func (c Conversation) Apply(m Move) (Conversation, error) {
	if e := c.refuse(m); e != nil {
		return c, e
	}
	return c.after(m), nil
}

// after returns the conversation after m, which is legal.
func (c Conversation) after(m Move) Conversation {
	m.SatisfiedWhen, m.Also = slices.Clone(m.SatisfiedWhen), slices.Clone(m.Also)
	c.LastMove = m
	c.Moves++
	// A whole day is not certainly later than an hour of it, and must not make
	// room for an earlier hour.
	if c.latest.IsZero() || m.On.After(c.latest) || m.On.Date == c.latest.Date && m.On.Timed {
		c.latest = m.On
	}
	if r, ok := c.row(m.Side, m.Did); ok {
		return c.moved(m, r.to)
	}
	return c.overlaid(m)
}

// overlaid returns the conversation after an overlay or an annotation. None of
// them changes the state, and only ask, answer and commit-to-commit touch the
// turn or its date. In particular, an annotation leaves an open question open:
// progress is not an answer.
func (c Conversation) overlaid(m Move) Conversation {
	switch m.Did {
	case Ask:
		c.OpenQuestion = &Question{
			By: m.Side, On: m.On, Note: m.Note,
			AnswerBy: m.by(c.Limits.AnswerWithin), turnSince: c.TurnSince,
		}
		if c.stateTurn() == m.Side {
			c.TurnSince = m.On
		}
	case Answer:
		if c.isAsked(m.Side) {
			c = c.answered(m)
		}
		c.HelpAsked = dropped(c.HelpAsked, func(h Help) bool { return h.By == m.Side })
	case CommitToCommit:
		c = c.committed(m)
	case Summarize:
		c.OpenSummaries = append(slices.Clip(c.OpenSummaries), c.summary(m))
	case Confirm:
		c.OpenSummaries = c.summariesWithout(m.Side.Other())
	case Correct:
		// It corrects what the other side said and waits to have confirmed, or
		// where there is no such thing what its own side said.
		by := m.Side.Other()
		if !c.summarized(by) {
			by = m.Side
		}
		c.OpenSummaries = append(c.summariesWithout(by), c.summary(m))
	case AskHelp:
		c.HelpAsked = append(slices.Clip(c.HelpAsked), Help{m.Side, m.On, m.by(c.Limits.AnswerWithin), m.Note})
	}
	return c
}

// answered returns the conversation after the answer m to the open question. It is as it
// was before, except that a time to answer which stood still goes on where it stopped.
func (c Conversation) answered(m Move) Conversation {
	later := 0
	if c.Stopped() {
		later = m.On.Sub(c.OpenQuestion.On.Date)
	}
	c = c.WithoutQuestion()
	c.answerBy, c.CommittedAnswerBy = c.answerBy.Later(later), c.CommittedAnswerBy.Later(later)
	return c
}

// committed returns the conversation after a commit-to-commit. Promising an
// answer is not answering: an open question stays open and takes the promised
// date. To the terms on the table the promise speaks only where they, too, wait
// for the side that made it.
func (c Conversation) committed(m Move) Conversation {
	if c.OpenQuestion != nil {
		q := *c.OpenQuestion
		q.AnswerBy, q.Promised = m.AnswerBy, true
		c.OpenQuestion = &q
	}
	if c.stateTurn() == m.Side {
		c.CommittedBy, c.CommittedAnswerBy = m.Side, m.AnswerBy
	}
	return c
}

// moved returns the conversation after a move of the table. It closes a question
// and ends a promised answer, which was one to the terms as they were.
func (c Conversation) moved(m Move, to State) Conversation {
	if m.Did == Reject && !m.Due.IsZero() {
		to = Resetting
	}
	turn, since := c.Turn(), c.TurnSince
	replaces := c.State.onTable() && to.onTable() && m.Side == c.Proposer
	c.OpenQuestion = nil
	c.CommittedBy, c.CommittedAnswerBy = 0, civil.Moment{}

	c = c.settled(m, to)
	c.State = to
	c.answerBy = c.dateToMove(m)
	c.TurnSince = m.On
	if replaces && c.Turn() == turn {
		c.TurnSince = since
	}
	if !to.Open() {
		c = c.closed(m)
	}
	return c
}

// settled returns c with the terms, and the dates of work, as m leaves them on
// the way to the state to.
func (c Conversation) settled(m Move, to State) Conversation {
	if m.Side == Performer {
		c.RejectedOn = civil.Moment{}
	}
	switch m.Did {
	case Promise:
		c = c.proposed(m)
		c = c.agreed(m)
	case Agree:
		c = c.agreed(m)
	case Deliver:
		c = c.notSentBack()
		c.DeliveredOn = m.On
	case Reject:
		c.RejectedOn, c.SentBackOn, c.SentBackFrom, c.ReworkDated = m.On, m.On, c.DeliveredOn, false
		c.DeliveredOn = civil.Moment{}
	case Retract:
		c.DeliveredOn = civil.Moment{}
	}
	if to.onTable() {
		return c.proposed(m)
	}
	c.Proposer, c.Proposed, c.ProposedReason, c.WithInterim = 0, Terms{}, "", false
	return c
}

// notSentBack returns c with no delivery that was sent back.
func (c Conversation) notSentBack() Conversation {
	c.SentBackOn, c.SentBackFrom, c.ReworkDated = civil.Moment{}, civil.Moment{}, false
	return c
}

// proposed returns c with the terms of m on the table. What m does not give
// stays as it was there or, where nothing was, as it was agreed.
func (c Conversation) proposed(m Move) Conversation {
	if c.Proposer == 0 {
		c.Proposed = c.Agreed
	}
	if c.Proposer == 0 || !m.Due.IsZero() || c.Proposed.Due.IsZero() {
		c.ProposedReason = m.Note
	}
	c.Proposer = m.Side
	if !m.Due.IsZero() {
		c.Proposed.Due = m.Due
	}
	if len(m.SatisfiedWhen) > 0 {
		c.Proposed.SatisfiedWhen = m.SatisfiedWhen
	}
	c.Proposed.SatisfiedWhen = slices.Concat(c.Proposed.SatisfiedWhen, m.Also)
	c.WithInterim = c.WithInterim || m.WithInterim
	return c
}

// agreed returns c with the terms on the table agreed. A date that did not
// change is not a new one.
func (c Conversation) agreed(m Move) Conversation {
	if c.PromisedOn.IsZero() {
		c.PromisedOn = m.On
	}
	later := c.laterBy(c.Proposed.Due)
	c.Agreed, c.last = c.Proposed, c.Proposed
	if n := len(c.AgreedDates); n == 0 || c.AgreedDates[n-1].Due != c.Agreed.Due {
		c.AgreedDates = append(slices.Clip(c.AgreedDates), AgreedDate{Due: c.Agreed.Due, On: m.On, Reason: c.ProposedReason})
		c.ReworkDated = !c.SentBackOn.IsZero()
		if c.WithInterim && later > 0 {
			c.Carried = append(slices.Clip(c.Carried), Carried{m.On, later, c.ProposedReason})
		}
	}
	return c
}

// laterBy returns by how many days due is later than the agreed date; 0 where none is agreed.
func (c Conversation) laterBy(due civil.Moment) int {
	if c.Agreed.Due.IsZero() {
		return 0
	}
	return due.Sub(c.Agreed.Due.Date)
}

// dateToMove returns what answerBy becomes after m, which led to c's state. In
// Promised the agreed date rules, unless a reject says by when to try again.
func (c Conversation) dateToMove(m Move) civil.Moment {
	switch {
	case c.State.onTable():
		return m.by(c.Limits.AnswerWithin)
	case c.State == Delivered:
		return m.by(c.Limits.AcceptWithin)
	case m.Did == Reject:
		return m.AnswerBy
	}
	return civil.Moment{}
}

// closed returns c closed by m: all that was open is settled.
func (c Conversation) closed(m Move) Conversation {
	c.ClosedOn = m.On
	c.Agreed = Terms{}
	c = c.notSentBack()
	c.TurnSince, c.RejectedOn = civil.Moment{}, civil.Moment{}
	c.OpenSummaries, c.HelpAsked = nil, nil
	return c
}

func (c Conversation) summary(m Move) Summary {
	return Summary{m.Side, m.On, m.by(c.Limits.AnswerWithin), m.Note}
}

func (c Conversation) summariesWithout(by Side) []Summary {
	return dropped(c.OpenSummaries, func(s Summary) bool { return s.By != by })
}

// dropped returns a new slice of the elements that are to be kept, nil if none.
func dropped[E any](s []E, keep func(E) bool) []E {
	var kept []E
	for _, e := range s {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// by returns by when m asks to be answered: its own date, else the limit of days
// after it, else none.
func (m Move) by(within int) civil.Moment {
	switch {
	case !m.AnswerBy.IsZero():
		return m.AnswerBy
	case within == SameDay:
		return civil.On(m.On.Date)
	case within > 0:
		return civil.On(m.On.AddDays(within))
	}
	return civil.Moment{}
}
