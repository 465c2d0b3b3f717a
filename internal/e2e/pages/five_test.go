package pages

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// newSamples makes a site of the program's samples in a language, with a key of its own. Their
// clock stands still.
func newSamples(t *testing.T, language string) *e2e.World {
	t.Helper()
	w := e2e.NewWorld(t)
	data := filepath.Join(w.Dir, "data")
	e2e.Check(t, os.RemoveAll(data))
	e2e.Check(t, os.CopyFS(data, os.DirFS("../../sample/data")))
	e2e.Check(t, os.RemoveAll(filepath.Join(data, "access")))
	// A byte more, and they are not the samples, which only their public key seals.
	w.Write(t, site.ProviderFile, "language = \""+language+"\"\n"+strings.Replace(w.Read(t, site.ProviderFile), "language = \"en\"\n", "", 1))
	return w
}

// phone gives a tab the size of a small phone, less the browser's own bars.
func phone(t *testing.T, tab *browsertest.Tab, width, height int64) {
	t.Helper()
	tab.Do(t, chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

// seenAt looks for elements that a selector names, and says why a reader does not see
// the first of them that shows, all of it, without scrolling; "" where they do.
const seenAt = `((selector) => {
	const node = [...document.querySelectorAll(selector)].find((n) => n.getClientRects().length > 0);
	if (!node) return 'is not there';
	const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
	if (top < 0 || left < 0 || right > innerWidth || bottom > innerHeight || scrollY > 0) {
		return 'stands at ' + [left, top, right, bottom].map(Math.round) + ' of ' + [innerWidth, innerHeight];
	}
	for (const y of [top + 2, top + height / 2, bottom - 2]) {
		const over = document.elementFromPoint(left + width / 2, y);
		if (!node.contains(over) && !over?.contains(node)) return 'is covered by ' + over?.outerHTML.slice(0, 60);
	}
	return node.textContent.trim() ? '' : 'says nothing';
})`

// The five seconds: what a client wants to know stands on the first screen.
var fiveSeconds = []struct{ what, selector string }{
	{"how it stands, in a word", "[data-standing] [data-is]"},
	{"the headline", "[data-standing] h1 a"},
	{"when it was said", "[data-standing] dd > time"},
	{"when the next word comes", "[data-standing] div[data-until]:last-child time"},
	{"whose turn it is", "#turn-h"},
	{"what comes next from us", "[data-standing] [data-dated]"},
	{"a way to reach a person", `nav [href="#reach"]`},
}

func TestFiveSeconds(t *testing.T) {
	t.Parallel()
	browser, links := browsertest.Open(t), map[string]string{}
	for _, language := range []string{"en", "de"} { // German has the longer words
		w := newSamples(t, language)
		for _, id := range sample.IDs() {
			links[id+" "+language] = w.PortalLink(t, id)
		}
		root := e2e.Host(t, w.Publish(t))
		for _, id := range sample.IDs() {
			links[id+" "+language] = root + links[id+" "+language]
		}
	}
	for name, link := range links {
		t.Run(name, func(t *testing.T) {
			tab := browser.Tab(t)
			phone(t, tab, 375, 550)
			e2e.Visit(t, tab, link, e2e.Home)
			for _, part := range fiveSeconds {
				if why := browsertest.Eval[string](t, tab, fmt.Sprintf(`%s(%q)`, seenAt, part.selector)); why != "" {
					t.Errorf("%s (%s) %s", part.what, part.selector, why)
				}
			}
			tab.WantNoProblems(t)
		})
	}
	// What is below the fold, or behind something, must be found to be so.
	t.Run("what is not seen", func(t *testing.T) {
		tab := browser.Tab(t)
		phone(t, tab, 375, 550)
		e2e.Visit(t, tab, links["two-ovens en"], e2e.Home)
		e2e.Run(t, tab, `document.querySelector('.bar').style.cssText = 'position: fixed; inset: 0';
			document.querySelector('[data-standing] h1').remove()`)
		for selector, want := range map[string]string{
			"#turn-h": "is covered by", ".foot p": "stands at", "[data-standing] h1 a": "is not there",
		} {
			if why := browsertest.Eval[string](t, tab, fmt.Sprintf(`%s(%q)`, seenAt, selector)); len(why) < len(want) || why[:len(want)] != want {
				t.Errorf("of %s it is said that it %q, want %q", selector, why, want)
			}
		}
	})
}
