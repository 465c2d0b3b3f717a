package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/access"
	"portalgen/internal/browsertest"
)

// TestAccess is about people who come and go, while the portal stays where it is.
func TestAccess(t *testing.T) {
	r := &reader{browser: browsertest.Open(t)}
	w := newWorld(t)
	maria, theo := w.letIn(t, harbour, "zqmaria"), w.letIn(t, harbour, "zqtheo")
	r.folder = w.folder(t, harbour)
	r.out = w.publish(t)

	gone, root := r.tab(t)
	stays := r.next(t, r.browser)
	theirs := host(t, r.out) // a store of their own
	address, other := root+"/"+r.folder+"/", theirs+"/"+r.folder+"/"
	visit(t, gone, address, locked)
	enter(t, gone, maria, 90)
	await(t, gone, home)
	visit(t, stays, other, locked)
	enter(t, stays, theo, 90)
	await(t, stays, home)

	check(t, access.Update(w.dir, harbour, w.master, func(c *access.Client) error { return c.RemovePerson("zqmaria") }))
	w.publishInto(t, r.out)

	// What Maria's browser has kept opens nothing, nor does her passphrase.
	visit(t, gone, address, locked)
	wantSealed(t, gone)
	if kept := browsertest.Eval[int](t, gone, storeSize); kept != 0 {
		t.Errorf("%d records are left", kept)
	}
	enter(t, gone, maria, 90)
	until(t, gone, `document.querySelector('#said').textContent.includes('not the passphrase')`)
	wantSealed(t, gone)

	// Theo's browser is not asked, and his passphrase is the same in a new one.
	visit(t, stays, other, home)
	stays.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	await(t, stays, locked)
	enter(t, stays, theo, 0)
	await(t, stays, home)

	// Another passphrase for him, and the same keys for nobody.
	var fresh string
	check(t, access.Update(w.dir, harbour, w.master, func(c *access.Client) (err error) {
		c.Rotate()
		fresh, err = c.ReissuePerson("zqtheo", "", time.Now())
		return err
	}))
	w.publishInto(t, r.out)
	visit(t, stays, other, locked)
	enter(t, stays, theo, 0)
	until(t, stays, `document.querySelector('#said').textContent.includes('not the passphrase')`)
	enter(t, stays, strings.ToUpper(fresh), 0)
	await(t, stays, home)
}
