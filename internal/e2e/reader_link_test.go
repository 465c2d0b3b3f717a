package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// TestLinks is about links that meet something: letters of a mail program, or what
// is kept already.
func TestLinks(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	t.Run("letters after it", r.linkWithMore)
	t.Run("cut off", r.linkCutOff)
	t.Run("person stays", r.personStays)
	t.Run("dead and kept", r.deadLinkFallsBack)
}

func wantNoFragment(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	if address := browsertest.Eval[string](t, tab, `location.href`); strings.Contains(address, "#") {
		t.Errorf("the address is %s", address)
	}
}

func (r *reader) linkWithMore(t *testing.T) {
	t.Parallel()
	for _, more := range []string{".", ">", "%3E", "_", ")", "-.", "&x=y"} {
		tab, root := r.Tab(t)
		e2e.Visit(t, tab, root+r.Link+more, e2e.Home)
		wantNoFragment(t, tab)
	}
}

func (r *reader) linkCutOff(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	for _, link := range []string{r.Link[:len(r.Link)-3], "/" + r.Folder + "/#k="} {
		tab.Do(t, chromedp.Navigate("about:blank"))
		e2e.Visit(t, tab, root+link, e2e.Locked)
		wantNoFragment(t, tab)
		e2e.GateSays(t, tab, "This link does not open")
	}
}

// kept comes to who is kept, and for how many days.
func kept() string {
	return `(async () => (await ` + allKept("roots") + `).map((k) => k.holder + ' ' + Math.ceil((k.expires - Date.now()) / 86400000)).join())()`
}

func (r *reader) personStays(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)

	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	wantNoFragment(t, tab)
	if now := browsertest.Eval[string](t, tab, kept()); now != "person 7" {
		t.Errorf("after a link was opened, kept is %q", now)
	}

	// What does not open the portal any more gives way to a link that does.
	e2e.Run(t, tab, `const db = await `+store+`;
		const s = db.transaction('roots', 'readwrite').objectStore('roots');
		const [old] = await `+request(`s.getAll()`)+`;
		const root = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits', 'deriveKey']);
		await `+request(`db.transaction('roots', 'readwrite').objectStore('roots').put({ ...old, root })`)+`; db.close()`)
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	if now := browsertest.Eval[string](t, tab, kept()); now != "link 90" {
		t.Errorf("after a link took the place of what does not open, kept is %q", now)
	}
}

func (r *reader) deadLinkFallsBack(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	dead := "#k=" + strings.Repeat("A", 43)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+"/"+r.Folder+"/"+dead, e2e.Home)
	wantNoFragment(t, tab)
	if said := e2e.Text(t, tab, "#said"); said != "" {
		t.Errorf("the gate says %q", said)
	}

	// Pasted into the page while it is open, it changes nothing.
	e2e.Run(t, tab, `document.querySelector('#portal main').dataset.same = ''; location.hash = '`+dead+`.'`)
	e2e.Until(t, tab, `location.hash === ''`)
	e2e.Await(t, tab, e2e.Home+`[data-same]`)
}
