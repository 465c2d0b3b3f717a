package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// papers is a commitment of theo's, promised for the 5th of November on the 2nd, and
// withMore what is then said of it.
func papers(withMore ...string) string {
	moves := []string{
		`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-05 }`,
		`{ on = 2026-11-02, by = "theo", did = "promise" }`,
	}
	return commitmentOf("papers", "dev", "theo", "", append(moves, withMore...)...)
}

// books is one of dev's that needs others, promised for the 15th of November on the 3rd.
func books(needs string, withMore ...string) string {
	moves := []string{
		`{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-15 }`,
		`{ on = 2026-11-03, by = "maria", did = "agree" }`,
	}
	return commitmentOf("books", "maria", "dev", needs, append(moves, withMore...)...)
}

func commitmentOf(id, customer, performer, needs string, moves ...string) string {
	return fmt.Sprintf("\n[[commitment]]\nid = %q\ntitle = %q\ncustomer = %q\nperformer = %q\nneeds = [%s]\nmoves = [\n%s\n]\n",
		id, "The "+id, customer, performer, needs, strings.Join(moves, ",\n"))
}

const (
	papersCome   = `{ on = 2026-11-20, by = "theo", did = "deliver" }`
	needsPapers  = `"papers"`
	booksDeliver = `{ on = %s, by = "dev", did = "deliver" }`
)

// committed returns the commitment with an id.
func committed(t *testing.T, v *portal.View, id string) *portal.Commitment {
	t.Helper()
	for _, p := range v.Pages {
		if p.Commitment != nil && p.Commitment.ID == id {
			return p.Commitment
		}
	}
	t.Fatalf("there is no page of %s", id)
	return nil
}

// told returns what a commitment waits for, or the date that counts and why, and how late
// it is.
func told(p portal.Progress) string {
	var parts []string
	for _, w := range p.Waits {
		parts = append(parts, fmt.Sprintf("waits for %s, %s", w.Title, w.Person.ID))
	}
	if p.Counts != p.Agreed {
		parts = append(parts, "counts by "+p.Counts.String())
	}
	if p.Held != nil {
		parts = append(parts, fmt.Sprintf("waited for %s until %s", p.Held.Title, p.Held.Until))
	}
	if p.LateDays > 0 {
		parts = append(parts, fmt.Sprintf("%d days late", p.LateDays))
	}
	return strings.Join(parts, "; ")
}

