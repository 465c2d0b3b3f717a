package portal

import (
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// The questions of perform and accept; stageQuestions says what each is about.

// did returns the moves of one kind, oldest first.
func (c *Commitment) did(kind loop.Did) []client.Move {
	return movesOf(c.source.Moves[:len(c.replayed.Steps)], kind)
}

func movesOf(all []client.Move, kind loop.Did) []client.Move {
	var found []client.Move
	for _, m := range all {
		if loop.Did(m.Did) == kind {
			found = append(found, m)
		}
	}
	return found
}

// a conversation is a commitment's own, or that of one of its interim results.
type conversation struct {
	*Progress
	moves []client.Move
}

// conversations returns all of a commitment's that have begun and were not cut off.
func (c *Commitment) conversations() []conversation {
	all := make([]conversation, 0, 1+len(c.Deliverables))
	all = append(all, conversation{&c.Progress, c.source.Moves})
	for _, d := range c.Deliverables {
		if d.Begun && !d.Ended {
			all = append(all, conversation{&d.Progress, d.source.Moves})
		}
	}
	return all
}

func inTheWay(v *View, c *Commitment, q *StageQuestion) bool {
	happened := false
	for _, p := range c.conversations() {
		for _, m := range p.Moved {
			if m.WithWhole {
				continue // for the reason that the whole has told
			}
			q.answer(m.Reason)
			q.date(m.To)
		}
		resetting, sentBack := p.conv.State == loop.Resetting, !p.conv.RejectedOn.IsZero()
		if resetting {
			q.answer(p.ProposedReason)
			q.date(p.Proposed)
		}
		if sentBack && !resetting {
			rejects := movesOf(p.moves, loop.Reject)
			q.answer(Text(rejects[len(rejects)-1].Note))
		}
		if p.LateDays > 0 && !resetting {
			q.date(p.Agreed)
		}
		happened = happened || resetting || sentBack || p.LateDays > 0 || len(p.Moved) > 0
	}
	q.Answered = !v.stuck(c)
	return happened
}

// stuck reports whether something of c is overdue with no later date ahead, or was
// sent back and not answered.
func (v *View) stuck(c *Commitment) bool {
	for _, p := range c.conversations() {
		late := p.LateDays > 0 && (p.Proposed.IsZero() || v.past(p.Proposed))
		if late || !p.conv.RejectedOn.IsZero() {
			return true
		}
	}
	return false
}

func helpAsked(v *View, c *Commitment, q *StageQuestion) bool {
	for _, p := range c.conversations() {
		for _, m := range movesOf(p.moves, loop.AskHelp) {
			if v.c.SideOf(c.source, m.By) == loop.Performer {
				q.answer(Text(m.Note))
				q.date(m.On)
				q.person(v.people[m.By])
				q.Answered = true
			}
		}
	}
	return q.Answered || v.stuck(c)
}

func statusTold(v *View, c *Commitment, q *StageQuestion) bool {
	until := v.Today
	if !c.Closed.IsZero() {
		until = c.Closed.Date
	}
	since := func(m civil.Moment) bool {
		return !m.Date.Before(c.conv.PromisedOn.Date) && !m.Date.After(until)
	}
	var note *Status
	for _, s := range v.statuses {
		if since(s.On) {
			note = s
		}
	}
	var met civil.Moment
	for _, x := range v.c.CheckIns {
		if since(x.On) && (met.IsZero() || compareMoments(x.On, met, false) > 0) {
			met = x.On
		}
	}
	if note != nil {
		q.date(note.On)
		q.Links = append(q.Links, *note.Link())
	}
	q.date(met)
	q.Answered = len(q.Dates) > 0
	if c.open {
		q.missed(v.Cadence)
	}
	k := v.Cadence
	return k.Every != "" || !k.Next.IsZero() || !k.NextUpdate.IsZero()
}

// missed opens q where an update or a check-in did not come, and tells its date.
func (q *StageQuestion) missed(k Cadence) {
	if k.UpdateMissed {
		q.date(k.NextUpdate)
	}
	if k.Missed {
		q.date(k.Expected)
	}
	q.Answered = q.Answered && !k.UpdateMissed && !k.Missed
}

func interimGiven(_ *View, c *Commitment, q *StageQuestion) bool {
	missing := false
	for _, d := range c.Deliverables {
		if !d.Delivered.IsZero() {
			q.answer(Text(d.Title))
			q.date(d.Delivered)
			continue
		}
		missing = missing || d.LateDays > 0 || d.Ended
	}
	q.Answered = q.Answered && !missing
	return len(c.Deliverables) > 0
}

func needsMet(_ *View, c *Commitment, q *StageQuestion) bool {
	q.Answered = true
	for _, n := range c.Needs {
		q.Links = append(q.Links, n.Link)
		q.Answered = q.Answered && n.State == string(loop.Kept)
	}
	return len(c.Needs) > 0
}

func received(v *View, c *Commitment, q *StageQuestion) bool {
	q.date(c.Delivered)
	for _, m := range c.did(loop.AcceptWork) {
		q.date(m.On)
		q.person(v.people[m.By])
		q.Answered = true
	}
	rejects := c.did(loop.Reject)
	if c.Delivered.IsZero() && len(rejects) > 0 {
		last := rejects[len(rejects)-1]
		q.answer(Text(last.Note))
		q.date(last.On)
		q.person(v.people[last.By])
	}
	return true
}

func met(_ *View, c *Commitment, q *StageQuestion) bool {
	for _, m := range c.did(loop.AcceptWork) {
		q.answer(texts(m.Met)...)
		q.answer(Text(m.Thanks))
	}
	return true
}

func unmet(_ *View, c *Commitment, q *StageQuestion) bool {
	for _, m := range c.did(loop.Reject) {
		q.answer(Text(m.Note))
	}
	for _, m := range c.did(loop.AcceptWork) {
		q.answer(texts(m.Unmet)...)
	}
	return q.Answered || c.conv.State != loop.Kept
}

func coCreated(_ *View, c *Commitment, q *StageQuestion) bool {
	for _, m := range c.did(loop.AcceptWork) {
		q.answer(Text(m.CoCreated))
	}
	return true
}

func improve(_ *View, c *Commitment, q *StageQuestion) bool {
	for _, m := range c.did(loop.AcceptWork) {
		q.answer(texts(m.Improve)...)
	}
	return true
}
