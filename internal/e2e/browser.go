package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// The states of a gate, as selectors to wait for.
const (
	open   = `body[data-state="open"] #portal:not([hidden]) main`
	locked = `body[data-state="locked"] fieldset:enabled`
	home   = open + `.page-home`
	inner  = open + `:not(.page-home)`
)

// patience is how long a page may take to come to what is awaited.
const patience = 30 * time.Second

// do does steps that wait for something, and says what there is instead where it
// does not come.
func do(t *testing.T, tab *browsertest.Tab, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(tab.Context(), patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		now := browsertest.Eval[string](t, tab, `[location.pathname, document.body.dataset.state, document.body.innerText].join('\n')`)
		t.Fatalf("%s does not come: %v\nthe page is %s\nit complained: %q", what, err, now, tab.Problems())
	}
}

// visit goes to an address and waits for what a selector names.
func visit(t *testing.T, tab *browsertest.Tab, url, selector string) {
	t.Helper()
	do(t, tab, url, chromedp.Navigate(url))
	await(t, tab, selector)
}

// await waits until the page, whichever it is by then, has what a selector names.
func await(t *testing.T, tab *browsertest.Tab, selector string) {
	t.Helper()
	do(t, tab, selector, chromedp.WaitReady(chromedp.CSS(selector)))
}

// gone waits until the page has nothing that a selector names.
func gone(t *testing.T, tab *browsertest.Tab, selector string) {
	t.Helper()
	do(t, tab, "the end of "+selector, chromedp.WaitNotPresent(chromedp.CSS(selector)))
}

// says waits until an opened page, however often it is loaded until then, has some
// text in one of its elements.
func says(t *testing.T, tab *browsertest.Tab, what string) {
	t.Helper()
	do(t, tab, what, chromedp.WaitReady(chromedp.Search(fmt.Sprintf(`//*[@id="portal"]//*[contains(text(), "%s")]`, what))))
}

// until waits until an expression is true in the page that is open now.
func until(t *testing.T, tab *browsertest.Tab, expression string) {
	t.Helper()
	do(t, tab, expression, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`new Promise((done) => { const look = async () => (%s) ? done() : setTimeout(look, 5); look(); })`, expression),
		chromedp.EvalAwaitPromise))
}

// run runs a statement in the page.
func run(t *testing.T, tab *browsertest.Tab, statement string) {
	t.Helper()
	browsertest.Eval[bool](t, tab, `(async () => { `+statement+`; return true; })()`)
}

// text returns the text of an element, "" where there is none.
func text(t *testing.T, tab *browsertest.Tab, selector string) string {
	t.Helper()
	return browsertest.Eval[string](t, tab, fmt.Sprintf(`document.querySelector(%q)?.textContent.trim() ?? ''`, selector))
}

// enter types a passphrase into the gate and sends it, to be kept for some days.
func enter(t *testing.T, tab *browsertest.Tab, passphrase string, days int) {
	t.Helper()
	await(t, tab, locked)
	run(t, tab, fmt.Sprintf(`document.querySelector('#keep').value = '%d'; document.querySelector('#passphrase').value = ''`, days))
	tab.Do(t,
		chromedp.SendKeys(chromedp.CSS("#passphrase"), passphrase),
		chromedp.Click(chromedp.CSS("#unlock button")))
}

// follow clicks the first link on Home to another page of the portal.
func follow(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	run(t, tab, `document.querySelector('#main a[href^="/"][href$="/"]').click()`)
	await(t, tab, inner)
}

// wantSealed fails the test where the page shows anything that is sealed.
func wantSealed(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	if n := browsertest.Eval[int](t, tab, `document.querySelector('#portal').childNodes.length`); n != 0 {
		t.Errorf("%d nodes of what is sealed are in the page", n)
	}
	if found := browsertest.Eval[bool](t, tab, `/zq[a-z]/i.test(document.title + document.body.innerText)`); found {
		t.Error("the page shows words of the client")
	}
}
