package pipeline_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/gate"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
	"portalgen/internal/verify"
)

// serving serves a published folder with the headers that it asks for.
func serving(t *testing.T, dir string, spoil func(w http.ResponseWriter, r *http.Request) bool) (url string) {
	t.Helper()
	return servingBelow(t, "/", dir, spoil)
}

// servingBelow does so below a path of the host.
func servingBelow(t *testing.T, prefix, dir string, spoil func(w http.ResponseWriter, r *http.Request) bool) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range (gate.Host{Prefix: prefix}).Match(r.URL.Path) {
			w.Header().Set(h.Name, h.Value)
		}
		if spoil != nil && spoil(w, r) {
			return
		}
		below, found := strings.CutPrefix(r.URL.Path, prefix)
		name := path.Clean("/" + below)
		if strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if !found || err != nil || name == "/_headers" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write(text) // whoever asked has gone away
	}))
	t.Cleanup(server.Close)
	return server.URL + prefix
}

func compare(t *testing.T, b *pipeline.Builder, where string) verify.Result {
	t.Helper()
	at, err := verify.At(where)
	if err != nil {
		t.Fatal(err)
	}
	v, ps := verify.Site(t.Context(), b, at)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	return v
}

func TestVerifyAnAddress(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), t.TempDir()
	giveAccess(t, dir, "a", "maria")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	if v := compare(t, b, serving(t, out, nil)); len(v.Findings) > 0 || v.Same != len(tree(t, out))-1 {
		t.Fatalf("a site as it should be: %+v", v)
	}
	elsewhere := serving(t, out, nil)
	a, ps := b.Address("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	front := "/" + a.Folder + "/"
	for name, tt := range map[string]struct {
		spoil func(http.ResponseWriter, *http.Request) bool
		want  verify.Finding
	}{
		"gone": {func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == front {
				w.WriteHeader(http.StatusNotFound)
			}
			return r.URL.Path == front
		}, verify.Finding{What: verify.Missing, Path: front[1:] + "index.html", Client: "a"}},
		"more behind it": {func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != front {
				return false
			}
			text, _ := os.ReadFile(filepath.Join(out, front, "index.html"))
			_, _ = w.Write(append(text, "<script>"...))
			return true
		}, verify.Finding{What: verify.Differs, Path: front[1:] + "index.html", Client: "a"}},
		"another host": {func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/404.html" {
				http.Redirect(w, r, elsewhere+r.URL.Path, http.StatusFound)
			}
			return r.URL.Path == "/404.html"
		}, verify.Finding{What: verify.Unread, Path: "404.html", Detail: "it leads to another host"}},
		"no policy": {func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == front {
				w.Header().Del("Content-Security-Policy")
			}
			return false
		}, verify.Finding{What: verify.BadHeader, Path: front[1:] + "index.html", Client: "a", Detail: `Content-Security-Policy is "", not "default-src`}},
	} {
		t.Run(name, func(t *testing.T) {
			v := compare(t, b, serving(t, out, tt.spoil))
			var got verify.Finding
			if len(v.Findings) > 0 {
				got = v.Findings[0]
			}
			if detail := got.Detail; len(v.Findings) != 1 || !strings.Contains(detail, tt.want.Detail) || got.What != tt.want.What || got.Path != tt.want.Path || got.Client != tt.want.Client {
				t.Errorf("got %+v, want %+v", v.Findings, tt.want)
			}
		})
	}
	t.Run("assets that are not kept", func(t *testing.T) {
		v := compare(t, b, serving(t, out, func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, "/assets/") {
				w.Header().Set("Cache-Control", "no-store")
			}
			return false
		}))
		if len(v.Findings) != 1 || v.Findings[0].What != verify.BadHeader || !strings.HasPrefix(v.Findings[0].Detail, `Cache-Control is "no-store"`) {
			t.Errorf("got %+v", v.Findings)
		}
	})
}

// A key that is not the one the site was sealed under makes other bytes everywhere.
func TestVerifyUnderAnotherKey(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a")), t.TempDir()
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	giveAccess(t, dir, "a", "maria")
	v := compare(t, b, out)
	for _, f := range v.Findings {
		if f.What != verify.Differs || f.Client != "a" {
			t.Errorf("got %+v", f)
		}
	}
	if len(v.Findings) < 3 {
		t.Errorf("only %d pages differ", len(v.Findings))
	}
}

// A site below a path of its host is looked at there, headers and all.
func TestVerifyBelowAPath(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a")), t.TempDir()
	write(t, dir, map[string]string{site.ProviderFile: "base_url = \"https://pine.example/für/alle/\"\n" + provider})
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	if v := compare(t, b, servingBelow(t, "/für/alle/", out, nil)); len(v.Findings) > 0 || v.Same != len(tree(t, out))-1 {
		t.Errorf("a site as it should be: %+v", v)
	}
}

func TestVerifyLooksAtAttachments(t *testing.T) {
	t.Parallel()
	dir, out := handing(t), t.TempDir()
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	for _, where := range []string{out, serving(t, out, nil)} {
		if v := compare(t, b, where); len(v.Findings) > 0 {
			t.Fatalf("a site as it should be: %+v", v.Findings)
		}
	}
	names := attached(tree(t, out))
	bare := serving(t, out, func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, ".bin") {
			w.Header().Del("Cache-Control")
		}
		return false
	})
	plain := httptest.NewServer(http.FileServer(http.Dir(out)))
	defer plain.Close()
	if v := compare(t, b, plain.URL); len(v.Findings) != 1 || v.Findings[0].Path != "_headers" ||
		!strings.HasPrefix(v.Findings[0].Detail, "the host does not send what it says: Cache-Control, Content-Security-Policy, ") {
		t.Errorf("of a server that sends no headers: %+v", v.Findings)
	}
	if v := compare(t, b, bare); len(v.Findings) != 1 || v.Findings[0].What != verify.BadHeader || v.Findings[0].Path != names[0] || v.Findings[0].Client != "a" {
		t.Errorf("without its header: %+v", v.Findings)
	}
	sealed := []byte(tree(t, out)[names[0]])
	sealed[2000] ^= 1
	if err := os.WriteFile(filepath.Join(out, names[0]), sealed, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(out, names[1])); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{out, serving(t, out, nil)} {
		v := compare(t, b, where)
		if len(v.Findings) != 2 || v.Findings[0] != (verify.Finding{What: verify.Differs, Path: names[0], Client: "a"}) ||
			v.Findings[1] != (verify.Finding{What: verify.Missing, Path: names[1], Client: "a"}) {
			t.Errorf("got %+v", v.Findings)
		}
	}
	// The next build mends both.
	if r := publishInto(t, b, out); r.Written != 2 {
		t.Errorf("mended were %d files", r.Written)
	}
}
