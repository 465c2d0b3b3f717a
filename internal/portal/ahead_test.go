package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

const (
	mariaMoves   = `{ on = 2026-11-10, by = "maria", did = "renegotiate", due = 2026-12-04, answer_by = 2026-12-01, note = "We are away" }`
	withResults  = `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-04, with_interim = true, note = "The key came late" }`
	lateDelivery = `{ on = 2026-11-21, by = "dev", did = "deliver" }`
	sentBackLate = `{ on = 2026-11-23, by = "maria", did = "reject", note = "It is slow" }`
)

// recordTold returns what the record tells of what is open, as of its day.
func recordTold(v *portal.View) string {
	var keys []string
	for _, r := range v.Kept.Rows {
		for _, f := range r.Facts {
			if v.Passed(f.After()) {
				keys = append(keys, f.Key)
			}
		}
	}
	return strings.Join(keys, " ")
}

// While a later date is on the table, of the thing itself or of its whole, the agreed date is not
// told as overdue; and what came in time, and was sent back after its date, is not late either.
func TestALaterDateOrAReworkIsNotOverdue(t *testing.T) {
	sketch := func(moves ...string) string { return interim("A sketch", "2026-11-13", moves...) }
	for _, tt := range []struct{ name, day, file, standing, record string }{
		{"a later date of ours", "2026-11-22", performedByDev(newDate), "amber: amber new_date_open", "new_date_open"},
		{"a later date of theirs", "2026-11-22", performedByDev(mariaMoves), "amber: amber new_date_asked", "new_date_asked"},
		{
			"of theirs, once ours had passed", "2026-11-24",
			performedByDev(strings.Replace(mariaMoves, "11-10", "11-23", 1)), "amber: amber new_date_open", "new_date_open",
		},
		{"that has passed too", "2026-12-05", performedByDev(newDate), "red: amber new_date_open, red proposed_passed", "new_date_open proposed_passed"},
		{"of the whole, with its results", "2026-11-18", performedByDev(withResults) + sketch(), "amber: amber new_date_open", "new_date_open"},
		{
			"of the whole, with its results, when that of the result has passed", "2026-11-28",
			performedByDev(withResults) + sketch(), "amber: amber new_date_open, amber new_date_open", "new_date_open new_date_open",
		},
		{"of the whole alone", "2026-11-28", performedByDev(newDate) + sketch(), "amber: amber whole_date_open, amber new_date_open", "whole_date_open new_date_open"},
		{"none of the whole", "2026-11-18", performedByDev() + sketch(), "red: red overdue", "overdue"},
		{"in time, and sent back after the date", "2026-11-30", performedByDev(deliver, sentBackLate), "amber: amber rework_undated", "rework_undated"},
		{
			"with a date proposed for the rework", "2026-11-30",
			performedByDev(deliver, strings.Replace(sentBackLate, "note", "due = 2026-12-04, answer_by = 2026-12-01, note", 1)), "amber: amber rejected", "rejected",
		},
		{
			"with one agreed", "2026-11-30",
			performedByDev(deliver, strings.Replace(sentBackLate, "note", "due = 2026-12-04, answer_by = 2026-12-01, note", 1), `{ on = 2026-11-24, by = "dev", did = "agree" }`), ":", "",
		},
		{
			"with one agreed that has passed", "2026-12-05",
			performedByDev(deliver, strings.Replace(sentBackLate, "note", "due = 2026-12-04, answer_by = 2026-12-01, note", 1), `{ on = 2026-11-24, by = "dev", did = "agree" }`), "red: red overdue", "overdue",
		},
		{"late, and sent back", "2026-11-30", performedByDev(lateDelivery, sentBackLate), "red: red overdue, amber rejected", "rejected overdue"},
		{"in time, and sent back before the date", "2026-11-30", performedByDev(deliver, sentBack), "red: amber rejected, red overdue", "rejected overdue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, tt.day, tt.file)
			if got := reasons(home(v).Standing); got != tt.standing {
				t.Errorf("it stands %q, want %q", got, tt.standing)
			}
			if got := recordTold(v); got != tt.record {
				t.Errorf("the record says %q, want %q", got, tt.record)
			}
			if late := strings.Contains(tt.record, "overdue") || strings.Contains(tt.record, "passed"); late != overdue(v) {
				t.Errorf("it is told as overdue: %v", !late)
			}
			note := on(t, "2026-12-20", tt.file+status(tt.day, "green", "")).Pages
			i := slices.IndexFunc(note, func(p *portal.Page) bool { return p.Status != nil })
			if got := reasons(note[i].Status.Standing); got != tt.standing && got != strings.Replace(tt.standing, ":", "green:", 1) {
				t.Errorf("the note of that day stands %q", got)
			}
		})
	}
}

