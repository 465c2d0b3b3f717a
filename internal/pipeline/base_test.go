package pipeline_test

import (
	"maps"
	"path"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// home returns the plain Home of a client.
func home(t *testing.T, b *pipeline.Builder, id string) string {
	t.Helper()
	pages, ps := b.Plain(id)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	return string(pages[""].Body)
}

func TestAProviderThatBreaksKeepsTheLast(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	b := unloaded(t, dir, pipeline.Options{})
	if b.Loaded() {
		t.Error("it is loaded before it has loaded")
	}
	if ps := b.Load(); ps.Err() != nil || !b.Loaded() {
		t.Fatal(ps)
	}
	write(t, dir, map[string]string{site.ProviderFile: "name = \"North\n"})
	ps := b.Load()
	if len(ps) != 1 || ps[0].File != site.ProviderFile || ps[0].Line != 1 || ps[0].Text == "" {
		t.Errorf("problems %+v", ps)
	}
	if !b.Loaded() || b.Provider().Name != "North Studio" {
		t.Error("the last good one is not in use")
	}
	if _, ps := b.Portal("a"); ps.Err() != nil {
		t.Error(ps)
	}
	write(t, dir, map[string]string{site.ProviderFile: strings.Replace(provider, "North", "South", 1)})
	if ps := b.Load(); ps.Err() != nil || b.Provider().Name != "South Studio" {
		t.Errorf("the mended one is not taken: %v", ps)
	}
}

func TestNoProvider(t *testing.T) {
	t.Parallel()
	dir := folder(t, nil)
	remove(t, dir, site.ProviderFile)
	b := unloaded(t, dir, pipeline.Options{})
	if ps := b.Load(); ps.Err() == nil || ps[0].File != site.ProviderFile || b.Loaded() {
		t.Errorf("got %v", ps)
	}
	if ps, err := b.Check(); ps.Err() == nil || err != nil {
		t.Errorf("check says %v, %v", ps, err)
	}
}

func TestASitesOwnLook(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	write(t, dir, map[string]string{
		"layouts/status.html":      `{{ define "main" }}OWN LAYOUT of {{ .Params.page.Status.Headline }}{{ end }}`,
		"static/robots.txt":        "own file",
		"static/assets/icon.svg":   "own icon",
		"static/assets/js/root.js": "console.log('own script');",
		"i18n/en.toml":             "nothing_waits = \"All quiet\"\ngate_open = \"Come in\"\n",
	})
	b := load(t, dir, pipeline.Options{})
	pages, ps := b.Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	if got := string(pages["status-2026-11-10"].Body); !strings.Contains(got, "OWN LAYOUT of On the way for Client a") {
		t.Errorf("the note is\n%s", got)
	}
	h := string(pages[""].Body)
	for _, want := range []string{"All quiet", "From North Studio for Client a", "Next from us"} {
		if !strings.Contains(h, want) {
			t.Errorf("Home does not say %q", want)
		}
	}
	files := b.SiteFiles()
	if got := string(files["robots.txt"]); got != "own file" {
		t.Errorf("robots.txt is %q", got)
	}
	for name, wants := range map[string][]string{
		"icon.svg": {"own icon"}, "js/root.js": {"own script"},
	} {
		for _, want := range wants {
			if got := asset(t, b, name); !strings.Contains(got, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
	var scripts strings.Builder
	for name, text := range files {
		if path.Ext(name) == ".js" {
			scripts.Write(text)
		}
	}
	for _, want := range []string{"Come in", "Your passphrase"} { // of the strings, those that it does not give stay
		if !strings.Contains(scripts.String(), want) {
			t.Errorf("no script says %q", want)
		}
	}
}

// What a site gives and nothing uses is warned of, in its place, and stops nothing.
func TestASitesOwnLookThatIsNotUsed(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"static/assets/css/brand.css": "own colours", "static/assets/js/words.js": "own words",
		"i18n/en.toml": "your_trun = \"You\"\n",
	})
	b := unloaded(t, dir, pipeline.Options{})
	ps := b.Load()
	if !b.Loaded() {
		t.Fatal(ps)
	}
	got := map[string]string{}
	for _, p := range ps {
		got[p.Pos.String()] = p.Rule
		if p.Severity != diag.Warning || p.Hint == "" {
			t.Errorf("got %+v", p)
		}
	}
	want := map[string]string{
		"static/assets/css/brand.css": "reserved-name", "static/assets/js/words.js": "reserved-name",
		"i18n/en.toml:1:1": "unknown-string",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for name, text := range b.SiteFiles() {
		if strings.HasPrefix(string(text), "own") {
			t.Errorf("%s is the site's", name)
		}
	}
}

// What makes the assets makes their address, so that they can be kept for good.
func TestAssetsHaveTheAddressOfTheirBytes(t *testing.T) {
	t.Parallel()
	of := func(files map[string]string) string {
		b := load(t, folder(t, files), pipeline.Options{})
		for name := range b.SiteFiles() {
			if folder, ok := strings.CutSuffix(name, "js/gate.js"); ok {
				return folder
			}
		}
		t.Fatal("there is no gate")
		return ""
	}
	plain := of(nil)
	for name, files := range map[string]map[string]string{
		"a style":  {"static/assets/css/portal.css": "a {}"},
		"a colour": {site.ProviderFile: provider + "[brand]\naccent = \"#123456\"\n"},
		"a word":   {"i18n/en.toml": "gate_open = \"Come in\"\n"},
	} {
		if of(files) == plain {
			t.Errorf("%s changes, and the address does not", name)
		}
	}
	if again := of(map[string]string{"static/robots.txt": "x"}); again != plain {
		t.Errorf("what is no asset changes the address from %s to %s", plain, again)
	}
}

func TestLogo(t *testing.T) {
	t.Parallel()
	with := func(logo string) map[string]string {
		return map[string]string{site.ProviderFile: provider + "[brand]\nlogo = \"" + logo + "\"\n"}
	}
	ps := unloaded(t, folder(t, with("assets/logo.svg")), pipeline.Options{}).Load()
	if p := one(t, ps, "build"); p.File != site.ProviderFile || !strings.Contains(p.Message, "no file static/assets/logo.svg") {
		t.Errorf("it says %+v", p)
	}
	files := with("assets/logo.svg")
	files["static/assets/logo.svg"] = "<svg/>"
	maps.Copy(files, clients("a"))
	b := load(t, folder(t, files), pipeline.Options{})
	if got := string(b.SiteFiles()["index.html"]); !strings.Contains(got, "/logo.svg") {
		t.Error("the root page does not show the logo")
	}
}

func TestLanguageWithoutStrings(t *testing.T) {
	t.Parallel()
	german := strings.Replace(provider, `"en"`, `"eo"`, 1)
	ps := unloaded(t, folder(t, map[string]string{site.ProviderFile: german}), pipeline.Options{}).Load()
	if p := one(t, ps, "bad-value"); !strings.Contains(p.Message, "there is no i18n/eo.toml") || !strings.Contains(p.Hint, "en") {
		t.Errorf("it says %+v", p)
	}
	dir := folder(t, map[string]string{site.ClientFile("a"): clientFile("A", `language = "eo"`)})
	_, ps = load(t, dir, pipeline.Options{}).Portal("a")
	if p := one(t, ps, "bad-value"); p.File != site.ClientFile("a") || p.Line == 0 {
		t.Errorf("it says %+v", p)
	}
	// With strings of the site's own it is a language like any other, and what they do
	// not say is said in English.
	write(t, dir, map[string]string{"i18n/eo.toml": "nothing_waits = \"Nenio atendas vin\"\n"})
	h := home(t, load(t, dir, pipeline.Options{}), "a")
	for _, want := range []string{"Nenio atendas vin", "Next from us"} {
		if !strings.Contains(h, want) {
			t.Errorf("Home does not say %q", want)
		}
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"": "/", "https://portal.example": "/", "https://portal.example/": "/",
		"https://north.example/clients": "/clients/", "https://north.example/a/b/": "/a/b/",
	} {
		files := clients("a")
		files[site.ProviderFile] = "base_url = \"" + url + "\"\n" + provider
		if url == "" {
			files[site.ProviderFile] = provider
		}
		b := load(t, folder(t, files), pipeline.Options{})
		if got := b.Prefix(); got != want {
			t.Errorf("%s: the prefix is %s, want %s", url, got, want)
		}
		p, ps := b.Portal("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		if !strings.Contains(home(t, b, "a"), `href="`+want+`a/commitment-booking/"`) {
			t.Errorf("%s: Home does not lead to pages below %s", url, want)
		}
		if text := string(p.Files[p.Folder+"/index.html"]); !strings.Contains(text, `src="`+want+"assets/") {
			t.Errorf("%s: the gate does not look for its scripts below %s", url, want)
		}
	}
}

func TestAFaultOfALayoutNamesTheClient(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a", "b"))
	write(t, dir, map[string]string{
		"layouts/home.html": "{{ define \"main\" }}\n{{ if eq site.Params.portal.Client \"Client b\" }}{{ .Params.page.Home.Lede }}{{ end }}{{ end }}",
	})
	out := t.TempDir()
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), out, nil, nil)
	p := one(t, ps, "layout")
	if p.File != "layouts/home.html" || p.Line != 2 || !strings.Contains(p.Text, ".Home.Lede") || !strings.Contains(p.Message, "(in the portal of b)") {
		t.Errorf("it says %+v", p)
	}
	if files := tree(t, out); len(files) > 0 {
		t.Error("something was published")
	}
}

func TestABrokenLayoutOrStringFile(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"i18n/en.toml": "a = 1\nskip = \n"})
	ps := unloaded(t, dir, pipeline.Options{}).Load()
	if p := one(t, ps, "syntax"); p.File != "i18n/en.toml" || p.Line != 2 {
		t.Errorf("it says %+v", p)
	}
}

func TestNamesOfTheProgramsOwn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"_headers", "index.html", "404.html"} {
		ps := unloaded(t, folder(t, map[string]string{"static/" + name: "mine"}), pipeline.Options{}).Load()
		if p := one(t, ps, "reserved-name"); p.File != "static/"+name || p.Hint == "" || ps.Err() == nil {
			t.Errorf("%s: it says %+v", name, p)
		}
	}
	load(t, folder(t, map[string]string{"static/more/index.html": "mine", "static/_redirects": "mine"}), pipeline.Options{})
}
