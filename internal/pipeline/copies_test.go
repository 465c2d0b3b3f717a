package pipeline_test

import (
	"maps"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// A copy that a sync program has made stops its client alone: what that has published
// stays, and the others are built.
func TestACopyStopsItsClientAlone(t *testing.T) {
	dir, out := folder(t, clients("acme", "other")), t.TempDir()
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	before := tree(t, out)
	copied := site.ClientFile("acme (conflicted copy 2026-11-17)")
	write(t, dir, map[string]string{
		copied: clientFile("Client acme", ""), site.ClientFile("acme"): clientFile("Client acme, edited", ""),
		site.ClientFile("other"): clientFile("Client other, edited", ""),
	})
	_, ps := b.Build(t.Context(), out, nil, nil)
	if p := one(t, ps, "copied-file"); p.File != copied || p.Hint == "" || len(ps.Errors()) != 1 {
		t.Errorf("got %v", ps)
	}
	after := tree(t, out)
	acme, other := 0, 0
	for name, text := range before {
		is, there := after[name]
		switch {
		case !there:
			t.Errorf("%s is gone", name)
		case strings.HasSuffix(name, "/index.html") && is != text:
			other++
		case strings.HasSuffix(name, "/index.html"):
			acme++
		}
	}
	if other == 0 || acme == 0 {
		t.Errorf("%d pages are new and %d as they were", other, acme)
	}
	if ids, err := b.Clients(); err != nil || len(ids) != 2 {
		t.Errorf("clients: %v, %v", ids, err)
	}
	if ps, err := b.Check(); err != nil {
		t.Fatal(err)
	} else {
		one(t, ps, "copied-file")
	}
	remove(t, dir, copied)
	publishInto(t, b, out)
	if settled := tree(t, out); maps.Equal(settled, after) {
		t.Error("once it is settled the client is not built")
	}
}

func TestClassifyACopy(t *testing.T) {
	t.Parallel()
	got := pipeline.Classify([]string{site.ClientFile("acme 2"), site.ClientFile("acme.sync-conflict-20261117-1-X")})
	if got.All || len(got.Clients) != 1 || got.Clients[0] != "acme" {
		t.Errorf("got %+v", got)
	}
}

func TestTwoFilesOfOneClient(t *testing.T) {
	text := clientFile("Acme", "")
	dir := folder(t, map[string]string{
		site.ClientFile("acme"): text, site.ClientFile("acme-laptop"): text + "\n[[decision]]\non = 2026-11-12\ntext = \"Blue\"\n",
		site.ClientFile("other"): clientFile("Other", ""), site.ClientFile("acme-two"): "client = \"Acme\"\n",
	})
	b := load(t, dir, pipeline.Options{})
	ps, err := b.Check()
	if err != nil {
		t.Fatal(err)
	}
	if p := one(t, ps, "same-client"); p.File != site.ClientFile("acme-laptop") || !strings.Contains(p.Message, site.ClientFile("acme")) {
		t.Errorf("got %v", p)
	}
	_, ps = b.Build(t.Context(), t.TempDir(), nil, nil)
	one(t, ps, "same-client")
}

// Backups are neither used nor published, and each is named.
func TestLeftovers(t *testing.T) {
	files := clients("acme")
	loud := []string{
		"static/assets/css/own.css~", "static/#robots.txt#", "static/robots.txt.orig", "static/Thumbs.db", "layouts/home.html.bak",
		"i18n/en.toml.rej", "content/travel.md.bck", "data/clients/~$acme.toml",
	}
	for _, name := range append(loud, "static/._own.css", "static/.DS_Store") {
		files[name] = "xyzzy {{ nothing"
	}
	b := unloaded(t, folder(t, files), pipeline.Options{})
	ps := b.Load()
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	told := map[string]bool{}
	for _, p := range ps {
		if p.Rule == "leftover" {
			told[p.File] = true
		}
	}
	for _, name := range loud {
		if !told[name] {
			t.Errorf("%s is not told of", name)
		}
	}
	if len(told) != len(loud) || len(ps) != len(loud) {
		t.Errorf("told of: %v", ps)
	}
	for name, text := range b.SiteFiles() {
		if strings.Contains(string(text), "xyzzy") {
			t.Errorf("%s is published", name)
		}
	}
}
