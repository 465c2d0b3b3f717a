package pages

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

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

[[commitment.deliverable]]
title = "Zqhinge"
due   = 2026-11-20
` + laterOther + laterOther + laterOther

// laterOther is a promise with another date.
const laterOther = `
[[commitment]]
title     = "Zqfence"
customer  = "zqjon"
performer = "zqsam"
moves = [
  { on = 2026-11-02, by = "zqsam", did = "offer", due = 2026-11-24 },
  { on = 2026-11-03, by = "zqjon", did = "agree" },
]
`

// TestALaterDateChangesNothing reads on later days what was built on a Friday: the agreed date is
// called overdue from its own day, while a later one of ours is only proposed.
func TestALaterDateChangesNothing(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile("zqlater"), laterDate)
	link := w.PortalLink(t, "zqlater")
	alive := e2e.Host(t, w.Publish(t, "zqlater"))
	// days are the dates that stand at what comes next and at what is late.
	const days = `["next", "late"].map((list) => [...document.querySelectorAll("[data-" + list + "] > li > time")]
		.filter((day) => day.checkVisibility()).map((day) => day.dateTime.slice(5)).join(" ")).join("; ")`
	// choices are the answers to the new date.
	const choices = `[...document.querySelectorAll('[data-answer=decide_due] [name=choice]')].filter((n) => n.checkVisibility()).map((n) => n.value).join()`
	const folded = `[...document.querySelectorAll("[data-folded]")].filter((n) => n.checkVisibility()).map((n) => n.textContent).join()`
	for _, tt := range []struct {
		moment, colour, overdue string
		reasons                 int
		days, folded            string
		asks                    string
	}{
		{e2e.FridayEvening, "", "", 0, "11-20 11-20 11-24; 11-10", "and 2 more", "yes_due,date,keep_due,answer_by"},
		{e2e.MondayMorning, "amber", "(was due 3 days ago)", 2, "11-24 11-24 11-24; 11-10 11-20 11-20", "", "yes_due,date,answer_by"},
		{"2026-11-28T09:00:00Z", "red", "(was due 8 days ago)", 7, "; 11-10 11-20 11-20 11-24 11-24 11-24", "", ""},
	} {
		tab := e2e.On(t, browser, tt.moment)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		s := look(t, tab)
		if s.Colour != tt.colour || strings.Join(s.Overdue, "") != tt.overdue || len(s.Reasons) != tt.reasons {
			t.Errorf("at %s a reader sees %+v", tt.moment, s)
		}
		if got, more := browsertest.Eval[string](t, tab, days), browsertest.Eval[string](t, tab, folded); got != tt.days || more != tt.folded {
			t.Errorf("at %s the days are %q and %q, want %q and %q", tt.moment, got, more, tt.days, tt.folded)
		}
		e2e.Run(t, tab, `document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`)
		const button = `document.querySelector('details:has([data-answer=decide_due]) > summary .button').checkVisibility()`
		if got := browsertest.Eval[bool](t, tab, button); got != (tt.asks != "") {
			t.Errorf("at %s the button of the new date shows: %v", tt.moment, got)
		}
		if got := browsertest.Eval[string](t, tab, choices); got != tt.asks {
			t.Errorf("at %s the answers to choose from are %s, want %s", tt.moment, got, tt.asks)
		}
	}
}

// A date of one's own can be typed: the field keeps the focus from the first digit to the last.
func TestADateIsTyped(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile("zqlater"), laterDate)
	link := w.PortalLink(t, "zqlater")
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	e2e.Visit(t, tab, e2e.Host(t, w.Publish(t, "zqlater"))+link, e2e.Home)
	e2e.Await(t, tab, "[data-answer=decide_due] [data-stands]") // by then the form is ready
	const form = `document.querySelector('[data-answer=decide_due]')`
	e2e.Run(t, tab, `{ for (let fold = `+form+`.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
		`+form+`.querySelector('[value=date]').click(); `+form+`.querySelector('[type=date]').focus() }`)
	tab.Do(t, chromedp.KeyEvent("12092026"))
	e2e.Until(t, tab, form+`.querySelector('[type=date]').value === '2026-12-09' && document.activeElement.type === 'date'`)
}

// What stays open follows a date that passes: once the proposed date is over it is not the client's turn any more, which the
// badge, the heading and the lists say when the page is looked at again, or at the end of the client's day.
func TestAnOpenPageFollowsTheDay(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	w.Write(t, site.ClientFile("zqlater"), laterDate)
	link := w.PortalLink(t, "zqlater")
	alive := e2e.Host(t, w.Publish(t, "zqlater"))
	const moved = `[...document.querySelectorAll('[data-turn-count]')].map((n) => n.hidden ? '-' : n.textContent).join() + ' ' +
		document.querySelectorAll('[data-turn-list] > li').length + document.querySelectorAll('[data-later] ul > li').length +
		document.querySelector('[data-turns]').classList.contains('calm')`
	const soon = `; { const every = setInterval; globalThis.setInterval = (act) => every(act, 10) }`
	for name, looks := range map[string]string{"seen again": `document.dispatchEvent(new Event('visibilitychange'))`, "at midnight": ``} {
		script := e2e.MovedClock(e2e.FridayEvening)
		if looks == "" {
			script += soon
		}
		tab := e2e.Prepared(t, browser, script)
		e2e.Visit(t, tab, alive+link, e2e.Home)
		before := browsertest.Eval[string](t, tab, moved)
		e2e.Run(t, tab, e2e.MovedClock("2026-11-28T09:00:00Z")+`; `+looks)
		e2e.Until(t, tab, `document.querySelectorAll('[data-later] ul > li').length === 1`)
		if after := browsertest.Eval[string](t, tab, moved); !strings.HasSuffix(before, " 10false") || !strings.HasSuffix(after, " 01true") || !strings.HasPrefix(after, "-") {
			t.Errorf("%s: the turns were %q, and are %q", name, before, after)
		}
		tab.WantNoProblems(t)
	}
}
