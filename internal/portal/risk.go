package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Risk is what may go wrong, as it stands after the latest entry of its log.
type Risk struct {
	ID, Title          string
	Likelihood, Impact string
	Owner              Person
	Mitigation         Text
	// Review is the day on which it is looked at again; zero if there is none, or all is over.
	Review civil.Moment

	RaisedBy       Person
	Opened, Closed civil.Moment
	Outcome        Text
	// Log is what changed, newest first.
	Log []RiskChange
	// Touches are the commitments that it affects.
	Touches []Link
	// HangOn are the open ones among them, and those that cannot come before one of these has, the
	// soonest first.
	HangOn []Hang
	// Score is likelihood times impact, each 1 to 5 and 3 where it is not given; it
	// orders risks and is not shown.
	Score int

	affects []string
}

// A RiskChange is one dated change of a risk.
type RiskChange struct {
	On   civil.Moment
	Note Text
	// Likelihood and Impact are how it stood from then on; "" where that did not change.
	Likelihood, Impact string
}

var (
	likelihoods = []string{"rare", "unlikely", "possible", "likely", "almost-certain"}
	impacts     = []string{"negligible", "minor", "moderate", "major", "severe"}
)

// openRisks returns the risks that are not closed, the gravest first.
func (v *View) openRisks() []Risk {
	var open []Risk
	for i := range v.c.Risks {
		if r := &v.c.Risks[i]; r.Closed.IsZero() {
			open = append(open, v.risk(r))
		}
	}
	slices.SortStableFunc(open, func(a, b Risk) int { return cmp.Compare(b.Score, a.Score) })
	return open
}

func (v *View) risk(r *client.Risk) Risk {
	out := Risk{
		ID: r.ID, Title: r.Title, Likelihood: r.Likelihood, Impact: r.Impact,
		Owner: v.people[r.Owner], Mitigation: Text(r.Mitigation), Review: r.Review, affects: r.Affects, HangOn: v.hangOnRisk(r),
		RaisedBy: v.people[r.RaisedBy], Opened: r.Opened, Closed: r.Closed, Outcome: Text(r.Outcome),
	}
	for _, id := range r.Affects {
		for _, c := range v.c.Commitments {
			if c.ID == id {
				out.Touches = append(out.Touches, Link{c.Title, v.href(KindCommitment, id)})
			}
		}
	}
	for _, e := range r.Log {
		out.Log = append(out.Log, RiskChange{e.On, Text(e.Note), e.Likelihood, e.Impact})
		out.Likelihood = cmp.Or(e.Likelihood, out.Likelihood)
		out.Impact = cmp.Or(e.Impact, out.Impact)
	}
	slices.Reverse(out.Log)
	if v.over() {
		out.Review = civil.Moment{}
	}
	out.Score = rank(likelihoods, out.Likelihood) * rank(impacts, out.Impact)
	return out
}

func rank(scale []string, word string) int {
	if i := slices.Index(scale, word); i >= 0 {
		return i + 1
	}
	return 3
}

// risksOf returns the open risks that touch a commitment.
func (v *View) risksOf(commitment string) []Risk {
	return slices.DeleteFunc(slices.Clone(v.risks),
		func(r Risk) bool { return !slices.Contains(r.affects, commitment) })
}
