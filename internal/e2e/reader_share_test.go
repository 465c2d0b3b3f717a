package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/access"
	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// TestShare is about links to one page.
func TestShare(t *testing.T) {
	t.Parallel()
	r := &reader{&e2e.Reader{Browser: browsertest.Open(t)}}
	w := e2e.NewWorld(t)
	r.Passphrase = w.LetIn(t, e2e.Harbour, "zqmaria")
	r.Folder = w.Folder(t, e2e.Harbour)
	note, front := w.SharePage(t, e2e.Harbour, "status"), w.SharePage(t, e2e.Harbour)
	whole := w.Link(t, e2e.Harbour)
	r.Out = w.Publish(t)
	t.Run("one page", func(t *testing.T) { r.opensOnePage(t, note) })
	t.Run("Home alone", func(t *testing.T) { r.opensHomeAlone(t, front, note) })
	t.Run("then the portal", func(t *testing.T) { r.portalAfterHomeAlone(t, front, note, whole) })
	t.Run("the portal's link pasted", func(t *testing.T) { r.portalLinkPasted(t, note, whole) })
	t.Run("with access", func(t *testing.T) { r.linkBesideAccess(t, note) })
	t.Run("lock", func(t *testing.T) { r.lockOfOnePage(t, note) })
	t.Run("%23", func(t *testing.T) { r.mendedLink(t, note) })
	t.Run("revoked", func(t *testing.T) { r.revokedLink(t, w, note, front) })
}

func (r *reader) opensOnePage(t *testing.T, note e2e.SharedPage) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+note.Link, e2e.Inner)
	wantNoFragment(t, tab)
	e2e.Says(t, tab, "Zqheadline of today")
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('#portal nav, #portal header [data-nav], #portal .skip').length`); n != 0 {
		t.Error("the page tells of other pages")
	}
	keysStayInside(t, tab)

	// The portal's other pages are as closed as ever, and to try them costs nothing.
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.WantSealed(t, tab)
	e2e.Visit(t, tab, root+note.Path, e2e.Inner)
	e2e.Says(t, tab, "Zqheadline of today")

	// Elsewhere the secret opens nothing.
	_, fragment, _ := strings.Cut(note.Link, "#")
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+"/"+r.Folder+"/#"+fragment, e2e.Locked)
	e2e.WantSealed(t, tab)
	e2e.GateSays(t, tab, "This link does not open")
}

func (r *reader) opensHomeAlone(t *testing.T, front, note e2e.SharedPage) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+front.Link, e2e.Home)
	wantNoFragment(t, tab)
	if dead := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll('#portal a[href^="/"], #portal [data-way]')].map((a) => a.outerHTML)`); len(dead) > 0 {
		t.Errorf("some lead to a gate: %q", dead)
	}
	if lead := browsertest.Eval[string](t, tab, `document.querySelector('[data-standing] h1 a').innerText`); lead != "Zqheadline of today" {
		t.Errorf("without its link the headline is %q", lead)
	}
	e2e.Visit(t, tab, root+note.Path, e2e.Locked)
	e2e.WantSealed(t, tab)
	e2e.Visit(t, tab, root+front.Path, e2e.Home)
}

// A link to the portal opens all of it where Home alone was open before.
func (r *reader) portalAfterHomeAlone(t *testing.T, front, note e2e.SharedPage, whole string) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+front.Link, e2e.Home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	_, fragment, _ := strings.Cut(whole, "#")
	e2e.Visit(t, tab, root+front.Path+"#"+fragment, e2e.Home)
	e2e.Await(t, tab, "#portal header [data-nav]")
	e2e.Visit(t, tab, root+note.Path, e2e.Inner)
	e2e.Await(t, tab, "#portal header [data-nav]")
}

