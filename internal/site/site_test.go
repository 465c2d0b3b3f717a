package site_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 20}

// folder returns a folder with files, by their slash path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t *testing.T, dir string) *site.Site {
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
	return s
}

func text(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOpen(t *testing.T) {
	dir := folder(t, map[string]string{"file": ""})
	for _, name := range []string{"gone", "file"} {
		if _, err := site.Open(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), "cannot open the site") {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Chdir(dir)
	if s := open(t, "."); !filepath.IsAbs(s.Dir) {
		t.Errorf("the folder is %s", s.Dir)
	}
}

func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	wrote, err := site.Init(dir, site.Start{Today: today, Example: true})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(wrote)
	want := []string{
		".gitattributes", ".gitignore", ".taplo.toml", "data/clients/first-client.toml", "data/provider.toml",
		"data/schema/client.json", "data/schema/private.json", "data/schema/provider.json", "netlify.toml",
	}
	if !slices.Equal(wrote, want) {
		t.Errorf("wrote %v, want %v", wrote, want)
	}
	if first := text(t, dir, "data/clients/first-client.toml"); !strings.Contains(first, "on = 2026-11-14") || strings.Contains(first, "{{") {
		t.Errorf("the dates are not around today:\n%s", first)
	}
	if again, err := site.Init(dir, site.Start{Today: today, Example: true}); err != nil || len(again) > 0 {
		t.Errorf("a second time it writes %v, %v", again, err)
	}
}

// What the starter writes is a site without a fault, on whatever day it is written.
func TestInitIsInOrder(t *testing.T) {
	for _, day := range []civil.Date{today, {Year: 2028, Month: 2, Day: 29}, {Year: 2027, Month: 1, Day: 1}} {
		dir := t.TempDir()
		if _, err := site.Init(dir, site.Start{Today: day, Example: true}); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		src, ps := clientfile.ReadFile(s.Root, site.ProviderFile)
		p, more := clientfile.Provider(src)
		if ps = append(ps, more...); len(ps) > 0 {
			t.Fatal(ps)
		}
		ids, err := s.Clients()
		if err != nil || !slices.Equal(ids, []string{"first-client"}) {
			t.Fatal(ids, err)
		}
		src, ps = clientfile.ReadFile(s.Root, site.ClientFile(ids[0]))
		_, more = clientfile.Client(ids[0], src, clientfile.Options{Provider: p, Now: civil.On(day).In(time.UTC)})
		if ps = append(ps, more...); len(ps) > 0 {
			t.Errorf("on %s: %v", day, ps)
		}
	}
}

func TestInitKeepsWhatIsThere(t *testing.T) {
	dir := folder(t, map[string]string{
		"data/provider.toml": "mine", "data/clients/acme.toml": "mine too", "README.md": "read me", ".gitignore": "own", ".gitattributes": "own too",
		".taplo.toml": "own too", "data/schema/client.json": "older", "data/schema/provider.json": "older", "data/schema/private.json": "older",
	})
	wrote, err := site.Init(dir, site.Start{Today: today, Example: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(wrote, []string{"netlify.toml"}) {
		t.Errorf("wrote %v", wrote)
	}
	for name, want := range map[string]string{"data/provider.toml": "mine", "data/clients/acme.toml": "mine too", "README.md": "read me", ".gitignore": "own", ".gitattributes": "own too", ".taplo.toml": "own too", "data/schema/client.json": "older"} {
		if got := text(t, dir, name); got != want {
			t.Errorf("%s is now %q", name, got)
		}
	}
}

func TestInitFails(t *testing.T) {
	dir := folder(t, map[string]string{"data": "a file in the way", "file": ""})
	for _, d := range []string{dir, filepath.Join(dir, "file")} {
		if _, err := site.Init(d, site.Start{Today: today}); err == nil {
			t.Errorf("%s: no error", d)
		}
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

func TestASitesOwnStrings(t *testing.T) {
	s := open(t, folder(t, map[string]string{
		"i18n/en.toml": "colour_green = \"Smooth sailing\"\n[and_more]\none = \"one more\"\nother = \"{{ .Count }} more\"\n",
		"i18n/eo.toml": "colour_red = \"Malbona\"\n",
	}))
	theme, err := s.Theme()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]map[string]string{
		"i18n/en.toml": {"colour_green": "Smooth sailing", "colour_red": "Off track", "gate_open": "Open"},
		"i18n/eo.toml": {"colour_green": "On track", "colour_red": "Malbona"},
	} {
		var words map[string]any
		if err := toml.Unmarshal(theme.Files[name], &words); err != nil {
			t.Fatal(err)
		}
		for key, text := range want {
			if words[key] != text {
				t.Errorf("%s: %s = %q, want %q", name, key, words[key], text)
			}
		}
	}
	// The next site has the program's own again.
	if theme, err = open(t, folder(t, nil)).Theme(); err != nil {
		t.Fatal(err)
	}
	forms, _ := theme.Strings["en"]["and_more"].(map[string]any)
	if text := theme.Texts("en")["colour_green"]; text != "On track" || forms["one"] == "one more" || forms["other"] == nil {
		t.Errorf("another site says %q, and %v", text, forms)
	}
	broken := open(t, folder(t, map[string]string{"i18n/en.toml": "# mine\ncolour_green = \n"}))
	_, err = broken.Theme()
	if p, ok := errors.AsType[diag.Problem](err); !ok || p.File != "i18n/en.toml" || p.Line != 2 {
		t.Errorf("a broken file: %v", err)
	}
}

func TestASitesOwnFilesWin(t *testing.T) {
	s := open(t, folder(t, map[string]string{
		"layouts/home.html": "own home", "layouts/_partials/new.html": "own partial", "content/.draft.md": "hidden",
		"layouts/.cache/x.html": "hidden", "layouts/.#home.html": "hidden",
		"i18n/eo.toml": "", "static/robots.txt": "own robots", "static/assets/icon.svg": "own icon",
		"static/.DS_Store": "hidden", "static/.well-known/security.txt": "mail us", "static/.git/config": "hidden",
	}))
	theme, err := s.Theme()
	if err != nil {
		t.Fatal(err)
	}
	static, err := s.Static()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"layouts/home.html": "own home", "layouts/_partials/new.html": "own partial"} {
		if got := string(theme.Files[name]); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	for name, want := range map[string]string{"robots.txt": "own robots", "assets/icon.svg": "own icon", ".well-known/security.txt": "mail us"} {
		if got := string(static[name]); got != want {
			t.Errorf("static/%s is %q", name, got)
		}
	}
	for _, files := range []map[string][]byte{theme.Files, static} {
		for name, text := range files {
			if string(text) == "hidden" {
				t.Errorf("%s is taken", name)
			}
		}
	}
	own, err := fs.ReadFile(portalgen.Defaults, "layouts/baseof.html")
	if err != nil || string(theme.Files["layouts/baseof.html"]) != string(own) {
		t.Errorf("the program's own layout is not there: %v", err)
	}
	if len(static["assets/js/gate.js"]) == 0 {
		t.Error("the program's own scripts are not there")
	}
	if langs := theme.Languages(); !slices.Contains(langs, "en") || !slices.Contains(langs, "eo") || !slices.IsSorted(langs) {
		t.Errorf("languages %v", langs)
	}
}

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
