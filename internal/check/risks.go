package check

import (
	"cmp"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// openRisks returns the open risks; none once all work is over.
func (j *judge) openRisks() []client.Risk {
	var open []client.Risk
	if !j.view.Pages[0].Home.Finished.IsZero() {
		return nil
	}
	for _, r := range j.c.Risks {
		if r.Closed.IsZero() {
			open = append(open, r)
		}
	}
	return open
}

func riskWithoutOwner(j *judge) {
	for _, r := range j.openRisks() {
		if r.Owner == "" {
			j.report(r.Pos, "give it an owner, on either side", "nobody owns the risk %q", diag.Excerpt(r.Title))
		}
	}
}

func riskWithoutMitigation(j *judge) {
	for _, r := range j.openRisks() {
		impact := r.Impact
		for _, e := range r.Log {
			impact = cmp.Or(e.Impact, impact)
		}
		if atLeastModerate(impact) && r.Mitigation == "" {
			j.report(r.Pos, "write down what is done about it",
				"nothing is done about the risk %q, whose impact is %s", diag.Excerpt(r.Title), impact)
		}
	}
}

func riskReviewOverdue(j *judge) {
	for _, r := range j.openRisks() {
		if j.passed(r.Review) {
			j.report(r.Pos, "look at it, write what you found in its log, and set the next review",
				"the risk %q was to be looked at again by %s", diag.Excerpt(r.Title), r.Review.Date)
		}
	}
}

// cadenceDays is the number of days from one check-in to the next.
var cadenceDays = map[string]int{"daily": 1, "weekly": 7, "twice-monthly": 15, "monthly": 31}

func newRiskNotTold(j *judge) {
	round, promised := cadenceDays[j.c.Promises.CheckIn]
	if !promised {
		round = j.limit("days")
	}
	for _, r := range j.openRisks() {
		if r.Private || r.Opened.IsZero() || j.byClient(r.RaisedBy) || !j.daysPassed(r.Opened, round) ||
			promised && j.checkInAhead(r.Opened, round) {
			continue
		}
		if !j.toldSince(r.Opened) {
			j.report(r.Pos, "tell it at the next check-in or in the next note, and write that down",
				"the risk %q was opened on %s, and no check-in or status note has come since",
				diag.Excerpt(r.Title), r.Opened.Date)
		}
	}
}

// checkInAhead reports whether the check-in that ends the round in which a risk was opened is still ahead:
// days off make a round longer.
func (j *judge) checkInAhead(opened civil.Moment, round int) bool {
	next := j.public.Cadence.Expected
	return j.ahead(next) && next.Sub(opened.Date) <= 2*round+7
}

// toldSince reports whether there was a check-in or a note that the client can see, on that day or later.
func (j *judge) toldSince(m civil.Moment) bool {
	since := func(on civil.Moment) bool { return !on.Date.Before(m.Date) && !on.Date.After(j.today) }
	seen := j.public.Source()
	for _, c := range seen.CheckIns {
		if since(c.On) {
			return true
		}
	}
	for _, n := range seen.Statuses {
		if since(n.On) {
			return true
		}
	}
	return false
}
