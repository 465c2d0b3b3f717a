package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
)

// A reader is what the tests of the published site share: one browser, one site.
type reader struct {
	browser    *browsertest.Tab
	out        string
	folder     string // of the portal of harbour
	passphrase string
	link       string // folder and fragment
	otherLink  string // the same of other
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{browser: browsertest.Open(t)}
	w := newWorld(t)
	r.passphrase = w.letIn(t, harbour, "zqmaria")
	r.folder = w.folder(t, harbour)
	r.link = "/" + r.folder + "/" + w.link(t, harbour)
	r.otherLink = "/" + w.folder(t, other) + "/" + w.link(t, other)
	r.out = w.publish(t)
	return r
}

func TestReader(t *testing.T) {
	r := newReader(t)
	t.Run("passphrase", r.passphraseOpens)
	t.Run("lock", r.lockCloses)
	t.Run("remembered", r.rememberedUntilItExpires)
	t.Run("this visit only", r.thisVisitOnly)
	t.Run("link", r.linkOpens)
	t.Run("dead link", r.deadLink)
	t.Run("two portals", r.portalsAreApart)
	t.Run("root page", r.rootPage)
	t.Run("no script", r.withoutScript)
	t.Run("frame", r.inFrame)
	t.Run("another path", r.atAnotherPath)
	t.Run("changed bytes", r.changedBytes)
}

// tab opens a tab and a host of the published site, which no other test has been to.
// In the end nothing must have complained.
func (r *reader) tab(t *testing.T) (tab *browsertest.Tab, root string) {
	t.Helper()
	return r.next(t, r.browser), host(t, r.out)
}

// next opens another tab of the same browser.
func (r *reader) next(t *testing.T, tab *browsertest.Tab) *browsertest.Tab {
	t.Helper()
	another := tab.Tab(t)
	t.Cleanup(func() { another.WantNoProblems(t) })
	return another
}

func (r *reader) passphraseOpens(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	wantSealed(t, tab)
	if said := text(t, tab, "#said"); said != "" {
		t.Errorf("the gate begins with %q", said)
	}

	enter(t, tab, "not the passphrase of this portal", 90)
	until(t, tab, `document.querySelector('#said[role=alert]').textContent.includes('not the passphrase')`)
	await(t, tab, locked)
	wantSealed(t, tab)
	if kept := browsertest.Eval[int](t, tab, storeSize); kept != 0 {
		t.Errorf("a wrong passphrase is kept: %d records", kept)
	}

	// As someone types who reads it from paper.
	enter(t, tab, "  "+strings.ToUpper(strings.ReplaceAll(r.passphrase, " ", "   ")), 90)
	await(t, tab, home)
	if title := browsertest.Get(t, tab, chromedp.Title()); !strings.Contains(title, "Zqharbour Ferries") {
		t.Errorf("the title is %q", title)
	}
	if left := browsertest.Eval[string](t, tab, `document.querySelector('#passphrase').value`); left != "" {
		t.Error("the passphrase is still in its field")
	}
	if focus := browsertest.Eval[string](t, tab, `document.activeElement.id`); focus != "main" {
		t.Errorf("the focus is on %q, not on the page", focus)
	}
	follow(t, tab)
	if shown := browsertest.Eval[bool](t, tab, `getComputedStyle(document.querySelector('#gate')).display !== 'none'`); shown {
		t.Error("the gate shows on the next page")
	}
	tab.Do(t, chromedp.Reload())
	await(t, tab, inner)
	if n := browsertest.Eval[int](t, tab, `document.cookie.length + localStorage.length`); n != 0 {
		t.Error("there is a cookie, or something in localStorage")
	}
	keysStayInside(t, tab)
}

func (r *reader) lockCloses(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
	beside := r.next(t, tab)
	visit(t, beside, root+"/"+r.folder+"/", home)
	follow(t, tab)
	run(t, tab, `document.body.dataset.second = ''`)
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, tab, locked)
	wantSealed(t, tab)
	if said := text(t, tab, "#said"); said != "Locked." {
		t.Errorf("the gate says %q", said)
	}
	if kept := browsertest.Eval[int](t, tab, storeSize); kept != 0 {
		t.Errorf("%d records are kept after Lock", kept)
	}

	// Another tab that is open closes too.
	await(t, beside, locked)
	wantSealed(t, beside)

	// Back to the page before: it was open when it was left.
	run(t, tab, `history.back()`)
	await(t, tab, `body[data-state="locked"]:not([data-second]) fieldset:enabled`)
	wantSealed(t, tab)
	visit(t, tab, root+"/"+r.folder+"/", locked)
}

