package pages

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// keyboard finds what can be acted on, and notes what the focus comes to: in keys.stops
// by their places in document order, in keys.amiss what a reader would miss. keys.all
// are the elements, in document order.
const keyboard = `globalThis.keys = (() => {
	const acts = 'a[href], button, summary, input:not([type=radio]), select, textarea, [tabindex="0"], audio, video, [contenteditable]';
	const scrolls = (n) => /auto|scroll/.test(getComputedStyle(n).overflowX) && n.scrollWidth > n.clientWidth;
	// Of the answers to one question Tab comes to the one that is chosen, else to the first.
	const stop = (n) => {
		const group = n.matches('[type=radio]') ? [...document.querySelectorAll('[type=radio]')].filter((o) => o.form === n.form && o.name === n.name) : [];
		return n === (group.find((o) => o.checked) ?? group[0]);
	};
	const shown = (n) => n.checkVisibility({ visibilityProperty: true }) && n.getClientRects().length > 0 && !n.disabled && !n.closest('[inert]');
	const all = () => [...document.body.querySelectorAll('*')].filter((n) => shown(n) && (n.matches(acts) || stop(n) || scrolls(n)));
	const named = (n) => n.tagName.toLowerCase() + ' ' + (n.getAttribute('aria-label') ?? n.textContent).trim().replace(/\s+/g, ' ').slice(0, 50);
	const drawn = (s) => s.outlineStyle !== 'none' && s.outlineStyle !== 'hidden' && parseFloat(s.outlineWidth) >= 2
		&& !/^transparent$|, 0\)$/.test(s.outlineColor) || s.boxShadow !== 'none' && !/inset 0px 0px 0px 0px/.test(s.boxShadow);
	const marked = (n) => n.ownerSVGElement && [...n.querySelectorAll('*')].map((shape) => getComputedStyle(shape)).some((s) => s.stroke !== 'none' && parseFloat(s.strokeWidth) >= 4);
	const seen = (n) => [...n.getClientRects()].some(({ left, top, right, bottom }) => {
		const [l, t, r, b] = [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
		return r > l && b > t && [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]].filter(([x, y]) => {
			const over = document.elementFromPoint(l + (r - l) * x, t + (b - t) * y);
			return over && (n.contains(over) || !over.closest('.bar') && over.contains(n));
		}).length >= 3; });
	const keys = { stops: [], amiss: [], names: () => keys.all.map(named),
		// A date takes four keys: its day, month and year, and the way to the calendar.
		presses: () => keys.all.reduce((n, at) => n + (at.type === 'date' ? 4 : 1), 0) };
	let before = null;
	// The browser scrolls to what has the focus after it tells of it, so that is looked at with the next key.
	keys.look = () => { if (before && !seen(before)) keys.amiss.push(named(before) + ': is covered, or not on the screen'); before = null; };
	keys.begin = () => {
		const top = document.createElement('span');
		top.tabIndex = -1;
		document.body.prepend(top);
		top.focus();
		top.remove();
		keys.all = all(); keys.stops = []; keys.amiss = []; before = null;
		return keys.all.length;
	};
	addEventListener('keydown', keys.look, true);
	addEventListener('focusin', ({ target }) => {
		keys.stops.push(keys.all ? keys.all.indexOf(target) : -1);
		if (![target, target.closest('label')].some((n) => n && drawn(getComputedStyle(n))) && !marked(target)) keys.amiss.push(named(target) + ': shows no focus');
		before = target;
	}, true);
	return keys;
})(); undefined`

