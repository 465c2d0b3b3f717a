package e2e

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/grant"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

//go:embed all:testdata/site
var siteFiles embed.FS

// A World is a separate site with a master key.
type World struct {
	Dir    string // of the site; the test's own, and removed with it
	Master seal.Master
}

// NewWorld makes a site with the clients Harbour and Other. Nobody has access yet.
func NewWorld(t *testing.T) *World {
	t.Helper()
	w := &World{Dir: t.TempDir()}
	files, err := fs.Sub(siteFiles, "testdata/site")
	Check(t, err)
	Check(t, os.CopyFS(w.Dir, files))
	w.Master, err = access.CreateMaster(w.Dir)
	Check(t, err)
	return w
}

// Publish publishes the portals of the clients ids, or of all if there are none, sealed under the site's
// master key, into a new folder.
func (w *World) Publish(t *testing.T, ids ...string) (out string) {
	t.Helper()
	out = t.TempDir()
	w.PublishInto(t, out, ids...)
	return out
}

// PublishInto is like Publish, into an existing folder.
func (w *World) PublishInto(t *testing.T, out string, ids ...string) {
	t.Helper()
	_, ps := w.Builder(t).Build(context.Background(), out, ids, nil)
	Check(t, ps.Err())
}

// Builder opens the site until the test ends, and returns a builder as of Friday under the site's
// master key. Later changes of the site need a new builder.
func (w *World) Builder(t *testing.T) *pipeline.Builder {
	t.Helper()
	return w.builder(t, keyring.NewSiteKeys(w.Master, nil))
}

// Preview is like Builder, with the key of a preview.
func (w *World) Preview(t *testing.T) *pipeline.Builder {
	t.Helper()
	return w.builder(t, keyring.PreviewKeys{Master: w.Master})
}

func (w *World) builder(t *testing.T, keys keyring.Keyring) *pipeline.Builder {
	t.Helper()
	s, err := site.Open(w.Dir)
	Check(t, err)
	t.Cleanup(func() { Check(t, s.Close()) })
	b := pipeline.New(s, pipeline.Options{Now: Clock(t, Friday), Keys: keys})
	Check(t, b.Load().Err())
	return b
}

// Folder returns the first part of the addresses of a client's portal.
func (w *World) Folder(t *testing.T, id string) string {
	t.Helper()
	a, ps := w.Builder(t).Address(id)
	Check(t, ps.Err())
	return a.Folder
}

// LetIn gives a person a passphrase for a client's portal.
func (w *World) LetIn(t *testing.T, id, person string) (passphrase string) {
	t.Helper()
	Check(t, access.Update(w.Dir, id, w.Master, func(c *access.Client) (err error) {
		passphrase, err = c.AddPerson(person, "", time.Now())
		return err
	}))
	return passphrase
}

// Link makes a link to a client's portal and returns the fragment of its address, from the # on.
func (w *World) Link(t *testing.T, id string) (fragment string) {
	t.Helper()
	Check(t, access.Update(w.Dir, id, w.Master, func(c *access.Client) error {
		l, err := c.AddLink(access.Link{Kind: access.PortalLink, Created: time.Now()})
		fragment = "#k=" + l.Fragment()
		return err
	}))
	return fragment
}

// PortalLink is like Link, and returns the path and the fragment of the address.
func (w *World) PortalLink(t *testing.T, id string) string {
	t.Helper()
	return "/" + w.Folder(t, id) + "/" + w.Link(t, id)
}

// A SharedPage is a link to one page of a portal.
type SharedPage struct {
	ID   seal.ID // of the link
	Path string  // of the page, with a slash at both ends
	Link string  // path and fragment
}

// SharePage makes a link to one page of a client's portal. page names it as on the command line; no
// name means Home.
func (w *World) SharePage(t *testing.T, id string, page ...string) SharedPage {
	t.Helper()
	pages, ps := grant.PortalOf(w.Builder(t), id)
	Check(t, ps.Err())
	p, err := pages.Page(page)
	Check(t, err)
	out := SharedPage{Path: p.Href}
	Check(t, access.Update(w.Dir, id, w.Master, func(c *access.Client) error {
		l, err := c.AddLink(pages.LinkTo(p))
		out.ID, out.Link = l.ID, out.Path+"#k="+l.Fragment()
		return err
	}))
	return out
}

// Write writes a file of the site in place. name is relative to the site, with slashes.
func (w *World) Write(t *testing.T, name, text string) {
	t.Helper()
	to := filepath.Join(w.Dir, filepath.FromSlash(name))
	Check(t, os.MkdirAll(filepath.Dir(to), 0o755))
	Check(t, os.WriteFile(to, []byte(text), 0o644))
}

// Read returns the text of a file of the site. name is as for Write.
func (w *World) Read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
	Check(t, err)
	return string(text)
}
