package e2e_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// news is what a reader sees of what has changed since the last visit: the heading,
// then the changes; nothing where the section is hidden.
func news(t *testing.T, tab *browsertest.Tab) []string {
	t.Helper()
	return browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('[data-since] h2, [data-since] li')]
		.filter((n) => n.getClientRects().length > 0).map((n) => n.textContent.replace(/\s+/g, ' ').trim())`)
}

func wantNews(t *testing.T, tab *browsertest.Tab, when string, want ...string) {
	t.Helper()
	if got := news(t, tab); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("%s a reader sees %q, want %q", when, got, want)
	}
}

// keptIs waits until what the browser keeps of what was seen is so.
func keptIs(t *testing.T, tab *browsertest.Tab, so string) {
	t.Helper()
	inTime(t, tab, `(async () => { const kept = (await `+allKept("visits")+`).find((v) => v.seen); return kept && (`+so+`) })()`)
}

// inTime waits until a promise, made again and again, comes to what is true.
func inTime(t *testing.T, tab *browsertest.Tab, promise string) {
	t.Helper()
	e2e.Do(t, tab, promise, chromedp.Evaluate[chromedp.Void](
		`(async () => { while (!await (`+promise+`)) await new Promise((done) => setTimeout(done, 5)); })()`, chromedp.EvalAwaitPromise))
}

func TestSince(t *testing.T) {
	t.Parallel()
	browser := browsertest.Open(t)
	w := e2e.NewWorld(t)
	folder := w.Folder(t, e2e.Harbour)
	link := "/" + folder + "/" + w.Link(t, e2e.Harbour)
	out := w.Publish(t)
	root := e2e.Host(t, out)

	first := e2e.On(t, browser, e2e.FridayEvening)
	e2e.Visit(t, first, root+link, e2e.Home)
	wantNews(t, first, "on the first visit")
	keptIs(t, first, `kept.seen.length > 5`)
	e2e.Follow(t, first)
	e2e.Run(t, first, `document.querySelector('header [data-nav]').click()`)
	e2e.Await(t, first, e2e.Home)
	wantNews(t, first, "still on the first visit")

	file := site.ClientFile(e2e.Harbour)
	w.Write(t, file, w.Read(t, file)+`
[[status]]
on       = 2026-11-20
rag      = "amber"
headline = "Zqnews of this day"
doing    = "Zqlooking into it"

[[decision]]
on   = 2026-11-12
text = "Zqdecided late"
`)
	e2e.Check(t, os.RemoveAll(out))
	e2e.Check(t, os.Rename(w.Publish(t), out))
	want := []string{
		"Since your last visit, Friday: 2 things changed",
		"20 November A note on how it stands: Zqnews of this day",
		"12 November Decided: Zqdecided late",
	}
	second := e2e.On(t, browser, e2e.MondayMorning)
	e2e.Visit(t, second, root+"/"+folder+"/", e2e.Home)
	wantNews(t, second, "on Monday", want...)
	keptIs(t, second, `kept.before`)
	e2e.Follow(t, second)
	e2e.Visit(t, second, root+"/"+folder+"/", e2e.Home)
	wantNews(t, second, "after another page", want...)
	soon := e2e.On(t, browser, "2026-11-23T09:29:00Z")
	e2e.Visit(t, soon, root+"/"+folder+"/", e2e.Home)
	wantNews(t, soon, "29 minutes later", want...)
	keptIs(t, soon, `kept.opened > Date.parse('2026-11-23T09:28:00Z')`)
	later := e2e.On(t, browser, "2026-11-23T10:05:00Z")
	e2e.Visit(t, later, root+"/"+folder+"/", e2e.Home)
	wantNews(t, later, "on the next visit")

	// Lock forgets that too.
	later.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, later, e2e.Locked)
	keepsNothing(t, later)
	again := e2e.On(t, browser, "2026-11-30T09:00:00Z")
	e2e.Visit(t, again, root+link, e2e.Home)
	wantNews(t, again, "after Lock")
}

// A visit that is not to be remembered leaves nothing.
func TestSinceThisVisitOnly(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 0)
	e2e.Await(t, tab, e2e.Home)
	e2e.Follow(t, tab)
	if n := browsertest.Eval[int](t, tab, `(async () => (await `+allKept("visits")+`).filter((v) => v.seen).length)()`); n != 0 {
		t.Error("what was seen stays beyond the visit")
	}
}

func TestTurnPage(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	const minute = 60 * 1000
	many := `Array.from({ length: 30 }, (_, i) => 'e' + (40 - i))` // e40 to e11
	for _, test := range []struct {
		name, past, events string
		now                int
		want               string
	}{
		{"first of all", `undefined`, `['b', 'a']`, 5, "[]"},
		{"first, on another page", `undefined`, `null`, 5, "[]"},
		{"only other pages so far", `{ opened: 0, before: null, looked: 0, seen: [] }`, `['a']`, 99 * minute, "[]"},
		{"one more", `{ opened: 1, before: null, looked: 1, seen: ['b', 'a'] }`, `['c', 'b', 'a']`, 99 * minute, `["c"]`},
		{"in the same visit", `{ opened: 1, before: { looked: 1, seen: ['a'] }, looked: 1, seen: ['b', 'a'] }`, `['b', 'a']`, 29 * minute, `["b"]`},
		{"one that is told late", `{ opened: 1, before: null, looked: 1, seen: ['b', 'a'] }`, `['b', 'c', 'a']`, 99 * minute, `["c"]`},
		{"one that is taken back", `{ opened: 1, before: null, looked: 1, seen: ['b', 'a'] }`, `['a']`, 99 * minute, `[]`},
		{"an old one that comes into sight", `{ opened: 1, before: null, looked: 1, seen: ` + many + ` }`, many + `.slice(1).concat('e10')`, 99 * minute, `[]`},
		{"all are new", `{ opened: 1, before: null, looked: 1, seen: ` + many + ` }`, `['z', 'y']`, 99 * minute, `["z","y"]`},
		{"a clock that was put back", `{ opened: 9e12, before: null, looked: 9e12, seen: ['a'] }`, `['b', 'a']`, 5, `["b"]`},
	} {
		got := browsertest.Eval[string](t, tab, fmt.Sprintf(`(async () => {
			const { turnPage } = await %s; return JSON.stringify(turnPage(%s, %s, %d).fresh) })()`, e2e.Module("since.js"), test.past, test.events, test.now))
		if got != test.want {
			t.Errorf("%s: new are %s, want %s", test.name, got, test.want)
		}
	}
	if n := browsertest.Eval[int](t, tab, fmt.Sprintf(`(async () => { const { turnPage } = await %s; let past;
		for (let i = 0; i < 500; i++) past = turnPage(past, ['e' + i], i).visits;
		return past.seen.length })()`, e2e.Module("since.js"))); n != 120 {
		t.Errorf("%d events are remembered", n)
	}
}
