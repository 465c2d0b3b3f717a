// Package e2e tests the product as a whole: a site goes in, and what comes out is
// searched for plaintext, served, and opened in a real browser.
//
// It knows what a reader and an outsider can see, and must not know how any step
// works within.
package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portalgen"
	"portalgen/internal/access"
	"portalgen/internal/build"
	"portalgen/internal/gate"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// The clients of testdata/site. Every word of theirs is one of a kind.
const (
	harbour = "zqharbour"
	other   = "zqother"
)

// friday is the day on which the sites are built.
const friday = "2026-11-20"

// A world is a site of its own, with a master key.
type world struct {
	dir    string
	master seal.Master
}

// newWorld copies testdata/site.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{dir: t.TempDir()}
	check(t, os.CopyFS(w.dir, os.DirFS("testdata/site")))
	var err error
	w.master, err = access.CreateMaster(w.dir)
	check(t, err)
	return w
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func clock(t *testing.T, day string) build.Clock {
	t.Helper()
	c, err := build.ParseClock(day)
	check(t, err)
	return c
}

// builder opens the site with a builder that has loaded it.
func (w *world) builder(t *testing.T, opt build.Options) *build.Builder {
	t.Helper()
	s, err := site.Open(w.dir)
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	b := build.New(s, opt)
	check(t, b.Load().Err())
	return b
}

// publish publishes the site, sealed under its master key, into a folder of its own.
func (w *world) publish(t *testing.T) (out string) {
	t.Helper()
	out = t.TempDir()
	_, ps := w.sealing(t).Build(context.Background(), out, nil, nil)
	check(t, ps.Err())
	return out
}

func (w *world) sealing(t *testing.T) *build.Builder {
	t.Helper()
	return w.builder(t, build.Options{Now: clock(t, friday), Keys: build.NewMasterKeys(w.master, nil)})
}

// folder returns the first part of the addresses of a client's portal.
func (w *world) folder(t *testing.T, id string) string {
	t.Helper()
	a, ps := w.sealing(t).Address(id)
	check(t, ps.Err())
	return a.Folder
}

// letIn gives a person a passphrase.
func (w *world) letIn(t *testing.T, id, person string) (passphrase string) {
	t.Helper()
	check(t, access.Update(w.dir, id, w.master, func(c *access.Client) (err error) {
		passphrase, err = c.AddPerson(person, "", time.Now())
		return err
	}))
	return passphrase
}

// link makes a link to a portal and returns what stands after its address.
func (w *world) link(t *testing.T, id string) (fragment string) {
	t.Helper()
	check(t, access.Update(w.dir, id, w.master, func(c *access.Client) error {
		l, err := c.AddLink(access.Link{Kind: access.PortalLink, Created: time.Now()})
		fragment = "#k=" + l.Fragment()
		return err
	}))
	return fragment
}

// write puts text into a file of the site, in place.
func (w *world) write(t *testing.T, name, text string) {
	t.Helper()
	to := filepath.Join(w.dir, filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(to), 0o755))
	check(t, os.WriteFile(to, []byte(text), 0o644))
}

func (w *world) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	check(t, err)
	return string(text)
}

// host serves a folder as a static host does that obeys _headers, and nothing more.
// Each host is an origin of its own, and so has a store of its own in a browser. What is
// published is all scripts in one; as they are written they lie below /source/.
func host(t *testing.T, dir string) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range gate.Match(r.URL.Path) {
			w.Header().Set(h.Name, h.Value)
		}
		if name, ok := strings.CutPrefix(r.URL.Path, "/source/"); ok {
			http.ServeFileFS(w, r, portalgen.Defaults, "static/assets/js/"+name)
			return
		}
		sendFile(w, r, dir)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func sendFile(w http.ResponseWriter, r *http.Request, dir string) {
	name := path.Clean("/" + r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	status := http.StatusOK
	if err != nil {
		name, status = "404.html", http.StatusNotFound
		if text, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	kinds := map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.WriteHeader(status)
	_, _ = w.Write(text) // the browser has gone away
}
