package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func bars(r portal.Row) string {
	var parts []string
	for _, b := range r.Bars {
		part := fmt.Sprintf("%s %d+%d", b.Stage, b.X, b.W)
		if b.Planned {
			part = "(" + part + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestTimeline(t *testing.T) {
	if tl := home(on(t, "2026-11-20", "")).Timeline; tl != nil {
		t.Errorf("there is nothing to draw, and yet %v", tl)
	}
	// November and December are 61 days, so a day is 16 or 17 units.
	v := on(t, "2026-11-20", performedByDev(newDate, `{ on = 2026-11-12, by = "maria", did = "agree" }`, `{ on = 2026-11-13, by = "dev", did = "renegotiate", due = 2026-12-11, note = "Again" }`)+
		interim("A sketch", "2026-11-16", `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Ill" }`, `{ on = 2026-11-10, by = "maria", did = "agree" }`))
	tl := home(v).Timeline
	if got := tl.From.String() + " " + tl.To.String(); got != "2026-11-01 2027-01-01" {
		t.Errorf("it goes from %s", got)
	}
	if got := fmt.Sprint(tl.Months); got != "[{2026-11-01 0 true true} {2026-12-01 491 true false}]" {
		t.Errorf("months %s", got)
	}
	row := tl.Rows[0]
	if got, want := bars(row), "initiate 16+16 perform 32+164 (perform 196+361)"; got != want {
		t.Errorf("bars %s, want %s", got, want)
	}
	if g := row.Ghosts; len(g) != 1 || g[0].Due.String() != "2026-11-20" || g[0].X != 319 || g[0].To != 548 {
		t.Errorf("ghosts %v", row.Ghosts)
	}
	if row.Due != 548 || row.Proposed != 663 {
		t.Errorf("due at %d, proposed at %d", row.Due, row.Proposed)
	}
	d := row.Diamonds[0]
	if d.X != 286 || d.Deliverable.Due.String() != "2026-11-18" {
		t.Errorf("the interim result stands at %d, %s", d.X, d.Deliverable.Due)
	}
}

// The year stands at the first month that is named and at each January, which is always
// named; no two names stand on each other.
func TestTheAxisSaysTheYears(t *testing.T) {
	for last, want := range map[string]string{
		"2026-12-31": "Nov 2026, Dec",
		"2027-02-10": "Nov 2026, Dec, Jan 2027, Feb",
		"2027-08-10": "Nov 2026, Jan 2027, Apr, Jul",
		"2028-06-10": "Jan 2027, Apr, Jul, Oct, Jan 2028, Apr",
		"2030-06-10": "Jan 2027, Jul, Jan 2028, Jul, Jan 2029, Jul, Jan 2030",
	} {
		tl := home(on(t, "2026-11-20", strings.ReplaceAll(promised("late", "maria", "dev"), "2026-11-20", last))).Timeline
		var names []string
		before := -portal.TimelineWidth
		for _, m := range tl.Months {
			if !m.Named {
				continue
			}
			name := m.Day.Month.String()[:3]
			if m.Year {
				name += fmt.Sprintf(" %d", m.Day.Year)
			}
			names = append(names, name)
			if m.X-before < 80 {
				t.Errorf("%s: %s stands on the name before it", last, name)
			}
			before = m.X
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("until %s: %s, want %s", last, got, want)
		}
	}
}

func TestTimelineRows(t *testing.T) {
	due := func(s, date string) string { return strings.ReplaceAll(s, "2026-11-20", date) }
	file := promised("done", "maria", "dev", deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`) +
		asked("maria", "dev", `{ on = 2026-11-17, by = "maria", did = "request" }`) +
		due(promised("late", "maria", "dev"), "2026-12-01") + due(promised("soon", "maria", "dev"), "2026-11-24")
	var got []string
	for _, r := range home(on(t, "2026-11-20", file)).Timeline.Rows {
		got = append(got, r.Commitment.ID)
	}
	if want := []string{"soon", "late", "sign", "done"}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

// Stages of a day or none are still seen, beside each other.
func TestShortStagesDoNotOverlap(t *testing.T) {
	for _, tt := range []struct{ name, first, file, want string }{
		{
			"all on one day", "2026-11-02",
			asked("maria", "dev", `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-02 }`, `{ on = 2026-11-02, by = "dev", did = "promise" }`,
				`{ on = 2026-11-02, by = "dev", did = "deliver" }`, `{ on = 2026-11-02, by = "maria", did = "accept" }`),
			"initiate 33+4 perform 37+4 accept 41+4",
		},
		{
			"at the end of four years", "2022-12-01",
			asked("maria", "dev", `{ on = 2026-11-30, by = "maria", did = "request", due = 2026-11-30 }`, `{ on = 2026-11-30, by = "dev", did = "promise" }`,
				`{ on = 2026-11-30, by = "dev", did = "deliver" }`, `{ on = 2026-11-30, by = "maria", did = "accept" }`),
			"initiate 988+4 perform 992+4 accept 996+4",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			old := strings.NewReplacer("2026-11-02", tt.first, "2026-11-03", tt.first, "2026-11-20", tt.first, "booking", "old").Replace(performedByDev())
			rows := home(on(t, "2026-11-30", tt.file+old)).Timeline.Rows
			i := slices.IndexFunc(rows, func(r portal.Row) bool { return r.Commitment.ID == "sign" })
			if got := bars(rows[i]); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
