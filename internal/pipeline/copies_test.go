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

// Beside a client that is held the others are built as in any build of all: whoever has left
// is taken from the web, and what concerns the whole site is told.
func TestACopyKeepsNobodyElseOnline(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("gone", "other", "quay", "stray")), t.TempDir()
	write(t, dir, map[string]string{site.ClientFile("acme"): "portal = \"acme-co\"\n" + clientFile("Client acme", "")})
	publishInto(t, load(t, dir, pipeline.Options{}), out)
	b := load(t, dir, pipeline.Options{}) // as another run, which knows no folders of before
	held := map[string]bool{"acme-co": true}
	for _, id := range []string{"quay", "stray"} {
		a, ps := b.Address(id)
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		held[a.Folder] = true
	}
	left, ps := b.Address("gone")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	before := tree(t, out)

	write(t, dir, map[string]string{
		site.ClientFile("acme (conflicted copy)"): clientFile("Client acme", ""),
		site.ClientFile("quay~HEAD"):              "<<<<<<< no TOML\n",
		site.ClientFile("stray (copy)"):           clientFile("Client stray", ""),
		site.ProviderFile:                         "base_url = \"https://example.com/clients/\"\n" + provider,
		"static/assets/css/own.css":               "main { color: red }\n",
	})
	remove(t, dir, site.ClientFile("gone"))
	remove(t, dir, site.ClientFile("stray"))
	b = load(t, dir, pipeline.Options{})
	_, ps = b.Build(t.Context(), out, nil, nil)
	one(t, ps, "shared-origin")
	if n := len(ps.Errors()); n != 3 {
		t.Errorf("%d copies are told of: %v", n, ps)
	}
	after := tree(t, out)
	for name, text := range before {
		folder, _, _ := strings.Cut(name, "/")
		switch is, there := after[name]; {
		case folder == left.Folder && there:
			t.Errorf("%s of who has left is still there", name)
		case held[folder] && is != text:
			t.Errorf("%s of one that is held is not what it was", name)
		case folder == "assets" && !there:
			t.Errorf("%s is gone, which the pages of those that are held name", name)
		}
	}
	if checked, err := b.Check(); err != nil || len(checked.Errors()) != 3 {
		t.Errorf("check says %v, %v", checked, err)
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
		"static/assets/css/own (conflicted copy 2026-11-17).css", "static/robots.sync-conflict-20261117-101010-ABC.txt",
		"layouts/home - Copy.html", "i18n/en copy.toml", "content/travel_REMOTE_77.md",
	}
	files["static/assets/css/own.css"], files["static/robots.txt"] = "main { color: red }\n", "x"
	files["layouts/home.html"], files["i18n/en.toml"] = "{{ define \"main\" }}{{ end }}", "root_text = \"Hello\"\n"
	files["content/travel.md"] = "# Travel\n"
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
