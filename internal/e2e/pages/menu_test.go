package pages

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// On a phone the sections stand behind a menu, which a keyboard opens, goes through
// and closes.
func TestMenuByKeyboard(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	phone(t, tab, 375, 550)
	e2e.Visit(t, tab, newBusy(t, asItIs), e2e.Home)
	const (
		shown = `document.querySelector('.sections').getClientRects().length > 0`
		focus = `(() => { const at = document.activeElement, s = getComputedStyle(at);
			return (at.textContent.trim() || at.tagName) + (s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 ? '' : ' (not seen)') })()`
	)
	wantFocus := func(want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, tab, focus); got != want {
			t.Fatalf("the focus is on %q, want %q", got, want)
		}
	}
	wantShown := func(want bool) {
		t.Helper()
		if got := browsertest.Eval[bool](t, tab, shown); got != want {
			t.Fatalf("whether the sections show is %v, want %v", got, want)
		}
	}
	e2e.Run(t, tab, `document.activeElement.blur()`)
	wantShown(false)
	for _, want := range []string{"Skip to the page", "Zqbusy Bees", "Contents"} {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		wantFocus(want)
	}
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	wantShown(true)
	tab.Do(t, chromedp.KeyEvent(kb.Tab))
	wantFocus("Lock")
	for _, name := range browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('.sections a')].map((a) => a.textContent)`) {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		wantFocus(name)
	}
	e2e.Run(t, tab, `document.querySelector('.menu summary').focus()`)
	tab.Do(t, chromedp.KeyEvent(" "))
	wantShown(false)
}

// The navigation is the same on all pages; where the reader is, is marked when it opens.
func TestTheMenuMarksThePage(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	tab, root := r.Tab(t)
	const marked = `[...document.querySelectorAll('header [aria-current], nav [aria-current]')]
		.map((a) => a.getAttribute('aria-current') + ' ' + a.textContent.trim()).join(', ')`
	want := func(want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, tab, marked); got != want {
			t.Errorf("on %s it marks %q, want %q", browsertest.Eval[string](t, tab, `document.title`), got, want)
		}
	}
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	name := browsertest.Eval[string](t, tab, `document.querySelector('.top-home').textContent.trim()`)
	want("page " + name)
	for _, tt := range []struct{ to, want string }{
		{`document.querySelector('.sections a[href]').href`, browsertest.Eval[string](t, tab, `'page ' + document.querySelector('.sections a').textContent.trim()`)},
		{`document.querySelector('.standing .headline a').href`, "true Status notes"},
		{`document.querySelector('.standing .lead a').href`, ""},
	} {
		to := browsertest.Eval[string](t, tab, tt.to)
		e2e.Visit(t, tab, to, e2e.Inner)
		want(tt.want)
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home)
	}
}
