package portal_test

import (
	"strings"
	"testing"
)

func TestRing(t *testing.T) {
	const (
		offer    = `{ on = 2026-11-10, by = "dev", did = "offer", due = 2026-12-11 }`
		counter  = `{ on = 2026-11-11, by = "maria", did = "counter", due = 2026-12-04 }`
		decline  = `{ on = 2026-11-12, by = "dev", did = "decline", note = "Full" }`
		withdraw = `{ on = 2026-11-19, by = "maria", did = "withdraw", note = "Sold" }`
		revoke   = `{ on = 2026-11-19, by = "dev", did = "revoke", note = "Ill" }`
		accept   = `{ on = 2026-11-19, by = "maria", did = "accept" }`
	)
	for _, tt := range []struct{ name, file, marks string }{
		{"asked", asked("maria", "dev", mariaAsks), "now ahead ahead ahead"},
		{"promised", performedByDev(), "done done now ahead"},
		{"delivered", performedByDev(deliver), "done done done now"},
		{"kept", performedByDev(deliver, accept), "done done done done"},
		{"asked and withdrawn", asked("maria", "dev", mariaAsks, withdraw), "last never never never"},
		{"a counter-offer declined", asked("maria", "dev", offer, counter, decline), "done last never never"},
		{"promised and withdrawn", performedByDev(withdraw), "done done last never"},
		{"promised and taken back", performedByDev(revoke), "done done last never"},
		{"delivered and withdrawn", performedByDev(deliver, withdraw), "done done done last"},
		{"sent back and taken back", performedByDev(deliver, sentBack, strings.Replace(revoke, "19", "20", 1)), "done done done last"},
		{"closed without an answer", performedByDev(deliver, `{ on = 2026-12-01, by = "dev", did = "close", note = "No word" }`), "done done done last"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var marks []string
			for _, a := range on(t, "2026-12-02", tt.file).Pages[1].Commitment.Ring().Arcs {
				marks = append(marks, a.Mark)
			}
			if got := strings.Join(marks, " "); got != tt.marks {
				t.Errorf("got %s, want %s", got, tt.marks)
			}
		})
	}
}
