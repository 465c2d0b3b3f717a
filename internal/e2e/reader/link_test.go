package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// TestLinks is about links that meet something: letters of a mail program, or what
// is kept already.
func TestLinks(t *testing.T) {
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
	for _, more := range []string{".", ">", "%3E", "_", ")", "-.", "&x=y"} {
		tab, root := r.tab(t)
		visit(t, tab, root+r.link+more, home)
		wantNoFragment(t, tab)
	}
}

func (r *reader) linkCutOff(t *testing.T) {
	tab, root := r.tab(t)
	for _, link := range []string{r.link[:len(r.link)-3], "/" + r.folder + "/#k="} {
		tab.Do(t, chromedp.Navigate("about:blank"))
		visit(t, tab, root+link, locked)
		wantNoFragment(t, tab)
		if said := text(t, tab, "#said"); !strings.HasPrefix(said, "This link does not open") {
			t.Errorf("the gate says %q", said)
		}
	}
}

// kept comes to who is kept, and for how many days.
func kept() string {
	return `(async () => (await ` + allKept("roots") + `).map((k) => k.holder + ' ' + Math.ceil((k.expires - Date.now()) / 86400000)).join())()`
}

func (r *reader) personStays(t *testing.T) {
	tab, root := r.tab(t)

	visit(t, tab, root+"/"+r.folder+"/", locked)
	enter(t, tab, r.passphrase, 7)
	await(t, tab, home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	visit(t, tab, root+r.link, home)
	wantNoFragment(t, tab)
	if now := browsertest.Eval[string](t, tab, kept()); now != "person 7" {
		t.Errorf("after a link was opened, kept is %q", now)
	}

	// What does not open the portal any more gives way to a link that does.
	run(t, tab, `const db = await `+store+`;
		const s = db.transaction('roots', 'readwrite').objectStore('roots');
		const [old] = await `+request(`s.getAll()`)+`;
		const root = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits', 'deriveKey']);
		await `+request(`db.transaction('roots', 'readwrite').objectStore('roots').put({ ...old, root })`)+`; db.close()`)
	tab.Do(t, chromedp.Navigate("about:blank"))
	visit(t, tab, root+r.link, home)
	if now := browsertest.Eval[string](t, tab, kept()); now != "link 90" {
		t.Errorf("after a link took the place of what does not open, kept is %q", now)
	}
}

func (r *reader) deadLinkFallsBack(t *testing.T) {
	tab, root := r.tab(t)
	dead := "#k=" + strings.Repeat("A", 43)
	visit(t, tab, root+r.link, home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	visit(t, tab, root+"/"+r.folder+"/"+dead, home)
	wantNoFragment(t, tab)
	if said := text(t, tab, "#said"); said != "" {
		t.Errorf("the gate says %q", said)
	}

	// Pasted into the page while it is open, it changes nothing.
	run(t, tab, `document.querySelector('#portal main').dataset.same = ''; location.hash = '`+dead+`.'`)
	until(t, tab, `location.hash === ''`)
	await(t, tab, home+`[data-same]`)
}
