package portal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKept(t *testing.T) {
	const (
		accept   = `{ on = 2026-11-19, by = "maria", did = "accept" }`
		withdraw = `{ on = 2026-11-19, by = "maria", did = "withdraw" }`
		revoke   = `{ on = 2026-11-19, by = "dev", did = "revoke", note = "Ill" }`
		given    = `{ on = 2026-11-10, by = "dev", did = "deliver" }`
		back     = `{ on = 2026-11-11, by = "maria", did = "reject", note = "Blurred" }`
	)
	for _, tt := range []struct {
		name, file                 string
		onTime, late, broken, open int
		rows                       []string
	}{
		{name: "nothing"},
		{name: "only asked for", file: asked("maria", "dev", mariaAsks)},
		{name: "declined", file: asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "decline", note = "No" }`)},
		{name: "a client's is never counted", file: theirs(`{ on = 2026-11-18, by = "theo", did = "revoke", note = "No" }`)},
		{name: "promised", file: performedByDev(), open: 1, rows: []string{"The booking 2026-11-20"}},
		{name: "delivered", file: performedByDev(deliver), open: 1, rows: []string{"The booking 2026-11-20"}},
		{name: "accepted", file: performedByDev(deliver, accept), onTime: 1, rows: []string{"The booking 2026-11-20 on-time"}},
		{
			name: "accepted, delivered too late", file: performedByDev(`{ on = 2026-11-21, by = "dev", did = "deliver" }`, `{ on = 2026-11-22, by = "maria", did = "accept" }`),
			late: 1, rows: []string{"The booking 2026-11-20 late"},
		},
		{
			name: "by the date that was agreed last", onTime: 1, rows: []string{"The booking 2026-12-04 on-time"},
			file: performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`, `{ on = 2026-12-02, by = "dev", did = "deliver" }`, `{ on = 2026-12-03, by = "maria", did = "accept" }`),
		},
		{name: "taken back", file: performedByDev(revoke), broken: 1, rows: []string{"The booking 2026-11-20 broken"}},
		{name: "withdrawn", file: performedByDev(withdraw)},
		{
			name: "no answer",
			file: performedByDev(deliver, `{ on = 2026-12-20, by = "dev", did = "close", note = "No word" }`),
		},
		{
			name: "interim results, each for itself", onTime: 1, open: 2,
			rows: []string{"A sketch 2026-11-12 on-time", "A model 2026-11-18", "The booking 2026-11-20"},
			file: performedByDev() + interim("A model", "2026-11-18") + interim("A sketch", "2026-11-12", given, `{ on = 2026-11-11, by = "maria", did = "accept" }`),
		},
		{
			name: "an interim result that was never given ends with what was accepted", onTime: 1, rows: []string{"The booking 2026-11-20 on-time"},
			file: performedByDev(deliver, accept) + interim("A sketch", "2026-11-12"),
		},
		{name: "or with what was withdrawn", file: performedByDev(withdraw) + interim("A sketch", "2026-11-12")},
		{
			name: "and is broken with what was taken back", broken: 2, rows: []string{"A sketch 2026-11-12 broken", "The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12"),
		},
		{
			name: "sent back is not given", broken: 2, rows: []string{"A sketch 2026-11-12 broken", "The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12", given, back),
		},
		{
			name: "given, but nobody said whether it is good", broken: 1, rows: []string{"The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12", given),
		},
		{
			name: "kept before the rest was taken back", onTime: 1, broken: 1, rows: []string{"A sketch 2026-11-12 on-time", "The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12", given, `{ on = 2026-11-11, by = "maria", did = "accept" }`),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := on(t, "2026-12-24", tt.file).Kept
			if k.OnTime != tt.onTime || k.Late != tt.late || k.Broken != tt.broken || k.Open != tt.open {
				t.Errorf("%d on time, %d late, %d broken, %d open", k.OnTime, k.Late, k.Broken, k.Open)
			}
			var rows []string
			for _, r := range k.Rows {
				row := r.Title + " " + r.Agreed.String()
				if r.Verdict != "" {
					row += " " + r.Verdict
				}
				if r.Verdict == "broken" && r.Closed.String() != "2026-11-19" {
					t.Errorf("%s ended on %s", r.Title, r.Closed)
				}
				if r.Interim != (r.Title != "The booking") || r.Href != "/P/commitment-booking/" {
					t.Errorf("%s: interim %v, at %s", r.Title, r.Interim, r.Href)
				}
				rows = append(rows, row)
			}
			if diff := cmp.Diff(tt.rows, rows); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPulses(t *testing.T) {
	pulse := func(asked, scores string) string {
		return "\n[[pulse]]\nasked = " + asked + "\nquestion = \"Do you know what comes next?\"\n" + scores
	}
	v := on(t, "2026-11-20", pulse("2026-10-09", "ours = 2\ntheirs = 5\nanswered = 2026-10-12\ngap_action = \"We asked\"\n")+
		pulse("2026-11-09", "ours = 5\ntheirs = 1\n")+pulse("2026-11-13", "ours = 5\n")+pulse("2026-11-01", "theirs = 5\n"))
	var got []string
	var gaps []int
	for _, p := range v.Pulses {
		got, gaps = append(got, p.ID), append(gaps, p.Gap)
	}
	if diff := cmp.Diff([]string{"2026-11-13", "2026-11-09", "2026-11-01", "2026-10-09"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{0, 4, 0, 3}, gaps); diff != "" {
		t.Error(diff)
	}
	if p := v.Pulses[3]; p.GapAction != "We asked" || p.Answered.String() != "2026-10-12" || p.Ours != 2 || p.Theirs != 5 || p.Pos.Line == 0 {
		t.Errorf("it is told as %+v", p)
	}
}
