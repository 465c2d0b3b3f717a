package portal_test

import (
	"strings"
	"testing"
)

// All that tells of a commitment says the same of whose turn it is: chip, ring, stages, table. A
// question about it to one of the client's people comes before the work.
func TestWhoseTurnItIsIsSaidInOneWay(t *testing.T) {
	const (
		newDate = `{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" }`
		asks    = "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	)
	asked := strings.NewReplacer(`"dev"`, `"maria"`, `"theo"`, `"dev"`).Replace(asks)
	for _, tt := range []struct{ name, file, want string }{
		{"promised", performedByDev(), "deliver dev"},
		{"a new date", performedByDev(newDate), "decide maria"},
		{"a question to them", performedByDev() + asks, "answer theo"},
		{"an assumption", performedByDev() + "\n[[assumption]]\non = 2026-11-12\ntext = \"It is dry\"\ncommitment = \"booking\"\n", "deliver dev"},
		{"a question to us, over a new date", performedByDev(newDate) + asked, "answer dev"},
		{"it waits for theirs", papers() + strings.ReplaceAll(books(needsPapers), `"books"`, `"booking"`), "waits theo"},
		{"kept", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := committed(t, on(t, "2026-11-20", tt.file), "booking")
			turn := c.Next()
			if got := strings.TrimSpace(turn.Kind + " " + turn.Person.ID); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := c.Ring().Holder; got != turn.Person {
				t.Errorf("the ring has %s", got.ID)
			}
			for _, s := range c.Steps() {
				if s.Mark == "now" && s.Turn != turn {
					t.Errorf("the stage has %s", s.Turn.Person.ID)
				}
			}
		})
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