// byKeyboard goes through the page that is open, with the keyboard alone: what is folded
// is opened and folded by its keys, and then Tab reaches everything, in order, seen.
func byKeyboard(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	e2e.Until(t, tab, `document.querySelector('[data-asking]:empty') === null`) // its forms come with the scripts
	e2e.Run(t, tab, keyboard)
	folds(t, tab, where)
	n := browsertest.Eval[int](t, tab, `keys.begin()`)
	steps := make([]chromedp.Action[chromedp.Void], browsertest.Eval[int](t, tab, `keys.presses()`))
	for i := range steps {
		steps[i] = chromedp.KeyEvent(kb.Tab)
	}
	tab.Do(t, steps...)
	names := browsertest.Eval[[]string](t, tab, `keys.names()`)
	name := func(i int) string {
		if i < 0 {
			return "something else"
		}
		return names[i]
	}
	stops := browsertest.Eval[[]int](t, tab, `(keys.look(), keys.stops)`)
	for i := range n {
		if i >= len(stops) || stops[i] != i {
			at := "nothing"
			if i < len(stops) {
				at = name(stops[i])
			}
			t.Errorf("%s: Tab %d of %d comes to %s, not to %s", where, i+1, n, at, name(i))
			break
		}
	}
	for _, what := range browsertest.Eval[[]string](t, tab, `keys.amiss`) {
		t.Errorf("%s: %s", where, what)
	}
	// From the last it goes on, out of the page or to its top.
	tab.Do(t, chromedp.KeyEvent(kb.Tab))
	if stuck := browsertest.Eval[bool](t, tab, `document.activeElement === keys.all.at(-1)`); stuck {
		t.Errorf("%s: Tab does not leave %s", where, name(n-1))
	}
}

// folds opens each of the page's details by Enter or Space, closes it by the other, and
// leaves it open.
func folds(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	n := browsertest.Eval[int](t, tab, `(globalThis.folds = [...document.querySelectorAll('#portal details')]
		.filter((d) => d.checkVisibility() && d.querySelector('summary').checkVisibility())).length`)
	for i := range n {
		opened := fmt.Sprintf(`folds[%d].open`, i)
		is := browsertest.Eval[bool](t, tab, opened)
		e2e.Run(t, tab, fmt.Sprintf(`folds[%d].querySelector('summary').focus()`, i))
		for _, key := range []string{kb.Enter, " "} {
			tab.Do(t, chromedp.KeyEvent(key))
			is = !is
			if now := browsertest.Eval[bool](t, tab, opened); now != is {
				t.Errorf("%s: %q leaves the details open: %v, want %v", where, key, now, is)
			}
		}
		if !is {
			tab.Do(t, chromedp.KeyEvent(kb.Enter))
		}
	}
}

// acts presses Enter on each element of a kind, one after the other, and wants what it
// does to be done. The mail program is not opened.
func acts(t *testing.T, tab *browsertest.Tab, where, selector, key string) (n int) {
	t.Helper()
	n = browsertest.Eval[int](t, tab, fmt.Sprintf(`(globalThis.buttons = [...document.querySelectorAll(%q)].filter((n) => n.checkVisibility()), buttons.length)`, selector))
	for i := range n {
		e2e.Run(t, tab, fmt.Sprintf(`globalThis.acted = 0; const b = buttons[%d]; b.focus();
			b.addEventListener('click', (event) => { acted += 1; if (b.matches('a')) event.preventDefault(); }, { once: true })`, i))
		tab.Do(t, chromedp.KeyEvent(key))
		if done := browsertest.Eval[int](t, tab, `acted`); done != 1 {
			t.Errorf("%s: %s number %d is pressed %d times by %q", where, selector, i, done, key)
		}
	}
	return n
}

