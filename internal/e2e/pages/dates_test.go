package pages

import (
	"strings"
	"testing"
	"time"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// next is the list of what comes from the provider, and that of what is late from them.
const next = `:is([aria-labelledby="next-h"], [aria-labelledby="late-h"])`

// dated returns what a page says of one date: the first one within a selector.
func dated(t *testing.T, tab *browsertest.Tab, selector string) string {
	t.Helper()
	return e2e.Text(t, tab, selector+" [data-due] [data-far]")
}

// TestDatesStayTrue reads a portal that was built on a Friday on later days.
func TestDatesStayTrue(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	address := newBusy(t, asItIs)
	at := func(t *testing.T, moment string) *browsertest.Tab {
		t.Helper()
		tab := e2e.On(t, browser, moment)
		e2e.Visit(t, tab, address, e2e.Home)
		return tab
	}
	const (
		question = `[data-turn]:has([data-subject^="A question:"])`
		message  = `[data-standing] .owed:has(.tag)`
	)

	t.Run("a message that waits", func(t *testing.T) {
		tab := at(t, e2e.FridayEvening)
		due, err := time.Parse("2006-01-02T15:04:05", browsertest.Eval[string](t, tab, `document.querySelector('`+message+` [data-due]').dataset.due`))
		e2e.Check(t, err)
		for _, test := range []struct {
			after time.Duration
			want  string
		}{
			{-time.Minute, "(today)"},
			{5 * time.Minute, "(was due 5 minutes ago)"},
			{100 * time.Minute, "(was due 1 hour ago)"},
			{72 * time.Hour, "(was due 3 days ago)"},
		} {
			tab := at(t, due.Add(test.after+time.Second).Format(time.RFC3339))
			if got := dated(t, tab, message); got != test.want {
				t.Errorf("%v after its hour it says %q, want %q", test.after, got, test.want)
			}
		}
	})
	t.Run("an answer", func(t *testing.T) {
		for moment, want := range map[string]string{
			e2e.FridayEvening: "(in 6 days)", "2026-11-26T22:00:00Z": "(today)", "2026-11-27T01:00:00Z": "(was due yesterday)",
		} {
			if got := dated(t, at(t, moment), question); got != want {
				t.Errorf("at %s it says %q, want %q", moment, got, want)
			}
		}
	})
	t.Run("an interim result", func(t *testing.T) {
		tab := at(t, e2e.MondayMorning)
		if got := dated(t, tab, next+` li:has([data-due="2026-11-20"])`); got != "(was due 3 days ago)" {
			t.Errorf("Home says %q", got)
		}
		e2e.Run(t, tab, `document.querySelector('`+next+` li:has([data-due="2026-11-20"]) a').click()`)
		e2e.Await(t, tab, e2e.Inner)
		if got := e2e.Text(t, tab, `.steps [data-due="2026-11-20"] [data-far]`); got != "(was due 3 days ago)" {
			t.Errorf("the commitment's page says %q", got)
		}
	})
	t.Run("a check-in", func(t *testing.T) {
		for moment, want := range map[string]string{"2026-11-24T09:00:00Z": "(today)", "2026-11-25T00:10:00Z": "(was due yesterday)"} {
			if got := dated(t, at(t, moment), next+` [data-check-in]`); got != want {
				t.Errorf("at %s the check-in of Tuesday is told as %q, want %q", moment, got, want)
			}
		}
	})
	for language, around := range map[string][2]string{"ar": {"(فات الموعد ", ")"}, "de": {"(war ", " fällig)"}} {
		t.Run("in "+language, func(t *testing.T) {
			tab := e2e.On(t, browser, e2e.MondayMorning)
			e2e.Visit(t, tab, newBusy(t, func(w *e2e.World) {
				name := site.ClientFile(busy)
				w.Write(t, name, "language = \""+language+"\"\n"+w.Read(t, name))
			}), e2e.Home)
			got := dated(t, tab, next+" li")
			if !strings.HasPrefix(got, around[0]) || !strings.HasSuffix(got, around[1]) || strings.Contains(got, "%") {
				t.Errorf("Home says %q", got)
			}
		})
	}
	t.Run("on People", func(t *testing.T) { datesOfWorking(t, browser) })
	t.Run("today's line", func(t *testing.T) {
		place := func(tab *browsertest.Tab) float64 {
			return browsertest.Eval[float64](t, tab, `(() => { const line = document.querySelector('[data-timeline] [data-today]');
				return line.getAttribute('visibility') === 'visible' ? parseFloat(line.getAttribute('x1')) : -1 })()`)
		}
		friday, sunday, never := place(at(t, e2e.FridayEvening)), place(at(t, "2026-11-22T10:00:00Z")), place(at(t, "2036-01-01T10:00:00Z"))
		if friday <= 0 || sunday <= friday || never != -1 {
			t.Errorf("it stands at %v on Friday, at %v on Sunday, and at %v ten years later", friday, sunday, never)
		}
	})
	t.Run("in a tab that stays open", func(t *testing.T) {
		tab := at(t, e2e.FridayEvening)
		before := dated(t, tab, question)
		e2e.Run(t, tab, e2e.MovedClock("2026-11-27T09:00:00Z")+`; document.dispatchEvent(new Event('visibilitychange'))`)
		after := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('`+question+` [data-far]')].map((n) => n.textContent.trim())`)
		if before != "(in 6 days)" || strings.Join(after, " ") != "(was due yesterday)" {
			t.Errorf("it says %q, and a week later %q", before, after)
		}
	})
}

// datesOfWorking reads on later days how the two sides work together, and wants Home to say
// the same of it.
func datesOfWorking(t *testing.T, browser *browsertest.Tab) {
	address := newBusy(t, func(w *e2e.World) {
		name := site.ClientFile(busy)
		// What came on Friday at ten in Oslo is to be answered by Monday at ten.
		text := strings.ReplaceAll(w.Read(t, name), `"2 hours"`, `"8 hours"`)
		for _, day := range []string{"17", "18"} {
			text += "\n[[message]]\nreceived = 2026-11-" + day + "T09:00:00\nby = \"zqpat\"\nabout = \"Zqhoney\"\nacknowledged = 2026-11-" + day + "T09:30:00\n"
		}
		w.Write(t, name, text)
	})
	for _, test := range []struct{ moment, kept, reply, checkIn string }{
		{e2e.FridayEvening, "2 of 2 messages were seen in time.", "(in 3 days)", "(in 4 days)"},
		{"2026-11-23T08:55:00Z", "2 of 2 messages were seen in time.", "(today)", "(tomorrow)"},
		{"2026-11-23T12:30:00Z", "2 of 3 messages were seen in time.", "(was due 3 hours ago)", "(tomorrow)"},
		{"2026-11-27T09:00:00Z", "2 of 3 messages were seen in time.", "(was due 4 days ago)", "(was due 3 days ago)"},
	} {
		tab := e2e.On(t, browser, test.moment)
		e2e.Visit(t, tab, address, e2e.Home)
		home, next := dated(t, tab, `[data-standing] .owed:has(.tag)`), dated(t, tab, next+` [data-check-in]`)
		e2e.Run(t, tab, `[...document.querySelectorAll('[data-nav]')].find((a) => a.textContent.trim() === 'People').click()`)
		e2e.Await(t, tab, e2e.Inner)
		kept := browsertest.Eval[string](t, tab, `[...document.querySelectorAll('[data-replies]')].filter((n) => n.getClientRects().length > 0).map((n) => n.textContent).join()`)
		if kept != test.kept {
			t.Errorf("at %s it says %q, want %q", test.moment, kept, test.kept)
		}
		waits := `[aria-labelledby="replies"] li:has(.tag)`
		if reply := dated(t, tab, waits); reply != test.reply || home != reply {
			t.Errorf("at %s a message is told as %q, and on Home as %q, want %q", test.moment, reply, home, test.reply)
		}
		if said := e2e.Text(t, tab, waits); !strings.Contains(said, "not seen yet") {
			t.Errorf("at %s the message is told as %q", test.moment, said)
		}
		if checkIn := dated(t, tab, `[aria-labelledby="cadence"]`); checkIn != test.checkIn || next != checkIn {
			t.Errorf("at %s the check-in is told as %q, and on Home as %q, want %q", test.moment, checkIn, next, test.checkIn)
		}
	}
}
