package check

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

func requestWithoutDate(j *judge) {
	for _, t := range j.conversations() {
		if t.State == loop.Asked && t.Proposed.Due.IsZero() {
			hint := j.hint(t.cm, loop.Customer, "say by when you need it, and write it as the request's due",
				"ask by when it is needed, and write it as the request's due")
			j.report(t.lastDid(loop.Request), hint, "%s was asked for without a date", t.title())
		}
	}
}

func noConditions(j *judge) {
	for _, t := range j.conversations() {
		promised := t.State == loop.Promised || t.State == loop.Resetting || t.State == loop.Delivered
		if t.interim == nil && promised && len(t.Agreed.SatisfiedWhen) == 0 && len(t.cm.SatisfiedWhen) == 0 {
			j.report(t.pos(),
				"agree on how "+j.whose(t.cm, loop.Customer)+" will know that it is done, and write it as satisfied_when",
				"%s is promised, and nothing says when it is done", t.title())
		}
	}
}

// promiseOtherDate reports a promise with a later date than the request. If the customer later agreed,
// declined a new date or confirmed a summary, the date is accepted.
func promiseOtherDate(j *judge) {
	for _, t := range j.conversations() {
		if t.interim != nil || !t.awaited() {
			continue
		}
		at := -1
		var asked civil.Moment
		for i := range t.Steps {
			switch m := t.cm.Moves[i]; loop.Did(m.Did) {
			case loop.Promise:
				at = -1
				if i > 0 {
					asked = t.Steps[i-1].Proposed.Due
				}
				if !asked.IsZero() && t.Steps[i].Agreed.Due.After(asked) {
					at = i
				}
			case loop.Agree, loop.Confirm, loop.Decline:
				at = -1
			}
		}
		if at >= 0 {
			j.report(t.cm.Moves[at].Pos,
				"if they agreed, write a counter and their agree in place of the promise; or get a summary confirmed",
				"%s was asked for by %s and promised for %s", t.title(), asked.Date, t.Steps[at].Agreed.Due.Date)
		}
	}
}

// notReconfirmed reports near dates about which nothing was said. A commitment and its interim results are
// one matter, reported once with its next date.
func notReconfirmed(j *judge) {
	days := j.limit("days")
	all := j.conversations()
	for i, n := 0, 0; i < len(all); i = n {
		var next *conversation
		for n = i; n < len(all) && all[n].cm == all[i].cm; n++ {
			t := &all[n]
			due := t.dates.Counts
			if t.awaited() && len(t.dates.Waits) == 0 && j.ahead(due) && due.Sub(j.today) <= days &&
				(next == nil || due.Before(next.dates.Counts)) {
				next = t
			}
		}
		if next == nil {
			continue
		}
		said := j.lastSaid(*next)
		if !said.IsZero() && j.today.Sub(said) <= days {
			continue
		}
		hint := j.hint(next.cm, loop.Performer,
			"say how it stands and that the date holds, as progress; or renegotiate while there is time",
			"ask "+j.whose(next.cm, loop.Performer)+" how it stands, and write the answer as progress")
		short := fmt.Sprintf("nothing has been said of it since %s", said)
		j.reportOf(next.ref(), short, next.last(), hint, "%s is due on %s, and %s", next.title(),
			next.dates.Counts.Date, short)
	}
}

// lastSaid returns the day on which something was last said about a conversation: a move of it or of its
// commitment, or an entry that names the commitment.
func (j *judge) lastSaid(t conversation) civil.Date {
	var last civil.Date
	say := func(m civil.Moment) {
		if m.Date.After(last) && !m.Date.After(j.today) {
			last = m.Date
		}
	}
	about := func(commitment string, moments ...civil.Moment) {
		if commitment == t.cm.ID {
			for _, m := range moments {
				say(m)
			}
		}
	}
	for _, m := range t.cm.Moves {
		say(m.On)
	}
	for _, d := range t.cm.Deliverables {
		for _, m := range d.Moves {
			say(m.On)
		}
	}
	for _, q := range j.c.Questions {
		about(q.Commitment, q.Asked, q.Answered)
	}
	for _, m := range j.c.Messages {
		about(m.Commitment, m.Acknowledged, m.Resolved)
	}
	for _, x := range j.c.Changes {
		about(x.Commitment, x.On, x.Agreed, x.Declined)
	}
	for _, x := range j.c.Decisions {
		about(x.Commitment, x.On)
	}
	return last
}

// answerOverdue judges open questions, in any state, terms, and requests for help.
func answerOverdue(j *judge) {
	for _, t := range j.conversations() {
		asked := t.OpenQuestion != nil || t.State != loop.Promised && t.State != loop.Delivered
		told := j.hasPassedTerms(t) || j.toldAsSilent(t.cm, t.turn.Side)
		if asked && j.passed(t.turn.By) && !told {
			hint := j.hint(t.cm, t.turn.Side, "answer, or say by when you will, as commit-to-commit",
				"get the answer, or agree by when it comes, as commit-to-commit")
			j.report(t.last(), hint, "%s: %s was to answer by %s",
				t.title(), j.whose(t.cm, t.turn.Side), t.turn.By.Date)
		}
		for _, h := range t.HelpAsked {
			if to := h.By.Other(); t.Open() && j.passed(h.AnswerBy) {
				j.report(t.lastDid(loop.AskHelp),
					j.hint(t.cm, to, "help, and write answer", "ask again whether they can help; answer settles it"),
					"%s: %s was asked for help by %s", t.title(), j.whose(t.cm, to), h.AnswerBy.Date)
			}
		}
	}
}

