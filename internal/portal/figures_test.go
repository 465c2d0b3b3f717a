package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func figures(f *portal.Figures) string {
	if f == nil {
		return "none"
	}
	var due []string
	for _, d := range f.Due {
		due = append(due, strings.TrimSpace(fmt.Sprint(d.N, " ", d.After)))
	}
	return fmt.Sprintf("%d of %s; %d moved; %d minutes of %d", f.Kept, strings.Join(due, ", "), f.Moved, f.FirstWord, f.Messages)
}

func TestFigures(t *testing.T) {
	const delivered = `{ on = 2026-11-10, by = "dev", did = "deliver" }`
	// At nine in the morning in Los Angeles it is five in London, where work ends at six.
	message := func(received, acknowledged string) string {
		return "\n[[message]]\nreceived = " + received + "\nby = \"theo\"\nabout = \"Rain\"\nacknowledged = " + acknowledged + "\n"
	}
	for _, tt := range []struct{ name, file, want string }{
		{"nothing promised", status("2026-11-09", "green", ""), "none"},
		{"theirs alone", theirs(), "none"},
		{"not due yet", performedByDev(), "0 of 1 2026-11-20; 0 moved; 0 minutes of 0"},
		{"kept", performedByDev(delivered), "1 of 1; 0 moved; 0 minutes of 0"},
		{
			"one kept, two open on one day", performedByDev(delivered) + promised("b", "maria", "dev") + promised("c", "maria", "dev"),
			"1 of 1, 3 2026-11-20; 0 moved; 0 minutes of 0",
		},
		{
			"a date moved", performedByDev(`{ on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-25, note = "So" }`, `{ on = 2026-11-05, by = "maria", did = "agree" }`),
			"0 of 1 2026-11-25; 1 moved; 0 minutes of 0",
		},
		{
			"a date moved as the client wished", performedByDev(`{ on = 2026-11-04, by = "maria", did = "renegotiate", due = 2026-11-25, note = "So" }`, `{ on = 2026-11-05, by = "dev", did = "agree" }`),
			"0 of 1 2026-11-25; 0 moved; 0 minutes of 0",
		},
		{
			"sent back for another date", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "reject", due = 2026-11-25, note = "So" }`, `{ on = 2026-11-19, by = "dev", did = "agree" }`),
			"0 of 1 2026-11-25; 1 moved; 0 minutes of 0",
		},
		{
			"a word within the hours of work", performedByDev(delivered) + message("2026-11-10T08:00:00", "2026-11-10T08:20:00"),
			"1 of 1; 0 moved; 20 minutes of 1",
		},
		{
			"the middle of two, and one of which no hour is known",
			performedByDev(delivered) + message("2026-11-10T08:00:00", "2026-11-10T08:20:00") + message("2026-11-10T08:00:00", "2026-11-10T08:31:00") +
				message("2026-11-09", "2026-11-10"),
			"1 of 1; 0 moved; 26 minutes of 2",
		},
		{
			"90 minutes are no two hours", performedByDev(delivered) + message("2026-11-10T08:00:00", "2026-11-11T01:30:00"),
			"1 of 1; 0 moved; 90 minutes of 1",
		},
		{
			"over night", performedByDev(delivered) + message("2026-11-10T20:00:00", "2026-11-11T00:00:00"),
			"1 of 1; 0 moved; 0 minutes of 1",
		},
	} {
		if got := figures(on(t, "2026-11-12", tt.file).Figures()); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Each date that has passed counts, whether or not something came since, and also while a new one is only proposed.
// What adds up is on the page: kept and not kept, and those of the open ones whose date has passed.
func TestEachDateThatHasPassedCounts(t *testing.T) {
	const (
		back     = `{ on = 2026-11-20, by = "maria", did = "reject", note = "Blurred" }`
		proposed = `{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" }`
	)
	waits := papers() + books(needsPapers)
	for _, tt := range []struct {
		name, file            string
		due, passed, newDates int
	}{
		{"late", performedByDev(), 1, 1, 0},
		{"a new date is proposed", performedByDev(proposed), 1, 1, 1},
		{"a new date that has passed too", performedByDev(strings.Replace(proposed, "2026-12-04", "2026-11-23", 1)), 1, 1, 0},
		{"sent back on its day", performedByDev(deliver, back), 1, 1, 0},
		{"of a result on the way, a new date for the whole", performedByDev(proposed) + interim("A sketch", "2026-11-19"), 2, 2, 1},
		{"it waits for something of the client's", waits, 0, 0, 0},
		{"delivered", performedByDev(deliver), 1, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-24", tt.file)
			now := func(all []portal.DuePromises) int {
				for _, d := range all {
					if (d.After.IsZero() || v.Passed(d.After)) && !v.Passed(d.Until) {
						return d.N
					}
				}
				return 0
			}
			var f portal.Figures
			if v.Figures() != nil {
				f = *v.Figures()
			}
			k := v.Kept
			if now(f.Due) != tt.due || now(f.Passed) != tt.passed || now(f.NewDate) != tt.newDates {
				t.Errorf("%d due, of these %d open, and a new date for %d", now(f.Due), now(f.Passed), now(f.NewDate))
			}
			if sum := k.OnTime + k.Moved + k.Waited + k.Late + k.Broken + now(f.Passed); sum != now(f.Due) {
				t.Errorf("what is told adds up to %d of %d", sum, now(f.Due))
			}
		})
	}
}

// Where there is nothing to count yet, the card waits until there is.
func TestTheRecordWaitsUntilThereIsSomethingToCount(t *testing.T) {
	if f := on(t, "2026-11-12", performedByDev()).Figures(); f.From().String() != "2026-11-20" {
		t.Errorf("it shows from %s", f.From())
	}
	if f := on(t, "2026-11-12", papers()+books(needsPapers)).Figures(); f != nil {
		t.Errorf("there are figures: %+v", f)
	}
}
