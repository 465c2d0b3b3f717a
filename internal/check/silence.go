package check

import (
	"slices"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
	"portalgen/internal/rule"
)

// clientSilent reports a silent client once, instead of a warning for each thing that waits for them.
func clientSilent(j *judge) {
	if n := j.owedInSilence; n > 0 {
		since, _, days := j.view.Silence()
		j.report(j.placeForMissing(), "call, and write down what was said",
			"nothing was heard of them since %s (%d days); things that wait for them and are overdue: %d",
			since.Date, days, n)
	}
}

// overdueInSilence returns how many things are overdue on the side of a client who has been silent for the
// days of the rule clientSilent. It is 0 if they have not been silent, if the rule is off, or if only one
// thing is overdue, which has its own warning.
func (j *judge) overdueInSilence() int {
	r := Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule.ClientSilent })]
	_, _, days := j.view.Silence()
	if SeverityOf(r, j.set) == diag.Off || days < max(limitOf(r, "days", j.set), 1) {
		return 0
	}
	n := 0
	for _, w := range j.view.Pages[0].Home.Yours {
		if j.daysPassed(w.By, 0) {
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return n
}

// toldAsSilent reports whether clientSilent reports what a side of cm owes.
func (j *judge) toldAsSilent(cm *client.Commitment, side loop.Side) bool {
	return j.owedInSilence > 0 && !j.ours(cm, side)
}

// isTense reports whether a message of the client waits or something of theirs is overdue: then it is not the
// time to ask how it is going.
func (j *judge) isTense() bool {
	home := j.view.Pages[0].Home
	return slices.ContainsFunc(home.Ours, func(w portal.Waiting) bool { return w.Kind == "message" }) ||
		slices.ContainsFunc(home.Yours, func(w portal.Waiting) bool {
			return w.Kind != "rate" && j.daysPassed(w.By, 0)
		})
}
