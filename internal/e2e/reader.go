package e2e

import (
	"os"
	"testing"

	"portalgen/internal/browsertest"
)

// A Reader is what the tests of one published site share: a browser and a site.
type Reader struct {
	Browser    *browsertest.Tab
	Out        string // the folder with the published files
	Folder     string // the first part of the addresses of Harbour's portal
	Passphrase string // of one of Harbour's people
	Link       string // path and fragment of a link to Harbour's portal
	OtherLink  string // the same of Other's
}

// NewReader starts a browser, and publishes a site with a passphrase for Harbour's portal and a
// link to each portal.
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

// Tab opens a tab, and serves the published site at an origin that no other test uses. The test
// fails if a page reports a problem.
func (r *Reader) Tab(t *testing.T) (tab *browsertest.Tab, root string) {
	t.Helper()
	return r.Next(t, r.Browser), Host(t, r.Out)
}

// Next opens another tab of the same browser. The test fails if a page in it reports a problem.
func (r *Reader) Next(t *testing.T, tab *browsertest.Tab) *browsertest.Tab {
	t.Helper()
	another := tab.Tab(t)
	t.Cleanup(func() { another.WantNoProblems(t) })
	return another
}

// Copy returns a copy of the published site that a test may change.
func (r *Reader) Copy(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	Check(t, os.CopyFS(dir, os.DirFS(r.Out)))
	return dir
}