func TestWhatNeedsTheOtherSideIsNotLate(t *testing.T) {
	const held = "counts by 2026-11-30; waited for The papers until 2026-11-20"
	for _, tt := range []struct{ name, today, file, want, standing string }{
		{"without needs", "2026-11-18", papers() + books(""), "3 days late", "red: amber yours_overdue, red overdue"},
		{"the need is open", "2026-11-18", papers() + books(needsPapers), "waits for The papers, theo", "amber: amber yours_overdue"},
		{
			"the need of a need of ours is open", "2026-11-18", papers() + commitmentOf("sums", "maria", "dev", needsPapers, `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-10 }`, `{ on = 2026-11-03, by = "maria", did = "agree" }`) +
				books(`"sums"`), "waits for The papers, theo", "amber: amber yours_overdue",
		},
		{"the need is on time", "2026-11-04", papers() + books(needsPapers), "waits for The papers, theo", ":"},
		{"the need is there, and not accepted yet", "2026-11-30", papers(papersCome) + books(needsPapers), held, "amber: amber answer_overdue"},
		{"the day after the date that counts", "2026-12-01", papers(papersCome) + books(needsPapers), held + "; 1 days late", "red: amber answer_overdue, red overdue"},
		{
			"it was sent back", "2026-11-30",
			papers(papersCome, `{ on = 2026-11-21, by = "dev", did = "reject", note = "Half of it" }`) + books(needsPapers),
			"waits for The papers, theo", "amber: amber yours_overdue",
		},
		{
			"it was there in time", "2026-11-18",
			papers(`{ on = 2026-11-05, by = "theo", did = "deliver" }`, `{ on = 2026-11-06, by = "dev", did = "accept" }`) + books(needsPapers),
			"3 days late", "red: red overdue",
		},
		{
			"it was there before the promise", "2026-11-18",
			strings.Replace(papers(`{ on = 2026-11-03, by = "theo", did = "deliver" }`, `{ on = 2026-11-03, by = "dev", did = "accept" }`), "due = 2026-11-05", "due = 2026-11-02", 1) +
				books(needsPapers), "3 days late", "red: red overdue",
		},
		{
			"its date had passed when ours was agreed", "2026-11-30",
			papers(`{ on = 2026-11-20, by = "theo", did = "deliver" }`, `{ on = 2026-11-20, by = "dev", did = "accept" }`) +
				books(needsPapers, `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-11-17, note = "No papers" }`, `{ on = 2026-11-10, by = "maria", did = "agree" }`),
			"counts by 2026-11-27; waited for The papers until 2026-11-20; 3 days late", "red: red overdue",
		},
		{
			"its own new date does not count against ours", "2026-11-29",
			papers(`{ on = 2026-11-05, by = "theo", did = "renegotiate", due = 2026-11-20, note = "The till" }`, `{ on = 2026-11-05, by = "dev", did = "agree" }`,
				papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers), held, ":",
		},
		{
			"its new date that is not after ours is what it is counted from", "2026-11-18",
			papers(`{ on = 2026-11-05, by = "theo", did = "renegotiate", due = 2026-11-12, note = "The till" }`, `{ on = 2026-11-05, by = "dev", did = "agree" }`,
				`{ on = 2026-11-14, by = "theo", did = "deliver" }`, `{ on = 2026-11-14, by = "dev", did = "accept" }`) + books(needsPapers),
			"counts by 2026-11-17; waited for The papers until 2026-11-14; 1 days late", "red: red overdue",
		},
		{
			"a date that was replaced before ours was agreed does not count", "2026-11-29",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-10-02, by = "dev", did = "request", due = 2026-11-13 }`, `{ on = 2026-10-03, by = "theo", did = "promise" }`,
				`{ on = 2026-10-04, by = "theo", did = "renegotiate", due = 2026-11-05, note = "Sooner" }`, `{ on = 2026-10-05, by = "dev", did = "agree" }`,
				papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers), held, ":",
		},
		{
			"without a date", "2026-11-20",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-02, by = "dev", did = "request" }`, `{ on = 2026-11-05, by = "theo", did = "promise", due = 2026-11-06 }`,
				papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers),
			"counts by 2026-11-29; waited for The papers until 2026-11-20", ":",
		},
		{
			"it was asked for after our promise", "2026-11-20",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-04, by = "dev", did = "request", due = 2026-11-08 }`, `{ on = 2026-11-04, by = "theo", did = "promise" }`,
				papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers),
			"counts by 2026-11-27; waited for The papers until 2026-11-20", ":",
		},
		{
			"it was asked for after our promise, and fell away without a date", "2026-11-21",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-04, by = "dev", did = "request", due = 2026-11-08 }`,
				`{ on = 2026-11-20, by = "theo", did = "decline", note = "They are lost" }`) + books(needsPapers),
			"counts by 2026-11-20; waited for The papers until 2026-11-20; 1 days late", "red: red overdue",
		},
		{
			"it was due after ours, and came sooner", "2026-11-21",
			strings.Replace(papers(papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`), "due = 2026-11-05", "due = 2026-11-25", 1) + books(needsPapers),
			"counts by 2026-11-20; waited for The papers until 2026-11-20; 1 days late", "red: red overdue",
		},
		{
			"it was only asked for", "2026-11-18",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-17, by = "dev", did = "request", due = 2026-11-25 }`) + books(needsPapers),
			"waits for The papers, theo", ":",
		},
		{
			"it was declined", "2026-11-18",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-05 }`,
				`{ on = 2026-11-03, by = "theo", did = "decline", note = "No" }`) + books(needsPapers), "3 days late", "red: red overdue",
		},
		{
			"it was taken back while it was waited for", "2026-11-29",
			papers(`{ on = 2026-11-20, by = "theo", did = "revoke", note = "Lost" }`) + books(needsPapers), held, ":",
		},
		{"one of the same side", "2026-11-18", commitmentOf("papers", "maria", "ines", "", `{ on = 2026-11-02, by = "ines", did = "offer", due = 2026-11-25 }`) + books(needsPapers), "3 days late", "red: red overdue"},
		{
			"one that waits for us in turn", "2026-11-18",
			commitmentOf("plan", "theo", "ines", "", `{ on = 2026-11-02, by = "theo", did = "request", due = 2026-11-25 }`, `{ on = 2026-11-02, by = "ines", did = "promise" }`) +
				strings.Replace(papers(), "needs = []", `needs = ["plan"]`, 1) + books(needsPapers), "3 days late", "red: red overdue",
		},
		{
			"one that is on the table for us to answer", "2026-11-18",
			commitmentOf("papers", "dev", "theo", "", `{ on = 2026-11-17, by = "theo", did = "offer", due = 2026-11-25 }`) + books(needsPapers), "3 days late", "red: red overdue",
		},
		{
			"delivered, it waits for nothing", "2026-11-18",
			papers() + books(needsPapers, fmt.Sprintf(booksDeliver, "2026-11-16")),
			"counts by 2026-11-26; waited for The papers until 2026-11-16", "amber: amber yours_overdue",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, tt.today, tt.file)
			c := committed(t, v, "books")
			if got := told(c.Progress); got != tt.want {
				t.Errorf("it is told %q, want %q", got, tt.want)
			}
			if got := reasons(home(v).Standing); got != tt.standing {
				t.Errorf("it stands %q, want %q", got, tt.standing)
			}
			if (len(c.Waits) > 0) == (c.Awaited() || !c.Delivered.IsZero()) {
				t.Errorf("awaited: %v", c.Awaited())
			}
			if waits := len(v.WaitingForClient()) > 0; waits != (len(c.Waits) > 0) {
				t.Errorf("Home tells of %v", v.WaitingForClient())
			}
		})
	}
}

// What of the client's waits for ours is not their turn yet.
func TestTheClientIsNotAskedForWhatWaitsForUs(t *testing.T) {
	theirs := func(needs string) string {
		return commitmentOf("payment", "dev", "theo", needs, `{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-10 }`, `{ on = 2026-11-02, by = "theo", did = "promise" }`)
	}
	ours := func(more ...string) string { return books("", more...) }
	for _, tt := range []struct {
		name, file string
		asked      bool
	}{
		{"it needs nothing", ours() + theirs(""), true},
		{"ours is open", ours() + theirs(`"books"`), false},
		{"ours is there", ours(fmt.Sprintf(booksDeliver, "2026-11-17")) + theirs(`"books"`), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-18", tt.file)
			asked := strings.Contains(strings.Join(waitingLines(home(v).Yours), "\n"), "deliver: The payment, theo")
			if asked != tt.asked {
				t.Errorf("your turn is %q", waitingLines(home(v).Yours))
			}
			if c := committed(t, v, "payment"); (len(c.Turns()) > 0) != tt.asked {
				t.Errorf("it is the turn of %v", c.Turns())
			}
		})
	}
	// Ours came after the day on which theirs was due, and so theirs is not late before ours came.
	v := on(t, "2026-11-18", ours(fmt.Sprintf(booksDeliver, "2026-11-17"))+theirs(`"books"`))
	if c := committed(t, v, "payment"); told(c.Progress) != "counts by 2026-11-17; waited for The books until 2026-11-17; 1 days late" || c.Turn.By != c.Counts {
		t.Errorf("it is told %q, and due by %s", told(c.Progress), c.Turn.By)
	}
}

// Interim results wait with what they are on the way to, and theirs is the same date.
func TestInterimResultsWaitToo(t *testing.T) {
	sketch := interim("A sketch", "2026-11-10")
	waiting := committed(t, on(t, "2026-11-18", papers()+books(needsPapers)+sketch), "books").Deliverables[0]
	if told(waiting.Progress) != "waits for The papers, theo" || len(waiting.Turns()) != 0 {
		t.Errorf("it is told %q, the turn of %v", told(waiting.Progress), waiting.Turns())
	}
	came := committed(t, on(t, "2026-11-26", papers(papersCome)+books(needsPapers)+sketch), "books").Deliverables[0]
	if want := "counts by 2026-11-25; waited for The papers until 2026-11-20; 1 days late"; told(came.Progress) != want {
		t.Errorf("it is told %q, want %q", told(came.Progress), want)
	}
}

// A delivery is judged by the date that counts, accepted or not.
func TestHowLateADeliveryCame(t *testing.T) {
	accept := `{ on = 2026-12-06, by = "maria", did = "accept" }`
	late := `{ on = 2026-12-02, by = "dev", did = "deliver" }`
	for _, tt := range []struct {
		name, file    string
		late          bool
		days          int
		verdict, says string
	}{
		{"in time", books("", fmt.Sprintf(booksDeliver, "2026-11-15")), false, 0, "", "delivered"},
		{"late", books("", late), true, 17, "", "delivered"},
		{"late and accepted", books("", late, accept), true, 17, "late", "kept"},
		{
			"late by hours of the day", strings.Replace(books("", `{ on = 2026-11-15T14:00:00, by = "dev", did = "deliver" }`), "due = 2026-11-15", "due = 2026-11-15T12:00:00", 1),
			true, 0, "", "delivered",
		},
		{"in time by what it waited for", papers(papersCome) + books(needsPapers, fmt.Sprintf(booksDeliver, "2026-11-28"), accept), false, 0, "on-time", "kept"},
		{"without what it waited for", papers() + books(needsPapers, fmt.Sprintf(booksDeliver, "2026-11-18"), accept), false, 0, "on-time", "kept"},
		{"late all the same", papers(papersCome) + books(needsPapers, late, accept), true, 2, "late", "kept"},
		{
			"sent back", books("", late, `{ on = 2026-12-03, by = "maria", did = "reject", due = 2026-12-08, note = "Half" }`, `{ on = 2026-12-03, by = "dev", did = "agree" }`),
			false, 0, "", "sent_back",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := committed(t, on(t, "2026-12-10", tt.file), "books")
			if c.Late() != tt.late || c.DaysLate != tt.days || c.Verdict != tt.verdict || c.Says() != tt.says {
				t.Errorf("late %v by %d days, %q, %s", c.Late(), c.DaysLate, c.Verdict, c.Says())
			}
		})
	}
}

// An archived note is judged by what was waited for on its own day.
func TestArchivedNotesKnowWhatWasWaitedFor(t *testing.T) {
	v := on(t, "2026-12-24", papers(papersCome)+books(needsPapers)+status("2026-11-18", "green", `id = "then"`)+status("2026-11-30", "green", `id = "there"`)+
		status("2026-12-01", "green", `id = "late"`))
	for id, want := range map[string]string{
		"then": "amber: amber yours_overdue", "there": "amber: amber answer_overdue", "late": "red: amber answer_overdue, red overdue",
	} {
		if got := reasons(note(v, id).Standing); got != want {
			t.Errorf("%s stands %q, want %q", id, got, want)
		}
	}
}

// Since when it is waited for is the date agreed for it, once that has passed.
func TestSinceWhenItIsWaitedFor(t *testing.T) {
	for today, want := range map[string]string{"2026-11-05": "2026-11-02", "2026-11-06": "2026-11-05"} {
		v := on(t, today, papers(`{ on = 2026-11-04, by = "dev", did = "ask", note = "Is all well?" }`)+books(needsPapers))
		if w := committed(t, v, "books").Waits[0]; w.SinceOn(v.Today).String() != want {
			t.Errorf("on %s it is waited for since %s, want %s", today, w.SinceOn(v.Today), want)
		}
	}
}

// What came before its date had waited for nothing, whenever its need came.
func TestWhatCameInTimeWaitedForNothing(t *testing.T) {
	for name, need := range map[string]string{"open": papers(), "there later": papers(papersCome)} {
		c := committed(t, on(t, "2026-11-30", need+books(needsPapers, fmt.Sprintf(booksDeliver, "2026-11-15"))), "books")
		if c.Held != nil || c.Late() || c.Counts != c.Agreed {
			t.Errorf("%s: it is told %q", name, told(c.Progress))
		}
	}
}

// Home is led by the date agreed that is soonest, also where waiting gives it more time, and by one that
// still waits until it has passed. What comes next stands by the date that waiting gave it.
func TestHomeGoesByTheDateAgreed(t *testing.T) {
	sign := commitmentOf("sign", "maria", "dev", "", `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-27 }`, `{ on = 2026-11-03, by = "maria", did = "agree" }`)
	for name, tt := range map[string]struct{ today, file, lead, next string }{
		"there": {"2026-11-24", papers(papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`) + books(needsPapers) + sign, "The books", "The sign 2026-11-27, The books 2026-11-30"},
		"open":  {"2026-11-24", papers() + books(needsPapers) + sign, "The sign", "The sign 2026-11-27"},
		"ahead": {"2026-11-12", papers() + books(needsPapers) + sign, "The books", "The books 2026-11-15, The sign 2026-11-27"},
	} {
		h := home(on(t, tt.today, tt.file))
		var next []string
		for _, c := range slices.Concat(h.Late, h.Next) {
			next = append(next, c.What.Label()+" "+c.Due.String())
		}
		if h.Lead == nil || h.Lead.Title != tt.lead || strings.Join(next, ", ") != tt.next {
			t.Errorf("%s: it leads with %v, and says %q comes next", name, h.Lead, next)
		}
	}
}
