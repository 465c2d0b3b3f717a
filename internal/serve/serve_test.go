package serve

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// A server of a test that ends closes the connections that all tests share.
func init() { http.DefaultTransport.(*http.Transport).DisableKeepAlives = true }

const provider = "name = \"North\"\ntimezone = \"UTC\"\nlanguage = \"en\"\n"

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// preview returns a Server of a new site with clients of the ids, and its folder.
func preview(t *testing.T, ids ...string) (*Server, string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, site.ProviderFile, provider)
	for _, id := range ids {
		write(t, dir, site.ClientFile(id), "client = \"Client "+id+"\"\nportal = \""+id+"\"\n")
	}
	return begun(t, dir), dir
}

// begun returns a Server of the site in a folder.
func begun(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	now, err := pipeline.ParseClock("2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	return New(pipeline.New(s, pipeline.Options{Now: now, Keys: keyring.NewPreviewKeys(), Scripts: Scripts}))
}

func get(s *Server, host, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = host
	w := httptest.NewRecorder()
	s.handler(1313).ServeHTTP(w, r)
	return w
}

var versionForm = regexp.MustCompile(`data-version="([^"]*)"`)

// versionIn returns the version that a page says it is of.
func versionIn(t *testing.T, s *Server, path string) string {
	t.Helper()
	found := versionForm.FindStringSubmatch(get(s, "localhost:1313", path).Body.String())
	if found == nil {
		t.Fatalf("%s has no version", path)
	}
	return found[1]
}

// stateAt returns the first state that the page at a path receives, where it was opened by a
// link of the preview.
func stateAt(t *testing.T, s *Server, path string) state {
	t.Helper()
	pass := ""
	for _, c := range s.clients {
		pass = Pass(c.address.Fragment)
	}
	return toldTo(t, s, path, pass)
}

// toldTo returns the same for a page with that pass.
func toldTo(t *testing.T, s *Server, path, pass string) state {
	t.Helper()
	server := httptest.NewServer(s.handler(1313))
	defer server.CloseClientConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+own+"events?path="+path+"&pass="+pass, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "localhost:1313"
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	line, err := bufio.NewReader(answer.Body).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var st state
	if err := json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &st); err != nil {
		t.Fatal(err)
	}
	return st
}

func TestHosts(t *testing.T) {
	for _, tt := range []struct {
		host string
		port int
		want bool
	}{
		{"localhost:1313", 1313, true},
		{"LocalHost:1313", 1313, true},
		{"127.0.0.1:1313", 1313, true},
		{"[::1]:1313", 1313, true},
		{"localhost", 1313, false},
		{"localhost:80", 1313, false},
		{"evil.example:1313", 1313, false},
		{"localhost.evil.example:1313", 1313, false},
		{"", 1313, false},
		{"localhost", 80, true},
		{"LOCALHOST", 80, true},
		{"127.0.0.1", 80, true},
		{"[::1]", 80, true},
		{"localhost:80", 80, true},
		{"", 80, false},
	} {
		if got := isLocal(tt.host, tt.port); got != tt.want {
			t.Errorf("%q at port %d: %v", tt.host, tt.port, got)
		}
	}
	s, _ := preview(t)
	for host, want := range map[string]int{"LOCALHOST:1313": http.StatusOK, "evil.example:1313": http.StatusForbidden} {
		if got := get(s, host, "/").Code; got != want {
			t.Errorf("%s is answered %d", host, got)
		}
	}
}

// Of two with one address the first is shown, and the other is a problem, in the
// terminal, over the portal and at the root; and over no other portal.
func TestTwoClientsWithOneName(t *testing.T) {
	s, dir := preview(t, "a", "b", "c")
	first := versionIn(t, s, "/a/")
	for id, name := range map[string]string{"b": "a", "c": "c"} {
		write(t, dir, site.ClientFile(id), "client = \"Client "+id+"\"\nportal = \""+name+"\"\n")
	}
	ps, _ := s.Change(pipeline.Change{Clients: []string{"b", "c"}})
	if len(ps) != 1 || ps[0].Rule != "duplicate-portal" || ps[0].File != site.ClientFile("b") {
		t.Errorf("problems %v", ps)
	}
	for range 5 {
		if got := versionIn(t, s, "/a/"); got != first {
			t.Error("another portal than the first is shown")
		}
	}
	for path, want := range map[string]int{"/a/": 1, "/": 1, "/c/": 0} {
		if st := stateAt(t, s, path); len(st.Problems) != want {
			t.Errorf("%s receives %v", path, st.Problems)
		}
	}
	for _, e := range s.Entries() {
		if got := e.Problems.Err() != nil; got != (e.ID == "b") {
			t.Errorf("the problems of %s: %v", e.ID, e.Problems)
		}
	}
}

