package e2e_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// seenGate notes each frame in which a page shows its gate. After a second and a half
// the style sheet shows it on purpose, for readers without scripts.
const seenGate = `globalThis.flashes = 0;
	(function look() {
		const gate = document.querySelector('#gate');
		const style = gate && getComputedStyle(gate);
		if (style && style.display !== 'none' && style.visibility === 'visible' && performance.now() < 1500) flashes++;
		requestAnimationFrame(look);
	})()`

// TestMoving goes from page to page, there and back.
func TestMoving(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	t.Run("without a flash", r.noFlash)
	t.Run("back after Lock", r.backAfterLock)
	t.Run("back without Lock", r.backWithoutLock)
}

func (r *reader) noFlash(t *testing.T) {
	t.Parallel()
	tab, root := e2e.Prepared(t, r.Browser, seenGate), e2e.Host(t, r.Out)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	unseen := func(where string) {
		t.Helper()
		// Two frames later whatever there was has been noted.
		e2e.Run(t, tab, `await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`)
		if n := browsertest.Eval[int](t, tab, `flashes`); n > 0 {
			t.Errorf("%s the gate shows for %d frames", where, n)
		}
	}
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	unseen("by a link")
	e2e.Follow(t, tab)
	unseen("on the next page")
	travel(t, tab, "back", e2e.Home)
	unseen("on the way back")
	travel(t, tab, "forward", e2e.Inner)
	unseen("forward again")
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, e2e.Inner)
	unseen("loaded again")
}

// travel goes back or forward, and waits for what a selector names. It asks whichever
// page is there, again and again, since what is known of one from outside ends when it
// sleeps in the cache.
func travel(t *testing.T, tab *browsertest.Tab, where, selector string) {
	t.Helper()
	e2e.Run(t, tab, `setTimeout(() => history.`+where+`())`)
	ctx, cancel := context.WithTimeout(tab.Context(t), e2e.Timeout)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		// An error is that of a page which is leaving.
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`document.querySelector(%q) !== null`, selector)))
		if err == nil && there {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s, %s does not come (%v)", where, selector, err)
		}
	}
}

// A page in the back-forward cache does not hear of a Lock. Whether a browser keeps one
// there is for it to say, so a page is also put to sleep and woken by the events that
// it would get.
const (
	sleep = `dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));`
	wake  = `dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));`
)

func (r *reader) backAfterLock(t *testing.T) {
	t.Parallel()
	tab, root := e2e.Prepared(t, r.Browser, noChannel), e2e.Host(t, r.Out)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	beside := r.Next(t, tab)
	e2e.Visit(t, beside, root+"/"+r.Folder+"/", e2e.Home)
	e2e.Run(t, tab, sleep)
	if shown := browsertest.Eval[string](t, tab, `getComputedStyle(document.querySelector('#portal')).visibility`); shown != "hidden" {
		t.Errorf("a page that sleeps is %s", shown)
	}
	beside.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, beside, e2e.Locked)
	keepsNothing(t, beside)
	e2e.Run(t, tab, wake)
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
	e2e.GateSays(t, tab, "Locked.")

	// And as a reader does it: on to another page, Lock there, and back.
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	e2e.Follow(t, tab)
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	keepsNothing(t, tab)
	travel(t, tab, "back", `body[data-state="locked"] #sealed[data-token=""]`)
	e2e.WantSealed(t, tab)
	travel(t, tab, "forward", `body[data-state="locked"] #sealed:not([data-token=""])`)
	e2e.WantSealed(t, tab)
}

func (r *reader) backWithoutLock(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	e2e.Run(t, tab, sleep+wake)
	e2e.Await(t, tab, e2e.Home)
	e2e.Follow(t, tab)
	travel(t, tab, "back", e2e.Home)
	if n := browsertest.Eval[int](t, tab, `Math.max(...[...document.querySelectorAll('[data-due]')].map((d) => d.querySelectorAll('.far').length))`); n != 1 {
		t.Errorf("a date tells its distance %d times", n)
	}
}

// Over plain http a page says what is needed, and asks for nothing.
func TestPlainHTTP(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t, chromedp.Flag("host-resolver-rules", "MAP portal.example 127.0.0.1"))
	w := e2e.NewWorld(t)
	link := w.PortalLink(t, e2e.Harbour)
	address, err := url.Parse(e2e.Host(t, w.Publish(t)))
	e2e.Check(t, err)
	e2e.Visit(t, tab, "http://portal.example:"+address.Port()+link, `body[data-state="locked"] form[hidden]`)
	e2e.WantSealed(t, tab)
	for _, want := range []string{"This page opens over https only.", "Ada Pine", "ada@pine.example", "+47 22 00 00 00"} {
		if said := browsertest.Eval[string](t, tab, `document.body.innerText`); !strings.Contains(said, want) {
			t.Errorf("over plain http the gate does not say %q:\n%s", want, said)
		}
	}
}
