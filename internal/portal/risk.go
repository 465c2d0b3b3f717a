package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Risk is what may go wrong, as it is after the latest entry of its log.
type Risk struct {
	ID, Title string
	// Number is the position among the open ones, from 1; 0 once it is closed.
	Number int
	// Likelihood and Impact are the current ones, "" if never given; FirstLikelihood and FirstImpact those
	// when it was noticed.
	Likelihood, Impact           string
	FirstLikelihood, FirstImpact string
	Owner                        Person
	Mitigation                   Text
	// Ask is whom the client asks what is done about it where nothing is said of that: the owner, if they are of the
	// provider's side and can be reached, else who looks after the client. Nobody, if something is said, in the log
	// too, or if it cannot happen any more.
	Ask Person
	// Review is the day on which it is looked at again; zero if there is none, or if all is over.
	Review civil.Moment

	RaisedBy       Person
	Opened, Closed civil.Moment
	Outcome        Text
	// Log is what changed, newest first.
	Log []RiskChange
	// Touches are the commitments that it affects.
	Touches []Link
	// HangOn are the open ones among them, and those that cannot be done before one of these, the soonest
	// first.
	HangOn []Hang
	// Score is likelihood times impact, each 1 to 5, and 3 if not given; it sorts risks and is not shown.
	Score int

	affects []string
}

// A RiskChange is one dated change of a risk.
type RiskChange struct {
	On   civil.Moment
	Note Text
	// Likelihood and Impact are the changes; empty if it did not change.
	Likelihood, Impact Shift
}

// A Shift is a change of a likelihood or an impact.
type Shift struct {
	// From is "" if it was not given before; To is "" if nothing changed.
	From, To string
}

// step returns the change from one word to another; "" means none was given.
func step(from, to string) Shift {
	if to == "" || to == from {
		return Shift{}
	}
	return Shift{from, to}
}

// Level is its severity, from 1 to 4; 0 if the likelihood or the impact is missing.
func (r Risk) Level() int {
	if r.Likelihood == "" || r.Impact == "" {
		return 0
	}
	return level(r.Score)
}

// places are its cells in the grid, oldest first, and the current one last; earlier times in the current one
// are left out.
func (r Risk) places() []place {
	now := place{r.Likelihood, r.Impact}
	at := place{r.FirstLikelihood, r.FirstImpact}
	all := []place{at}
	for _, e := range slices.Backward(r.Log) {
		at = place{cmp.Or(e.Likelihood.To, at.likelihood), cmp.Or(e.Impact.To, at.impact)}
		if at != all[len(all)-1] {
			all = append(all, at)
		}
	}
	return append(slices.DeleteFunc(all, func(p place) bool {
		return p == now || p.likelihood == "" || p.impact == ""
	}), now)
}

// A place is one cell of the grid.
type place struct{ likelihood, impact string }

var (
	likelihoods = []string{"rare", "unlikely", "possible", "likely", "almost-certain"}
	impacts     = []string{"negligible", "minor", "moderate", "major", "severe"}
)

// openRisks returns the open risks, the worst first.
func (v *View) openRisks() []Risk {
	var open []Risk
	for i := range v.c.Risks {
		if r := &v.c.Risks[i]; r.Closed.IsZero() {
			open = append(open, v.risk(r))
		}
	}
	slices.SortStableFunc(open, func(a, b Risk) int { return cmp.Compare(b.Score, a.Score) })
	for i := range open {
		open[i].Number = i + 1
	}
	return open
}

func (v *View) risk(r *client.Risk) Risk {
	out := Risk{
		ID: r.ID, Title: r.Title, Likelihood: r.Likelihood, Impact: r.Impact,
		FirstLikelihood: r.Likelihood, FirstImpact: r.Impact,
		Owner: v.people[r.Owner], Mitigation: Text(r.Mitigation), Review: r.Review, affects: r.Affects,
		HangOn:   v.hangOnRisk(r),
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
		out.Log = append(out.Log, RiskChange{
			e.On, Text(e.Note), step(out.Likelihood, e.Likelihood), step(out.Impact, e.Impact),
		})
		out.Likelihood = cmp.Or(e.Likelihood, out.Likelihood)
		out.Impact = cmp.Or(e.Impact, out.Impact)
	}
	slices.Reverse(out.Log)
	if v.over() {
		out.Review = civil.Moment{}
	} else if out.Mitigation == "" && len(out.Log) == 0 && out.Closed.IsZero() {
		out.Ask = v.Provider.Contact
		if o := out.Owner; o.Ours() && (o.Email != "" || o.Phone != "") {
			out.Ask = o
		}
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

// risksOf returns the open risks that affect a commitment.
func (v *View) risksOf(commitment string) []Risk {
	return slices.DeleteFunc(slices.Clone(v.risks),
		func(r Risk) bool { return !slices.Contains(r.affects, commitment) })
}