// A link to the portal that is pasted into the address of a page which its own link opened
// opens the rest as well. One that opens nothing takes nothing away.
func (r *reader) portalLinkPasted(t *testing.T, note e2e.SharedPage, whole string) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+note.Link, e2e.Inner)
	_, fragment, _ := strings.Cut(whole, "#")
	dead := strings.Map(func(c rune) rune {
		if c == 'A' {
			return 'B'
		}
		return 'A'
	}, strings.TrimPrefix(fragment, "k="))
	e2e.Run(t, tab, `globalThis.first = document.querySelector('#main')`)
	for _, useless := range []string{"k=" + dead, "k=", note.Link[strings.Index(note.Link, "#")+1:]} {
		e2e.Run(t, tab, fmt.Sprintf(`location.hash = %q`, useless))
		e2e.Until(t, tab, `!location.hash`)
		e2e.Says(t, tab, "Zqheadline of today")
	}
	e2e.Run(t, tab, fmt.Sprintf(`location.hash = %q`, fragment))
	e2e.Await(t, tab, "#portal header [data-nav]")
	e2e.Says(t, tab, "Zqheadline of today")
	wantNoFragment(t, tab)
	if now := browsertest.Eval[int](t, tab, `[...document.querySelectorAll('[data-lock]')].length`); now != 1 {
		t.Errorf("there are %d buttons to lock", now)
	}
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Home)
}

// Whoever can open the portal keeps that, and its navigation, on the page of a link.
func (r *reader) linkBesideAccess(t *testing.T, note e2e.SharedPage) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+"/"+r.Folder+"/", e2e.Locked)
	e2e.Enter(t, tab, r.Passphrase, 7)
	e2e.Await(t, tab, e2e.Home)
	e2e.Visit(t, tab, root+note.Link, e2e.Inner)
	e2e.Await(t, tab, "#portal header [data-nav]")
	if now := browsertest.Eval[string](t, tab, kept()); now != "person 7" {
		t.Errorf("after the link was opened, kept is %q", now)
	}
}

func (r *reader) lockOfOnePage(t *testing.T, note e2e.SharedPage) {
	t.Parallel()
	tab, root := r.Tab(t)
	e2e.Visit(t, tab, root+note.Link, e2e.Inner)
	tab.Do(t, chromedp.Click(chromedp.CSS("#portal [data-lock]")))
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
	keepsNothing(t, tab)
	tab.Do(t, chromedp.Reload())
	e2e.Await(t, tab, e2e.Locked)
	e2e.WantSealed(t, tab)
}

// Some mail programs write %23 for the # of a link.
func (r *reader) mendedLink(t *testing.T, note e2e.SharedPage) {
	t.Parallel()
	for _, way := range []string{"%23k=", "%23k%3D"} {
		tab := r.Browser.Tab(t) // it complains of the page that there is not, and of nothing else
		root := e2e.Host(t, r.Out)
		e2e.Visit(t, tab, root+strings.Replace(note.Link, "#k=", way, 1), e2e.Inner)
		wantNoFragment(t, tab)
		e2e.Says(t, tab, "Zqheadline of today")
		if at := browsertest.Eval[string](t, tab, `location.pathname`); at != note.Path {
			t.Errorf("the page is at %s, not at %s", at, note.Path)
		}
		for _, problem := range tab.Problems() {
			if !strings.Contains(problem, "404") {
				t.Errorf("it complains: %s", problem)
			}
		}
	}
}

// What was revoked opens nothing of the next build, kept or not; another link still
// does.
func (r *reader) revokedLink(t *testing.T, w *e2e.World, note, front e2e.SharedPage) {
	t.Parallel()
	out := r.Copy(t)
	tab, root := r.Next(t, r.Browser), e2e.Host(t, out)
	e2e.Visit(t, tab, root+note.Link, e2e.Inner)
	e2e.Visit(t, tab, root+front.Link, e2e.Home)
	e2e.Check(t, access.Update(w.Dir, e2e.Harbour, w.Master, func(c *access.Client) error {
		if !c.RemoveLink(note.ID) {
			t.Error("there is no such link")
		}
		return nil
	}))
	w.PublishInto(t, out)
	e2e.Visit(t, tab, root+note.Path, e2e.Locked)
	e2e.WantSealed(t, tab)
	tab.Do(t, chromedp.Navigate("about:blank"))
	e2e.Visit(t, tab, root+note.Link, e2e.Locked)
	e2e.WantSealed(t, tab)
	wantNoFragment(t, tab)
	e2e.GateSays(t, tab, "This link does not open")
	e2e.Visit(t, tab, root+front.Path, e2e.Home)
}
