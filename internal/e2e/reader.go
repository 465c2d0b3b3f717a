package e2e

import (
	"os"
	"testing"

	"portalgen/internal/browsertest"
)

// A Reader is what the tests of a published site share: one browser, one site.
type Reader struct {
	Browser    *browsertest.Tab
	Out        string // the folder that holds what is published
	Folder     string // the first part of the addresses of Harbour's portal
	Passphrase string // of one of Harbour's people
	Link       string // path and fragment of a link to Harbour's portal
	OtherLink  string // the same of Other's
}

// NewReader starts a browser and publishes a site with a passphrase to Harbour's portal and
// a link to each.
func NewReader(t *testing.T) *Reader {
	t.Helper()
	r := &Reader{Browser: browsertest.Open(t)}
	w := NewWorld(t)
	r.Passphrase = w.LetIn(t, Harbour, "zqmaria")
	r.Folder = w.Folder(t, Harbour)
	r.Link = "/" + r.Folder + "/" + w.Link(t, Harbour)
	r.OtherLink = "/" + w.Folder(t, Other) + "/" + w.Link(t, Other)
	r.Out = w.Publish(t)
	return r
}

// Tab opens a tab and a host of the published site, which no other test has been to.
// In the end nothing must have complained.
func (r *Reader) Tab(t *testing.T) (tab *browsertest.Tab, root string) {
	t.Helper()
	return r.Next(t, r.Browser), Host(t, r.Out)
}

// Next opens another tab of the same browser. In the end nothing must have complained.
func (r *Reader) Next(t *testing.T, tab *browsertest.Tab) *browsertest.Tab {
	t.Helper()
	another := tab.Tab(t)
	t.Cleanup(func() { another.WantNoProblems(t) })
	return another
}

// Copy returns a copy of the published site for a test to spoil.
func (r *Reader) Copy(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	Check(t, os.CopyFS(dir, os.DirFS(r.Out)))
	return dir
}
