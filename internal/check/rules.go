package check

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
)

// commitments calls f with each commitment and what it has come to.
func (j *judge) commitments(f func(*client.Commitment, client.Replayed, []client.Replayed)) {
	for i := range j.c.Commitments {
		cm := &j.c.Commitments[i]
		whole, interims, _ := j.c.Replay(cm)
		f(cm, whole, interims)
	}
}

func requestWithoutDate(j *judge) {
	j.commitments(func(cm *client.Commitment, r client.Replayed, _ []client.Replayed) {
		if r.State == loop.Asked && r.Proposed.Due.IsZero() {
			j.say(cm.Pos, "ask by when it is needed, and write it as the request's due", "%q was asked for without a date", cm.Title)
		}
	})
}

func noConditions(j *judge) {
	j.commitments(func(cm *client.Commitment, r client.Replayed, _ []client.Replayed) {
		promised := r.State == loop.Promised || r.State == loop.Resetting || r.State == loop.Delivered
		if promised && len(r.Agreed.SatisfiedWhen) == 0 && len(cm.SatisfiedWhen) == 0 {
			j.say(cm.Pos, "agree on how the client will know that it is done, and write it as satisfied_when",
				"%q is promised, and nothing says when it is done", cm.Title)
		}
	})
}

// answerOverdue looks at questions, which may be open in any state, and at terms.
func answerOverdue(j *judge) {
	j.commitments(func(cm *client.Commitment, r client.Replayed, _ []client.Replayed) {
		asked := r.OpenQuestion != nil || r.State != loop.Promised && r.State != loop.Delivered
		if r.Open() && asked && j.passed(r.AnswerBy()) {
			j.say(lastMove(cm), "get the answer, or agree on another date for it", "%q: %s was to answer by %s",
				cm.Title, j.whose(cm, r.Turn()), r.AnswerBy().Date)
		}
	})
}

func acceptOverdue(j *judge) {
	j.commitments(func(cm *client.Commitment, r client.Replayed, _ []client.Replayed) {
		if r.OpenQuestion == nil && j.passed(r.AcceptBy()) {
			j.say(lastMove(cm), "ask whether it is what was wanted; after this date it may be closed",
				"%q was delivered, and %s was to accept it by %s", cm.Title, j.whose(cm, loop.Customer), r.AcceptBy().Date)
		}
	})
}

func promiseOverdue(j *judge) {
	j.commitments(func(cm *client.Commitment, r client.Replayed, _ []client.Replayed) {
		if r.Open() && r.State == loop.Promised && j.passed(r.Agreed.Due) {
			j.say(cm.Pos, "deliver it, or renegotiate the date with a reason", "%q was promised by %s for %s",
				cm.Title, j.whose(cm, loop.Performer), r.Agreed.Due.Date)
		}
	})
}

func interimOverdue(j *judge) {
	j.commitments(func(cm *client.Commitment, _ client.Replayed, interims []client.Replayed) {
		for i, r := range interims {
			d := &cm.Deliverables[i]
			if r.Open() && r.State == loop.Promised && j.passed(r.Agreed.Due) {
				j.say(d.Pos, "deliver it, or renegotiate its date with a reason", "%q, on the way to %q, was due on %s",
					d.Title, cm.Title, r.Agreed.Due.Date)
			}
		}
	})
}

func questionOverdue(j *judge) {
	for _, q := range j.c.Questions {
		by := q.AnswerBy
		if within := j.c.Promises.AnswerWithin; by.IsZero() && !within.IsZero() {
			by = civil.On(q.Asked.AddDays(within.CalendarDays()))
		}
		if q.Answered.IsZero() && j.passed(by) {
			j.say(q.Pos, "get the answer and write it down, or ask again with a new date", "%s was to answer by %s: %s",
				j.name(q.To), by.Date, q.Text)
		}
	}
}

func statusGreener(j *judge) {
	s := j.home.Standing
	if j.home.Note == nil || s.Colour == s.Author {
		return
	}
	i := slices.IndexFunc(j.c.Statuses, func(n client.Status) bool { return n.ID == j.home.Note.ID })
	j.say(j.c.Statuses[i].Pos, "write a new note: with that colour, or with a rag_because that weighs it", "the latest note says %s, the facts say %s: %s",
		s.Author, s.Colour, reason(s))
}

// reason names the first thing that makes it the colour it is.
func reason(s portal.Standing) string {
	facts := s.Reasons()
	f := facts[slices.IndexFunc(facts, func(f portal.FloorFact) bool { return f.Colour == s.Colour })]
	if f.Title == "" {
		return "the update promised for " + f.Due.Date.String() + " has not come"
	}
	return "“" + f.Title + "”, " + f.Due.Date.String()
}

func riskWithoutOwner(j *judge) {
	for _, r := range j.c.Risks {
		if r.Closed.IsZero() && r.Owner == "" {
			j.say(r.Pos, "give it an owner, on either side", "nobody owns the risk %q", r.Title)
		}
	}
}

func riskWithoutMitigation(j *judge) {
	for _, r := range j.c.Risks {
		impact := r.Impact
		for _, e := range r.Log {
			impact = cmp.Or(e.Impact, impact)
		}
		grave := impact == "moderate" || impact == "major" || impact == "severe"
		if r.Closed.IsZero() && grave && r.Mitigation == "" {
			j.say(r.Pos, "write down what is done about it", "nothing is done about the risk %q, whose impact is %s", r.Title, impact)
		}
	}
}

func (j *judge) whose(cm *client.Commitment, side loop.Side) string {
	if side == loop.Customer {
		return j.name(cm.Customer)
	}
	return j.name(cm.Performer)
}

func (j *judge) name(id string) string { return j.c.People[id].Name }

// lastMove returns the place of a commitment's latest move.
func lastMove(cm *client.Commitment) (at diag.Pos) {
	return cm.Moves[len(cm.Moves)-1].Pos
}
