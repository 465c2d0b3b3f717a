package pages

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// onPaper shows the page that is open as it is printed, on a sheet of A4.
func onPaper(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	tab.Do(t, chromedp.EmulateViewport(695, 1040), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
}

// brokenOnPaper counts the parts of Home that stand in several pieces, foldedOnPaper the dates that do not show.
const (
	brokenOnPaper = `[...document.querySelectorAll("#main > div > *")].filter((n) => n.getClientRects().length > 1).length`
	foldedOnPaper = `[...document.querySelectorAll("[data-next] > li:not([hidden])")]
		.filter((n) => !n.checkVisibility()).length`
	// textOnPaper is the size of the text in points. untoldOnPaper says that turns are folded and nothing tells of them.
	textOnPaper   = `parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.75`
	untoldOnPaper = `[...document.querySelectorAll("[data-turn]")].some((n) => !n.checkVisibility()) &&
		!([...document.querySelectorAll("[data-turns] > details > summary")].some((n) => n.checkVisibility()) &&
		getComputedStyle(document.querySelector("[data-turns]"), "::after").content.includes(document.querySelector("[data-turns]").dataset.paper))`
)

// Home is one sheet of text of 9 points. No card is broken, so that each list stands below its heading, no date is
// folded, and where turns are, it is said.
func TestHomeIsOneSheet(t *testing.T) {
	t.Parallel()
	w, b := newSamples(t, "de"), browsertest.Open(t)
	links := map[string]string{}
	for _, id := range sample.IDs() {
		links[id] = w.PortalLink(t, id)
	}
	root := e2e.Host(t, w.Publish(t))
	for id, link := range links {
		tab := b.Tab(t)
		e2e.Visit(t, tab, root+link, e2e.Home)
		onPaper(t, tab)
		if broken := browsertest.Eval[int](t, tab, brokenOnPaper); broken > 0 {
			t.Errorf("%s: %d cards are broken", id, broken)
		}
		if folded := browsertest.Eval[int](t, tab, foldedOnPaper); folded > 0 {
			t.Errorf("%s: %d dates are folded", id, folded)
		}
		if size := browsertest.Eval[float64](t, tab, textOnPaper); size < 9 {
			t.Errorf("%s: the text has %v points", id, size)
		}
		if browsertest.Eval[bool](t, tab, untoldOnPaper) {
			t.Errorf("%s: turns are folded, and nothing says so", id)
		}
		if !browsertest.Eval[bool](t, tab, `document.querySelector(".tl-axis tspan").checkVisibility()`) {
			t.Errorf("%s: no year stands above the timeline", id)
		}
		if n := sheets(t, tab); n != 1 {
			t.Errorf("%s: Home has %d sheets", id, n)
		}
	}
}

// Where much waits, Home leaves the risks and the earlier notes to their pages, and the picture where something comes later,
// which is not folded then.
func TestHomeIsOneSheetWhereMuchWaits(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t).Tab(t)
	address := newBusy(t, func(w *e2e.World) {
		name := site.ClientFile(busy)
		w.Write(t, name, w.Read(t, name)+"\n[[risk]]\ntitle = \"Zqfrost\"\nlikelihood = \"likely\"\nimpact = \"major\"\nowner = \"zqadalinde\"\nmitigation = \"Zqstraw\"\n"+
			"\n[[commitment]]\nid = \"zqfee\"\ntitle = \"Zqfee\"\ncustomer = \"zqadalinde\"\nperformer = \"zqpat\"\nneeds = [\"confirm\"]\n"+
			"moves = [{ on = 2026-11-02, by = \"zqadalinde\", did = \"request\", due = 2026-12-05 }, { on = 2026-11-03, by = \"zqpat\", did = \"promise\" }]\n")
	})
	e2e.Visit(t, tab, address, e2e.Home)
	const risks = `document.querySelector('[aria-labelledby=risks]').checkVisibility()`
	if !browsertest.Eval[bool](t, tab, risks) {
		t.Error("the screen has no risks")
	}
	onPaper(t, tab)
	if browsertest.Eval[bool](t, tab, risks) {
		t.Error("the risks are printed")
	}
	const later = `[...document.querySelectorAll("[data-later]:not([hidden]) .todo-what")].filter((n) => n.checkVisibility()).length`
	if n := browsertest.Eval[int](t, tab, later); n != 1 {
		t.Errorf("%d things that come later are printed, want the one", n)
	}
	if n := sheets(t, tab); n != 1 {
		t.Errorf("Home has %d sheets", n)
	}
}

