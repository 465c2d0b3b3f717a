package e2e

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"portalgen/internal/browsertest"
)

// A Reader is what the steps of a test share: one browser, one published site.
type Reader struct {
	Browser    *browsertest.Tab
	Out        string // the folder with the published files
	Folder     string // the first part of the addresses of Harbour's portal
	Passphrase string // of one of Harbour's people
	Link       string // path and fragment of a link to Harbour's portal
	OtherLink  string // the same of Other's
}

// published is what NewReader gives to each test of a package, published once.
var published struct {
	sync.Mutex
	Reader // without a browser and a folder
	files  map[string][]byte
}

// NewReader opens a browser and a site that is published with a passphrase to Harbour's portal and
// a link to each. The folder is the test's own; the bytes in it are the same for all.
func NewReader(t *testing.T) *Reader {
	t.Helper()
	browser := browsertest.Open(t)
	published.Lock()
	defer published.Unlock()
	if published.files == nil {
		w := NewWorld(t)
		p := &published.Reader
		p.Passphrase = w.LetIn(t, Harbour, "zqmaria")
		p.Folder = w.Folder(t, Harbour)
		p.Link = "/" + p.Folder + "/" + w.Link(t, Harbour)
		p.OtherLink = w.PortalLink(t, Other)
		published.files = ReadTree(t, w.Publish(t))
	}
	r := published.Reader
	r.Browser, r.Out = browser, t.TempDir()
	for name, text := range published.files {
		to := filepath.Join(r.Out, filepath.FromSlash(name))
		Check(t, os.MkdirAll(filepath.Dir(to), 0o755))
		Check(t, os.WriteFile(to, text, 0o644))
	}
	return &r
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
