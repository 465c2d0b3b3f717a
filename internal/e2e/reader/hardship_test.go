package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
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
		constructor(lang, how) { if (lang !== 'en') throw new RangeError('lang'); super(lang, how); }
	};`
)

// TestHardship opens a portal in browsers that refuse this or that: it opens all the
// same, and never blames the page.
func TestHardship(t *testing.T) {
	r := newReader(t)
	for name, script := range map[string]string{
		"no store":            noStore,
		"no session storage":  noSession,
		"nothing at all":      noStore + noSession + noChannel,
		"store says nothing":  muteStore,
		"store and no tab":    muteStore + noSession,
		"full":                full,
		"unknown zone":        noZones,
		"unknown language":    noLanguages,
		"languages undefined": `Object.defineProperty(navigator, 'languages', { value: undefined });`,
	} {
		t.Run(name, func(t *testing.T) {
			tab, root := prepared(t, r.browser, script), host(t, r.out)
			t.Cleanup(func() { tab.WantNoProblems(t) })
			visit(t, tab, root+"/"+r.folder+"/", locked)
			if said := text(t, tab, "#said"); said != "" {
				t.Errorf("the gate begins with %q", said)
			}
			enter(t, tab, r.passphrase, 90)
			await(t, tab, home)
			tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
			await(t, tab, locked)
			wantSealed(t, tab)

			tab.Do(t, chromedp.Navigate("about:blank"))
			visit(t, tab, root+r.link, home)
			if hash := browsertest.Eval[string](t, tab, `location.hash`); hash != "" {
				t.Error("the secret of the link stays in the address")
			}
		})
	}
	t.Run("no words for days", func(t *testing.T) {
		tab, root := prepared(t, r.browser, `delete Intl.RelativeTimeFormat`), host(t, r.out) // it complains, and should
		visit(t, tab, root+r.link, home)
	})
	t.Run("start fails", func(t *testing.T) {
		tab, root := prepared(t, r.browser, `History.prototype.replaceState = () => { throw new DOMException('no', 'SecurityError'); }`), host(t, r.out) // the same
		visit(t, tab, root+r.link, locked)
		wantSealed(t, tab)
		enter(t, tab, r.passphrase, 90)
		await(t, tab, home)
	})
}
