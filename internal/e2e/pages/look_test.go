package pages

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// visible is what of a list of pictures and buttons on the open page cannot be told from what is behind it.
const visible = `(() => {
	const lost = [], ground = getComputedStyle(document.body).backgroundColor;
	for (const [selector, property] of %s) {
		const nodes = [...document.querySelectorAll(selector)].filter((n) => n.getClientRects().length > 0);
		if (nodes.length === 0) lost.push(selector + ' is not there');
		for (const n of nodes) {
			const style = getComputedStyle(n);
			if ([ground, 'none', 'rgba(0, 0, 0, 0)'].includes(style[property])) lost.push(selector + ' has ' + property + ' ' + style[property]);
			if (property === 'borderTopColor' && style.borderTopWidth === '0px') lost.push(selector + ' has no border');
		}
	}
	return lost;
})()`

// What is drawn stays in sight where the system chooses the colours. In Arabic the pictures run as one reads,
// dates say their day of the week, and the fields of an answer come with the choice.
func TestForcedColoursAndArabic(t *testing.T) {
	t.Parallel()
	browsertest.Require(t)
	const id = "two-ovens"
	w := newSamples(t, "ar")
	link := w.PortalLink(t, id)
	root, tab := e2e.Host(t, w.Publish(t, id)), browsertest.Open(t).Tab(t)
	e2e.Visit(t, tab, root+link, e2e.Home)

	if ok := browsertest.Eval[bool](t, tab, `(() => {
		const [first, ...more] = [...document.querySelectorAll('.tl-axis text')].map((n) => n.getBoundingClientRect()).filter((at) => at.width > 0);
		return more.length > 0 && more.every((at) => at.right < first.right);
	})()`); !ok {
		t.Error("the months of the timeline do not run from right to left")
	}
	if due := e2e.Text(t, tab, "[data-standing] [data-due] time"); due != "الجمعة 27 نوفمبر" {
		t.Errorf("the date that leads is %q", due)
	}
	wantSeen := func(where, pairs string) {
		t.Helper()
		for _, lost := range browsertest.Eval[[]string](t, tab, fmt.Sprintf(visible, pairs)) {
			t.Errorf("%s: %s", where, lost)
		}
	}
	forced(t, tab)
	wantSeen("Home", `[['.t-word', 'fill'], ['.today', 'stroke'], ['.todo .button', 'borderTopColor'], ['.card', 'borderTopColor']]`)
	tab.Do(t, chromedp.EmulateViewport(1280, 900))
	e2e.Run(t, tab, `location.assign(document.querySelector('[data-timeline] a').href)`)
	e2e.Await(t, tab, e2e.Inner)
	forced(t, tab)
	wantSeen("a promise", `[['.arc', 'stroke'], ['.token', 'fill'], ['.choice', 'borderTopColor']]`)

	const word = `document.querySelector('.turn.wide textarea').getClientRects().length > 0`
	if browsertest.Eval[bool](t, tab, word) {
		t.Error("the fields of an answer are there before a choice")
	}
	e2e.Run(t, tab, `document.querySelector('.turn.wide [type=radio]').click()`)
	if !browsertest.Eval[bool](t, tab, word) {
		t.Error("the fields of an answer do not come with the choice")
	}
}

// How far a promise is is drawn once at each width, and no browser fills what is not chosen, which would look disabled.
func TestHowFarIsDrawnOnce(t *testing.T) {
	t.Parallel()
	browsertest.Require(t)
	const id = "two-ovens"
	w := newSamples(t, "en")
	link := w.PortalLink(t, id)
	root, tab := e2e.Host(t, w.Publish(t, id)), browsertest.Open(t).Tab(t)
	e2e.Visit(t, tab, root+link, e2e.Home)
	e2e.Run(t, tab, `location.assign(document.querySelector('[data-timeline] a').href)`)
	e2e.Await(t, tab, e2e.Inner)
	for _, width := range []int64{375, 768, 1023, 1280} {
		tab.Do(t, chromedp.EmulateViewport(width, 900))
		if n := browsertest.Eval[int](t, tab, `[...document.querySelectorAll('.stepper, .ring')].filter((n) => n.checkVisibility()).length`); n != 1 {
			t.Errorf("at %d it is drawn %d times", width, n)
		}
	}
	if as := browsertest.Eval[string](t, tab, `getComputedStyle(document.querySelector('.choice [type=radio]')).appearance`); as != "none" {
		t.Errorf("the browser draws what is not chosen: %s", as)
	}
}

// forced has the system choose the colours.
func forced(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}},
		})
		return err
	}))
}
