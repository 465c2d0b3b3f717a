package site_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/site"
)

func TestOpen(t *testing.T) {
	dir := folder(t, map[string]string{"file": ""})
	for _, name := range []string{"gone", "file"} {
		if _, err := site.Open(filepath.Join(dir, name)); err == nil ||
			!strings.Contains(err.Error(), "cannot open the site") {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Chdir(dir)
	if s := open(t, "."); !filepath.IsAbs(s.Dir) {
		t.Errorf("the folder is %s", s.Dir)
	}
}

func TestClientOf(t *testing.T) {
	for name, want := range map[string]string{
		"data/clients/acme.toml": "acme", "data/access/acme.toml": "acme", "data/clients/acme/plan.svg": "acme", "data/clients/acme/a/b.svg": "acme",
		"data/clients/a.b.toml": "a.b", "data/clients/acme (copy).toml": "acme", "data/clients/acme~HEAD.toml": "acme",
		"data/clients/acme_conflict-20201010-101010.toml": "", "data/clients/acme_host_1_Conflict.toml": "",
		"data/provider.toml": "", "data/clients": "", "data/clients/readme.md": "", "data/private/acme.toml": "",
		"layouts/home.html": "", "acme.toml": "", "data/clientsx/acme.toml": "", "": "",
	} {
		if got := site.ClientOf(name); got != want {
			t.Errorf("%q is of %q, want %q", name, got, want)
		}
	}
	if got := site.ClientFile("acme"); site.ClientOf(got) != "acme" {
		t.Errorf("the client of %s is another", got)
	}
}

func TestClients(t *testing.T) {
	dir := folder(t, map[string]string{
		"data/clients/b.toml": "", "data/clients/a.toml": "", "data/clients/.hidden.toml": "", "data/clients/notes.md": "",
		"data/clients/c.toml.bak": "", "data/clients/d.toml/file": "", "data/clients/sub/e.toml": "", "data/access/a.toml": "",
	})
	s := open(t, dir)
	if ids, err := s.Clients(); err != nil || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("got %v, %v", ids, err)
	}
	if ids, err := open(t, t.TempDir()).Clients(); err != nil || len(ids) > 0 {
		t.Errorf("an empty folder has %v, %v", ids, err)
	}
	if ids, err := open(t, folder(t, map[string]string{"data/clients": "x"})).Clients(); err == nil {
		t.Errorf("a file in the place of the folder: %v", ids)
	}
}

// What can be a client's own file is a copy only beside what it is a copy of.
func TestCopiesOfClients(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for _, name := range []string{
		"acme", "acme (copy)", "acme-DESKTOP-1", "acme_conflict-20201010-101010", "acme_corp", "acme_corp_host_1_Conflict", "gone (copy)",
		"gone_conflict-20201010-101010",
	} {
		files[site.ClientFile(name)] = ""
	}
	s := open(t, folder(t, files))
	ids, err := s.Clients()
	if want := []string{"acme", "acme_corp", "gone_conflict-20201010-101010"}; err != nil || !slices.Equal(ids, want) {
		t.Errorf("got %q, %v; want %q", ids, err, want)
	}
	if got, want := s.Copied(), []string{"acme", "acme_corp", "gone"}; !slices.Equal(got, want) {
		t.Errorf("there are copies of %q, want %q", got, want)
	}
	if got := s.Copies("acme"); len(got) != 3 {
		t.Errorf("copies of acme: %q", got)
	}
	for _, name := range []string{"gone", "gone (copy)", "acme-DESKTOP-1"} {
		if s.HasClient(name) {
			t.Errorf("%s is taken for a client", name)
		}
	}
}

func TestHasClient(t *testing.T) {
	s := open(t, folder(t, map[string]string{"data/clients/a.toml": "", "data/clients/b/plan.svg": ""}))
	for id, want := range map[string]bool{"a": true, "b": false, "": false, "../../../etc/passwd": false} {
		if got := s.HasClient(id); got != want {
			t.Errorf("%q: %v", id, got)
		}
	}
}
