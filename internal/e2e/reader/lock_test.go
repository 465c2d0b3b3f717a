package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// Scripts that make a browser refuse what a page would keep itself in.
const (
	noStore   = `Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });`
	noSession = `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`
	muteStore = `IDBFactory.prototype.open = () => ({});`
)

// TestLock is about Lock being final, whatever goes on at that moment.
func TestLock(t *testing.T) {
	r := newReader(t)
	t.Run("while another tab opens", r.lockEndsAnOpening)
	t.Run("what another tab holds", r.lockReachesAnotherTab)
	t.Run("with a slow store", r.lockHidesFirst)
}

func (r *reader) lockEndsAnOpening(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	beside := r.next(t, tab)
	visit(t, beside, root+r.link, home)
	run(t, tab, `document.querySelector('#passphrase').value = '`+r.passphrase+`'; document.querySelector('form').requestSubmit()`)
	tab.Do(t, chromedp.WaitReady(chromedp.CSS(`fieldset:disabled`)))
	run(t, beside, `document.querySelector('[data-lock]').click()`)
	await(t, tab, locked)
	if left := browsertest.Eval[string](t, tab, `document.querySelector('#passphrase').value`); left != "" {
		t.Error("the passphrase is still in its field")
	}

	// By the end of another run of the same length the first one has ended.
	enter(t, tab, "not the passphrase of this portal", 90)
	until(t, tab, `document.querySelector('#said').textContent.includes('not the passphrase')`)
	await(t, tab, locked)
	wantSealed(t, tab)
	if kept := browsertest.Eval[int](t, tab, storeSize); kept != 0 {
		t.Errorf("%d records are kept after Lock", kept)
	}
	enter(t, tab, r.passphrase, 90)
	await(t, tab, home)
}

func (r *reader) lockReachesAnotherTab(t *testing.T) {
	root := host(t, r.out)
	tabs := [2]*browsertest.Tab{prepared(t, r.browser, noStore), prepared(t, r.browser, noStore)}
	for _, tab := range tabs {
		t.Cleanup(func() { tab.WantNoProblems(t) })
		visit(t, tab, root+"/"+r.folder+"/", locked)
		enter(t, tab, r.passphrase, 90)
		await(t, tab, home)
		follow(t, tab) // without a store it goes on by what the tab holds
	}
	tabs[1].Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	for _, tab := range tabs {
		await(t, tab, locked)
		if n := browsertest.Eval[int](t, tab, `sessionStorage.length`); n != 0 {
			t.Errorf("a tab holds %d records after Lock", n)
		}
		tab.Do(t, chromedp.Reload())
		await(t, tab, locked)
		wantSealed(t, tab)
	}
}

func (r *reader) lockHidesFirst(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
	run(t, tab, muteStore+`document.querySelector('[data-lock]').click()`)
	if state := browsertest.Eval[string](t, tab, `document.body.dataset.state`); state != "locked" {
		t.Errorf("while the store takes its time the page is %s", state)
	}
	wantSealed(t, tab)
}
