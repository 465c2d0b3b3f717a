package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"portalgen"
	"portalgen/internal/gate"
)

// Host serves a folder, until the test ends, as a static host does that obeys _headers, and nothing more.
// Each host is an origin of its own, and so has a store of its own in a browser. What is
// published is all scripts in one; as they are written they lie below /source/ (Module).
func Host(t *testing.T, dir string) (url string) {
	t.Helper()
	return HostWith(t, dir, gate.Host{Prefix: "/"})
}

// HostWith does the same for a site with other headers.
func HostWith(t *testing.T, dir string, headers gate.Host) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers.Match(r.URL.Path) {
			w.Header().Set(h.Name, h.Value)
		}
		if name, ok := strings.CutPrefix(r.URL.Path, "/source/"); ok {
			http.ServeFileFS(w, r, portalgen.Defaults, "static/assets/js/"+name)
			return
		}
		SendFile(w, r, dir)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// SendFile answers a request as a static host does that has no rules of its own: with a
// file of a folder, or with its 404.html.
func SendFile(w http.ResponseWriter, r *http.Request, dir string) {
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

// Module returns an expression that comes to one of the program's modules, as written, in
// a page that Host serves.
func Module(name string) string {
	return fmt.Sprintf("import('/source/%s')", name)
}
