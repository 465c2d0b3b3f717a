package e2e_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// Scripts that make a browser refuse what a page would keep itself in.
const (
	noStore   = `Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });`
	noSession = `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`
	muteStore = `IDBFactory.prototype.open = () => ({});`
)

// impatient makes a page that waits for seconds wait a moment instead, where a test knows
// that what it waits for does not come.
const impatient = `{ const real = setTimeout;
	globalThis.setTimeout = (act, wait, ...more) => real(act, wait >= 1000 ? 20 : wait, ...more); }`

// TestLock is about Lock being final, whatever goes on at that moment.
func TestLock(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	t.Run("while another tab opens", r.lockEndsAnOpening)
	t.Run("what another tab holds", r.lockReachesAnotherTab)
	t.Run("with a slow store", r.lockHidesFirst)
	t.Run("and closed before it is done", r.lockOutlivesThePage)
}

func (r *reader) lockEndsAnOpening(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	beside := r.Next(t, tab)
	e2e.Visit(t, beside, root+r.Link, e2e.Home)
	e2e.Run(t, tab, `document.querySelector('#passphrase').value = '`+r.Passphrase+`'; document.querySelector('form').requestSubmit()`)
	tab.Do(t, chromedp.WaitReady(chromedp.CSS(`fieldset:disabled`)))
	e2e.Run(t, beside, `document.querySelector('[data-lock]').click()`)
	e2e.Await(t, tab, e2e.Locked)
	if left := browsertest.Eval[string](t, tab, `document.querySelector('#passphrase').value`); left != "" {
		t.Error("the passphrase is still in its field")
	}

	// By the end of another run of the same length the first one has ended.
	e2e.Enter(t, tab, "not the passphrase of this portal", 90)
	e2e.Until(t, tab, `document.querySelector('#mistake').textContent.includes('not the passphrase')`)
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
	keepsNothing(t, tab)
	e2e.Enter(t, tab, r.Passphrase, 90)
	e2e.Await(t, tab, e2e.Home)
}

func (r *reader) lockReachesAnotherTab(t *testing.T) {
	t.Parallel()
	root := e2e.Host(t, r.Out)
	tabs := [2]*browsertest.Tab{e2e.Prepared(t, r.Browser, noStore), e2e.Prepared(t, r.Browser, noStore)}
	for _, tab := range tabs {
		t.Cleanup(func() { tab.WantNoProblems(t) })
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
		e2e.Enter(t, tab, r.Passphrase, 90)
		e2e.Await(t, tab, e2e.Home)
		e2e.Follow(t, tab) // without a store it goes on by what the tab holds
	}
	tabs[1].Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	for _, tab := range tabs {
		e2e.Await(t, tab, e2e.Locked)
		if n := browsertest.Eval[int](t, tab, `sessionStorage.length`); n != 0 {
			t.Errorf("a tab holds %d records after Lock", n)
		}
		tab.Do(t, chromedp.Reload())
		e2e.Await(t, tab, e2e.Locked)
		e2e.WantSealed(t, tab)
	}
}

func (r *reader) lockHidesFirst(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	e2e.Run(t, tab, muteStore+`document.querySelector('[data-lock]').click()`)
	if state := browsertest.Eval[string](t, tab, `document.body.dataset.state`); state != "locked" {
		t.Errorf("while the store takes its time the page is %s", state)
	}
	e2e.WantSealed(t, tab)
}

// A page that is closed before the store has heard of Lock has locked all the same.
func (r *reader) lockOutlivesThePage(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	e2e.Run(t, tab, muteStore+`document.querySelector('[data-lock]').click()`)
	tab.Do(t, chromedp.Navigate("about:blank"))

	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.WantSealed(t, tab)
	keepsNothing(t, tab)
	inTime(t, tab, `localStorage.length === 0`)
	e2e.Enter(t, tab, r.Passphrase, 90)
	e2e.Await(t, tab, e2e.Home)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home)
}
