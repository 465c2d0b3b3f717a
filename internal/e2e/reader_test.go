package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// A reader is one whose steps are the tests below.
type reader struct{ *e2e.Reader }

func newReader(t *testing.T) *reader {
	t.Helper()
	return &reader{e2e.NewReader(t)}
}

func TestReader(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	t.Run("passphrase", r.passphraseOpens)
	t.Run("lock", r.lockCloses)
	t.Run("remembered", r.rememberedUntilItExpires)
	t.Run("this visit only", r.thisVisitOnly)
	t.Run("a visit ends", r.visitEnds)
	t.Run("link", r.linkOpens)
	t.Run("dead link", r.deadLink)
	t.Run("two portals", r.portalsAreApart)
	t.Run("root page", r.rootPage)
	t.Run("no script", r.withoutScript)
	t.Run("frame", r.inFrame)
	t.Run("another path", r.atAnotherPath)
	t.Run("changed bytes", r.changedBytes)
}

func (r *reader) passphraseOpens(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.WantSealed(t, tab)
	if said := e2e.Text(t, tab, "#said"); said != "" {
		t.Errorf("the gate begins with %q", said)
	}

	e2e.Enter(t, tab, "not the passphrase of this portal", 90)
	e2e.Until(t, tab, `document.querySelector('#mistake[role=alert]').textContent.includes('not the passphrase')`)
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
	keepsNothing(t, tab)
	wantAskedAgain(t, tab)

	// As someone types who reads it from paper.
	e2e.Enter(t, tab, "  "+strings.ToUpper(strings.ReplaceAll(r.Passphrase, " ", "   ")), 90)
	e2e.Await(t, tab, e2e.Home)
	if title := browsertest.Get(t, tab, chromedp.Title()); !strings.Contains(title, "Zqharbour Ferries") {
		t.Errorf("the title is %q", title)
	}
	if left := browsertest.Eval[string](t, tab, `document.querySelector('#passphrase').value`); left != "" {
		t.Error("the passphrase is still in its field")
	}
	if mains := browsertest.Eval[int](t, tab, `document.querySelectorAll('main:not([hidden], [hidden] *)').length`); mains != 1 {
		t.Errorf("%d mains can be read", mains)
	}
	if focus := browsertest.Eval[string](t, tab, `document.activeElement.id`); focus != "main" {
		t.Errorf("the focus is on %q, not on the page", focus)
	}
	e2e.Follow(t, tab)
	if shown := browsertest.Eval[bool](t, tab, `getComputedStyle(document.querySelector('#gate')).display !== 'none'`); shown {
		t.Error("the gate shows on the next page")
	}
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, e2e.Inner)
	if n := browsertest.Eval[int](t, tab, `document.cookie.length + localStorage.length`); n != 0 {
		t.Error("there is a cookie, or something in localStorage")
	}
	keysStayInside(t, tab)
}

// wantAskedAgain wants that a mistake is told at its field, which has the focus and what was
// typed, that this can be shown, and that it is told no longer once somebody types.
func wantAskedAgain(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	const field = `(() => { const f = document.querySelector('#passphrase');
		const told = f.getAttribute('aria-describedby').split(' ').some((id) => document.getElementById(id).textContent.includes('not the passphrase'));
		return [document.activeElement.id, f.value, f.type, f.getAttribute('aria-invalid'), told, document.querySelector('#show').getAttribute('aria-pressed')].join(', ') })()`
	want := func(want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, tab, field); got != want {
			t.Errorf("the field is %q, want %q", got, want)
		}
	}
	want("passphrase, not the passphrase of this portal, password, true, true, false")
	tab.Do(t, chromedp.Click(chromedp.CSS("#show")))
	want("show, not the passphrase of this portal, text, true, true, true")
	// Where the browser puts the cursor of a field whose type has changed is not for this test to say.
	e2e.Run(t, tab, `document.querySelector('#passphrase').setSelectionRange(99, 99)`)
	tab.Do(t, chromedp.SendKeys(chromedp.CSS("#passphrase"), "!"))
	want("passphrase, not the passphrase of this portal!, text, , false, true")
	if seen := browsertest.Eval[bool](t, tab, `document.body.innerText.includes(document.querySelector('#who').value)`); seen {
		t.Error("the token of the portal can be read at the gate")
	}
}

func (r *reader) lockCloses(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	beside := r.Next(t, tab)
	e2e.Visit(t, beside, root+"/"+r.Folder+"/", e2e.Home)
	e2e.Follow(t, tab)
	e2e.Run(t, tab, `document.body.dataset.second = ''`)
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
	e2e.GateSays(t, tab, "Locked.")
	keepsNothing(t, tab)

	// Another tab that is open closes too.
	e2e.Await(t, beside, e2e.Locked)
	e2e.WantSealed(t, beside)

	// Back to the page before: it was open when it was left.
	travel(t, tab, "back", `body[data-state="locked"]:not([data-second]) fieldset:enabled`)
	e2e.WantSealed(t, tab)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
}