// skips goes past the navigation to the page itself.
func skips(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	e2e.Run(t, tab, `keys.begin()`)
	tab.Do(t, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	if at := browsertest.Eval[string](t, tab, `document.activeElement.id`); at != "main" {
		t.Errorf("%s: the skip link leads to %q, not to the page", where, at)
	}
	tab.Do(t, chromedp.KeyEvent(kb.Tab))
	if within := browsertest.Eval[bool](t, tab, `document.querySelector('#main').contains(document.activeElement)`); !within {
		t.Errorf("%s: after the skip link the focus is not in the page", where)
	}
	e2e.Await(t, tab, e2e.Open)
}

// A keyboard alone does everything, on each kind of page of a sample that has them all.
func TestEverythingByKeyboard(t *testing.T) {
	t.Parallel()
	const id = "two-ovens"
	b, w := browsertest.Open(t), newSamples(t, "en")
	link := w.PortalLink(t, id)
	page := w.SharePage(t, id, "commitment", "order-ahead")
	root := e2e.Host(t, w.Publish(t, id))

	t.Run("a portal", func(t *testing.T) {
		tab := e2e.Prepared(t, b, watchFiles)
		t.Cleanup(func() { tab.WantNoProblems(t) })
		tab.Downloads(t, "")
		phone(t, tab, 375, 667)
		e2e.Visit(t, tab, root+link, e2e.Home)
		seen := []string{}
		paths := pagesFrom(t, tab)
		look := func(path string) {
			e2e.Visit(t, tab, root+path, e2e.Open)
			kind := kindOf(t, tab)
			for _, path := range pagesFrom(t, tab) {
				if !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
			if slices.Contains(seen, kind) {
				return
			}
			seen = append(seen, kind)
			byKeyboard(t, tab, kind)
			skips(t, tab, kind)
			if acts(t, tab, kind, "#reach a", kb.Enter) == 0 {
				t.Errorf("%s: there is no way to reach a person", kind)
			}
			if kind == "home" {
				if n := acts(t, tab, kind, "[data-turn] [data-answer] button", kb.Enter); n == 0 {
					t.Error("nothing can be answered on Home")
				}
				n := acts(t, tab, kind, "[data-to-calendar], [data-dates]", " ")
				if made := browsertest.Eval[int](t, tab, `made.length`); n == 0 || made != n {
					t.Errorf("of %d dates %d files are made", n, made)
				}
			}
		}
		look(strings.Split(link, "#")[0])
		for i := 0; i < len(paths) && len(seen) < len(kinds); i++ {
			look(paths[i])
		}
		slices.Sort(seen)
		if !slices.Equal(seen, kinds) {
			t.Errorf("the kinds of pages that were gone through are %q, want %q", seen, kinds)
		}
		// Where there is room, the sections stand open.
		phone(t, tab, 1280, 800)
		e2e.Visit(t, tab, root+paths[0], e2e.Open)
		byKeyboard(t, tab, "at a desk")
		lockByKeyboard(t, tab)
	})
	t.Run("one page", func(t *testing.T) {
		tab := e2e.Prepared(t, b, watchFiles)
		t.Cleanup(func() { tab.WantNoProblems(t) })
		phone(t, tab, 375, 667)
		e2e.Visit(t, tab, root+page.Link, e2e.Inner)
		byKeyboard(t, tab, "one page")
		acts(t, tab, "one page", "#reach a", kb.Enter)
		lockByKeyboard(t, tab)
	})
	// What is amiss must be found to be so.
	t.Run("amiss", func(t *testing.T) {
		tab := b.Tab(t)
		e2e.Visit(t, tab, root+link, e2e.Home)
		for want, spoil := range map[string]string{
			"shows no focus": `document.querySelector('[data-standing] h1 a').style.outline = 'none'`,
			"is covered":     `document.querySelector('#reach').style.cssText = 'position: fixed; inset: 0'`,
			"out of order":   `document.querySelector('[data-standing] h1 a').tabIndex = 1`,
			"not reached":    `document.querySelector('[data-standing] h1 a').tabIndex = -1`,
		} {
			e2e.Visit(t, tab, root+strings.Split(link, "#")[0], e2e.Home)
			e2e.Run(t, tab, keyboard)
			e2e.Run(t, tab, spoil)
			n := browsertest.Eval[int](t, tab, `keys.begin()`)
			for range min(n, 12) {
				tab.Do(t, chromedp.KeyEvent(kb.Tab))
			}
			said := strings.Join(browsertest.Eval[[]string](t, tab, `keys.amiss`), "\n")
			ordered := browsertest.Eval[bool](t, tab, `keys.stops.every((at, i) => at === i)`)
			if strings.HasPrefix(want, "shows") || strings.HasPrefix(want, "is") {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not found: %s", want, said)
				}
			} else if ordered {
				t.Errorf("%q is not found", want)
			}
		}
	})
}

// lockByKeyboard closes the page by the button at its top.
func lockByKeyboard(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	e2e.Run(t, tab, `document.querySelector('[data-lock]').focus()`)
	tab.Do(t, chromedp.KeyEvent(" "))
	e2e.Await(t, tab, e2e.Locked)
	if at := browsertest.Eval[string](t, tab, `document.activeElement.id`); at != "passphrase" {
		t.Errorf("after Lock the focus is on %q", at)
	}
}

// Keyboard alone reaches all that can be used, in the order in which it stands, and
// what has the focus can be seen to have it.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	tab := e2e.Prepared(t, browsertest.Open(t), watchFiles+e2e.MovedClock(e2e.FridayEvening))
	t.Cleanup(func() { tab.WantNoProblems(t) })
	e2e.Visit(t, tab, newBusy(t, asItIs), e2e.Home)
	e2e.Await(t, tab, "[data-asking] form")
	reducedMotion(t, tab)
	e2e.Run(t, tab, `document.querySelectorAll('details').forEach((d) => { d.open = true }); document.activeElement.blur();
		globalThis.usable = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')]
			.filter((n) => n.getClientRects().length > 0 && n.checkVisibility() && !n.matches('label ~ label [type=radio]'))`)
	n := browsertest.Eval[int](t, tab, `usable.length`)
	if n < 25 {
		t.Fatalf("only %d things can be used", n)
	}
	for i := range n {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		for browsertest.Eval[bool](t, tab, fmt.Sprintf(`document.activeElement.type === 'date' && usable[%d] === document.activeElement`, i-1)) {
			tab.Do(t, chromedp.KeyEvent(kb.Tab)) // a date has parts
		}
		got := browsertest.Eval[string](t, tab, `(() => {
			const at = document.activeElement;
			const outlined = (s) => s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2;
			const seen = [at, at.closest('label')].some((n) => n && outlined(getComputedStyle(n))); // of a choice it is the label
			return usable.indexOf(at) + (seen ? '' : ' unseen') + ' ' + at.outerHTML.slice(0, 80) })()`)
		if at, _, _ := strings.Cut(got, " <"); at != strconv.Itoa(i) {
			t.Fatalf("the focus is on %s, want %d", got, i)
		}
	}
	e2e.Run(t, tab, `document.querySelector('[data-to-calendar]').focus()`)
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	e2e.Until(t, tab, `made.length === 1`)
	e2e.Run(t, tab, `document.dispatchEvent(new Event('visibilitychange'))`)
	if kept := browsertest.Eval[bool](t, tab, `document.activeElement.matches('[data-to-calendar]')`); !kept {
		t.Error("the focus is lost when the page is brought up to date")
	}
	e2e.Run(t, tab, `document.querySelector('[data-lock]').focus()`)
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	e2e.Await(t, tab, e2e.Locked)
	if at := browsertest.Eval[string](t, tab, `document.activeElement.id`); at != "passphrase" {
		t.Errorf("after Lock the focus is on %q", at)
	}
}

// reducedMotion wants that nothing moves for a reader who has asked for that.
func reducedMotion(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
	moving := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('*')].filter((n) => {
		const s = getComputedStyle(n);
		const takes = (list) => list.split(',').some((d) => parseFloat(d) > 0);
		return takes(s.transitionDuration) || takes(s.animationDuration) || s.scrollBehavior === 'smooth';
	}).map((n) => n.outerHTML.slice(0, 80))`)
	if len(moving) > 0 {
		t.Errorf("these move: %q", moving)
	}
}
