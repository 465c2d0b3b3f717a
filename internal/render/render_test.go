package render

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/diag"
)

type item struct{ Path, Kind, Title string }

func (i item) Loud() string { return i.Title + "!" }

type view struct {
	Client string
	Pages  []item
}

var plain = Theme{
	"content/_content.gotmpl": []byte(`{{ range site.Params.portal.Pages }}
  {{ $.AddPage (dict "kind" (cond (eq .Path "") "home" "page") "path" .Path "title" .Title "layout" .Kind "params" (dict "page" .)) }}
{{ end }}`),
	"layouts/baseof.html":     []byte(`up from {{ .Title }} <hr data-divider> <main>{{ block "main" . }}{{ end }}</main>`),
	"layouts/home.html":       []byte(`{{ define "main" }}{{ site.Params.portal.Client }} {{ .Params.page.Loud }} {{ T "hello" }}{{ end }}`),
	"layouts/page.html":       []byte(`{{ define "main" }}{{ end }}`),
	"layouts/commitment.html": []byte(`{{ define "main" }}{{ .Params.page.Loud }}{{ range site.RegularPages }} [{{ .Title }}]{{ end }}{{ end }}`),
	"i18n/en.toml":            []byte("hello = 'Hi'\n"),
}

func with(name, text string) Theme {
	t := maps.Clone(plain)
	t[name] = []byte(text)
	return t
}

// renders renders a site with a theme, whether it is the theme or the site that fails.
func renders(theme Theme, s Site) (map[string]Fragment, error) {
	r, err := New(theme, nil)
	if err != nil {
		return nil, err
	}
	return r.Render(s)
}

func acme(id string) Site {
	v := &view{id, []item{{"", "home", "Home"}, {"abc", "commitment", "Booking for " + id}}}
	return Site{ID: id, Language: "en", BaseURL: "https://x.example/P/", View: v, Paths: []string{"", "abc"}}
}

func TestRenderPassesTheTypedView(t *testing.T) {
	pages, err := renders(plain, acme("acme"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]Fragment{
		"":    {Body: []byte("<main>acme Home! Hi</main>"), Nav: []byte("up from Home")},
		"abc": {Body: []byte("<main>Booking for acme! [Booking for acme]</main>"), Nav: []byte("up from Booking for acme")},
	} {
		if got := pages[path]; string(got.Body) != string(want.Body) || string(got.Nav) != string(want.Nav) || got.Title != "" {
			t.Errorf("page %q: body %q, nav %q", path, got.Body, got.Nav)
		}
	}
}

func TestRenderTakesTheTitleOff(t *testing.T) {
	theme := with("layouts/baseof.html", `
<title>{{ .Title }} &amp; more</title> up <hr data-divider>{{ block "main" . }}{{ end }}`)
	pages, err := renders(theme, acme("acme"))
	if err != nil {
		t.Fatal(err)
	}
	if got := pages[""]; got.Title != "Home & more" || string(got.Nav) != "up" {
		t.Errorf("title %q, nav %q", got.Title, got.Nav)
	}
}

func TestTitled(t *testing.T) {
	for _, tt := range []struct{ name, page, title, rest string }{
		{"first of all", "\n<title>\n A\n&lt;b&gt; </title> up", "A <b>", " up"},
		{"not first", "up <title>x</title>", "", "up <title>x</title>"},
		{"without an end", "<title>x", "", "<title>x"},
		{"none", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if title, rest := cutTitle([]byte(tt.page)); title != tt.title || string(rest) != tt.rest {
				t.Errorf("title %q, rest %q", title, rest)
			}
		})
	}
}

// What a layout is indented by is not a part of the page; code that shows keeps all its spaces.
func TestRenderLeavesIndentOut(t *testing.T) {
	for text, want := range map[string]string{
		"<ul>\n    <li>a\n\t b</li>\n\t<li title=\"a\n\n  b\">c</li>\n  </ul>": "<ul>\n<li>a\n\t b</li>\n<li title=\"a\n\n  b\">c</li>\n</ul>",
		"<pre>a\n  <b>c</b></pre>\n  <p>":                                      "<pre>a\n  <b>c</b></pre>\n  <p>",
	} {
		pages, err := renders(with("layouts/baseof.html", "x<hr data-divider>"+text), acme("acme"))
		if got := string(pages[""].Body); err != nil || got != want {
			t.Errorf("%q becomes %q, %v", text, got, err)
		}
	}
}