// overdue reports whether anything of the first commitment is told as late by days.
func overdue(v *portal.View) bool {
	c := v.Pages[1].Commitment
	late := c.LateDays > 0
	for _, d := range c.Deliverables {
		late = late || d.LateDays > 0
	}
	return late
}

// What had come by the day on which the whole was agreed anew moves no date of its interim results.
func TestWhatHadComeMovesNothing(t *testing.T) {
	file := papers(papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers,
		`{ on = 2026-11-21, by = "dev", did = "renegotiate", due = 2026-12-15, note = "Ill" }`, `{ on = 2026-11-22, by = "maria", did = "agree" }`) +
		interim("A sum", "2026-11-28")
	v := on(t, "2026-11-24", file)
	if d := committed(t, v, "books").Deliverables[0]; d.Counts.String() != "2026-11-28" || d.Held != nil {
		t.Errorf("it counts by %s, since %v", d.Counts, d.Held)
	}
}

// Where waiting moved the date that counts, it is late by that one; what is said is the date that was
// agreed, on Home and in the record, since three dates confuse.
func TestTheDateAgreedIsTold(t *testing.T) {
	file := papers(papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers)
	for day, want := range map[string]string{"2026-11-30": "false overdue 2026-11-15", "2026-12-01": "true overdue 2026-11-15"} {
		v := on(t, day, file)
		var told []string
		for _, f := range home(v).Standing.Floor {
			told = append(told, fmt.Sprintf("%v %s %s", f.Active, f.Key, f.Due))
		}
		if len(told) != 1 || told[0] != want {
			t.Errorf("on %s the floor says %q", day, told)
		}
		if row := v.Kept.Rows[0]; row.Agreed.String() != "2026-11-15" || row.Due.String() != "2026-11-30" || row.Facts[0].Due != row.Agreed {
			t.Errorf("on %s the record says %+v", day, row)
		}
	}
}

// A date that moved says who asked for it, and whose the words of the reason are.
func TestWhoAskedForADateThatMoved(t *testing.T) {
	agrees := func(by string) string { return `{ on = 2026-11-12, by = "` + by + `", did = "agree" }` }
	for _, tt := range []struct{ name, file, want string }{
		{"we did", performedByDev(newDate, agrees("maria")), "dev, dev"},
		{"they did", performedByDev(mariaMoves, agrees("dev")), "maria, maria"},
		{"they did, for a date of ours", performedByDev(mariaMoves, `{ on = 2026-11-11, by = "dev", did = "counter", due = 2026-12-11, note = "The 4th is full" }`, agrees("maria")), "maria, dev"},
		{"they did, by a colleague", performedByDev(strings.Replace(mariaMoves, `"maria"`, `"theo"`, 1), agrees("dev")), "theo, theo"},
		{
			"they did, as they sent it back",
			performedByDev(`{ on = 2026-11-10, by = "dev", did = "deliver" }`, `{ on = 2026-11-11, by = "maria", did = "reject", due = 2026-12-04, note = "It is slow" }`, agrees("dev")), "maria, maria",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", tt.file)
			m := v.Pages[1].Commitment.Moved[0]
			if got := m.AskedBy.ID + ", " + m.SaidBy.ID; got != tt.want {
				t.Errorf("asked and said by %s", got)
			}
			asked := v.Kept.Rows[0].AskedBy
			if m.SentBack != (len(asked) == 0) || !m.SentBack && (len(asked) != 1 || asked[0] != m.AskedBy) {
				t.Errorf("the record says %v", asked)
			}
		})
	}
	file := performedByDev(withResults, agrees("maria")) + interim("A sketch", "2026-11-13")
	if m := on(t, "2026-11-20", file).Pages[1].Commitment.Deliverables[0].Moved[0]; m.AskedBy.ID != "dev" || m.SaidBy.ID != "dev" {
		t.Errorf("of an interim result that moved with the whole: %+v", m)
	}
}

// An interim result that was not delivered when its whole closed is told so.
func TestEndedWithTheWhole(t *testing.T) {
	whole := performedByDev(deliver, accept)
	for want, file := range map[string]string{
		"ended":     whole + interim("A sketch", "2026-11-13"),
		"delivered": whole + interim("A sketch", "2026-11-13", `{ on = 2026-11-12, by = "dev", did = "deliver" }`),
		"promised":  performedByDev() + interim("A sketch", "2026-11-13"),
	} {
		v := on(t, "2026-11-20", file)
		if d := v.Pages[1].Commitment.Deliverables[0]; d.Says() != want {
			t.Errorf("it is told as %s, want %s", d.Says(), want)
		}
	}
}
