package portal_test

import (
	"fmt"
	"strings"
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
		name, file                        string
		onTime, moved, late, broken, open int
		rows                              []string
	}{
		{name: "nothing"},
		{name: "only asked for", file: asked("maria", "dev", mariaAsks)},
		{name: "declined", file: asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "decline", note = "No" }`)},
		{name: "a client's is never counted", file: theirs(`{ on = 2026-11-18, by = "theo", did = "revoke", note = "No" }`)},
		{name: "promised", file: performedByDev(), open: 1, rows: []string{"The booking 2026-11-20"}},
		{name: "delivered, and not accepted yet", file: performedByDev(deliver), onTime: 1, rows: []string{"The booking 2026-11-20 on-time"}},
		{name: "delivered too late, and not accepted yet", file: performedByDev(`{ on = 2026-12-06, by = "dev", did = "deliver" }`), late: 1, rows: []string{"The booking 2026-11-20 late by 16"}},
		{name: "sent back", file: performedByDev(given, back), open: 1, rows: []string{"The booking 2026-11-20"}},
		{name: "accepted", file: performedByDev(deliver, accept), onTime: 1, rows: []string{"The booking 2026-11-20 on-time"}},
		{
			name: "accepted, delivered too late", file: performedByDev(`{ on = 2026-11-21, by = "dev", did = "deliver" }`, `{ on = 2026-11-22, by = "maria", did = "accept" }`),
			late: 1, rows: []string{"The booking 2026-11-20 late by 1"},
		},
		{
			name: "by the date that was agreed last", moved: 1, rows: []string{"The booking 2026-12-04 moved, 1 times by 12"},
			file: performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`, `{ on = 2026-12-02, by = "dev", did = "deliver" }`, `{ on = 2026-12-03, by = "maria", did = "accept" }`),
		},
		{
			name: "by the first date, although it was moved", onTime: 1, rows: []string{"The booking 2026-12-04 on-time, 1 times by 0"},
			file: performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`, `{ on = 2026-11-20, by = "dev", did = "deliver" }`),
		},
		{
			name: "later than the date that was agreed last", late: 1, rows: []string{"The booking 2026-12-04 late by 1, 1 times by 15"},
			file: performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`, `{ on = 2026-12-05, by = "dev", did = "deliver" }`),
		},
		{name: "taken back", file: performedByDev(revoke), broken: 1, rows: []string{"The booking 2026-11-20 broken"}},
		{name: "withdrawn", file: performedByDev(withdraw)},
		{
			name: "no answer", onTime: 1, rows: []string{"The booking 2026-11-20 on-time"},
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
		{
			name: "or with the whole, before that is accepted", onTime: 1, rows: []string{"The booking 2026-11-20 on-time"},
			file: performedByDev(deliver) + interim("A sketch", "2026-11-12"),
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
			name: "given, but nobody said whether it is good", onTime: 1, broken: 1, rows: []string{"A sketch 2026-11-12 on-time", "The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12", given),
		},
		{
			name: "kept before the rest was taken back", onTime: 1, broken: 1, rows: []string{"A sketch 2026-11-12 on-time", "The booking 2026-11-20 broken"},
			file: performedByDev(revoke) + interim("A sketch", "2026-11-12", given, `{ on = 2026-11-11, by = "maria", did = "accept" }`),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := on(t, "2026-12-24", tt.file).Kept
			if k.OnTime != tt.onTime || k.Moved != tt.moved || k.Late != tt.late || k.Broken != tt.broken || k.Open != tt.open {
				t.Errorf("%d on time, %d moved, %d late, %d broken, %d open", k.OnTime, k.Moved, k.Late, k.Broken, k.Open)
			}
			var rows []string
			for _, r := range k.Rows {
				row := r.Title + " " + r.Agreed.String()
				if r.Verdict != "" {
					row += " " + r.Verdict
				}
				if r.LateDays != 0 {
					row += fmt.Sprintf(" by %d", r.LateDays)
				}
				if r.Moved > 0 {
					row += fmt.Sprintf(", %d times by %d", r.Moved, r.SlipDays)
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

// A promised update is judged by the next note.
func TestUpdatesKept(t *testing.T) {
	note := func(on, next string) string {
		return "\n[[status]]\nid = \"n-" + strings.ToLower(strings.ReplaceAll(on, ":", "")) + "\"\non = " + on + "\nrag = \"green\"\nheadline = \"Well\"\nnext_update = " + next + "\n"
	}
	ended := performedByDev(withdrawn) + "\n[review]\non = 2026-11-12\n"
	for _, tt := range []struct {
		name, today, file string
		kept, of          int
		next              string
	}{
		{name: "none", today: "2026-11-20", file: performedByDev()},
		{name: "the last one is ahead", today: "2026-11-20", file: note("2026-11-13", "2026-11-20"), next: "2026-11-20"},
		{name: "it has passed", today: "2026-11-21", file: note("2026-11-13", "2026-11-20"), of: 1},
		{name: "its hour has passed", today: "2026-11-20", file: note("2026-11-13", "2026-11-20T11:00:00"), of: 1},
		{name: "on the day", today: "2026-11-21", file: note("2026-11-13", "2026-11-20") + note("2026-11-20T18:00:00", "2026-11-27"), kept: 1, of: 1, next: "2026-11-27"},
		{name: "early", today: "2026-11-21", file: note("2026-11-13", "2026-11-20") + note("2026-11-16", "2026-11-27"), kept: 1, of: 1, next: "2026-11-27"},
		{name: "late", today: "2026-11-21", file: note("2026-11-12", "2026-11-16") + note("2026-11-17", "2026-11-27"), of: 1, next: "2026-11-27"},
		{name: "an hour late", today: "2026-11-21", file: note("2026-11-12", "2026-11-16T10:00:00") + note("2026-11-16T11:00:00", "2026-11-27"), of: 1, next: "2026-11-27"},
		{name: "nothing is owed after the end", today: "2026-11-21", file: ended + note("2026-11-02", "2026-11-05") + note("2026-11-05", "2026-11-19"), kept: 1, of: 1},
		{name: "but before it", today: "2026-11-21", file: ended + note("2026-11-02", "2026-11-09"), of: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if u := on(t, tt.today, tt.file).Kept.Updates; u.Kept != tt.kept || u.Of != tt.of || u.Next.String() != tt.next {
				t.Errorf("%d of %d, and one by %s", u.Kept, u.Of, u.Next)
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
