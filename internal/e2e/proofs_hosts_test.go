package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/gate"
)

const deployingFile = "../../docs/deploying.md"

// TestWebServersAsTold runs nginx and Caddy as docs/deploying.md tells, only without a certificate, since
// a browser trusts this machine's own address.
func TestWebServersAsTold(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	link := w.PortalLink(t, e2e.Harbour)
	out := w.Publish(t)
	for name, pairs := range map[string][]string{
		"nginx": {
			"ssl_certificate     /etc/letsencrypt/live/portal.example.com/fullchain.pem;", "",
			"ssl_certificate_key /etc/letsencrypt/live/portal.example.com/privkey.pem;", "",
			"listen 443 ssl http2", "listen ADDRESS", "root /srv/portal;", "root " + out + ";",
		},
		"caddy": {"portal.example.com {", "http://ADDRESS {", "root * /srv/portal", "root * " + out},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := e2e.RunServer(t, name, e2e.Told(t, deployingFile, name, pairs...))
			wantHeaders(t, root, out)
			tab := browsertest.Open(t)
			e2e.Visit(t, tab, root+link, e2e.Home)
			tab.WantNoProblems(t)
		})
	}
}

// wantHeaders asks a host for each file of a folder, and for what is not there, and wants
// the headers that gate has for each path, no more and no less.
func wantHeaders(t *testing.T, root, dir string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(path string, status int) *http.Response {
		r, err := client.Get(root + path)
		e2e.Check(t, err)
		_, err = io.Copy(io.Discard, r.Body)
		e2e.Check(t, err)
		e2e.Check(t, r.Body.Close())
		if r.StatusCode != status {
			t.Errorf("%s: %s", path, r.Status)
		}
		return r
	}
	for name := range e2e.ReadTree(t, dir) {
		if name == "_headers" || strings.HasPrefix(filepath.Base(name), ".") {
			continue
		}
		path := "/" + strings.TrimSuffix(name, "index.html")
		wantSame(t, path, get(path, http.StatusOK).Header)
	}
	for _, path := range []string{"/nothing", "/nothing/", "/assets/nothing.js"} {
		r := get(path, http.StatusNotFound)
		if kept := r.Header.Get("Cache-Control"); kept != "" {
			t.Errorf("%s, which is not there, is kept: %s", path, kept)
		}
		r.Header.Del("Cache-Control")
		for _, h := range (gate.Host{Prefix: "/"}).Match("/") {
			if h.Name != "Cache-Control" && r.Header.Get(h.Name) != h.Value {
				t.Errorf("%s: %s is %q", path, h.Name, r.Header.Get(h.Name))
			}
		}
	}
}

// wantSame wants the headers of gate for a path.
func wantSame(t *testing.T, path string, got http.Header) {
	t.Helper()
	cached := ""
	for _, h := range (gate.Host{Prefix: "/"}).Match(path) {
		if h.Name == "Cache-Control" {
			cached = h.Value
			continue
		}
		if all := got.Values(h.Name); len(all) != 1 || all[0] != h.Value {
			t.Errorf("%s: %s is %q, not %q", path, h.Name, all, h.Value)
		}
	}
	if got.Get("Cache-Control") != cached {
		t.Errorf("%s: Cache-Control is %q, not %q", path, got.Get("Cache-Control"), cached)
	}
}

// TestCloudFrontAsTold runs the two functions of docs/deploying.md on the path of each file.
func TestCloudFrontAsTold(t *testing.T) {
	t.Parallel()
	browsertest.Require(t)
	w := e2e.NewWorld(t)
	w.LetIn(t, e2e.Harbour, "zqmaria")
	paths := []string{"/"}
	for name := range e2e.ReadTree(t, w.Publish(t)) {
		paths = append(paths, "/"+strings.TrimSuffix(name, "index.html"))
	}
	asked, err := json.Marshal(paths)
	e2e.Check(t, err)
	tab := browsertest.Open(t)
	answers := browsertest.Eval[map[string]struct {
		URI     string
		Headers map[string]struct{ Value string }
	}](t, tab, fmt.Sprintf(`(() => {
		const request = (() => { %s; return handler })()
		const response = (() => { %s; return handler })()
		return Object.fromEntries(%s.map((uri) => {
			const asked = request({ request: { uri } })
			return [uri, { uri: asked.uri, headers: response({ request: asked, response: { headers: {} } }).headers }]
		}))
	})()`, e2e.Told(t, deployingFile, "js request"), e2e.Told(t, deployingFile, "js response"), asked))
	for _, path := range paths {
		want := path
		if strings.HasSuffix(path, "/") {
			want += "index.html"
		}
		if answers[path].URI != want {
			t.Errorf("%s is asked for as %s", path, answers[path].URI)
		}
		got := http.Header{}
		for name, h := range answers[path].Headers {
			got.Set(name, h.Value)
		}
		wantSame(t, path, got)
	}
}