// A preview that began with a broken file for all lives through what comes, and mends itself.
func TestBrokenAtTheStart(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, site.ProviderFile, "nmae = 1")
	write(t, dir, site.ClientFile("a"), "client = \"A\"\n")
	s := begun(t, dir)
	if ps, _ := s.Change(pipeline.Change{Clients: []string{"a"}}); len(ps) == 0 || len(s.Entries()) > 0 {
		t.Errorf("problems %v, entries %v", ps, s.Entries())
	}
	write(t, dir, site.ProviderFile, provider)
	if ps, _ := s.Change(pipeline.Change{All: true}); len(ps) > 0 || len(s.Entries()) != 1 {
		t.Errorf("problems %v, entries %v", ps, s.Entries())
	}
}

// What is wrong only once a portal is made is reported, once, and lies over a page that does not
// claim to be the portal or to know nothing of it.
// TestClientsBehindALink wants a preview to tell that data/clients became a link, and to heal once it is a folder.
func TestClientsBehindALink(t *testing.T) {
	s, dir := preview(t, "acme")
	clients := filepath.Join(dir, filepath.FromSlash(site.ClientsDir))
	aside := filepath.Join(t.TempDir(), "clients")
	if err := errors.Join(os.Rename(clients, aside), os.Symlink(aside, clients)); err != nil {
		t.Fatal(err)
	}
	if ps, _ := s.Change(pipeline.Change{All: true}); ps.Err() == nil || !strings.Contains(ps.Err().Error(), "is a link") {
		t.Errorf("it says %v", ps)
	}
	if err := errors.Join(os.Remove(clients), os.Rename(aside, clients)); err != nil {
		t.Fatal(err)
	}
	if ps, _ := s.Change(pipeline.Change{All: true}); len(ps) > 0 {
		t.Errorf("a folder again, it says %v", ps)
	}
}

func TestProblemsOfTheFirstLook(t *testing.T) {
	s, dir := preview(t, "a", "b")
	var reported []string
	s.Report = func(ps diag.Problems) {
		for _, p := range ps {
			reported = append(reported, p.Rule)
		}
		s.Entries() // it may ask
	}
	write(t, dir, "layouts/home.html", "{{ define \"main\" }}{{ .Params.page.NoSuch }}{{ end }}")
	if ps, _ := s.Change(pipeline.Change{All: true}); len(ps) > 0 {
		t.Fatalf("nobody has looked, and there are %v", ps)
	}
	for range 2 {
		answer := get(s, "localhost:1313", "/a/")
		if page := answer.Body.String(); answer.Code != http.StatusServiceUnavailable || strings.Contains(page, `data-state="root"`) || !strings.Contains(page, Scripts[0]) {
			t.Errorf("it is answered %d: %s", answer.Code, page)
		}
		if st := stateAt(t, s, "/a/"); len(st.Problems) != 1 || st.Version != versionIn(t, s, "/a/") {
			t.Errorf("over it lies %v", st)
		}
	}
	if !slices.Equal(reported, []string{"layout"}) || len(s.Problems()) != 1 {
		t.Errorf("reported %v; problems %v", reported, s.Problems())
	}
	// A change that does not mend it says so, though no page was ever good.
	if ps, _ := s.Change(pipeline.Change{Clients: []string{"a"}}); len(ps) != 1 {
		t.Errorf("problems %v", ps)
	}
	if err := os.Remove(filepath.Join(dir, "layouts", "home.html")); err != nil {
		t.Fatal(err)
	}
	if ps, _ := s.Change(pipeline.Change{All: true}); len(ps) > 0 {
		t.Errorf("problems %v", ps)
	}
	if got := get(s, "localhost:1313", "/a/").Code; got != http.StatusOK || len(reported) != 1 {
		t.Errorf("it is answered %d; reported %v", got, reported)
	}
}

// A page has the version that it states: with the same it stays; with a newer
// one, it loads itself again.
func TestVersions(t *testing.T) {
	s, dir := preview(t, "a", "b")
	before := versionIn(t, s, "/a/")
	if st := stateAt(t, s, "/a/"); st.Version != before {
		t.Errorf("the page is of %s and receives %s", before, st.Version)
	}
	write(t, dir, site.ClientFile("b"), "client = \"Other\"\nportal = \"b\"\n")
	s.Change(pipeline.Change{Clients: []string{"b"}})
	if st := stateAt(t, s, "/a/"); st.Version != before {
		t.Error("an edit of another client reaches the page")
	}
	for _, c := range []pipeline.Change{{Clients: []string{"a"}}, {All: true}} {
		s.Change(c)
		st := stateAt(t, s, "/a/")
		if st.Version == before {
			t.Errorf("after %+v it receives the version that it had", c)
		}
		if before = versionIn(t, s, "/a/"); before != st.Version {
			t.Errorf("after %+v the page is of %s and receives %s", c, before, st.Version)
		}
	}
}

