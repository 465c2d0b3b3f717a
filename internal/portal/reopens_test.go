package portal_test

import (
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// What takes up again leads to what it takes up, and back. The record counts it apart, and
// what was taken back is not among those that were kept.
func TestTakenUpAgain(t *testing.T) {
	t.Parallel()
	again := strings.NewReplacer(`id = "booking"`, `id = "booking-2"`+"\nreopens = \"booking\"", "2026-11-02", "2026-11-13", "2026-11-03", "2026-11-14")
	for _, tt := range []struct {
		name, end string
		counted   int
	}{
		{"kept", `{ on = 2026-11-10, by = "dev", did = "deliver" },
  { on = 2026-11-12, by = "maria", did = "accept" }`, 1},
		{"taken back", `{ on = 2026-11-12, by = "dev", did = "revoke", note = "We cannot." }`, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-16", performedByDev(tt.end)+again.Replace(performedByDev()))
			var old, young *portal.Commitment
			for _, p := range v.Pages {
				switch c := p.Commitment; {
				case c == nil:
				case c.ID == "booking":
					old = c
				case c.ID == "booking-2":
					young = c
				}
			}
			if young.Reopens == nil || young.Reopens.Href != old.Href || young.Reopens.Says != old.State || len(young.ReopenedBy) > 0 {
				t.Errorf("the new one leads to %+v", young.Reopens)
			}
			if len(old.ReopenedBy) != 1 || old.ReopenedBy[0].Href != young.Href || old.Reopens != nil {
				t.Errorf("the old one leads to %+v", old.ReopenedBy)
			}
			if v.Kept.Reopened != tt.counted {
				t.Errorf("the record counts %d", v.Kept.Reopened)
			}
			for _, row := range v.Kept.Rows {
				if row.Reopened != (tt.counted == 1 && row.Href == old.Href) {
					t.Errorf("its row is %+v", row)
				}
			}
		})
	}
}

// An interim result that moved with its commitment says so.
func TestMovedWithTheWhole(t *testing.T) {
	t.Parallel()
	v := on(t, "2026-11-16", performedByDev(
		`{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-11-27, with_interim = true, also = ["It is quick"], note = "Ill." }`,
		`{ on = 2026-11-06, by = "maria", did = "agree" }`)+
		"\n[[commitment.deliverable]]\ntitle = \"Draft\"\ndue = 2026-11-10\n")
	for _, p := range v.Pages {
		if p.Commitment == nil {
			continue
		}
		c := p.Commitment
		d := c.Deliverables[0]
		if len(d.Moved) != 1 || !d.Moved[0].WithWhole || d.Moved[0].Due.String() != "2026-11-10" || d.Due.String() != "2026-11-17" || d.Moved[0].Reason != "Ill." {
			t.Errorf("it moved as %+v, and is due on %s", d.Moved, d.Due)
		}
		if len(c.Moved) != 1 || c.Moved[0].WithWhole {
			t.Errorf("the whole moved as %+v", c.Moved)
		}
		m := c.Moves[2]
		if !m.WithInterim || len(m.Also) != 1 || len(m.Conditions) > 0 || c.SatisfiedWhen[len(c.SatisfiedWhen)-1] != "It is quick" {
			t.Errorf("the move is %+v, the conditions %q", m, c.SatisfiedWhen)
		}
	}
}
