package loop

import (
	"slices"

	"portalgen/internal/civil"
)

// needsNote are the moves that must give the other side a reason. A withdraw by the performer must too.
var needsNote = []Did{Renegotiate, Reject, Decline, Revoke, Correct, Close}

// carriesTerms are the moves that may have a due or satisfied_when. On an agree these must equal the ones on
// the table.
var carriesTerms = []Did{Request, Offer, Promise, Agree, Counter, Renegotiate, Reject}

// expectsAnswer are the moves that change neither the turn nor the state but expect an answer, so that they
// may have an answer_by.
var expectsAnswer = []Did{CommitToCommit, Ask, Summarize, Correct, AskHelp}

// whyIllegal returns why m is illegal, or nil.
func (c Conversation) whyIllegal(m Move) *IllegalMove {
	no := func(r Reason, field string, limit civil.Moment) *IllegalMove {
		return &IllegalMove{Move: m, State: c.State, Reason: r, Field: field, Limit: limit, Allowed: c.Legal()}
	}
	var none civil.Moment
	switch {
	case m.Side != Customer && m.Side != Performer:
		return no(MissingField, "by", none)
	case !c.may(m.Side, m.Did) && c.may(m.Side.Other(), m.Did):
		return no(WrongSide, "by", none)
	case !c.may(m.Side, m.Did):
		return no(NotAllowed, "did", none)
	case m.On.IsZero():
		return no(MissingField, "on", none)
	case m.On.Before(c.latest):
		return no(OutOfOrder, "on", c.latest)
	}
	if field := c.missing(m); field != "" {
		return no(MissingField, field, none)
	}
	if field := c.unexpected(m); field != "" {
		limit := none
		if m.Did == Agree {
			limit = c.Proposed.Due
		}
		return no(UnexpectedField, field, limit)
	}
	switch by := c.AcceptBy(); {
	case m.Did == Close && c.Stopped():
		return no(Asking, "did", none)
	case m.Did == Close && (by.IsZero() || !m.On.After(by)):
		return no(TooEarly, "on", by)
	case (m.Did == Promise || m.Did == Agree) && m.Due.IsZero() && c.Proposed.Due.IsZero():
		return no(NoDate, "due", none)
	}
	return nil
}

// missing returns the key that m lacks, or "".
func (c Conversation) missing(m Move) string {
	switch {
	case m.Note == "" && slices.Contains(needsNote, m.Did):
		return "note"
	case m.Note == "" && m.Did == Withdraw && m.Side == Performer:
		return "note"
	case m.Did == Counter && m.Note == "" && m.Due.IsZero() && len(m.SatisfiedWhen)+len(m.Also) == 0:
		return "due"
	case m.Did == CommitToCommit && m.AnswerBy.IsZero():
		return "answer_by"
	}
	return ""
}

// unexpected returns the key that m has but may not have, or "". A key without effect is refused, not
// ignored, since its writer expects an effect.
func (c Conversation) unexpected(m Move) string {
	terms := slices.Contains(carriesTerms, m.Did)
	switch {
	case !m.Due.IsZero() && (!terms || m.Did == Agree && !sameDate(m.Due, c.Proposed.Due)):
		return "due"
	case len(m.SatisfiedWhen) > 0 && (!terms ||
		m.Did == Agree && !slices.Equal(m.SatisfiedWhen, c.Proposed.SatisfiedWhen) ||
		m.Did == Reject && m.Due.IsZero()):
		return "satisfied_when"
	case len(m.Also) > 0 && !c.addsConditions(m):
		return "also"
	case m.WithInterim && !c.movesInterim(m):
		return "with_interim"
	case !m.AnswerBy.IsZero() && !c.takesAnswerBy(m):
		return "answer_by"
	}
	return ""
}

// addsConditions reports whether m may have also: it changes terms, does not replace the conditions, and
// repeats none.
func (c Conversation) addsConditions(m Move) bool {
	return (m.Did == Counter || m.Did == Renegotiate) && len(m.SatisfiedWhen) == 0 && !c.repeats(m.Also)
}

// repeats reports whether one of conditions occurs twice, or is already among the conditions to which they
// would be added.
func (c Conversation) repeats(conditions []string) bool {
	before := c.Proposed.SatisfiedWhen
	if c.Proposer == 0 {
		before = c.Agreed.SatisfiedWhen
	}
	for i, s := range conditions {
		if slices.Contains(before, s) || slices.Contains(conditions[:i], s) {
			return true
		}
	}
	return false
}

// movesInterim reports whether m may have with_interim: it proposes a later date than the agreed one.
func (c Conversation) movesInterim(m Move) bool {
	return (m.Did == Renegotiate || m.Did == Counter) && !m.Due.IsZero() && c.laterBy(m.Due) > 0
}

// takesAnswerBy reports whether the other side has something to answer after m.
func (c Conversation) takesAnswerBy(m Move) bool {
	if slices.Contains(expectsAnswer, m.Did) {
		return true
	}
	if _, ok := c.row(m.Side, m.Did); !ok {
		return false
	}
	return c.after(m).Turn() == m.Side.Other()
}

// sameDate reports whether two dates do not contradict each other: a day and a time on that day do not.
func sameDate(a, b civil.Moment) bool { return !b.IsZero() && a.Compare(b) == 0 }
