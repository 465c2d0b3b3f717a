package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// Who has opened a link inside a mail program can take it to another browser, where it opens the
// page again; the gate says where the link is, and after Lock it is nowhere.
func TestLinkIsTakenToAnotherBrowser(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	const offered = `document.querySelector('[data-elsewhere]').checkVisibility()`
	if !browsertest.Eval[bool](t, tab, offered) {
		t.Fatal("the link is not offered again")
	}
	e2e.Run(t, tab, `Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { globalThis.copied = text; } } });
		document.querySelector('[data-elsewhere] button').click()`)
	e2e.Until(t, tab, `globalThis.copied && document.querySelector('[data-elsewhere] [role=status]').textContent !== ''`)
	if got := browsertest.Eval[string](t, tab, `copied`); got != root+r.Link {
		t.Errorf("copied is %s, want %s", got, root+r.Link)
	}
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	said := browsertest.Eval[string](t, tab, `document.querySelector('[data-t=gate_by_link]').innerText`)
	if said == "" || browsertest.Eval[bool](t, tab, `document.getElementById('late').checkVisibility()`) {
		t.Errorf("the gate says %q of links, or that its script has not come", said)
	}
}

// A gate whose script does not come says so after a while, and what to do.
func TestGateWithoutItsScript(t *testing.T) {
	t.Parallel()
	r := e2e.NewReader(t)
	dir := r.Copy(t)
	scripts, err := filepath.Glob(filepath.Join(dir, "assets", "*", "*.js"))
	e2e.Check(t, err)
	deeper, err := filepath.Glob(filepath.Join(dir, "assets", "*", "*", "*.js"))
	e2e.Check(t, err)
	for _, name := range append(scripts, deeper...) {
		e2e.Check(t, os.Remove(name))
	}
	tab := r.Browser.Tab(t)
	e2e.Visit(t, tab, e2e.Host(t, dir)+"/"+r.Folder+"/", "#late")
	e2e.Run(t, tab, `document.getAnimations().forEach((animation) => animation.finish())`)
	e2e.Until(t, tab, `document.getElementById('late').checkVisibility({ visibilityProperty: true })`)
	if said := browsertest.Eval[string](t, tab, `document.getElementById('late').innerText`); !strings.Contains(said, "load the page again, or ask Pine Works") {
		t.Errorf("it says %q", said)
	}
}
