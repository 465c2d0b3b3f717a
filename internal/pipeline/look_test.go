package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/pipeline"
	"portalgen/internal/render"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// asset returns a script or style as it is published.
func asset(t *testing.T, b *pipeline.Builder, name string) string {
	t.Helper()
	for at, text := range b.SiteFiles() {
		if parts := strings.SplitN(at, "/", 3); len(parts) == 3 && parts[0] == "assets" && parts[2] == name {
			return string(text)
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// A style sheet of its own comes last, after the program's, and is asked for only where
// it is there.
func TestASitesOwnStyle(t *testing.T) {
	t.Parallel()
	links := func(files map[string]string) (links []string, b *pipeline.Builder) {
		maps.Copy(files, clients("a"))
		b = load(t, folder(t, files), pipeline.Options{})
		p, ps := b.Portal("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		for _, page := range [][]byte{p.Files[p.Folder+"/index.html"], b.SiteFiles()["index.html"]} {
			for _, m := range stylesheet.FindAllStringSubmatch(string(page), -1) {
				links = append(links, m[1])
			}
		}
		return links, b
	}
	got, _ := links(map[string]string{})
	if want := []string{"portal.css", "brand.css", "portal.css", "brand.css"}; !slices.Equal(got, want) {
		t.Errorf("without one the pages ask for %q", got)
	}
	got, b := links(map[string]string{"static/assets/css/own.css": ":root {\n  --radius: 0;\n}\n"})
	if want := []string{"portal.css", "brand.css", "own.css", "portal.css", "brand.css", "own.css"}; !slices.Equal(got, want) {
		t.Errorf("the pages ask for %q", got)
	}
	if text := asset(t, b, "css/own.css"); text != ":root{--radius: 0}\n" {
		t.Errorf("it is %q", text)
	}
}

var stylesheet = regexp.MustCompile(`<link rel="stylesheet" href="/assets/[0-9a-f]{16}/css/([a-z]+\.css)">`)

// A slip in a script or style is told with its line, and what was loaded stays in use. It is told too where no portal is
// sealed, and nothing is made of the program's own.
func TestASlipInAScriptOrStyle(t *testing.T) {
	t.Parallel()
	dir := folder(t, nil)
	b := load(t, dir, pipeline.Options{})
	before := maps.Clone(b.SiteFiles())
	facts := load(t, dir, pipeline.Options{Facts: true})
	if n := len(facts.SiteFiles()); n > 1 {
		t.Errorf("%d files are made for facts alone", n)
	}
	for name, text := range map[string]string{
		"static/assets/css/own.css": "a { color: red; }\na { color: red; } }",
		"static/assets/js/gate.js":  "let a = 1;\nlet a = 2;",
	} {
		write(t, dir, map[string]string{name: text})
		p := one(t, b.Load(), "asset")
		_, line, _ := strings.Cut(text, "\n")
		if p.Severity != diag.Error || p.File != name || p.Line != 2 || p.Column == 0 || p.Text != line || p.Message == "" {
			t.Errorf("it says %+v", p)
		}
		if again := one(t, facts.Load(), "asset"); again.File != p.File || again.Line != p.Line {
			t.Errorf("for facts alone it says %+v", again)
		}
		if !maps.EqualFunc(before, b.SiteFiles(), bytes.Equal) {
			t.Errorf("%s: what was good is not in use any more", name)
		}
		remove(t, dir, name)
	}
	write(t, dir, map[string]string{"static/assets/css/own.css": "a { colr: red }"})
	ps := b.Load()
	if p := one(t, ps, "asset"); p.Severity != diag.Warning || p.Hint == "" || ps.Err() != nil {
		t.Errorf("it says %+v", p)
	}
	if text := asset(t, b, "css/own.css"); text != "a{colr:red}\n" {
		t.Errorf("it is published as %q", text)
	}
}

// A first visit is at most 60,000 bytes over the wire: Home, and all that it names.
func TestAFirstVisitIsLight(t *testing.T) {
	t.Parallel()
	b := load(t, t.TempDir(), pipeline.Options{Samples: true})
	for _, id := range sample.IDs() {
		p, ps := b.Portal(id)
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		page := p.Files[p.Folder+"/index.html"]
		total, requests := weight(t, page, "/"+p.Folder+"/"), 1
		for _, m := range askedFor.FindAllSubmatch(page, -1) {
			text, ok := b.SiteFiles()[string(m[1])]
			if !ok {
				t.Errorf("%s: there is no %s", id, m[1])
			}
			total += weight(t, text, "/"+string(m[1]))
			requests++
		}
		if total > 60_000 {
			t.Errorf("%s: a first visit is %d bytes", id, total)
		}
		if requests < 5 { // the page, two styles, the script and the icon
			t.Errorf("%s: only %d requests of a first visit were found", id, requests)
		}
	}
}

// A later page is one request of at most 16 KiB; the one that holds everything may be larger.
func TestALaterPageIsLight(t *testing.T) {
	t.Parallel()
	b := load(t, t.TempDir(), pipeline.Options{Samples: true})
	for _, id := range sample.IDs() {
		p, ps := b.Portal(id)
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		var heavy []string
		for name, text := range p.Files {
			if total := weight(t, text, "/"+strings.TrimSuffix(name, "index.html")); strings.HasSuffix(name, ".html") && total > 16<<10 {
				heavy = append(heavy, fmt.Sprintf("%s: %d bytes", name, total))
			}
		}
		if len(heavy) != 1 {
			t.Errorf("%s: the heavy pages are %q", id, heavy)
		}
	}
}

// askedFor matches what a page asks for: styles, scripts and pictures.
var askedFor = regexp.MustCompile(`(?:href|src)="/(assets/[^"]+)"`)

// weight is what a usual host sends for a file: its bytes as gzip makes them at level 6,
// the headers of the page's rules, and as much as most hosts add of their own.
func weight(t *testing.T, text []byte, address string) int {
	t.Helper()
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, 6)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	total := small.Len() + 300 // status, date, type, length, encoding, tag, the host's name
	for _, h := range (gate.Host{Prefix: "/"}).Match(address) {
		total += len(h.Name) + len(h.Value) + len(": \r\n")
	}
	return total
}

// The program's own layouts and strings, which no build looks through, call nothing that is refused.
func TestTheProgramsOwnLayoutsAreAllowed(t *testing.T) {
	t.Parallel()
	s, err := site.Open(folder(t, nil))
	must(t, err)
	defer s.Close()
	theme, err := s.Theme()
	must(t, err)
	if _, err := render.New(theme.Files, nil); err != nil {
		t.Error(err)
	}
}
