package pipeline_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/verify"
)

// A server of a test that ends closes the connections that all tests share.
func init() { http.DefaultTransport.(*http.Transport).DisableKeepAlives = true }

const someKey = "# A key.\n" + "portalgen-key-1-twavdfh-c5drtje-5zxrbiu-xmn2rxd-ah6voar-krspz57-5w36pip-dvuxdjp\n"

// A host that serves some text at some addresses, and beside them the site below a path.
func TestVerifyAsksForWhatNoHostMayServe(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), t.TempDir()
	giveAccess(t, dir, "a", "maria")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	write(t, dir, map[string]string{"data/private/b.toml": "[fit]\nwhy = \"They pay late\"\n"})
	file := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const page = "<!doctype html>\n<pre>\nname = \"A host\"\n[core]\n[[commitment]]\n</pre>\n"
	everything := func(text string) func(string) (string, int) {
		return func(path string) (string, int) {
			if strings.Contains(path, "data/") || strings.Contains(path, "/.") {
				return text, http.StatusOK
			}
			return "", 0
		}
	}
	at := func(path, text string) func(string) (string, int) {
		return func(asked string) (string, int) {
			if asked == path {
				return text, http.StatusOK
			}
			return "", 0
		}
	}
	for _, tt := range []struct {
		name   string
		prefix string
		serves func(path string) (text string, status int)
		what   string
		want   []string // the paths of what is found
	}{
		{"nothing", "/", at("", ""), verify.Exposed, nil},
		{"the provider's file", "/", at("/data/provider.toml", file("data/provider.toml")), verify.Exposed, []string{"data/provider.toml"}},
		{"a client's file", "/", at("/data/clients/b.toml", file("data/clients/b.toml")), verify.Exposed, []string{"data/clients/b.toml"}},
		{"an older one with a mistake", "/", at("/data/clients/a.toml", "\ufeff# x\r\nclient = \"An\r\n[[commitment]\r\n"), verify.Exposed, []string{"data/clients/a.toml"}},
		{"a heading alone", "/", at("/data/clients/a.toml", "x\n[[commitment]] # y\r\n"), verify.Exposed, []string{"data/clients/a.toml"}},
		{"the key", "/", at("/.portalgen/key", someKey), verify.Exposed, []string{".portalgen/key"}},
		{"the key of before", "/", at("/.portalgen/key.old", someKey), verify.Exposed, []string{".portalgen/key.old"}},
		{"git's settings", "/", at("/.git/config", "[core]\n\tbare = false\n"), verify.Exposed, []string{".git/config"}},
		{"a client's file with its keys in quotes", "/", at("/data/clients/b.toml", "\"client\" = \"An\"\n"), verify.Exposed, []string{"data/clients/b.toml"}},
		{"notes for the provider alone", "/", at("/data/private/b.toml", file("data/private/b.toml")), verify.Exposed, []string{"data/private/b.toml"}},
		{"who has access", "/", at("/data/access/a.toml", file("data/access/a.toml")), verify.Exposed, []string{"data/access/a.toml"}},
		{"a part of a file", "/", func(path string) (string, int) {
			if path == "/data/clients/b.toml" {
				return file("data/clients/b.toml"), http.StatusPartialContent
			}
			return "", 0
		}, verify.Exposed, []string{"data/clients/b.toml"}},
		{"below a path", "/p/q/", at("/p/q/data/provider.toml", file("data/provider.toml")), verify.Exposed, []string{"data/provider.toml"}},
		{"above it", "/p/q/", at("/p/data/provider.toml", file("data/provider.toml")), verify.Exposed, []string{"data/provider.toml"}},
		{"at the root", "/p/q/", at("/.portalgen/key", someKey), verify.Exposed, []string{".portalgen/key"}},
		{"a page for everything", "/", everything(page), verify.Exposed, nil},
		{"nothing for everything", "/", everything(""), verify.Exposed, nil},
		{"words for everything", "/", everything("There is no such page."), verify.Exposed, nil},
		{"another program's settings", "/", at("/data/provider.toml", "[build]\npublish = \"public\"\n"), verify.Exposed, nil},
		{"no key", "/", at("/.portalgen/key", "portalgen-key-1-aaaa\n"), verify.Exposed, nil},
		{"a client's file for everything", "/", everything(file("data/clients/a.toml")), verify.Unread, []string{"data/clients/a.toml", "data/clients/b.toml", "data/provider.toml"}},
		{"no answer", "/", func(path string) (string, int) {
			if path == "/.git/config" {
				return "", http.StatusServiceUnavailable
			}
			return "", 0
		}, verify.Unread, []string{".git/config"}},
		{"refused", "/", func(path string) (string, int) {
			if path == "/.git/config" {
				return "[core]\n", http.StatusForbidden
			}
			return "", 0
		}, verify.Unread, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			where := servingBelow(t, tt.prefix, out, nil)
			inner := strings.TrimSuffix(where, tt.prefix)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if text, status := tt.serves(r.URL.Path); status != 0 {
					w.WriteHeader(status)
					_, _ = io.WriteString(w, text) // whoever asked has gone away
					return
				}
				answer, err := http.Get(inner + r.URL.Path)
				if err != nil {
					t.Error(err)
					return
				}
				defer answer.Body.Close()
				for name := range answer.Header {
					w.Header().Set(name, answer.Header.Get(name))
				}
				w.WriteHeader(answer.StatusCode)
				_, _ = io.Copy(w, answer.Body) // as above
			}))
			t.Cleanup(server.Close)
			var got []string
			for _, f := range compare(t, b, server.URL+tt.prefix).Findings {
				if f.What == verify.BadHeader || f.What == verify.Differs && tt.prefix != "/" {
					continue // the pages are those of a site at the root
				}
				if f.What != tt.what {
					t.Errorf("found %+v", f)
				}
				if f.What == verify.Exposed && !strings.Contains(f.Detail, server.URL) {
					t.Errorf("it is not said where: %+v", f)
				}
				got = append(got, f.Path)
			}
			if slices.Sort(got); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// What a host gives away is told also where what would be published now is not known.
