package proofs

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
	"portalgen/internal/gate"
)

const deployingFile = "../../../docs/deploying.md"

// told returns the example of docs/deploying.md in a language, with each of the pairs
// put in place of what it tells.
func told(t *testing.T, language string, pairs ...string) string {
	t.Helper()
	doc, err := os.ReadFile(deployingFile)
	e2e.Check(t, err)
	m := regexp.MustCompile("(?s)\n```"+language+"\n(.*?)```\n").FindAllSubmatch(doc, -1)
	if len(m) != 1 {
		t.Fatalf("%d examples in %q", len(m), language)
	}
	text := string(m[0][1])
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("the example in %s does not have %q once", language, pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// TestWebServersAsTold runs nginx and Caddy as docs/deploying.md tells, only without a certificate, since
// a browser trusts this machine's own address.
func TestWebServersAsTold(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	link := "/" + w.Folder(t, e2e.Harbour) + "/" + w.Link(t, e2e.Harbour)
	out := w.Publish(t)
	for _, tt := range []struct {
		name  string
		ready string // what the server says once it answers
		write func(t *testing.T, address string) (config string)
		args  func(config string) []string
	}{
		{
			"nginx", "start worker process",
			func(t *testing.T, address string) string {
				scratch := t.TempDir()
				server := told(t, "nginx",
					"listen 443 ssl http2", "listen "+address,
					"ssl_certificate     /etc/letsencrypt/live/portal.example.com/fullchain.pem;", "",
					"ssl_certificate_key /etc/letsencrypt/live/portal.example.com/privkey.pem;", "",
					"root /srv/portal;", "root "+out+";")
				user := ""
				if os.Getuid() == 0 {
					user = "user root;"
				}
				temporary := ""
				for _, of := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
					temporary += fmt.Sprintf("%s_temp_path %s/%s;\n", of, scratch, of)
				}
				return fmt.Sprintf("%s daemon off; worker_processes 1; pid %s/pid; error_log stderr notice;\nevents {}\n"+
					"http {\ninclude /etc/nginx/mime.types;\naccess_log off;\n%s%s}\n", user, scratch, temporary, server)
			},
			func(config string) []string { return []string{"-c", config} },
		},
		{
			"caddy", "serving initial configuration",
			func(t *testing.T, address string) string {
				return "{\n\tadmin off\n}\n" + told(t, "caddy",
					"portal.example.com {", "http://"+address+" {", "root * /srv/portal", "root * "+out)
			},
			func(config string) []string { return []string{"run", "--adapter", "caddyfile", "--config", config} },
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := webServer(t, tt.name)
			address := freeAddress(t)
			config := filepath.Join(t.TempDir(), "config")
			e2e.Check(t, os.WriteFile(config, []byte(tt.write(t, address)), 0o600))
			start(t, exec.Command(path, tt.args(config)...), tt.ready)
			wantHeaders(t, "http://"+address, out)
			tab := browsertest.Open(t)
			e2e.Visit(t, tab, "http://"+address+link, e2e.Home)
			tab.WantNoProblems(t)
		})
	}
}

// webServer returns where a server is. Where there is none, the test is skipped, but for
// PORTALGEN_REQUIRE_SERVERS.
func webServer(t *testing.T, name string) string {
	t.Helper()
	for _, at := range []string{name, "/usr/sbin/" + name} {
		if path, err := exec.LookPath(at); err == nil {
			return path
		}
	}
	if os.Getenv("PORTALGEN_REQUIRE_SERVERS") != "" {
		t.Fatalf("there is no %s, and PORTALGEN_REQUIRE_SERVERS is set", name)
	}
	t.Skipf("NOT TESTED: there is no %s here", name)
	return ""
}

// freeAddress returns an address of this machine that was free a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	e2e.Check(t, err)
	defer l.Close()
	return l.Addr().String()
}

// start runs a server until the test ends, and returns once it has said that it is ready.
func start(t *testing.T, c *exec.Cmd, ready string) {
	t.Helper()
	home := t.TempDir()
	c.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home)
	said, err := c.StderrPipe()
	e2e.Check(t, err)
	e2e.Check(t, c.Start())
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt) // it has ended by itself
		_ = c.Wait()                       // its code tells of the signal
	})
	var all strings.Builder
	for lines := bufio.NewScanner(said); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), ready) {
			go func() { _, _ = io.Copy(io.Discard, said) }() // until it ends
			return
		}
	}
	t.Fatalf("%s has ended:\n%s", c.Path, all.String())
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
	})()`, told(t, "js request"), told(t, "js response"), asked))
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
