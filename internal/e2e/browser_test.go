package e2e

import (
	"fmt"
	"testing"

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

// visit goes to an address and waits for what a selector names.
func visit(t *testing.T, tab *browsertest.Tab, url, selector string) {
	t.Helper()
	tab.Do(t, chromedp.Navigate(url))
	await(t, tab, selector)
}

// await waits until the page, whichever it is by then, has what a selector names.
func await(t *testing.T, tab *browsertest.Tab, selector string) {
	t.Helper()
	tab.Do(t, chromedp.WaitReady(chromedp.CSS(selector)))
}

// until waits until an expression is true in the page that is open now.
func until(t *testing.T, tab *browsertest.Tab, expression string) {
	t.Helper()
	browsertest.Eval[bool](t, tab, fmt.Sprintf(
		`new Promise((done) => { const look = () => (%s) ? done(true) : setTimeout(look, 5); look(); })`, expression))
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
