package pages

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// spaced sets the distances that WCAG 2.2 (1.4.12) asks a page to bear.
const spaced = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
		+ ' p { margin-block-end: 2em !important }');
	document.adoptedStyleSheets = [sheet];
})()`

// sideways is by how many pixels the page that is open is wider than its window.
const sideways = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

// A window of 1280 pixels at 400 % has 320: no page of any kind scrolls sideways there, in the language with
// the longest words, and with text that is set wide.
func TestZoomAndTextSpacing(t *testing.T) {
	t.Parallel()
	const id = "two-ovens"
	b, w := browsertest.Open(t), newSamples(t, "de")
	link := w.PortalLink(t, id)
	root := e2e.Host(t, w.Publish(t, id))
	tab := b.Tab(t)
	phone(t, tab, 320, 256)
	e2e.Visit(t, tab, root+link, e2e.Home)
	seen, paths := []string{}, append([]string{strings.Split(link, "#")[0]}, pagesFrom(t, tab)...)
	for i := 0; i < len(paths) && len(seen) < len(kinds); i++ {
		e2e.Visit(t, tab, root+paths[i], e2e.Open)
		for _, path := range pagesFrom(t, tab) {
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
		kind := kindOf(t, tab)
		if slices.Contains(seen, kind) {
			continue
		}
		seen = append(seen, kind)
		e2e.Run(t, tab, `document.querySelectorAll('details').forEach((d) => { d.open = true })`)
		if by := browsertest.Eval[int](t, tab, sideways); by > 0 {
			t.Errorf("at 400 %% %s scrolls sideways by %d pixels", kind, by)
		}
		e2e.Run(t, tab, spaced)
		if by := browsertest.Eval[int](t, tab, sideways); by > 0 {
			t.Errorf("with text set wide %s scrolls sideways by %d pixels", kind, by)
		}
	}
	if len(seen) < len(kinds) {
		t.Errorf("only %q were looked at", seen)
	}
	e2e.Run(t, tab, `document.querySelector('#main').style.minWidth = '400px'`)
	if browsertest.Eval[int](t, tab, sideways) <= 0 {
		t.Error("a page that is too wide is not found")
	}
}
