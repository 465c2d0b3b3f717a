package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// All that tells of a commitment says the same of whose turn it is: chip, ring, stages, table. A
// question about it to one of the client's people comes beside the work. What waits for an answer or for new
// terms of ours is our turn, and what waits for a promise of ours, or is due in more than four weeks, is not
// theirs yet.
func TestWhoseTurnItIsIsSaidInOneWay(t *testing.T) {
	const (
		newDate = `{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" }`
		asks    = "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	)
	ours := asked("dev", "maria", `{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-20 }`, `{ on = 2026-11-03, by = "maria", did = "promise" }`)
	theyAsked := strings.NewReplacer(`"dev"`, `"maria"`, `"theo"`, `"dev"`).Replace(asks)
	for _, tt := range []struct{ name, file, want string }{
		{"promised", performedByDev(), "deliver dev"},
		{"a new date on the day of the agreed one", performedByDev(newDate), "deliver dev, decide maria"},
		{"a new date that has passed", performedByDev(strings.Replace(newDate, "2026-12-04", "2026-11-19", 1)), "terms dev"},
		{"a question to them", performedByDev() + asks, "deliver dev, answer theo"},
		{"a question to them, over what is late", strings.ReplaceAll(performedByDev(), "2026-11-20", "2026-11-16") + asks, "deliver dev, answer theo"},
		{"their work", ours, "deliver maria"},
		{"their work, far ahead", strings.ReplaceAll(ours, "2026-11-20", "2026-12-19"), "deliver maria later far"},
		{"their work, in four weeks", strings.ReplaceAll(ours, "2026-11-20", "2026-12-18"), "deliver maria"},
		{"their work, after ours", strings.Replace(ours, "moves =", "needs = [\"hall\"]\nmoves =", 1) + promised("hall", "maria", "dev"), "waits dev"},
		{"a request far ahead", asked("dev", "maria", `{ on = 2026-11-18, by = "dev", did = "request", due = 2027-02-01 }`), "promise maria"},
		{"a request that has passed", asked("dev", "maria", `{ on = 2026-11-10, by = "dev", did = "request", due = 2026-11-18 }`), "promise maria"},
		{"an offer that has passed", asked("maria", "dev", `{ on = 2026-11-10, by = "dev", did = "offer", due = 2026-11-18 }`), "terms dev"},
		{"a new date for theirs, and a message without a word back", asked("dev", "maria",
			`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-10 }`, `{ on = 2026-11-03, by = "maria", did = "promise" }`,
			`{ on = 2026-11-10, by = "maria", did = "deliver" }`, `{ on = 2026-11-12, by = "dev", did = "reject", due = 2026-11-20, note = "Half" }`) +
			"\n[[message]]\nreceived = 2026-11-19T21:00:00\nby = \"maria\"\nabout = \"Why?\"\ncommitment = \"sign\"\n", "answer dev later answer"},
		{"an assumption", performedByDev() + "\n[[assumption]]\non = 2026-11-12\ntext = \"It is dry\"\ncommitment = \"booking\"\n", "deliver dev"},
		{"a question to us, over a new date", performedByDev(newDate) + theyAsked, "answer dev later answer"},
		{"it waits for theirs", papers() + strings.ReplaceAll(books(needsPapers), `"books"`, `"booking"`), "waits theo"},
		{"kept", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", tt.file)
			id := "booking"
			if !strings.Contains(tt.file, `id = "booking"`) {
				id = "sign"
			}
			c := committed(t, v, id)
			var got []string
			for _, turn := range c.Holders() {
				said := turn.Kind + " " + turn.Person.ID
				if turn.Later != "" {
					said += " later " + turn.Later
				}
				got = append(got, said)
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			turn, ring := c.Next(), c.Ring()
			if ring.Holder != turn.Person || (ring.With.ID != "") != (len(got) > 1) {
				t.Errorf("the ring has %s and %s", ring.Holder.ID, ring.With.ID)
			}
			for _, s := range c.Steps() {
				if s.Mark == "now" && !slices.Equal(s.Turns, c.Holders()) {
					t.Errorf("the stage has %+v", s.Turns)
				}
			}
			theirs := turn.Person.ID != "" && !turn.Person.Ours() && turn.Kind != "waits" && turn.Later == ""
			if h := home(v); h.Timeline != nil {
				row := rowOf(h.Timeline, id)
				if inGroup := h.Timeline.Groups[0].Kind == "you" && h.Timeline.Groups[0].Rows[0] == row; inGroup != theirs || (row.Chip.Kind == "you") != theirs {
					t.Errorf("the timeline has it in %s, and its chip is of %s", h.Timeline.Groups[0].Kind, row.Chip.Kind)
				}
				for _, w := range h.Yours {
					if w.Ref.ID == id && !theirs {
						t.Errorf("Home counts %s among your turn", w.Kind)
					}
				}
				if turns := v.Turns(); theirs && (turns == nil || turns.All != len(h.Yours)) {
					t.Errorf("%+v are counted, and Home has %d", turns, len(h.Yours))
				}
			}
		})
	}
}

// rowOf returns the row of one commitment, nil if there is none.
func rowOf(tl *portal.Timeline, id string) *portal.Row {
	for _, r := range allRows(tl) {
		if r.Commitment.ID == id {
			return r
		}
	}
	return nil
}

// A chip without a date says more than a name; one of several answers says how many there are and by when the
// first is due; and the date that we promised stands beside the client's turn.
func TestChipsSayWhat(t *testing.T) {
	change := "\n[[change]]\non = 2026-11-17\nby = \"dev\"\ntext = \"Grey\"\ncommitment = \"booking\"\n"
	asks := "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	r := rowOf(home(on(t, "2026-11-20", performedByDev()+change+asks)).Timeline, "booking")
	if c := r.Chip; c.Answers != 2 || len(c.Next) != 2 || c.Next[0].String() != "2026-11-15" || c.Due.String() != "2026-11-20" {
		t.Errorf("got %d, %v, %s", c.Answers, c.Next, c.Due)
	}
	if c := rowOf(home(on(t, "2026-11-10", performedByDev(newDate))).Timeline, "booking").Chip; c.Due.String() != "2026-11-20" || c.DueBy.ID != "dev" {
		t.Errorf("where another date is proposed, it is due on %s", c.Due)
	}
	expired := asked("maria", "dev", `{ on = 2026-11-10, by = "dev", did = "offer", due = 2026-11-18 }`)
	if c := rowOf(home(on(t, "2026-11-20", expired)).Timeline, "sign").Chip; c.Kind != "us" || c.Says != "terms" {
		t.Errorf("got %+v", c)
	}
	message := "\n[[message]]\nreceived = 2026-11-19T21:00:00\nby = \"maria\"\nabout = \"Why?\"\ncommitment = \"sign\"\n"
	if c := rowOf(home(on(t, "2026-11-20", asked("maria", "dev", `{ on = 2026-11-18, by = "dev", did = "offer", due = 2026-12-18 }`)+message)).Timeline, "sign").Chip; c.Says != "first" {
		t.Errorf("got %+v", c)
	}
}

// A row of which something waits on the client stands with those, as it is counted, also where we have to deliver it or are
// late: its chips tell both.
func TestWhatWaitsOnTheClientStandsTogether(t *testing.T) {
	asks := "\n[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	sketch := interim("A sketch", "2026-11-16")
	for _, tt := range []struct{ name, day, file string }{
		{"before its day", "2026-11-19", performedByDev() + asks},
		{"on its day", "2026-11-20", performedByDev() + asks},
		{"late", "2026-11-23", performedByDev() + asks},
		{"on its day, while another is proposed", "2026-11-20", performedByDev(newDate) + asks},
		{"an interim result on its day", "2026-11-16", performedByDev() + sketch + asks},
		{"an interim result, late", "2026-11-17", performedByDev() + sketch + asks},
		{"delivered", "2026-11-23", performedByDev(deliver) + asks},
	} {
		tl := home(on(t, tt.day, tt.file)).Timeline
		if len(tl.Groups) != 1 || tl.Groups[0].Kind != portal.GroupYou || tl.Count.You != 1 || tl.Groups[0].Rows[0].Chip.Kind != "you" {
			t.Errorf("%s: it stands in %s, and %d wait on them", tt.name, tl.Groups[0].Kind, tl.Count.You)
		}
	}
}

// What is late is named where it is not the whole.
func TestAChipSaysWhatIsLate(t *testing.T) {
	request := asked("maria", "dev", `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-12-18 }`)
	for _, tt := range []struct{ id, file, of string }{
		{"sign", request, "answer"},
		{"booking", performedByDev() + interim("A sketch", "2026-11-16"), "interim"},
		{"booking", performedByDev(), ""},
	} {
		if c := rowOf(home(on(t, "2026-11-23", tt.file)).Timeline, tt.id).Chip; c.Until.IsZero() || c.LateOf != tt.of {
			t.Errorf("late is %q since %s, want %q", c.LateOf, c.LateSince, tt.of)
		}
	}
}

// What is late with us is said beside the client's turn, and by whom.
func TestTheClientsTurnHidesNoLateness(t *testing.T) {
	file := performedByDev() + "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	r := home(on(t, "2026-12-02", file)).Timeline.Groups[0].Rows[0]
	if got := chip(r); got != "you 2026-11-15 theo 2026-11-20" || r.Chip.LateBy.ID != "dev" {
		t.Errorf("the chip says %s, late by %s", got, r.Chip.LateBy.ID)
	}
}
