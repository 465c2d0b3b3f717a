package portal_test

import (
	"slices"
	"testing"

	"portalgen/internal/portal"
)

func questionOf(commitment, asked, to string) string {
	by := map[string]string{"theo": "dev", "ines": "theo"}[to]
	return "\n[[question]]\nasked = " + asked + "\nby = \"" + by + "\"\nto = \"" + to + "\"\ntext = \"Which?\"\ncommitment = \"" + commitment + "\"\n"
}

// What the client was asked about a commitment ends with it, everywhere; what the client asked waits for the answer.
func TestQuestionsOfWhatClosed(t *testing.T) {
	const withdraws = `{ on = 2026-11-18, by = "maria", did = "withdraw" }`
	for _, tt := range []struct {
		name, file string
		waits      bool
	}{
		{"an open one", performedByDev() + questionOf("booking", "2026-11-10", "theo"), true},
		{"a closed one", performedByDev(withdraws) + questionOf("booking", "2026-11-10", "theo"), false},
		{"one that was kept", performedByDev(deliver, accept) + questionOf("booking", "2026-11-10", "theo"), false},
		{"one that was declined", asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "decline", note = "Full" }`) + questionOf("sign", "2026-11-10", "theo"), false},
		{"a closed one, to us", performedByDev(withdraws) + questionOf("booking", "2026-11-10", "ines"), true},
		{"answered after it closed", performedByDev(withdraws) + questionOf("booking", "2026-11-10", "theo") + "answered = 2026-11-19\n", false},
		{"asked after it closed", performedByDev(withdraws) + questionOf("booking", "2026-11-19", "theo"), true},
		{"asked on its last day", performedByDev(withdraws) + questionOf("booking", "2026-11-18", "theo"), true},
		{"of another", performedByDev(withdraws) + theirs() + questionOf("photos", "2026-11-10", "theo"), true},
		{"of none", performedByDev(withdraws) + questionOf("", "2026-11-10", "theo"), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", tt.file)
			waits := slices.ContainsFunc(slices.Concat(waitingLines(home(v).Yours), waitingLines(home(v).Ours)), func(s string) bool { return s[:7] == "answer:" })
			if waits != tt.waits {
				t.Errorf("it waits: %v, want %v", waits, tt.waits)
			}
			agreed := page(v, portal.KindAgreed).Agreed
			if q := agreed.Single[0]; q.Waits != tt.waits || (q.Todo != nil || v.Turns() != nil) && !tt.waits {
				t.Error("the page of what was asked, or the count of turns, says otherwise")
			}
			if open := slices.ContainsFunc(agreed.Open, func(p portal.OpenPoint) bool { return p.Kind == "question" }); open != tt.waits {
				t.Errorf("it is among what is not settled: %v", open)
			}
		})
	}
}

// A change waits until it is agreed or declined, or its commitment closes.
func TestChangesThatWait(t *testing.T) {
	const (
		withdraws = `{ on = 2026-11-18, by = "maria", did = "withdraw" }`
		review    = "\n[review]\non = 2026-11-19\n"
	)
	change := func(by, on, more string) string {
		return "\n[[change]]\non = " + on + "\nby = \"" + by + "\"\ntext = \"Grey\"\n" + more + "\n"
	}
	ofBooking := `commitment = "booking"`
	for _, tt := range []struct{ name, file, state, settled, event string }{
		{"proposed to the client", performedByDev() + change("dev", "2026-11-10", ofBooking), "open", "", ""},
		{"proposed to us", performedByDev() + change("maria", "2026-11-10", ofBooking), "open", "", ""},
		{"agreed", performedByDev() + change("dev", "2026-11-10", "agreed = 2026-11-12"), "agreed", "2026-11-12", "change-agreed"},
		{"declined", performedByDev() + change("dev", "2026-11-10", "declined = 2026-11-12"), "declined", "2026-11-12", "change-declined"},
		{"declined by us", performedByDev() + change("maria", "2026-11-10", "declined = 2026-11-12\n"+ofBooking), "declined", "2026-11-12", "change-declined"},
		{"of what closed", performedByDev(withdraws) + change("dev", "2026-11-10", ofBooking), "closed", "", ""},
		{"of what closed, to us", performedByDev(withdraws) + change("maria", "2026-11-10", ofBooking), "closed", "", ""},
		{"proposed after it closed", performedByDev(withdraws) + change("dev", "2026-11-19", ofBooking), "open", "", ""},
		{"of nothing, when all has closed", performedByDev(withdraws) + change("dev", "2026-11-10", ""), "open", "", ""},
		{"of nothing, after the review", performedByDev(withdraws) + review + change("dev", "2026-11-10", ""), "open", "", ""},
		{"to us, after the review", performedByDev(withdraws) + review + change("maria", "2026-11-19", ofBooking), "open", "", ""},
		{"declined, after the review", performedByDev(withdraws) + review + change("dev", "2026-11-10", "declined = 2026-11-12"), "declined", "2026-11-12", "change-declined"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", tt.file)
			waits := slices.ContainsFunc(slices.Concat(home(v).Yours, home(v).Ours), func(w portal.Waiting) bool { return w.Kind == "change" })
			if waits != (tt.state == "open") || v.Waits(v.Source().Changes[0]) != waits {
				t.Errorf("it waits: %v", waits)
			}
			u := page(v, portal.KindAgreed).Agreed
			if c := u.Changes[0]; c.State != tt.state || c.Settled.String() != tt.settled {
				t.Errorf("it is told as %s, %q", c.State, c.Settled)
			}
			if confirmed := tt.state == "agreed"; !u.Confirmed.IsZero() != confirmed {
				t.Errorf("last confirmed on %q", u.Confirmed)
			}
			told := slices.ContainsFunc(v.History, func(e *portal.Event) bool { return e.Kind == tt.event && e.On.String() == tt.settled })
			if told != (tt.event != "") {
				t.Errorf("%s is told: %v", tt.event, told)
			}
		})
	}
}

// What is on the way to a whole is not awaited once the whole was delivered, and is
// again where that is sent back. Closing ends it.
func TestInterimResultsOfWhatWasDelivered(t *testing.T) {
	const (
		delivers = `{ on = 2026-11-18, by = "dev", did = "deliver" }`
		rejects  = `{ on = 2026-11-19, by = "maria", did = "reject", note = "Too small" }`
		accepts  = `{ on = 2026-11-19, by = "maria", did = "accept" }`
	)
	for _, tt := range []struct {
		name  string
		moves []string
		days  int
		next  string
		red   bool
	}{
		{"promised", nil, 10, "A sketch", true},
		{"delivered", []string{delivers}, 0, "", false},
		{"sent back", []string{delivers, rejects}, 10, "A sketch", true},
		{"accepted", []string{delivers, accepts}, 0, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", performedByDev(tt.moves...)+interim("A sketch", "2026-11-10"))
			d := v.Pages[1].Commitment.Deliverables[0]
			if d.LateDays != tt.days || d.Awaited() != (tt.days > 0) {
				t.Errorf("it is late by %d days, want %d; awaited %v", d.LateDays, tt.days, d.Awaited())
			}
			next := ""
			if n := slices.Concat(home(v).Late, home(v).Next); len(n) > 0 {
				next = string(n[0].What)
			}
			if next != tt.next {
				t.Errorf("next comes %q, want %q", next, tt.next)
			}
			if red := home(v).Standing.Colour == "red"; red != tt.red {
				t.Errorf("the colour is %q, red should be %v", home(v).Standing.Colour, tt.red)
			}
		})
	}
	client := "\n" + theirs(`{ on = 2026-11-18, by = "theo", did = "deliver" }`) + interim("A sketch", "2026-11-10")
	if got := waitingLines(home(on(t, "2026-11-20", client)).Yours); len(got) != 0 {
		t.Errorf("the client has to do %q", got)
	}
}
