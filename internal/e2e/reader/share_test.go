package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portalgen/internal/access"
	"portalgen/internal/browsertest"
	"portalgen/internal/seal"
)

// A shared page is a link to one page of harbour.
type shared struct {
	id   seal.ID
	path string // with a slash at both ends
	link string // path and fragment
}

// shares makes a link to one page, which is named as on the command line.
func (w *world) shares(t *testing.T, id string, page ...string) shared {
	t.Helper()
	shelf, ps := w.sealing(t).Shelf(id)
	check(t, ps.Err())
	p, err := shelf.Page(page)
	check(t, err)
	out := shared{path: p.Href}
	check(t, access.Update(w.dir, id, w.master, func(c *access.Client) error {
		l, err := c.AddLink(shelf.LinkTo(p))
		out.id, out.link = l.ID, out.path+"#k="+l.Fragment()
		return err
	}))
	return out
}

// publishInto publishes the site as it is now over what is published already.
func (w *world) publishInto(t *testing.T, out string) {
	t.Helper()
	_, ps := w.sealing(t).Build(context.Background(), out, nil, nil)
	check(t, ps.Err())
}

// TestShare is about links to one page.
func TestShare(t *testing.T) {
	r := &reader{browser: browsertest.Open(t)}
	w := newWorld(t)
	r.passphrase = w.letIn(t, harbour, "zqmaria")
	r.folder = w.folder(t, harbour)
	note, front := w.shares(t, harbour, "status"), w.shares(t, harbour)
	whole := w.link(t, harbour)
	r.out = w.publish(t)
	t.Run("one page", func(t *testing.T) { r.opensOnePage(t, note) })
	t.Run("Home alone", func(t *testing.T) { r.opensHomeAlone(t, front, note) })
	t.Run("then the portal", func(t *testing.T) { r.portalAfterHomeAlone(t, front, note, whole) })
	t.Run("the portal's link pasted", func(t *testing.T) { r.portalLinkPasted(t, note, whole) })
	t.Run("with access", func(t *testing.T) { r.linkBesideAccess(t, note) })
	t.Run("lock", func(t *testing.T) { r.lockOfOnePage(t, note) })
	t.Run("%23", func(t *testing.T) { r.mendedLink(t, note) })
	t.Run("revoked", func(t *testing.T) { r.revokedLink(t, w, note, front) })
}

