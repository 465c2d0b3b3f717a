package check

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// needClosed reports needs of open commitments that will never be delivered.
func needClosed(j *judge) {
	ended := map[loop.State]string{
		loop.Declined: "was declined", loop.Withdrawn: "was withdrawn", loop.Revoked: "was taken back",
		loop.Unanswered: "was closed without an answer",
	}
	for _, t := range j.conversations() {
		for _, need := range j.needed(t) {
			if how := ended[need.State]; how != "" {
				j.report(t.pos(),
					"ask for it again and name that in needs; or take it out of needs, where it is not needed any more",
					"%s needs %s, which %s", t.title(), need.title(), how)
			}
		}
	}
}

// dueBeforeNeed reports a date before that of a need. If both dates have passed, other rules report them.
func dueBeforeNeed(j *judge) {
	for _, t := range j.conversations() {
		for _, need := range j.needed(t) {
			own, before := t.latestDate(), need.dateOnTable()
			if need.toCome() && !own.IsZero() && own.Before(before) && j.ahead(before) {
				j.report(t.pos(), "agree on a later date, or on an earlier one for what it needs",
					"%s is due on %s, and %s, which it needs, on %s", t.title(), own.Date, need.title(), before.Date)
			}
		}
	}
}

// needed returns the conversations of the commitments that t needs; none if t is an interim result or has no
// work left.
func (j *judge) needed(t conversation) []conversation {
	if t.interim != nil || len(t.cm.Needs) == 0 || !t.toCome() {
		return nil
	}
	var all []conversation
	for _, other := range j.conversations() {
		if other.interim == nil && slices.Contains(t.cm.Needs, other.cm.ID) {
			all = append(all, other)
		}
	}
	return all
}

// interimAfterWhole also judges planned interim results, whose commitment is not promised yet.
func interimAfterWhole(j *judge) {
	var whole conversation
	for _, t := range j.conversations() {
		if t.interim == nil {
			whole = t
			continue
		}
		due := t.dateOnTable()
		if !t.Begun {
			due = t.interim.Due
		} else if !t.toCome() {
			continue
		}
		if end := whole.latestDate(); whole.toCome() && !end.IsZero() && due.After(end) && j.ahead(due) {
			j.report(t.pos(), "agree on an earlier date, or on a later one for the whole",
				"%s is due on %s, after the whole, on %s", t.title(), due.Date, end.Date)
		}
	}
}

// toCome reports whether t is open and not delivered.
func (t conversation) toCome() bool { return t.Open() && t.State != loop.Delivered }

// latestDate returns the later of the agreed and the proposed date; zero if there is neither.
func (t conversation) latestDate() civil.Moment {
	if t.Agreed.Due.After(t.Proposed.Due) {
		return t.Agreed.Due
	}
	return t.dateOnTable()
}

// dateOnTable returns the proposed date, else the agreed one; zero if there is neither.
func (t conversation) dateOnTable() civil.Moment {
	if t.Proposed.Due.IsZero() {
		return t.Agreed.Due
	}
	return t.Proposed.Due
}