// What is long runs in two columns: the promise of most moves has three sheets at most, all on one page sixteen, since each promise has there what was said of it.
func TestFewSheets(t *testing.T) {
	t.Parallel()
	w, b := newSamples(t, "de"), browsertest.Open(t)
	link := w.PortalLink(t, "two-ovens")
	root := e2e.Host(t, w.Publish(t))
	tab := b.Tab(t)
	for _, of := range []struct {
		link, kind string
		most       int
		whole      string // what is not parted there
	}{
		{"Ordering ahead, at both shops", "commitment", 3, `getComputedStyle(document.querySelector('[aria-labelledby=conditions] > .lede')).breakAfter`},
		{"Alles drucken oder durchsuchen", "everything", 16, `getComputedStyle(document.querySelector('.figures')).breakInside`},
	} {
		e2e.Visit(t, tab, root+link, e2e.Home)
		e2e.Run(t, tab, `[...document.querySelectorAll('#portal a')].find((a) => a.textContent.trim().startsWith('`+of.link+`')).click()`)
		e2e.Await(t, tab, ".page-"+of.kind)
		onPaper(t, tab)
		if n := sheets(t, tab); n > of.most {
			t.Errorf("%s: %d sheets", of.kind, n)
		}
		// The picture of the promises begins on the sheet that has room for its first rows: no third of a sheet stays empty.
		if !browsertest.Eval[bool](t, tab, `[...document.querySelectorAll('figure.tl')].every((n) => getComputedStyle(n).breakInside === 'auto' &&
			[...n.querySelectorAll('li, .tl-group')].every((row) => getComputedStyle(row).breakInside === 'avoid'))`) {
			t.Errorf("%s: the picture of the promises does not break between its rows", of.kind)
		}
		if got := browsertest.Eval[string](t, tab, of.whole); got != "avoid" {
			t.Errorf("%s: %s is %s", of.kind, of.whole, got)
		}
	}
}

// All on one page says how many places have the words typed, and at the foot of each sheet whose it is and of when.
func TestAllOnOnePage(t *testing.T) {
	t.Parallel()
	w, b := newSamples(t, "de"), browsertest.Open(t)
	link := w.PortalLink(t, sample.IDs()[0])
	root := e2e.Host(t, w.Publish(t))
	tab := b.Tab(t)
	e2e.Visit(t, tab, root+link, e2e.Home)
	e2e.Run(t, tab, `[...document.querySelectorAll('#portal a')]
		.find((a) => a.textContent.trim() === 'Alles drucken oder durchsuchen').click()`)
	e2e.Await(t, tab, "#find")
	find := func(words, want string) {
		e2e.Run(t, tab, `{ const f = document.querySelector('#find'); f.value = '`+words+`';
			f.dispatchEvent(new Event('input', { bubbles: true })) }`)
		e2e.Until(t, tab, `document.querySelector('[data-found]').textContent`+want)
	}
	find("e", `.startsWith('Treffer: ') && document.querySelector('[data-found]').textContent !== 'Treffer: 1'`)
	const hits = `[...document.querySelectorAll('[data-hit]')].filter((hit) => hit.checkVisibility())`
	if n := browsertest.Eval[int](t, tab, hits+`.length`); n == 0 {
		t.Error("what was found is not marked")
	}
	e2e.Run(t, tab, `scrollTo(0, document.body.scrollHeight)`)
	for _, n := range []string{"0", "1"} {
		seen := `(() => { const { top, bottom } = ` + hits + `[` + n + `].getBoundingClientRect(); return bottom > 0 && top < innerHeight })()`
		if n == "0" {
			e2e.Until(t, tab, `!`+seen)
		}
		e2e.Run(t, tab, `document.querySelector('#find').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))`)
		e2e.Until(t, tab, seen)
	}
	if said := browsertest.Eval[string](t, tab, `document.querySelector('[data-found]').textContent`); !strings.HasPrefix(said, "Treffer: 2 / ") {
		t.Errorf("it says %q", said)
	}
	find("zqnothing", ` === 'Hier kommt das nicht vor.'`)
	find("", ` === ''`)
	e2e.Run(t, tab, `dispatchEvent(new Event('beforeprint'))`)
	foot := browsertest.Eval[string](t, tab, `document.adoptedStyleSheets.map((s) => s.cssRules[0].cssText).join()`)
	whose := browsertest.Eval[string](t, tab, `document.querySelector('[data-as-of]').textContent`)
	if whose == "" || !strings.Contains(foot, whose) {
		t.Errorf("at the foot of each sheet stands %q, not %q", foot, whose)
	}
}

// sheets counts the sheets of A4 that the page that is open is printed on.
func sheets(t *testing.T, tab *browsertest.Tab) int {
	t.Helper()
	return len(bytes.Split(pdf(t, tab), []byte("/Type /Page\n"))) - 1
}

// pdf prints the page that is open on A4, whose sides are told in inches.
func pdf(t *testing.T, tab *browsertest.Tab) []byte {
	t.Helper()
	var data []byte
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
		if err == nil {
			data = printed.Data
		}
		return err
	}))
	return data
}
