package check

import (
	"cmp"
	"slices"

	"portalgen/internal/diag"
)

func pulseMissing(j *judge) {
	if first := j.firstPromise(); len(j.view.Pulses) == 0 && j.daysPassed(first, j.limit("days")) &&
		!j.reviewed() && !j.isTense() {
		j.report(j.placeForMissing(), "ask one question, score it yourself first, and write it as a [[pulse]]",
			"nobody has asked yet how it is going between you, and the first promise was given on %s", first.Date)
	}
}

func pulseStale(j *judge) {
	if len(j.view.Pulses) == 0 || j.firstPromise().IsZero() || j.reviewed() || j.isTense() {
		return
	}
	if p := j.view.Pulses[0]; j.daysPassed(p.Asked, j.limit("days")) {
		j.report(p.Pos, "ask again, best the same question, and write it as a [[pulse]]",
			"the last pulse was asked on %s", p.Asked.Date)
	}
}

// pulseGapUnanswered judges the latest pulse that both sides have scored. If the client's score is higher,
// nothing needs to be done.
func pulseGapUnanswered(j *judge) {
	if j.reviewed() {
		return
	}
	for _, p := range j.view.Pulses {
		if p.Ours == 0 || p.Theirs == 0 {
			continue
		}
		if p.Ours-p.Theirs >= max(j.limit("points"), 1) && p.GapAction == "" {
			j.report(p.Pos, "talk about it, change something, and write what as gap_action",
				"you scored %d and they scored %d, and nothing says what was done about it: %s",
				p.Ours, p.Theirs, diag.Excerpt(p.Question))
		}
		return
	}
}

func assumptionUnconfirmed(j *judge) {
	for _, a := range j.c.Assumptions {
		if a.Confirmed.IsZero() && a.Wrong.IsZero() && j.passed(a.On) && !j.isClosed(a.Commitment) && !j.allClosed() {
			j.report(a.Pos, "ask, and write confirmed or wrong with the day",
				"taken for true since %s, and never confirmed: %s", a.On.Date, diag.Excerpt(a.Text))
		}
	}
}

// reviewed reports whether the closing review was held and nothing was promised after it. What is still open
// then is being finished, and the review has told how the work went.
func (j *judge) reviewed() bool {
	r := j.c.Review
	return r != nil && !r.On.Date.After(j.today) && !slices.ContainsFunc(j.conversations(),
		func(t conversation) bool { return t.interim == nil && t.Open() && t.PromisedOn.After(r.On) })
}

// isClosed reports whether id is the id of a closed commitment.
func (j *judge) isClosed(id string) bool {
	if j.closed == nil {
		j.closed = map[string]bool{}
		for _, t := range j.conversations() {
			if t.interim == nil && t.Begun && !t.Open() {
				j.closed[t.cm.ID] = true
			}
		}
	}
	return id != "" && j.closed[id]
}

// allClosed reports whether there are commitments and all are closed: then there is nothing more to say about
// them.
func (j *judge) allClosed() bool {
	all := j.conversations()
	return len(all) > 0 && !slices.ContainsFunc(all,
		func(t conversation) bool { return t.interim == nil && (!t.Begun || t.Open()) })
}

// yetToServe reports whether there is work for a goal and none of it was delivered: then there is nothing to
// measure yet.
func (j *judge) yetToServe(goal string) bool {
	serves := false
	for _, t := range j.conversations() {
		if t.interim == nil && t.cm.Goal == goal {
			serves = true
			if !t.DeliveredOn.IsZero() {
				return false
			}
		}
	}
	return serves
}

func goalUnmeasured(j *judge) {
	if j.firstPromise().IsZero() {
		return
	}
	for _, g := range j.c.Goals {
		last := cmp.Or(g.Measured, j.firstPromise())
		switch {
		case g.Measure == "":
			j.report(g.Pos, "agree on how it is measured, and write it as measure",
				"nothing says how the goal %q is measured", diag.Excerpt(g.Title))
		case !j.daysPassed(last, j.limit("days")), g.Measured.IsZero() && j.yetToServe(g.ID):
		case g.Measured.IsZero():
			j.report(g.Pos, "measure it, and write now and measured", "the goal %q has never been measured",
				diag.Excerpt(g.Title))
		default:
			j.report(g.Pos, "measure it again, and write now and measured", "the goal %q was last measured on %s",
				diag.Excerpt(g.Title), g.Measured.Date)
		}
	}
}
