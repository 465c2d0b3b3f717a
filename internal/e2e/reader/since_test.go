package e2e

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
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
	do(t, tab, promise, chromedp.Evaluate[chromedp.Void](
		`(async () => { while (!await (`+promise+`)) await new Promise((done) => setTimeout(done, 5)); })()`, chromedp.EvalAwaitPromise))
}

func TestSince(t *testing.T) {
	browser := browsertest.Open(t)
	w := newWorld(t)
	folder := w.folder(t, harbour)
	link := "/" + folder + "/" + w.link(t, harbour)
	out := w.publish(t)
	root := host(t, out)

	first := on(t, browser, thatFriday)
	visit(t, first, root+link, home)
	wantNews(t, first, "on the first visit")
	keptIs(t, first, `kept.seen.length > 5`)
	follow(t, first)
	run(t, first, `document.querySelector('.top-home').click()`)
	await(t, first, home)
	wantNews(t, first, "still on the first visit")

	file := "data/clients/" + harbour + ".toml"
	w.write(t, file, w.read(t, file)+`
[[status]]
on       = 2026-11-20
rag      = "amber"
headline = "Zqnews of this day"
doing    = "Zqlooking into it"

[[decision]]
on   = 2026-11-12
text = "Zqdecided late"
`)
	check(t, os.RemoveAll(out))
	check(t, os.Rename(w.publish(t), out))
	want := []string{
		"Since your last visit, Friday: 2 things changed",
		"20 November A note on how it stands: Zqnews of this day",
		"12 November Decided: Zqdecided late",
	}
	second := on(t, browser, monday)
	visit(t, second, root+"/"+folder+"/", home)
	wantNews(t, second, "on Monday", want...)
	keptIs(t, second, `kept.before`)
	follow(t, second)
	visit(t, second, root+"/"+folder+"/", home)
	wantNews(t, second, "after another page", want...)
	soon := on(t, browser, "2026-11-23T09:29:00Z")
	visit(t, soon, root+"/"+folder+"/", home)
	wantNews(t, soon, "29 minutes later", want...)
	keptIs(t, soon, `kept.opened > Date.parse('2026-11-23T09:28:00Z')`)
	later := on(t, browser, "2026-11-23T10:05:00Z")
	visit(t, later, root+"/"+folder+"/", home)
	wantNews(t, later, "on the next visit")

	// Lock forgets that too.
	later.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, later, locked)
	inTime(t, later, `(async () => await `+storeSize+` === 0)()`)
	again := on(t, browser, "2026-11-30T09:00:00Z")
	visit(t, again, root+link, home)
	wantNews(t, again, "after Lock")
}

// A visit that is not to be remembered leaves nothing.
func TestSinceThisVisitOnly(t *testing.T) {
	r := newReader(t)
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	enter(t, tab, r.passphrase, 0)
	await(t, tab, home)
	follow(t, tab)
	if n := browsertest.Eval[int](t, tab, `(async () => (await `+allKept("visits")+`).filter((v) => v.seen).length)()`); n != 0 {
		t.Error("what was seen stays beyond the visit")
	}
}

// module returns an expression that comes to one of the program's modules, as written.
func module(name string) string {
	return fmt.Sprintf("import('/source/%s')", name)
}

func TestTurnPage(t *testing.T) {
	r := newReader(t)
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
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
			const { turnPage } = await %s; return JSON.stringify(turnPage(%s, %s, %d).fresh) })()`, module("since.js"), test.past, test.events, test.now))
		if got != test.want {
			t.Errorf("%s: new are %s, want %s", test.name, got, test.want)
		}
	}
	if n := browsertest.Eval[int](t, tab, fmt.Sprintf(`(async () => { const { turnPage } = await %s; let past;
		for (let i = 0; i < 500; i++) past = turnPage(past, ['e' + i], i).visits;
		return past.seen.length })()`, module("since.js"))); n != 120 {
		t.Errorf("%d events are remembered", n)
	}
}
