package pages

import (
	"strings"
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
		shown = `document.querySelector('header nav').getClientRects().length > 0`
		focus = `(() => { const at = document.activeElement, s = getComputedStyle(at);
			return (at.textContent.replace(/\s+/g, ' ').trim() || at.tagName) + (s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 ? '' : ' (not seen)') })()`
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
	for _, want := range []string{"Skip to the page", "Pine Works for Zqbusy Bees", "Menu"} {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		wantFocus(want)
	}
	tab.Do(t, chromedp.KeyEvent(kb.Enter))
	wantShown(true)
	names := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('header nav :is(a, button)')].map((a) => a.textContent.trim())`)
	if n := len(names); n < 3 || names[0] != "Home" || names[n-1] != "Lock" {
		t.Errorf("the menu holds %q", names)
	}
	for _, name := range names {
		tab.Do(t, chromedp.KeyEvent(kb.Tab))
		wantFocus(name)
	}
	tab.Do(t, chromedp.KeyEvent(kb.Escape))
	wantShown(false)
	wantFocus("Menu")
	tab.Do(t, chromedp.KeyEvent(" "))
	wantShown(true)
	tab.Do(t, chromedp.KeyEvent(" "))
	wantShown(false)
}

// The navigation is the same on all pages; where the reader is, is marked when it opens.
func TestTheMenuMarksThePage(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	tab, root := r.Tab(t)
	const marked = `[...document.querySelectorAll('#portal [aria-current]:is(header *, nav *, footer *)')]
		.map((a) => a.getAttribute('aria-current') + ' ' + a.textContent.replace(/\s+/g, ' ').trim()).join(', ')`
	want := func(want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, tab, marked); got != want {
			t.Errorf("on %s it marks %q, want %q", browsertest.Eval[string](t, tab, `document.title`), got, want)
		}
	}
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	asks := `document.querySelector('nav [href="#reach"]').textContent.trim() + ' | ' + document.querySelector('#reach b').textContent`
	wantAsks := func() {
		t.Helper()
		said, card, _ := strings.Cut(browsertest.Eval[string](t, tab, asks), " | ")
		if name := strings.TrimPrefix(said, "Ask "); name == said || !strings.HasPrefix(card, name) {
			t.Errorf("the bar says %q above the card of %q", said, card)
		}
	}
	wantAsks()
	home := "page " + browsertest.Eval[string](t, tab, `document.querySelector('header > div > a').textContent.replace(/\s+/g, ' ').trim()`)
	want(home + ", page Home, page Home") // the name at the top, the menu, and the bar of phones
	for _, tt := range []struct{ to, want string }{
		{`[...document.querySelectorAll('header nav a')].find((a) => a.textContent.trim() === 'Promises').href`, "page Promises"},
		{`[...document.querySelectorAll('footer a')].find((a) => a.textContent.trim() === 'History').href`, "page History"},
		{`document.querySelector('[data-standing] h1 a').href`, "true Notes"},
		{`document.querySelector('[data-standing] [data-dated] a').href`, "true Promises"},
	} {
		to := browsertest.Eval[string](t, tab, tt.to)
		e2e.Visit(t, tab, to, e2e.Inner)
		want(tt.want)
		wantAsks()
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home)
	}
}