func (r *reader) opensOnePage(t *testing.T, note shared) {
	tab, root := r.tab(t)
	visit(t, tab, root+note.link, inner)
	wantNoFragment(t, tab)
	says(t, tab, "Zqheadline of today")
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('#portal nav, #portal .top-home, #portal .skip').length`); n != 0 {
		t.Error("the page tells of other pages")
	}
	keysStayInside(t, tab)

	// The portal's other pages are as closed as ever, and to try them costs nothing.
	visit(t, tab, root+"/"+r.folder+"/", locked)
	wantSealed(t, tab)
	visit(t, tab, root+note.path, inner)
	says(t, tab, "Zqheadline of today")

	// Elsewhere the secret opens nothing.
	_, fragment, _ := strings.Cut(note.link, "#")
	tab.Do(t, chromedp.Navigate("about:blank"))
	visit(t, tab, root+"/"+r.folder+"/#"+fragment, locked)
	wantSealed(t, tab)
	if said := text(t, tab, "#said"); !strings.HasPrefix(said, "This link does not open") {
		t.Errorf("on Home the gate says %q", said)
	}
}

func (r *reader) opensHomeAlone(t *testing.T, front, note shared) {
	tab, root := r.tab(t)
	visit(t, tab, root+front.link, home)
	wantNoFragment(t, tab)
	visit(t, tab, root+note.path, locked)
	wantSealed(t, tab)
	visit(t, tab, root+front.path, home)
}

// A link to the portal opens all of it where Home alone was open before.
func (r *reader) portalAfterHomeAlone(t *testing.T, front, note shared, whole string) {
	tab, root := r.tab(t)
	visit(t, tab, root+front.link, home)
	tab.Do(t, chromedp.Navigate("about:blank"))
	_, fragment, _ := strings.Cut(whole, "#")
	visit(t, tab, root+front.path+"#"+fragment, home)
	await(t, tab, "#portal .top-home")
	visit(t, tab, root+note.path, inner)
	await(t, tab, "#portal .top-home")
}

// A link to the portal that is pasted into the address of a page which its own link opened
// opens the rest as well. One that opens nothing takes nothing away.
func (r *reader) portalLinkPasted(t *testing.T, note shared, whole string) {
	tab, root := r.tab(t)
	visit(t, tab, root+note.link, inner)
	_, fragment, _ := strings.Cut(whole, "#")
	dead := strings.Map(func(c rune) rune {
		if c == 'A' {
			return 'B'
		}
		return 'A'
	}, strings.TrimPrefix(fragment, "k="))
	run(t, tab, `globalThis.first = document.querySelector('#main')`)
	for _, useless := range []string{"k=" + dead, "k=", note.link[strings.Index(note.link, "#")+1:]} {
		run(t, tab, fmt.Sprintf(`location.hash = %q`, useless))
		until(t, tab, `!location.hash`)
		says(t, tab, "Zqheadline of today")
	}
	run(t, tab, fmt.Sprintf(`location.hash = %q`, fragment))
	await(t, tab, "#portal .top-home")
	says(t, tab, "Zqheadline of today")
	wantNoFragment(t, tab)
	if now := browsertest.Eval[int](t, tab, `[...document.querySelectorAll('[data-lock]')].length`); now != 1 {
		t.Errorf("there are %d buttons to lock", now)
	}
	visit(t, tab, root+"/"+r.folder+"/", home)
}

// Whoever can open the portal keeps that, and its navigation, on the page of a link.
func (r *reader) linkBesideAccess(t *testing.T, note shared) {
	tab, root := r.tab(t)
	visit(t, tab, root+"/"+r.folder+"/", locked)
	enter(t, tab, r.passphrase, 7)
	await(t, tab, home)
	visit(t, tab, root+note.link, inner)
	await(t, tab, "#portal .top-home")
	if now := browsertest.Eval[string](t, tab, kept()); now != "person 7" {
		t.Errorf("after the link was opened, kept is %q", now)
	}
}

func (r *reader) lockOfOnePage(t *testing.T, note shared) {
	tab, root := r.tab(t)
	visit(t, tab, root+note.link, inner)
	tab.Do(t, chromedp.Click(chromedp.CSS("#portal [data-lock]")))
	await(t, tab, locked)
	wantSealed(t, tab)
	if kept := browsertest.Eval[int](t, tab, storeSize); kept != 0 {
		t.Errorf("%d records are kept after Lock", kept)
	}
	tab.Do(t, chromedp.Reload())
	await(t, tab, locked)
	wantSealed(t, tab)
}

// Some mail programs write %23 for the # of a link.
func (r *reader) mendedLink(t *testing.T, note shared) {
	for _, way := range []string{"%23k=", "%23k%3D"} {
		tab := r.browser.Tab(t) // it complains of the page that there is not, and of nothing else
		root := host(t, r.out)
		visit(t, tab, root+strings.Replace(note.link, "#k=", way, 1), inner)
		wantNoFragment(t, tab)
		says(t, tab, "Zqheadline of today")
		if at := browsertest.Eval[string](t, tab, `location.pathname`); at != note.path {
			t.Errorf("the page is at %s, not at %s", at, note.path)
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
func (r *reader) revokedLink(t *testing.T, w *world, note, front shared) {
	tab, root := r.tab(t)
	visit(t, tab, root+note.link, inner)
	visit(t, tab, root+front.link, home)
	check(t, access.Update(w.dir, harbour, w.master, func(c *access.Client) error {
		if !c.RemoveLink(note.id) {
			t.Error("there is no such link")
		}
		return nil
	}))
	w.publishInto(t, r.out)
	visit(t, tab, root+note.path, locked)
	wantSealed(t, tab)
	tab.Do(t, chromedp.Navigate("about:blank"))
	visit(t, tab, root+note.link, locked)
	wantSealed(t, tab)
	wantNoFragment(t, tab)
	if said := text(t, tab, "#said"); !strings.HasPrefix(said, "This link does not open") {
		t.Errorf("the gate says %q", said)
	}
	visit(t, tab, root+front.path, home)
}
