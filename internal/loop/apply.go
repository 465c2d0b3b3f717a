package loop

import (
	"slices"

	"portalgen/internal/civil"
)

// Apply returns the conversation after the move m. If m is illegal, it returns c unchanged and an
// *IllegalMove.
func (c Conversation) Apply(m Move) (Conversation, error) {
	if e := c.whyIllegal(m); e != nil {
		return c, e
	}
	return c.after(m), nil
}

// after returns the conversation after m, which is legal.
func (c Conversation) after(m Move) Conversation {
	m.SatisfiedWhen, m.Also = slices.Clone(m.SatisfiedWhen), slices.Clone(m.Also)
	c.LastMove = m
	c.Moves++
	// A whole day is not certainly later than a time on it, so it must not replace the later bound.
	if c.latest.IsZero() || m.On.After(c.latest) || m.On.Date == c.latest.Date && m.On.Timed {
		c.latest = m.On
	}
	if r, ok := c.row(m.Side, m.Did); ok {
		return c.afterStateMove(m, r.to)
	}
	return c.afterOverlay(m)
}

// afterOverlay returns the conversation after an overlay or an annotation. These never change the state; only
// ask, answer and commit-to-commit change the turn or its date. An annotation does not answer an open
// question.
func (c Conversation) afterOverlay(m Move) Conversation {
	switch m.Did {
	case Ask:
		c.OpenQuestion = &Question{
			By: m.Side, On: m.On, Note: m.Note,
			AnswerBy: m.answerDate(c.Limits.AnswerWithin), turnSince: c.TurnSince,
		}
		if c.stateTurn() == m.Side {
			c.TurnSince = m.On
		}
	case Answer:
		if c.isAsked(m.Side) {
			c = c.afterAnswer(m)
		}
		c.HelpAsked = kept(c.HelpAsked, func(h Help) bool { return h.By == m.Side })
	case CommitToCommit:
		c = c.afterCommitToCommit(m)
	case Summarize:
		c.OpenSummaries = append(slices.Clip(c.OpenSummaries), c.summary(m))
	case Confirm:
		c.OpenSummaries = c.summariesWithout(m.Side.Other())
	case Correct:
		// It corrects a summary of the other side that waits to be confirmed or, if there is none, one of its
		// own side.
		by := m.Side.Other()
		if !c.summarized(by) {
			by = m.Side
		}
		c.OpenSummaries = append(c.summariesWithout(by), c.summary(m))
	case AskHelp:
		c.HelpAsked = append(slices.Clip(c.HelpAsked), Help{m.Side, m.On, m.answerDate(c.Limits.AnswerWithin), m.Note})
	}
	return c
}

// afterAnswer returns the conversation after m answered the open question: as before the question, except
// that a date that stood still moves on by the days the question was open.
func (c Conversation) afterAnswer(m Move) Conversation {
	later := 0
	if c.Stopped() {
		later = m.On.Sub(c.OpenQuestion.On.Date)
	}
	c = c.WithoutQuestion()
	c.answerBy, c.CommittedAnswerBy = c.answerBy.Later(later), c.CommittedAnswerBy.Later(later)
	return c
}

// afterCommitToCommit returns the conversation after a commit-to-commit. To promise an answer is not to
// answer: an open question stays open and gets the promised date. The promise also counts for proposed terms,
// if they wait for the side that made it.
func (c Conversation) afterCommitToCommit(m Move) Conversation {
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

// afterStateMove returns the conversation after a move of the table. It ends an open question and a promised
// answer, since both are about the state before.
func (c Conversation) afterStateMove(m Move, to State) Conversation {
	if m.Did == Reject && !m.Due.IsZero() {
		to = Resetting
	}
	turn, since := c.Turn(), c.TurnSince
	replaces := c.State.onTable() && to.onTable() && m.Side == c.Proposer
	c.OpenQuestion = nil
	c.CommittedBy, c.CommittedAnswerBy = 0, civil.Moment{}

	c = c.updateTerms(m, to)
	c.State = to
	c.answerBy = c.answerByAfter(m)
	c.TurnSince = m.On
	if replaces && c.Turn() == turn {
		c.TurnSince = since
	}
	if !to.Open() {
		c = c.closed(m)
	}
	return c
}

// updateTerms returns c with the terms and the dates of work as m leaves them on the way to the state to.
func (c Conversation) updateTerms(m Move, to State) Conversation {
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

// proposed returns c with the terms of m proposed. What m does not give stays as it was proposed or, if
// nothing was, as it was agreed.
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

// agreed returns c with the proposed terms agreed. An unchanged date is not a new one.
func (c Conversation) agreed(m Move) Conversation {
	if c.PromisedOn.IsZero() {
		c.PromisedOn = m.On
	}
	later := c.laterBy(c.Proposed.Due)
	c.Agreed, c.last = c.Proposed, c.Proposed
	if n := len(c.AgreedDates); n == 0 || c.AgreedDates[n-1].Due != c.Agreed.Due {
		c.AgreedDates = append(slices.Clip(c.AgreedDates),
			AgreedDate{Due: c.Agreed.Due, On: m.On, Reason: c.ProposedReason})
		c.ReworkDated = !c.SentBackOn.IsZero()
		if c.WithInterim && later > 0 {
			c.Carried = append(slices.Clip(c.Carried), Carried{m.On, later, c.ProposedReason})
		}
	}
	return c
}

// laterBy returns by how many days due is later than the agreed date; 0 if none is agreed.
func (c Conversation) laterBy(due civil.Moment) int {
	if c.Agreed.Due.IsZero() {
		return 0
	}
	return due.Sub(c.Agreed.Due.Date)
}

// answerByAfter returns what answerBy becomes after m, which led to c's state. In Promised it is zero, so
// that the agreed date counts, unless a reject says by when to try again.
func (c Conversation) answerByAfter(m Move) civil.Moment {
	switch {
	case c.State.onTable():
		return m.answerDate(c.Limits.AnswerWithin)
	case c.State == Delivered:
		return m.answerDate(c.Limits.AcceptWithin)
	case m.Did == Reject:
		return m.AnswerBy
	}
	return civil.Moment{}
}

// closed returns c closed by m: nothing is open any more.
func (c Conversation) closed(m Move) Conversation {
	c.ClosedOn = m.On
	c.Agreed = Terms{}
	c = c.notSentBack()
	c.TurnSince, c.RejectedOn = civil.Moment{}, civil.Moment{}
	c.OpenSummaries, c.HelpAsked = nil, nil
	return c
}

func (c Conversation) summary(m Move) Summary {
	return Summary{m.Side, m.On, m.answerDate(c.Limits.AnswerWithin), m.Note}
}

func (c Conversation) summariesWithout(by Side) []Summary {
	return kept(c.OpenSummaries, func(s Summary) bool { return s.By != by })
}

// kept returns a new slice of the elements for which keep is true, nil if there are none.
func kept[E any](s []E, keep func(E) bool) []E {
	var kept []E
	for _, e := range s {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// answerDate returns the date by which m asks for an answer: its own answer_by, else the limit of within
// days, else none.
func (m Move) answerDate(within int) civil.Moment {
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
