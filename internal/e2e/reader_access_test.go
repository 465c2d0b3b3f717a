package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portalgen/internal/access"
	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// TestAccess is about people who come and go, while the portal stays where it is.
func TestAccess(t *testing.T) {
	t.Parallel()
	r := &reader{&e2e.Reader{Browser: browsertest.Open(t)}}
	w := e2e.NewWorld(t)
	maria, theo := w.LetIn(t, e2e.Harbour, "zqmaria"), w.LetIn(t, e2e.Harbour, "zqtheo")
	r.Folder = w.Folder(t, e2e.Harbour)
	r.Out = w.Publish(t)

	gone, root := r.Tab(t)
	stays := r.Next(t, r.Browser)
	theirs := e2e.Host(t, r.Out) // a store of their own
	address, other := root+"/"+r.Folder+"/", theirs+"/"+r.Folder+"/"
	e2e.Visit(t, gone, address, e2e.Locked)
	e2e.Enter(t, gone, maria, 90)
	e2e.Await(t, gone, e2e.Home)
	e2e.Visit(t, stays, other, e2e.Locked)
	e2e.Enter(t, stays, theo, 90)
	e2e.Await(t, stays, e2e.Home)

	e2e.Check(t, access.Update(w.Dir, e2e.Harbour, w.Master, func(c *access.Client) error { return c.RemovePerson("zqmaria") }))
	w.PublishInto(t, r.Out)

	// What Maria's browser has kept opens nothing, nor does her passphrase.
	e2e.Visit(t, gone, address, e2e.Locked)
	e2e.WantSealed(t, gone)
	keepsNothing(t, gone)
	e2e.Enter(t, gone, maria, 90)
	e2e.Until(t, gone, `document.querySelector('#mistake').textContent.includes('not the passphrase')`)
	e2e.WantSealed(t, gone)

	// Theo's browser is not asked, and his passphrase is the same in a new one.
	e2e.Visit(t, stays, other, e2e.Home)
	stays.Do(t, chromedp.Click(chromedp.CSS("[data-lock]")))
	e2e.Await(t, stays, e2e.Locked)
	e2e.Enter(t, stays, theo, 0)
	e2e.Await(t, stays, e2e.Home)

	// Another passphrase for him, and the same keys for nobody.
	var fresh string
	e2e.Check(t, access.Update(w.Dir, e2e.Harbour, w.Master, func(c *access.Client) (err error) {
		c.Rotate()
		fresh, err = c.ReissuePerson("zqtheo", "", time.Now())
		return err
	}))
	w.PublishInto(t, r.Out)
	e2e.Visit(t, stays, other, e2e.Locked)
	e2e.Enter(t, stays, theo, 0)
	e2e.Until(t, stays, `document.querySelector('#mistake').textContent.includes('not the passphrase')`)
	e2e.Enter(t, stays, strings.ToUpper(fresh), 0)
	e2e.Await(t, stays, e2e.Home)
}
