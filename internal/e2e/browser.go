package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// The states of a page, as selectors to wait for: an opened page, a gate that asks for a
// passphrase, an opened Home, and any other opened page.
const (
	Open   = `body[data-state="open"] #portal:not([hidden]) main`
	Locked = `body[data-state="locked"] fieldset:enabled`
	Home   = Open + `.page-home`
	Inner  = Open + `:not(.page-home)`
)

// Timeout is how long a page may take to reach an awaited state.
const Timeout = 5 * time.Minute

// Do runs steps that wait for something. If they time out, the test fails with the state of the
// page.
func Do(t *testing.T, tab *browsertest.Tab, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(tab.Context(t), Timeout)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		const state = `[location.pathname, document.body.dataset.state, document.body.innerText].join('\n')`
		now := browsertest.Eval[string](t, tab, state)
		t.Fatalf("%s does not come: %v\nthe page is %s\nit complained: %q", what, err, now, tab.Problems())
	}
}

// Visit opens an address and waits for an element that matches a selector. Whether a strict tab has problems is looked at
// before the server of the page is closed: what the page asks for after that is none.
func Visit(t *testing.T, tab *browsertest.Tab, url, selector string) {
	t.Helper()
	if tab.Strict {
		t.Cleanup(func() { tab.WantNoProblems(t) })
	}
	Do(t, tab, url, chromedp.Navigate(url))
	Await(t, tab, selector)
}

// Await waits until the tab has an element that matches a selector, on any page.
func Await(t *testing.T, tab *browsertest.Tab, selector string) {
	t.Helper()
	Do(t, tab, selector, chromedp.WaitReady(chromedp.CSS(selector)))
}

// Gone waits until the page has no element that matches a selector.
func Gone(t *testing.T, tab *browsertest.Tab, selector string) {
	t.Helper()
	Do(t, tab, "the end of "+selector, chromedp.WaitNotPresent(chromedp.CSS(selector)))
}

// Says waits until an element of an opened page contains a text. The page may reload meanwhile.
func Says(t *testing.T, tab *browsertest.Tab, what string) {
	t.Helper()
	element := fmt.Sprintf(`//*[@id="portal"]//*[contains(text(), "%s")]`, what)
	Do(t, tab, what, chromedp.WaitReady(chromedp.Search(element)))
}

// Until waits until an expression, which may use await, is true in the current page.
func Until(t *testing.T, tab *browsertest.Tab, expression string) {
	t.Helper()
	Do(t, tab, expression, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`new Promise((done) => { const look = async () => (%s) ? done() : setTimeout(look, 5); look(); })`, expression),
		chromedp.EvalAwaitPromise))
}

// Run runs a statement, which may use await, in the current page.
func Run(t *testing.T, tab *browsertest.Tab, statement string) {
	t.Helper()
	browsertest.Eval[bool](t, tab, `(async () => { `+statement+`; return true; })()`)
}

// Text returns the trimmed text of the first element that matches a selector, with plain spaces in its dates; "" if
// there is none.
func Text(t *testing.T, tab *browsertest.Tab, selector string) string {
	t.Helper()
	text := fmt.Sprintf(`document.querySelector(%q)?.textContent.trim().replaceAll('\u00a0', ' ') ?? ''`, selector)
	return browsertest.Eval[string](t, tab, text)
}

// GateSays waits until the message of the gate begins with a text.
func GateSays(t *testing.T, tab *browsertest.Tab, what string) {
	t.Helper()
	Until(t, tab, fmt.Sprintf(`document.querySelector('#said')?.textContent.trim().startsWith(%q)`, what))
}

// Enter types a passphrase into the gate and sends it. The browser keeps it for the given number of
// days; 0 means only for this visit.
func Enter(t *testing.T, tab *browsertest.Tab, passphrase string, days int) {
	t.Helper()
	Await(t, tab, Locked)
	Run(t, tab, fmt.Sprintf(`document.querySelector('[name=keep][value="%d"]').checked = true;
		document.querySelector('#passphrase').value = ''`, days))
	tab.Do(t,
		chromedp.SendKeys(chromedp.CSS("#passphrase"), passphrase),
		chromedp.Click(chromedp.CSS("#send")))
}

// Follow clicks the first link on Home to another page of the portal, and waits for that
// page.
func Follow(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	Run(t, tab, `document.querySelector('#main a[href^="/"][href$="/"]').click()`)
	Await(t, tab, Inner)
}

// WantSealed fails the test if the page shows sealed content.
func WantSealed(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	if n := browsertest.Eval[int](t, tab, `document.querySelector('#portal').childNodes.length`); n != 0 {
		t.Errorf("%d nodes of what is sealed are in the page", n)
	}
	if found := browsertest.Eval[bool](t, tab, `/zq[a-z]/i.test(document.title + document.body.innerText)`); found {
		t.Error("the page shows words of the client")
	}
}
