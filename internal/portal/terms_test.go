package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// Other terms may be asked for while the date is to stay. Then no date is proposed, and
// nothing speaks of one; where there is one beside the terms, it is told as ever.
func TestTermsWithoutANewDate(t *testing.T) {
	const (
		terms    = `{ on = 2026-11-10, by = "dev", did = "renegotiate", satisfied_when = ["By telephone too"], note = "They call" }`
		sameDate = `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-20, satisfied_when = ["By telephone too"], note = "They call" }`
		both     = `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-04, satisfied_when = ["By telephone too"], note = "They call" }`
		agree    = `{ on = 2026-11-11, by = "maria", did = "agree" }`
		decline  = `{ on = 2026-11-11, by = "maria", did = "decline", note = "It is printed" }`
	)
	for _, tt := range []struct {
		name, moves               string
		says, turn, proposed, key string
	}{
		{"terms alone", terms, "resetting_terms", "decide_terms", "", "renegotiate"},
		{"the date that is agreed already", sameDate, "resetting_terms", "decide_terms", "", "renegotiate"},
		{"both", both, "resetting", "decide", "2026-12-04", "renegotiate_due"},
		{"the date alone", newDate, "resetting", "decide", "2026-12-04", "renegotiate_due"},
		{"terms, agreed to", terms + ", " + agree, "promised", "deliver", "", "agree_terms"},
		{"both, agreed to", both + ", " + agree, "promised", "deliver", "", "agree_due"},
		{"terms, declined", terms + ", " + decline, "promised", "deliver", "", "decline_terms"},
		{"both, declined", both + ", " + decline, "promised", "deliver", "", "decline_date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-12", performedByDev(tt.moves))
			c := v.Pages[1].Commitment
			key := c.Moves[len(c.Moves)-1].Key
			if c.Says() != tt.says || c.Turn.Kind != tt.turn || c.Proposed.String() != tt.proposed || key != tt.key {
				t.Errorf("it says %s, to %s, %q is proposed, and last %s", c.Says(), c.Turn.Kind, c.Proposed, key)
			}
			row := home(v).Timeline.Groups[0].Rows[0]
			if asked := strings.Contains(points(row), "proposed"); asked != (tt.proposed != "") {
				t.Errorf("the timeline has %s", points(row))
			}
			i := slices.IndexFunc(home(v).Yours, func(w portal.Waiting) bool { return strings.HasPrefix(w.Kind, "decide") })
			if waits := strings.HasPrefix(tt.turn, "decide"); waits != (i >= 0) {
				t.Fatalf("the client has to decide: %v", i >= 0)
			}
			if i >= 0 && (home(v).Yours[i].Kind != tt.turn || home(v).Yours[i].Proposed.String() != tt.proposed) {
				t.Errorf("the client is asked to %s, on %q", home(v).Yours[i].Kind, home(v).Yours[i].Proposed)
			}
		})
	}
}

// An interim result begins with an agreed date, and no move before it.
func TestTermsOfAnInterimResult(t *testing.T) {
	file := performedByDev() + interim("A sketch", "2026-11-13", `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-11-13, satisfied_when = ["In ink"], note = "Ink" }`)
	d := on(t, "2026-11-10", file).Pages[1].Commitment.Deliverables[0]
	if d.Moves[0].Key != "renegotiate" || d.Says() != "resetting_terms" || !d.Proposed.IsZero() {
		t.Errorf("it says %s and %s, %q is proposed", d.Moves[0].Key, d.Says(), d.Proposed)
	}
}

// What one waits on is told in the same words.
func TestTermsOfWhatIsNeeded(t *testing.T) {
	file := theirs(`{ on = 2026-11-10, by = "theo", did = "renegotiate", satisfied_when = ["In grey"], note = "Fog" }`) +
		strings.Replace(performedByDev(), "moves =", "needs = [\"photos\"]\nmoves =", 1)
	if n := on(t, "2026-11-12", file).Pages[2].Commitment.Needs[0]; n.State != "resetting" || n.Says != "resetting_terms" {
		t.Errorf("it waits on %+v", n)
	}
}
