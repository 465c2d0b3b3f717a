package serve

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// asked returns the answer to a request with a secret of the desk.
func asked(s *Server, method, host, path, secret string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host = host
	if secret != "" {
		r.Header.Set(deskHeader, secret)
	}
	w := httptest.NewRecorder()
	s.handler(1313).ServeHTTP(w, r)
	return w
}

const deskAt = own + "desk"

// Whoever does not have the desk's secret gets nothing of any client, by any address and method.
func TestTheDeskTellsStrangersNothing(t *testing.T) {
	t.Parallel()
	s, dir := preview(t, "a", "b")
	write(t, dir, site.ClientFile("a"), "client = \"Zqname\"\nportal = \"a\"\nwelcome = \"Zqwelcome\"\nxyzzy = 1\n")
	s.Change(pipeline.Change{Clients: []string{"a"}})
	if w := asked(s, http.MethodGet, "localhost:1313", deskAt, s.secret); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Client b") ||
		!strings.Contains(w.Body.String(), "xyzzy") || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("whoever has the secret gets %d, %s", w.Code, w.Body)
	}
	fragment := s.clients["b"].address.Fragment
	secrets := []string{"", "x", fragment, Pass(fragment), Pass(s.secret), s.secret[1:], strings.ToLower(s.secret), s.secret + " "}
	paths := []string{
		"/", "/index.html", "/404.html", "/nowhere", deskAt, deskAt + "?k=" + s.secret, deskAt + "/", own, own + "desk.js", own + "desk.css",
		own + "desk.html", own + "live.js", "/#k=" + s.secret, "/?k=" + s.secret,
	}
	for name := range s.builder.SiteFiles() {
		paths = append(paths, "/"+name)
	}
	for _, path := range paths {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions} {
			for _, secret := range secrets {
				w := asked(s, method, "localhost:1313", path, secret)
				for _, word := range []string{"Client b", "Zq", "xyzzy", fragment, "/b/", "data/clients/"} {
					if strings.Contains(w.Body.String(), word) {
						t.Errorf("%s %s with %q says %s", method, path, secret, word)
					}
				}
				for name := range w.Header() {
					if strings.HasPrefix(name, "Access-Control-") || name == "Set-Cookie" {
						t.Errorf("%s %s answers with %s", method, path, name)
					}
				}
				if path == deskAt && method == http.MethodGet && w.Code != http.StatusForbidden {
					t.Errorf("%s with %q is answered with %d", path, secret, w.Code)
				}
			}
		}
	}
	// Nor does it help to have it where another name leads to this machine.
	if w := asked(s, http.MethodGet, "evil.example:1313", deskAt, s.secret); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "Client") {
		t.Errorf("a foreign host gets %d, %s", w.Code, w.Body)
	}
	// The page around it says what to do, under the same policy as each page.
	w := get(s, "localhost:1313", "/")
	if !strings.Contains(w.Body.String(), "portalgen serve") || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%v %s", w.Header(), w.Body)
	}
	// Its secret is another in each run.
	if other := New(s.builder); other.secret == s.secret || len(s.secret) < 26 {
		t.Error("the secret is the same in another run, or short")
	}
}

// The desk's version changes with every change, and its pass opens what quotes files.
func TestTheDeskFollowsChanges(t *testing.T) {
	t.Parallel()
	s, dir := preview(t, "a", "b")
	shown := func() string {
		return asked(s, http.MethodGet, "localhost:1313", deskAt, s.secret).Body.String()
	}
	before := toldTo(t, s, "/", Pass(s.secret))
	if !strings.Contains(shown(), "Client a") {
		t.Fatal("no client")
	}
	write(t, dir, site.ClientFile("a"), "client = \"Another\"\nportal = \"a\"\nxyzzy = 1\n")
	s.Change(pipeline.Change{Clients: []string{"a"}})
	after := toldTo(t, s, "/", Pass(s.secret))
	if after.Version == before.Version || len(after.Problems) != 1 || !strings.Contains(after.Problems[0].Text, "xyzzy") {
		t.Errorf("after a change the state is %v, before it was %v", after, before)
	}
	if html := shown(); !strings.Contains(html, "Its file has an error") || !strings.Contains(html, "xyzzy") {
		t.Error("the desk does not tell of the mistake")
	}
	write(t, dir, site.ClientFile("a"), "client = \"Another\"\nportal = \"a\"\n")
	s.Change(pipeline.Change{Clients: []string{"a"}})
	if html := shown(); !strings.Contains(html, "Another") || strings.Contains(html, "Client a") {
		t.Error("the desk does not follow an edit")
	}
	write(t, dir, site.PrivateFile("a"), "[[observation]]\non = 2026-11-02\ntext = \"Tired\"\nnext_step = \"Zqcall\"\n")
	s.Change(pipeline.Change{Notes: []string{"a"}})
	if !strings.Contains(shown(), "Zqcall") || toldTo(t, s, "/", Pass(s.secret)).Version == after.Version {
		t.Error("the desk does not follow a private note")
	}
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(site.ClientFile("b")))); err != nil {
		t.Fatal(err)
	}
	s.Change(pipeline.Change{Clients: []string{"b"}})
	if strings.Contains(shown(), "Client b") {
		t.Error("a client who is gone is on the desk")
	}
}

// While files are read again, nobody on the desk is said to have an error.
func TestTheDeskWhileFilesAreRead(t *testing.T) {
	t.Parallel()
	s, _ := preview(t, "a", "b")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 300 {
			s.forget("a")
			s.forget("b")
		}
	}()
	for reading := true; reading; {
		select {
		case <-done:
			reading = false
		default:
		}
		for _, c := range s.deskNow().Clients {
			if c.Broken {
				t.Fatalf("%s has an error", c.ID)
			}
		}
	}
}

// A site below a path has its desk there, and an address at the root leads to it.
func TestTheDeskOfASiteBelowAPath(t *testing.T) {
	t.Parallel()
	s, dir := preview(t, "a")
	write(t, dir, site.ProviderFile, provider+"base_url = \"https://example.org/clients/\"\n")
	s.Change(pipeline.Change{All: true})
	w := get(s, "localhost:1313", "/")
	if w.Code != http.StatusFound || w.Header().Get("Location") != "/clients/" {
		t.Errorf("/ is answered with %d, %v", w.Code, w.Header())
	}
	if body := get(s, "localhost:1313", "/clients/").Body.String(); !strings.Contains(body, `class="desk"`) || !strings.Contains(body, `href="/clients/assets/`) {
		t.Error(body)
	}
	all := s.Entries()
	if !slices.ContainsFunc(all, func(e Entry) bool {
		return strings.Contains(asked(s, http.MethodGet, "localhost:1313", deskAt, s.secret).Body.String(), e.Link)
	}) {
		t.Error("no link to the portal")
	}
}