func (r *reader) rememberedUntilItExpires(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	enter(t, tab, r.passphrase, 7)
	await(t, tab, home)
	days := browsertest.Eval[float64](t, tab, `(async () => {
		const [kept] = await `+allKept("roots")+`; return (kept.expires - Date.now()) / 86400000 })()`)
	if days < 6.9 || days > 7 {
		t.Errorf("it is kept for %.2f days, not a week", days)
	}

	again := r.next(t, tab)
	visit(t, again, root+"/"+r.folder+"/", home)
	keysStayInside(t, again)

	run(t, again, `const db = await `+store+`;
		const s = db.transaction('roots', 'readwrite').objectStore('roots');
		const [kept] = await `+request(`s.getAll()`)+`;
		await `+request(`s.put({ ...kept, expires: Date.now() - 1 })`)+`; db.close()`)
	later := r.next(t, tab)
	visit(t, later, root+"/"+r.folder+"/", locked)
	wantSealed(t, later)
	if kept := browsertest.Eval[int](t, later, storeSize); kept != 0 {
		t.Errorf("%d records have outlived their time", kept)
	}
}

func (r *reader) thisVisitOnly(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	enter(t, tab, r.passphrase, 0)
	await(t, tab, home)
	follow(t, tab)
	if n := browsertest.Eval[int](t, tab, `(async () => (await `+allKept("roots")+`).length)()`); n != 0 {
		t.Error("a root is kept beyond the visit")
	}
	keysStayInside(t, tab)
	another := r.next(t, tab)
	visit(t, another, root+"/"+r.folder+"/", locked)
	wantSealed(t, another)
	// The first tab's visit goes on.
	visit(t, tab, root+"/"+r.folder+"/", home)
}

func (r *reader) linkOpens(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
	if address := browsertest.Eval[string](t, tab, `location.href`); address != root+"/"+r.folder+"/" {
		t.Errorf("the address is %s", address)
	}
	entries := browsertest.Get(t, tab, chromedp.NavigationEntries())
	for _, e := range entries.Entries {
		if strings.Contains(e.URL, "#k=") {
			t.Error("the secret of the link is in the history")
		}
	}
	follow(t, tab)
	keysStayInside(t, tab)
	again := r.next(t, tab)
	visit(t, again, root+"/"+r.folder+"/", home)

	// The same link pasted into a page that is locked opens it there.
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, tab, locked)
	_, fragment, _ := strings.Cut(r.link, "#")
	run(t, tab, `location.hash = '`+fragment+`'`)
	await(t, tab, inner)
}

func (r *reader) deadLink(t *testing.T) {
	tab, root := r.tab(t)
	_, foreign, _ := strings.Cut(r.otherLink, "#")
	for _, fragment := range []string{foreign, "k=" + strings.Repeat("A", 43)} {
		tab.Do(t, chromedp.Navigate("about:blank"))
		visit(t, tab, root+"/"+r.folder+"/#"+fragment, locked)
		if said := text(t, tab, "#said"); !strings.HasPrefix(said, "This link does not open the page any more.") {
			t.Errorf("the gate says %q", said)
		}
		if hash := browsertest.Eval[string](t, tab, `location.hash`); hash != "" {
			t.Error("the secret of the link stays in the address")
		}
		wantSealed(t, tab)
	}
}

func (r *reader) portalsAreApart(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+r.link, home)
	folder, _, _ := strings.Cut(r.otherLink, "#")
	visit(t, tab, root+folder, locked)
	enter(t, tab, r.passphrase, 90)
	until(t, tab, `document.querySelector('#said').textContent.includes('not the passphrase')`)
	wantSealed(t, tab)
	visit(t, tab, root+r.otherLink, home)
	if strings.Contains(text(t, tab, "body"), "Zqharbour") {
		t.Error("one client's portal names another")
	}
	visit(t, tab, root+"/"+r.folder+"/", home) // the first is still kept
}

func (r *reader) rootPage(t *testing.T) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/", `body[data-state="root"]`)
	if all := text(t, tab, "body"); !strings.Contains(all, "Pine Works") || strings.Contains(strings.ToLower(all), "zq") {
		t.Errorf("the root page says %q", all)
	}
	if links := browsertest.Eval[string](t, tab, `[...document.links].map((a) => a.protocol).join()`); links != "mailto:,tel:" {
		t.Errorf("the links of the root page are %s", links)
	}
}
