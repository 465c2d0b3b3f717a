package pages

import (
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

const hourly = `
[[commitment]]
id = "hourly"
title = "Zqcall by nine"
customer = "zqpat"
performer = "zqadalinde"
moves = [
  { on = 2026-11-02, by = "zqpat", did = "request", due = 2026-11-20T21:00:00 },
  { on = 2026-11-03, by = "zqadalinde", did = "promise" },
  { on = 2026-11-16, by = "zqadalinde", did = "renegotiate", due = 2026-11-21T06:00:00, note = "Zqlate" },
]

[[status]]
on = 2026-11-19
rag = "green"
headline = "Zqall well"
`

// TestTheColourGoesByTheHour reads a portal on the very day on which something is due at
// nine in the evening, with a later hour on the table: colour, reasons and date agree at every
// hour, and the date is overdue from its own hour: a later one that is only proposed changes nothing.
func TestTheColourGoesByTheHour(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	address := newBusy(t, func(w *e2e.World) {
		name := site.ClientFile(busy)
		// What the client has sent is answered: it would make the colour amber by itself.
		w.Write(t, name, w.Read(t, name)+"acknowledged = 2026-11-20T09:05:00\n"+hourly)
	})
	const reasons = `[...document.querySelectorAll('[data-standing] li[data-from]')].filter((li) => !li.hidden && li.textContent.includes('Zqcall')).length`
	for _, test := range []struct {
		now, far, colour string
		reasons          int
	}{
		{"2026-11-20T20:59:00Z", "(today)", "green", 0},
		{"2026-11-20T21:30:00Z", "(was due 30 minutes ago)", "amber", 1},
		{"2026-11-21T05:59:00Z", "(was due yesterday)", "red", 1},
		{"2026-11-21T06:30:00Z", "(was due yesterday)", "red", 2},
	} {
		tab := e2e.On(t, browser, test.now)
		e2e.Visit(t, tab, address, e2e.Home)
		if got := dated(t, tab, "[data-standing] [data-dated]"); got != test.far {
			t.Errorf("at %s the date says %q, want %q", test.now, got, test.far)
		}
		if got := browsertest.Eval[int](t, tab, reasons); got != test.reasons {
			t.Errorf("at %s there are %d reasons, want %d", test.now, got, test.reasons)
		}
		if got := browsertest.Eval[string](t, tab, `document.querySelector('[data-standing] [data-author]').dataset.colour`); got != test.colour {
			t.Errorf("at %s it stands at %s, want %s", test.now, got, test.colour)
		}
	}
}
