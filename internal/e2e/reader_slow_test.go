package e2e_test

import (
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// slowStore is a browser whose store does not say that it is open before it is let.
const slowStore = `{
	const answers = new Promise((done) => { globalThis.letItAnswer = done; });
	const { set } = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess');
	Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', { set(act) { set.call(this, () => answers.then(act)); } });
}`

// TestSlowStore is about a device that is so busy that what it keeps comes after the
// gate: the reader is let in all the same, and not while typing.
func TestSlowStore(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	slow := func(t *testing.T) *browsertest.Tab {
		t.Helper()
		tab, root := r.Tab(t)
		e2e.Visit(t, tab, root+r.Link, e2e.Home)
		slow := e2e.Prepared(t, r.Browser, impatient+slowStore)
		t.Cleanup(func() { slow.WantNoProblems(t) })
		e2e.Visit(t, slow, root+"/"+r.Folder+"/", e2e.Locked)
		e2e.WantSealed(t, slow)
		return slow
	}
	t.Run("opens", func(t *testing.T) {
		t.Parallel()
		tab := slow(t)
		e2e.Run(t, tab, `letItAnswer()`)
		e2e.Await(t, tab, e2e.Home)
	})
	t.Run("a visit", func(t *testing.T) {
		t.Parallel()
		tab, root := e2e.Prepared(t, r.Browser, `if (window.name === 'slow') {`+impatient+slowStore+`}`), e2e.Host(t, r.Out)
		t.Cleanup(func() { tab.WantNoProblems(t) })
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
		e2e.Enter(t, tab, r.Passphrase, 0)
		e2e.Await(t, tab, e2e.Home)
		e2e.Run(t, tab, `window.name = 'slow'`)
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
		e2e.Run(t, tab, `letItAnswer()`)
		e2e.Await(t, tab, e2e.Home)
	})
	t.Run("does not interrupt", func(t *testing.T) {
		t.Parallel()
		tab := slow(t)
		e2e.Run(t, tab, `
			globalThis.opened = false;
			new MutationObserver(() => { opened ||= document.body.dataset.state === 'open'; }).observe(document.body, { attributes: true });
			document.querySelector('#passphrase').value = 'zqnot the passphrase of this portal';
			letItAnswer();
			document.querySelector('#unlock').requestSubmit()`)
		// A passphrase takes longer to be tried than what is kept.
		e2e.Until(t, tab, `document.querySelector('#mistake').textContent.includes('not the passphrase')`)
		if browsertest.Eval[bool](t, tab, `opened`) {
			t.Error("the portal opened under the hands of somebody who typed")
		}
	})
}
