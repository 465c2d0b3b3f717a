package site_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// A link that leads out of the site is an error, and nothing behind it is read.
func TestLinksThatLeaveTheSite(t *testing.T) {
	outside := folder(t, map[string]string{"secret.html": "SECRET", "secret.toml": "client = \"SECRET\"\n"})
	for _, tt := range []struct{ name, link, to string }{
		{"a layout", "layouts/home.html", "secret.html"},
		{"a folder of layouts", "layouts/_partials", "."},
		{"all layouts", "layouts", "."},
		{"static", "static/secret.html", "secret.html"},
		{"a folder of static", "static/more", "."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := folder(t, map[string]string{"data/provider.toml": ""})
			link(t, filepath.Join(outside, tt.to), filepath.Join(dir, tt.link))
			s := open(t, dir)
			theme, err := s.Theme()
			static, err2 := s.Static()
			if err == nil && err2 == nil {
				t.Error("no error")
			}
			if theme == nil {
				theme = &site.Theme{}
			}
			for _, files := range []map[string][]byte{theme.Files, static} {
				for name, text := range files {
					if strings.Contains(string(text), "SECRET") {
						t.Errorf("%s was read", name)
					}
				}
			}
		})
	}
	t.Run("a client", func(t *testing.T) {
		dir := folder(t, map[string]string{"data/clients/a.toml": ""})
		link(t, filepath.Join(outside, "secret.toml"), filepath.Join(dir, "data/clients/b.toml"))
		src, ps := clientfile.ReadFile(open(t, dir).Root, site.ClientFile("b"))
		if len(ps) != 1 || ps[0].Rule != "outside-site" || len(src.Text) > 0 {
			t.Errorf("got %q, %v", src.Text, ps)
		}
	})
	t.Run("all clients", func(t *testing.T) {
		dir := folder(t, map[string]string{"data/provider.toml": ""})
		link(t, outside, filepath.Join(dir, "data/clients"))
		if ids, err := open(t, dir).Clients(); err == nil {
			t.Errorf("got %v", ids)
		}
	})
	t.Run("what the starter writes", func(t *testing.T) {
		dir := t.TempDir()
		link(t, outside, filepath.Join(dir, "data"))
		if wrote, err := site.Init(dir, site.Start{Today: today, Example: true}); err == nil {
			t.Errorf("wrote %v", wrote)
		}
		if _, err := os.Stat(filepath.Join(outside, "provider.toml")); err == nil {
			t.Error("it wrote outside the site")
		}
	})
}

// A link within the site is as good as the file.
func TestALinkWithinTheSite(t *testing.T) {
	dir := folder(t, map[string]string{"layouts/one.html": "one", "data/clients/a.toml": ""})
	if err := os.Symlink("one.html", filepath.Join(dir, "layouts", "two.html")); err != nil {
		t.Fatal(err)
	}
	theme, err := open(t, dir).Theme()
	if err != nil || string(theme.Files["layouts/two.html"]) != "one" {
		t.Errorf("got %q, %v", theme.Files["layouts/two.html"], err)
	}
}

// A link out of its own top-level folder would publish what is in another, such as
// a client's plaintext.
func TestLinksWithinTheSiteThatLeaveTheirFolder(t *testing.T) {
	for _, tt := range []struct{ name, link, to, says string }{
		{"static itself", "static", "data", "static is a link"},
		{"layouts itself", "layouts", "data/clients", "layouts is a link"},
		{"content itself", "content", "data", "content is a link"},
		{"i18n itself", "i18n", "data", "i18n is a link"},
		{"static itself, to nothing", "static", "nowhere", "static is a link"},
		{"a file", "static/x.toml", "../data/clients/a.toml", "static/x.toml is a link that leads out of static"},
		{"a file further down", "static/more/x.toml", "../../data/clients/a.toml", "static/more/x.toml is a link that leads out of static"},
		{"a folder", "static/x", "../data", "static/x is a link that leads out of static"},
		{"a layout", "layouts/home.html", "../data/clients/a.toml", "layouts/home.html is a link that leads out of layouts"},
		{"strings", "i18n/eo.toml", "../data/provider.toml", "i18n/eo.toml is a link that leads out of i18n"},
		{"content", "content/a.md", "../data/clients/a.toml", "content/a.md is a link that leads out of content"},
		{"a link to a link", "static/y", "z", "static/y is a link that leads out of static"},
		{"a folder within", "static/folder", "real", "static/folder is a link to a folder, which is not followed"},
		{"nothing", "static/gone", "missing", "static/gone is a link to something that is not there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"data/provider.toml": "SECRET", "data/clients/a.toml": "SECRET"}
			if tt.link != "static" {
				files["static/real/file.txt"] = "real"
			}
			dir := folder(t, files)
			link(t, tt.to, filepath.Join(dir, tt.link))
			if tt.to == "z" {
				link(t, "../data", filepath.Join(dir, "static", "z"))
			}
			s := open(t, dir)
			theme, err := s.Theme()
			static, err2 := s.Static()
			p, ok := errors.AsType[diag.Problem](errors.Join(err, err2))
			if !ok || p.Message != tt.says || p.Rule != "not-a-file" || p.Hint == "" {
				t.Errorf("it says %+v", p)
			}
			if theme == nil {
				theme = &site.Theme{}
			}
			for _, files := range []map[string][]byte{theme.Files, static} {
				for name, text := range files {
					if strings.Contains(string(text), "SECRET") {
						t.Errorf("%s was read", name)
					}
				}
			}
		})
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

// A folder of clients that is a link is refused: nobody would hear of what is changed behind it.
func TestLinkedClientsAreRefused(t *testing.T) {
	t.Parallel()
	for _, linked := range []string{"data", site.ClientsDir} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "elsewhere", "clients"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, linked)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(dir, linked)); err != nil {
			t.Skip(err) // a system without links
		}
		s, err := site.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Clients(); err == nil || !strings.Contains(err.Error(), linked+" is a link") {
			t.Errorf("%s as a link: %v", linked, err)
		}
		_ = s.Close()
	}
}

// A site that was moved, or has another folder in its place, is known to be.
func TestASiteIsInPlace(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.InPlace(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, dir+"-moved"); err != nil {
		t.Skip(err) // a system that keeps open folders where they are
	}
	if err := s.InPlace(); !errors.Is(err, site.ErrMoved) {
		t.Errorf("moved away: %v", err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := s.InPlace(); !errors.Is(err, site.ErrMoved) {
		t.Errorf("another in its place: %v", err)
	}
}