func TestFaultsOfTheme(t *testing.T) {
	for _, tt := range []struct{ name, file, text, place, message string }{
		{
			"misspelt field", "layouts/commitment.html", "{{ define \"main\" }}\n  {{ .Params.page.Lowd }}{{ end }}",
			"layouts/commitment.html:2:13", "there is no field Lowd in render.item (in the portal of acme)",
		},
		{
			"broken template", "layouts/commitment.html", "{{ define \"main\" }}\n  {{ if }}{{ end }}",
			"layouts/commitment.html:2", "missing value for if",
		},
		{
			"partial", "layouts/commitment.html", `{{ define "main" }}{{ partial "gone.html" . }}{{ end }}`,
			"layouts/commitment.html:1", "gone.html",
		},
		{
			"a page too many", "content/extra.md", "---\ntitle: x\n---\n",
			"layouts", "which is no page of the portal",
		},
		{
			"no divider", "layouts/baseof.html", `{{ block "main" . }}{{ end }}`,
			"layouts", "once, between its navigation and its body",
		},
		{
			"a page too few", "content/_content.gotmpl", "",
			"layouts", "made no page for",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := renders(with(tt.file, tt.text), acme("acme"))
			var ps diag.Problems
			if !errors.As(err, &ps) {
				t.Fatalf("got %v", err)
			}
			if !strings.HasPrefix(ps[0].Pos.String(), tt.place) || !strings.Contains(ps[0].Message, tt.message) {
				t.Errorf("got %v", ps[0])
			}
			if ps[0].Line > 0 && ps[0].Text == "" {
				t.Errorf("no text of the line in %v", ps[0])
			}
		})
	}
}

// A fault in a partial is the partial's, and not that of the layout that asks for it.
func TestFaultOfAPartial(t *testing.T) {
	theme := with("layouts/_partials/odd.html", "\n{{ .Lowd }}")
	theme["layouts/commitment.html"] = []byte("{{ define \"main\" }}{{ partial \"odd.html\" .Params.page }}{{ end }}")
	_, err := renders(theme, acme("acme"))
	var ps diag.Problems
	if !errors.As(err, &ps) {
		t.Fatalf("got %v", err)
	}
	if p := ps[0]; p.Pos.String() != "layouts/_partials/odd.html:2:4" || p.Text != "{{ .Lowd }}" || !strings.HasPrefix(p.Message, "there is no field Lowd in render.item") {
		t.Errorf("got %v, %q", p, p.Text)
	}
}

// What a layout says itself by errorf is told, with its place where there is only one.
func TestALayoutsOwnError(t *testing.T) {
	t.Parallel()
	theme := with("layouts/home.html", "{{ define \"main\" }}\n é {{ errorf \"SEE %s\\nand more\" (T \"hello\") }}{{ end }}")
	_, err := renders(theme, acme("acme"))
	var ps diag.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || !strings.Contains(ps[0].Message, "SEE Hi and more") {
		t.Fatalf("got %v", err)
	}
	if want := (diag.Pos{File: "layouts/home.html", Line: 2, Column: 7, Width: len("errorf")}); ps[0].Pos != want {
		t.Errorf("it is told at %+v", ps[0].Pos)
	}
	theme["layouts/commitment.html"] = []byte(`{{ define "main" }}{{ errorf "another" }}{{ end }}`)
	_, err = renders(theme, acme("acme"))
	if !errors.As(err, &ps) || len(ps) != 2 || ps[0].File != "layouts" || ps[1].File != "layouts" {
		t.Errorf("of two: %v", err)
	}
}

// A client that fails must not take another with it, nor be blamed on it.
func TestOnlyTheFailingClientIsBlamed(t *testing.T) {
	r, err := New(with("layouts/home.html", `{{ define "main" }}{{ if eq site.Params.portal.Client "bad" }}{{ errorf "no" }}{{ end }}{{ end }}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for i := range 8 {
		g.Go(func() error {
			id := fmt.Sprintf("good%d", i)
			if i%4 == 0 {
				id = "bad"
			}
			_, err := r.Render(acme(id))
			if (err != nil) != (id == "bad") {
				return fmt.Errorf("%s: %v", id, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}

func TestNothingIsWrittenToDisk(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "HOME", "XDG_CACHE_HOME", "HUGO_CACHEDIR"} {
		t.Setenv(name, dir)
	}
	if _, err := renders(plain, acme("acme")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// Hugo puts a folder that is not absolute below another one, and finds no page then.
func TestTheFolderOfPagesIsAbsoluteOnEachSystem(t *testing.T) {
	for _, dir := range []string{workDir, workDir + "/public"} {
		if !filepath.IsAbs(filepath.FromSlash(dir)) {
			t.Errorf("%q is not absolute here", dir)
		}
	}
}

// What Hugo makes of a theme stays for the next Renderer of the same theme, and for no other.
func TestAThemeIsReadOnce(t *testing.T) {
	renderer := func(theme Theme) *Renderer {
		t.Helper()
		r, err := New(theme, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := renderer(maps.Clone(plain))
	if renderer(maps.Clone(plain)) != first {
		t.Error("the same theme is read again")
	}
	if other := renderer(with("i18n/en.toml", "hello = 'Ho'\n")); other == first {
		t.Error("another theme is taken for the first")
	}
}