// A file that breaks leaves the last good portal, with the problem over it.
func TestTheLastGoodOneStays(t *testing.T) {
	s, dir := preview(t, "a")
	before := versionIn(t, s, "/a/")
	write(t, dir, site.ClientFile("a"), "clint = 1\n")
	s.Change(pipeline.Change{Clients: []string{"a"}})
	if got := versionIn(t, s, "/a/"); got != before || len(stateAt(t, s, "/a/").Problems) == 0 {
		t.Errorf("the page is of %s, before it was of %s", got, before)
	}
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(site.ClientFile("a")))); err != nil {
		t.Fatal(err)
	}
	s.Change(pipeline.Change{Clients: []string{"a"}})
	if got := get(s, "localhost:1313", "/a/").Code; got != http.StatusNotFound || len(s.Entries()) > 0 {
		t.Errorf("it is gone, and answered %d", got)
	}
}

// Problems that quote a client's file are sent to a page that was opened by a link of the preview,
// and to nobody else on this machine.
func TestEventsTellStrangersNoLine(t *testing.T) {
	s, dir := preview(t, "a", "b")
	write(t, dir, site.ClientFile("a"), "client = \"Client a\"\nportal = \"a\"\nxyzzy = 1\n")
	s.Change(pipeline.Change{Clients: []string{"a"}})
	fragment := s.clients["b"].address.Fragment
	for _, path := range []string{"/", "/a/", "/nowhere/"} {
		known := toldTo(t, s, path, Pass(fragment))
		if len(known.Problems) != 1 || !strings.Contains(known.Problems[0].Text, "xyzzy") {
			t.Errorf("at %s whoever has a link receives %v", path, known.Problems)
		}
		for _, pass := range []string{"", fragment, Pass(""), Pass(fragment)[1:], Pass("x")} {
			stranger := toldTo(t, s, path, pass)
			if text, err := json.Marshal(stranger.Problems); err != nil || len(stranger.Problems) != 1 || strings.Contains(string(text), "xyzzy") || strings.Contains(string(text), "clients") {
				t.Errorf("at %s a stranger with %q receives %s", path, pass, text)
			}
		}
	}
}

// TestAnEditedSampleStays wants that a sample keeps its address, its link and its password while it
// is edited, and while the provider's file is, so that a page that is open stays open.
func TestAnEditedSampleStays(t *testing.T) {
	t.Parallel()
	s, dir := preview(t)
	id := sample.IDs()[0]
	texts := map[string]string{}
	for _, name := range []string{site.ProviderFile, site.ClientFile(id)} {
		text, err := sample.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
		write(t, dir, name, texts[name])
	}
	s.Change(pipeline.Change{All: true})
	before, version := s.Entries()[0], ""
	if before.Passphrase != sample.Passphrase {
		t.Fatalf("the preview has %+v", s.Entries())
	}
	opens := func() string {
		portal := s.clients[id].portal
		return fmt.Sprint(portal.Sealer.Opens(), portal.Sealer.Slots())
	}
	version = versionIn(t, s, before.Path)
	slots := opens()
	for name, text := range map[string]string{
		site.ClientFile(id): "# edited\n" + texts[site.ClientFile(id)], site.ProviderFile: "# edited\n" + texts[site.ProviderFile],
	} {
		write(t, dir, name, text)
		s.Change(pipeline.Classify([]string{name}))
		is := s.Entries()[0]
		if is.Path != before.Path || is.Link != before.Link || is.Passphrase != before.Passphrase || len(is.Problems) > 0 {
			t.Errorf("after an edit of %s it is %+v, before it was %+v", name, is, before)
		}
		if now := versionIn(t, s, before.Path); now == version || opens() != slots {
			t.Errorf("after an edit of %s the page is of %s, before it was of %s", name, now, version)
		}
	}
	// What has never been a sample has no public password.
	write(t, dir, site.ClientFile("mine"), strings.Replace(texts[site.ClientFile(id)], "\n", "\n\n", 1))
	s.Change(pipeline.Change{All: true})
	for _, e := range s.Entries() {
		if e.ID == "mine" && e.Passphrase != "" {
			t.Errorf("%+v opens to everybody", e)
		}
	}
}
