package e2e

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
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
	r := newReader(t)
	t.Run("without a flash", r.noFlash)
	t.Run("back after Lock", r.backAfterLock)
	t.Run("back without Lock", r.backWithoutLock)
}

func (r *reader) noFlash(t *testing.T) {
	tab, root := prepared(t, r.browser, seenGate), host(t, r.out)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	unseen := func(where string) {
		t.Helper()
		// Two frames later whatever there was has been noted.
		run(t, tab, `await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`)
		if n := browsertest.Eval[int](t, tab, `flashes`); n > 0 {
			t.Errorf("%s the gate shows for %d frames", where, n)
		}
	}
	visit(t, tab, root+r.link, home)
	unseen("by a link")
	follow(t, tab)
	unseen("on the next page")
	travel(t, tab, "back", home)
	unseen("on the way back")
	travel(t, tab, "forward", inner)
	unseen("forward again")
	tab.Do(t, chromedp.Reload())
	await(t, tab, inner)
	unseen("loaded again")
}

// travel goes back or forward, and waits for what a selector names. It asks whichever
// page is there, again and again, since what is known of one from outside ends when it
// sleeps in the cache.
func travel(t *testing.T, tab *browsertest.Tab, where, selector string) {
	t.Helper()
	run(t, tab, `setTimeout(() => history.`+where+`())`)
	ctx, cancel := context.WithTimeout(tab.Context(), patience)
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
	tab, root := prepared(t, r.browser, noChannel), host(t, r.out)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	visit(t, tab, root+r.link, home)
	beside := r.next(t, tab)
	visit(t, beside, root+"/"+r.folder+"/", home)
	run(t, tab, sleep)
	if shown := browsertest.Eval[string](t, tab, `getComputedStyle(document.querySelector('#portal')).visibility`); shown != "hidden" {
		t.Errorf("a page that sleeps is %s", shown)
	}
	beside.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, beside, locked)
	inTime(t, beside, `(async () => await `+storeSize+` === 0)()`)
	run(t, tab, wake)
	await(t, tab, locked)
	wantSealed(t, tab)
	if said := text(t, tab, "#said"); said != "Locked." {
		t.Errorf("the gate says %q", said)
	}

	// And as a reader does it: on to another page, Lock there, and back.
	visit(t, tab, root+r.link, home)
	follow(t, tab)
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, tab, locked)
	inTime(t, tab, `(async () => await `+storeSize+` === 0)()`)
	travel(t, tab, "back", `body[data-state="locked"] #sealed[data-token=""]`)
	wantSealed(t, tab)
	travel(t, tab, "forward", `body[data-state="locked"] #sealed:not([data-token=""])`)
	wantSealed(t, tab)
}

func (r *reader) backWithoutLock(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
	run(t, tab, sleep+wake)
	await(t, tab, home)
	follow(t, tab)
	travel(t, tab, "back", home)
	if n := browsertest.Eval[int](t, tab, `Math.max(...[...document.querySelectorAll('[data-due]')].map((d) => d.querySelectorAll('.far').length))`); n != 1 {
		t.Errorf("a date tells its distance %d times", n)
	}
}

// Over plain http a page says what is needed, and asks for nothing.
func TestPlainHTTP(t *testing.T) {
	tab := browsertest.Open(t, chromedp.Flag("host-resolver-rules", "MAP portal.example 127.0.0.1"))
	w := newWorld(t)
	link := "/" + w.folder(t, harbour) + "/" + w.link(t, harbour)
	address, err := url.Parse(host(t, w.publish(t)))
	check(t, err)
	visit(t, tab, "http://portal.example:"+address.Port()+link, `body[data-state="locked"] form[hidden]`)
	wantSealed(t, tab)
	for _, want := range []string{"This page opens over https only.", "Ada Pine", "ada@pine.example", "+47 22 00 00 00"} {
		if said := browsertest.Eval[string](t, tab, `document.body.innerText`); !strings.Contains(said, want) {
			t.Errorf("over plain http the gate does not say %q:\n%s", want, said)
		}
	}
}
