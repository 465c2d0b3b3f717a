package e2e_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

const (
	noChannel = `Object.defineProperty(window, 'BroadcastChannel', { value: class { constructor() { throw new DOMException('no', 'SecurityError'); } } });`
	// full is a device on which there is no room for anything.
	full = `for (const [of, name] of [[IDBObjectStore, 'put'], [Storage, 'setItem']]) {
		of.prototype[name] = () => { throw new DOMException('full', 'QuotaExceededError'); };
	}`
	// noZones is a browser that has never heard of the client's zone, noLanguages one
	// that knows English alone.
	noZones = `Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
		constructor(lang, how = {}) { if (![undefined, 'UTC'].includes(how.timeZone)) throw new RangeError('zone'); super(lang, how); }
	};`
	noLanguages = `Intl.RelativeTimeFormat = class extends Intl.RelativeTimeFormat {
		constructor(lang, how) { if (!/^en\b/.test(lang)) throw new RangeError('lang'); super(lang, how); }
	};`
)

// TestHardship opens a portal in browsers that refuse this or that: it opens all the
// same, and never blames the page.
func TestHardship(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	for name, script := range map[string]string{
		"no store":            noStore,
		"no session storage":  noSession,
		"nothing at all":      noStore + noSession + noChannel,
		"store says nothing":  impatient + muteStore,
		"store and no tab":    impatient + muteStore + noSession,
		"full":                full,
		"unknown zone":        noZones,
		"unknown language":    noLanguages,
		"languages undefined": `Object.defineProperty(navigator, 'languages', { value: undefined });`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab, root := e2e.Prepared(t, r.Browser, script), e2e.Host(t, r.Out)
			t.Cleanup(func() { tab.WantNoProblems(t) })
			e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
			if said := e2e.Text(t, tab, "#said"); said != "" {
				t.Errorf("the gate begins with %q", said)
			}
			e2e.Enter(t, tab, r.Passphrase, 90)
			e2e.Await(t, tab, e2e.Home)
			tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
			e2e.Await(t, tab, e2e.Locked)
			e2e.WantSealed(t, tab)

			tab.Do(t, chromedp.Navigate("about:blank"))
			e2e.Visit(t, tab, root+r.Link, e2e.Home)
			if hash := browsertest.Eval[string](t, tab, `location.hash`); hash != "" {
				t.Error("the secret of the link stays in the address")
			}
		})
	}
	t.Run("another language", func(t *testing.T) {
		t.Parallel()
		tab, root := e2e.Prepared(t, r.Browser, `Object.defineProperty(navigator, 'languages', { value: ['de-AT'] })`), e2e.Host(t, r.Out)
		gate := func(want string) {
			t.Helper()
			if lang := browsertest.Eval[string](t, tab, `document.querySelector('#gate').lang`); lang != want {
				t.Errorf("the gate speaks %q, want %q", lang, want)
			}
		}
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
		gate("de")
		e2e.Enter(t, tab, r.Passphrase, 0)
		e2e.Await(t, tab, e2e.Home)
		tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
		e2e.Await(t, tab, e2e.Locked)
		gate("en") // as the page did
	})
	t.Run("no words for days", func(t *testing.T) {
		t.Parallel()
		tab, root := e2e.Prepared(t, r.Browser, `delete Intl.RelativeTimeFormat`), e2e.Host(t, r.Out) // it complains, and should
		e2e.Visit(t, tab, root+r.Link, e2e.Home)
	})
	t.Run("start fails", func(t *testing.T) {
		t.Parallel()
		tab, root := e2e.Prepared(t, r.Browser, `History.prototype.replaceState = () => { throw new DOMException('no', 'SecurityError'); }`), e2e.Host(t, r.Out) // the same
		e2e.Visit(t, tab, root+r.Link, e2e.Locked)
		e2e.WantSealed(t, tab)
		e2e.Enter(t, tab, r.Passphrase, 90)
		e2e.Await(t, tab, e2e.Home)
	})
}