// reworkWithoutDate reports a delivery that came in time, was sent back on its date or later, and has no new
// date.
func reworkWithoutDate(j *judge) {
	for _, t := range j.conversations() {
		if t.dates.Rework && t.dates.OnTable.IsZero() && !t.covered && len(t.dates.Waits) == 0 {
			hint := j.hint(t.cm, loop.Performer,
				"say by when it comes, and write it as renegotiate with a due and the reason",
				"ask "+j.whose(t.cm, loop.Performer)+" by when it comes, and write it as renegotiate with a due")
			j.reportOf(t.ref(), "", t.lastDid(loop.Reject), hint,
				"%s was sent back on %s, and there is no date for the rework yet",
				t.title(), t.SentBackOn.Date)
		}
	}
}

// termsPassed reports proposed terms whose date has passed, whoever's turn it is. If the agreed date has
// passed too, the rules about that date mention both.
func termsPassed(j *judge) {
	for _, t := range j.conversations() {
		if j.hasPassedTerms(t) {
			j.reportOf(t.ref(), "its date on the table has passed", t.last(), "propose terms with another date",
				"%s: the date on the table, %s, has passed", t.title(), t.Proposed.Due.Date)
		}
	}
}

// hasPassedTerms reports whether terms are proposed whose date has passed, and no rule about the agreed date
// mentions them.
func (j *judge) hasPassedTerms(t conversation) bool {
	due := t.Proposed.Due
	told := t.State == loop.Resetting && (due == t.Agreed.Due || j.passed(t.due()))
	return t.Open() && t.OpenQuestion == nil && !told && j.passed(due)
}

func acceptOverdue(j *judge) {
	for _, t := range j.conversations() {
		told := t.OpenQuestion != nil || j.toldAsSilent(t.cm, loop.Customer)
		if t.State == loop.Delivered && !told && j.passed(t.turn.By) {
			hint := j.hint(t.cm, loop.Customer, "look at it, and write accept; or reject, with what is missing",
				"ask whether it is what was wanted; after this date it may be closed")
			j.report(t.lastDid(loop.Deliver), hint,
				"%s was delivered, and %s was to accept it by %s",
				t.title(), j.whose(t.cm, loop.Customer), t.turn.By.Date)
		}
	}
}

// due returns the date after which the conversation is overdue: the one that counts, or a later proposed one.
// It is zero while the conversation waits for the other side, or is being redone without a date.
func (t conversation) due() civil.Moment {
	if t.covered {
		return civil.Moment{}
	}
	return t.dates.Until
}

func promiseOverdue(j *judge) {
	for _, t := range j.conversations() {
		if t.interim == nil && j.passed(t.due()) && !j.toldAsSilent(t.cm, loop.Performer) {
			j.report(t.pos(), j.deliver(t), "%s was due from %s on %s%s",
				t.title(), j.whose(t.cm, loop.Performer), t.Agreed.Due.Date, t.newDatePassed())
		}
	}
}

// deliver returns the hint for a date that has passed.
func (j *judge) deliver(t conversation) string {
	return j.hint(t.cm, loop.Performer, "deliver it, or renegotiate the date with a reason",
		"ask "+j.whose(t.cm, loop.Performer)+" how it stands, and write the answer as deliver, "+
			"or as renegotiate with a new date")
}

// newDatePassed returns the end of the message about an agreed date that has passed: how long it waited for
// the other side, and whether the proposed new date has passed too.
func (t conversation) newDatePassed() string {
	held := ""
	if need := t.dates.Held; need != nil {
		held = fmt.Sprintf(", and counts by %s as it waited for %q until %s", t.dates.Counts.Date,
			diag.Excerpt(need.Title), t.dates.HeldUntil.Date)
	}
	if t.due() == t.dates.Counts {
		return held
	}
	return held + fmt.Sprintf(", and the new date on the table, %s, has passed too", t.due().Date)
}

func interimOverdue(j *judge) {
	for _, t := range j.conversations() {
		if t.interim != nil && j.passed(t.due()) && !j.toldAsSilent(t.cm, loop.Performer) {
			j.report(t.pos(), j.deliver(t), "%s was due on %s%s", t.title(), t.Agreed.Due.Date, t.newDatePassed())
		}
	}
}

func atLeastModerate(impact string) bool {
	return impact == "moderate" || impact == "major" || impact == "severe"
}

// firstPromise returns the day of the first promise of the open commitments that the client sees; zero if
// there is none.
func (j *judge) firstPromise() civil.Moment {
	var first civil.Moment
	for _, t := range j.conversations() {
		if on := civil.On(t.PromisedOn.Date); t.interim == nil && t.Open() && !t.private() && !on.IsZero() &&
			(first.IsZero() || on.Before(first)) {
			first = on
		}
	}
	return first
}

// byClient reports whether a person is of the client's side.
func (j *judge) byClient(person string) bool { return j.c.People[person].Side == client.ClientSide }
