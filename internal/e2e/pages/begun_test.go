package pages

import (
	"slices"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A portal that has just begun names everybody of the provider's, and each of them once.
func TestWhoIsWhoNamesEachOnce(t *testing.T) {
	t.Parallel()
	w := newSamples(t, "en")
	w.Write(t, site.ClientFile("zqnew"), `client = "Zqnew"`)
	link := w.PortalLink(t, "zqnew")
	tab := browsertest.Open(t).Tab(t)
	e2e.Visit(t, tab, e2e.Host(t, w.Publish(t, "zqnew"))+link, e2e.Home)
	const named = `[...document.querySelectorAll('#main .person b')].map((name) => name.textContent).sort()`
	got, want := browsertest.Eval[[]string](t, tab, named), []string{"Bea Lindqvist", "Ruth Ansell", "Tomasz Wilk"}
	if !slices.Equal(got, want) {
		t.Errorf("Home names %q, want %q", got, want)
	}
}
