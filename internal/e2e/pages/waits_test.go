package pages

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A client whose papers are due on the Friday on which the portal is built, and our books
// that need them on the same day; and a question of the client's to answer by then.
const papersAndBooks = `
client   = "Zqpapers"
timezone = "Europe/Dublin"

[people]
zqjon = { name = "Zqjon Pratt", side = "client" }
zqsam = { name = "Zqsam Dunne", side = "provider" }

[[status]]
on       = 2026-11-19
rag      = "green"
headline = "Zqheadline"

[[question]]
asked     = 2026-11-16
by        = "zqjon"
to        = "zqsam"
text      = "Zqwhich form?"
answer_by = 2026-11-20

[[commitment]]
id        = "papers"
title     = "Zqpapers of October"
customer  = "zqsam"
performer = "zqjon"
moves = [
  { on = 2026-11-02, by = "zqsam", did = "request", due = 2026-11-20 },
  { on = 2026-11-03, by = "zqjon", did = "promise" },
]

[[commitment]]
id        = "books"
title     = "Zqbooks of October"
customer  = "zqjon"
performer = "zqsam"
needs     = ["papers"]
moves = [
  { on = 2026-11-02, by = "zqsam", did = "offer", due = 2026-11-20 },
  { on = 2026-11-03, by = "zqjon", did = "agree" },
]
`

// TestWhatWaitsStaysTrue reads on later days what was built on a Friday: what needs the
// client's part does not become late, since when it is waited for is told as it then is, and
// an answer that we owe lowers the colour.
func TestWhatWaitsStaysTrue(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile("zqpapers"), papersAndBooks)
	link := w.PortalLink(t, "zqpapers")
	alive := e2e.Host(t, w.Publish(t, "zqpapers"))
	for _, tt := range []struct {
		moment, colour string
		reasons        []string
		since          string
	}{
		{e2e.FridayEvening, "green", []string{}, "(Zqjon, by 20 November)"},
		{e2e.MondayMorning, "amber", []string{
			"Our answer to “Zqwhich form?” was due on 20 November.",
			"“Zqpapers of October”, which you promised, was due on 20 November.",
		}, "(Zqjon, due 20 November)"},
	} {
		tab := e2e.On(t, browser, tt.moment)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		s := look(t, tab)
		slices.Sort(s.Reasons)
		if s.Colour != tt.colour || !slices.Equal(s.Reasons, tt.reasons) {
			t.Errorf("at %s a reader sees %+v", tt.moment, s)
		}
		// The date leads to its own promise, not to what that waits for.
		if dated := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-standing] [data-to-calendar]')].map((b) => b.title)`); len(dated) > 1 ||
			len(dated) == 1 && dated[0] != "Add to calendar: Zqbooks of October" {
			t.Errorf("at %s the calendar is offered %q", tt.moment, dated)
		}
		const visible = `(() => [...document.querySelectorAll('%')].map((n) => n.innerText.replace(/\s+/g, ' ').trim()))()`
		for _, of := range []string{".held li", "[data-timeline] li"} {
			said := strings.Join(browsertest.Eval[[]string](t, tab, strings.Replace(visible, "%", of, 1)), "\n")
			if want := "waits for “Zqpapers of October” " + tt.since; !strings.Contains(said, want) {
				t.Errorf("at %s %s says %q, want %q", tt.moment, of, said, want)
			}
		}
		late := `[...document.querySelectorAll('[data-timeline] li')].filter((n) => n.innerText.startsWith('Zqbooks') && n.querySelector('[data-after].late:not([hidden])')).length`
		if n := browsertest.Eval[int](t, tab, late); n != 0 {
			t.Errorf("at %s the books are called overdue", tt.moment)
		}
	}
}
