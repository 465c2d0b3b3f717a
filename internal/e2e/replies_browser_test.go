package e2e_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// TestTheBrowserNotesNothingByItself wants each field of a portal to be left out of what a browser keeps by itself.
// Chromium writes the state of all other fields to its session files, in the clear, to put it back after a crash;
// no Lock reaches it there. So does it with a passphrase while it is shown, which makes the field one of text.
func TestTheBrowserNotesNothingByItself(t *testing.T) {
	t.Parallel()
	h := publish(t, true)
	tab := e2e.On(t, browsertest.Open(t), e2e.FridayEvening)
	// Only the name of whoever came by a link is put back: that is what the browser knows anyway.
	const kept = `[...document.querySelectorAll('#portal :is(input, textarea, select)')]
		.filter((field) => field.name !== 'called')
		.filter((field) => (field.getAttribute('autocomplete') ?? field.form?.getAttribute('autocomplete')) !== 'off')
		.map((field) => field.outerHTML)`
	none := func(fields int) {
		t.Helper()
		if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('#portal :is(input, textarea, select)').length`); n < fields {
			t.Errorf("there are %d fields", n)
		}
		if all := browsertest.Eval[[]string](t, tab, kept); len(all) > 0 {
			t.Errorf("the browser keeps %q", all)
		}
	}

	e2e.Visit(t, tab, h.home(t), e2e.Locked)
	for _, want := range []string{"off", "current-password"} { // shown, and hidden again
		tab.Do(t, chromedp.Click(chromedp.CSS("#show")))
		e2e.Until(t, tab, fmt.Sprintf(`document.querySelector('#passphrase').autocomplete === %q`, want))
	}
	e2e.Enter(t, tab, h.passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	e2e.Until(t, tab, fmt.Sprintf(`document.querySelector(%q) !== null`, message+" [data-stands]"))
	none(20)
	e2e.Run(t, tab, `[...document.querySelectorAll('#portal a')]
		.find((a) => a.textContent.trim() === 'Print or search all').click()`)
	e2e.Await(t, tab, "#find")
	none(1)
}
