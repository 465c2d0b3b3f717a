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

// Host serves a folder until the test ends, like a static host that obeys _headers. Each host is a
// separate origin, with a separate store in the browser. The published scripts are bundled; their
// sources are below /source/, see Module.
func Host(t *testing.T, dir string) (url string) {
	t.Helper()
	return HostWith(t, dir, gate.Host{Prefix: "/"})
}

// HostWith is like Host, for a site with other headers.
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

// SendFile answers a request like a static host without rules: with a file of a folder, or with its
// 404.html.
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
	kinds := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
	}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.WriteHeader(status)
	_, _ = w.Write(text) // the browser has closed the connection
}

// Module returns an expression that imports the source of one of the program's modules, in a page
// that Host serves.
func Module(name string) string {
	return fmt.Sprintf("import('/source/%s')", name)
}