func TestVerifyRaisesTheAlarmBesideAnError(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	giveAccess(t, dir, "a", "maria")
	write(t, dir, map[string]string{"data/clients/a.toml": "client = \n"})
	b := load(t, dir, pipeline.Options{})
	at, err := verify.At(serving(t, dir, nil))
	if err != nil {
		t.Fatal(err)
	}
	v, ps := verify.Site(t.Context(), b, at)
	found := func(name string) bool {
		return slices.ContainsFunc(v.Findings, func(f verify.Finding) bool { return f.What == verify.Exposed && f.Path == name })
	}
	if ps.Err() == nil || !found("data/provider.toml") {
		t.Errorf("found %+v, %v", v.Findings, ps)
	}
}

// So it is where the root of the site is not to be read, or leads elsewhere, as do all
// addresses of which there is none.
func TestVerifyAsksFirst(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	b := load(t, dir, pipeline.Options{})
	for name, answer := range map[string]func(w http.ResponseWriter, r *http.Request){
		"refused": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"broken":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.invalid/", http.StatusFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, err := verify.At(serving(t, dir, func(w http.ResponseWriter, r *http.Request) bool {
				open := strings.HasPrefix(r.URL.Path, "/data/") && !strings.Contains(r.URL.Path, "no-such-client")
				if !open {
					answer(w, r)
				}
				return !open
			}))
			if err != nil {
				t.Fatal(err)
			}
			v, ps := verify.Site(t.Context(), b, at)
			if ps.Err() == nil || len(v.Findings) != 2 {
				t.Fatalf("found %+v, %v", v.Findings, ps)
			}
			for i, want := range []string{"data/clients/a.toml", "data/provider.toml"} {
				if f := v.Findings[i]; f.What != verify.Exposed || f.Path != want {
					t.Errorf("found %+v, want %s", f, want)
				}
			}
		})
	}
}