func (r *reader) rememberedUntilItExpires(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	days := browsertest.Eval[float64](t, tab, `(async () => {
		const [kept] = await `+allKept("roots")+`; return (kept.expires - Date.now()) / 86400000 })()`)
	if days < 6.9 || days > 7 {
		t.Errorf("it is kept for %.2f days, not a week", days)
	}

	again := r.Next(t, tab)
	e2e.Visit(t, again, root+"/"+r.Folder+"/", e2e.Home)
	keysStayInside(t, again)

	e2e.Run(t, again, `const db = await `+store+`;
		const s = db.transaction('roots', 'readwrite').objectStore('roots');
		const [kept] = await `+request(`s.getAll()`)+`;
		await `+request(`s.put({ ...kept, expires: Date.now() - 1 })`)+`; db.close()`)
	later := r.Next(t, tab)
	e2e.Visit(t, later, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.WantSealed(t, later)
	keepsNothing(t, later)
}

func (r *reader) thisVisitOnly(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 0)
	e2e.Await(t, tab, e2e.Home)
	e2e.Follow(t, tab)
	if n := browsertest.Eval[int](t, tab, `(async () => (await `+allKept("roots")+`).length)()`); n != 0 {
		t.Error("a root is kept beyond the visit")
	}
	keysStayInside(t, tab)
	another := r.Next(t, tab)
	e2e.Visit(t, another, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.WantSealed(t, another)
	// The first tab's visit goes on.
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home)
}

// A browser brings a closed tab back with what it held, so a visit ends a while after the
// last page of it.
func (r *reader) visitEnds(t *testing.T) {
	t.Parallel()
	later := ""
	for name, after := range map[string]time.Duration{"soon": 90 * time.Minute, "then": 170 * time.Minute, "late": 5 * time.Hour} {
		later += fmt.Sprintf("if (window.name === %q) %s;\n", name, e2e.MovedClock(time.Now().Add(after).Format(time.RFC3339)))
	}
	tab, root := e2e.Prepared(t, r.Browser, later), e2e.Host(t, r.Out)
	t.Cleanup(func() { tab.WantNoProblems(t) })
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 0)
	e2e.Await(t, tab, e2e.Home)
	for _, next := range []struct{ name, state string }{{"soon", e2e.Home}, {"then", e2e.Home}, {"late", e2e.Locked}} {
		e2e.Run(t, tab, `window.name = '`+next.name+`'`)
		e2e.Visit(t, tab, root+"/"+r.Folder+"/", next.state)
		// What lasts on is written after the page shows.
		e2e.Until(t, tab, `(`+allKept("visits")+`).then((all) => all.every((v) => v.expires > Date.now() + 100 * 60 * 1000))`)
	}
}

func (r *reader) linkOpens(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	if address := browsertest.Eval[string](t, tab, `location.href`); address != root+"/"+r.Folder+"/" {
		t.Errorf("the address is %s", address)
	}
	entries := browsertest.Get(t, tab, chromedp.NavigationEntries())
	for _, e := range entries.Entries {
		if strings.Contains(e.URL, "#k=") {
			t.Error("the secret of the link is in the history")
		}
	}
	e2e.Follow(t, tab)
	keysStayInside(t, tab)
	again := r.Next(t, tab)
	e2e.Visit(t, again, root+"/"+r.Folder+"/", e2e.Home)

	// The same link pasted into a page that is locked opens it there.
	tab.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	_, fragment, _ := strings.Cut(r.Link, "#")
	e2e.Run(t, tab, `location.hash = '`+fragment+`'`)
	e2e.Await(t, tab, e2e.Inner)
}

func (r *reader) deadLink(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	_, foreign, _ := strings.Cut(r.OtherLink, "#")
	for _, fragment := range []string{foreign, "k=" + strings.Repeat("A", 43)} {
		tab.Do(t, chromedp.Navigate("about:blank"))
		e2e.Visit(t, tab, root+"/"+r.Folder+"/#"+fragment, e2e.Locked)
		e2e.GateSays(t, tab, "This link does not open the page any more.")
		if hash := browsertest.Eval[string](t, tab, `location.hash`); hash != "" {
			t.Error("the secret of the link stays in the address")
		}
		e2e.WantSealed(t, tab)
	}
}

func (r *reader) portalsAreApart(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+r.Link, e2e.Home)
	folder, _, _ := strings.Cut(r.OtherLink, "#")
	e2e.Visit(t, tab, root+folder, e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 90)
	e2e.Until(t, tab, `document.querySelector('#mistake').textContent.includes('not the passphrase')`)
	e2e.WantSealed(t, tab)
	e2e.Visit(t, tab, root+r.OtherLink, e2e.Home)
	if strings.Contains(e2e.Text(t, tab, "body"), "Zqharbour") {
		t.Error("one client's portal names another")
	}
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home) // the first is still kept
}

func (r *reader) rootPage(t *testing.T) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/", `body[data-state="root"]`)
	if all := e2e.Text(t, tab, "body"); !strings.Contains(all, "Pine Works") || strings.Contains(strings.ToLower(all), "zq") {
		t.Errorf("the root page says %q", all)
	}
	if links := browsertest.Eval[string](t, tab, `[...document.links].map((a) => a.protocol).join()`); links != "mailto:,tel:" {
		t.Errorf("the links of the root page are %s", links)
	}
}
