package pages

import (
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A promise whose later date is on the table, and ahead, when the portal is built.
const laterDate = `
client   = "Zqlater"
timezone = "Europe/Dublin"

[people]
zqjon = { name = "Zqjon Pratt", side = "client" }
zqsam = { name = "Zqsam Dunne", side = "provider" }

[[commitment]]
id        = "gate"
title     = "Zqgate"
customer  = "zqjon"
performer = "zqsam"
moves = [
  { on = 2026-11-02, by = "zqsam", did = "offer", due = 2026-11-20 },
  { on = 2026-11-03, by = "zqjon", did = "agree" },
  { on = 2026-11-18, by = "zqsam", did = "renegotiate", due = 2026-11-27, answer_by = 2026-12-31, note = "Rain" },
]
`

// TestALaterDateIsNotOverdue reads on later days what was built on a Friday: the agreed date is
// called overdue once the proposed one has passed too, and not before.
func TestALaterDateIsNotOverdue(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile("zqlater"), laterDate)
	link := "/" + w.Folder(t, "zqlater") + "/" + w.Link(t, "zqlater")
	alive := e2e.Host(t, w.Publish(t))
	for _, tt := range []struct {
		moment, colour, overdue string
		reasons                 int
	}{
		{e2e.FridayEvening, "", "", 0},
		{e2e.MondayMorning, "amber", "", 1},
		{"2026-11-28T09:00:00Z", "red", "(was due 8 days ago)", 2},
	} {
		tab := e2e.On(t, browser, tt.moment)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		s := look(t, tab)
		if s.Colour != tt.colour || strings.Join(s.Overdue, "") != tt.overdue || len(s.Reasons) != tt.reasons {
			t.Errorf("at %s a reader sees %+v", tt.moment, s)
		}
	}
}
