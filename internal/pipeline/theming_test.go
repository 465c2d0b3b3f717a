package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
	"portalgen/internal/unsealed"
)

// themeExample is an example of theming.md with the name of its file.
var themeExample = regexp.MustCompile("(?ms)^`([^`\n]+)`[^\n]*:\n\n```[a-z]+\n(.*?)^```$")

func themingDoc(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/theming.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The examples of theming.md, put into a new site, are used, and nothing is wrong with
// any of them.
func TestThemingExamples(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.Init(dir, site.Start{Today: civil.Date{Year: 2026, Month: 11, Day: 20}, Example: true}); err != nil {
		t.Fatal(err)
	}
	examples := themeExample.FindAllStringSubmatch(themingDoc(t), -1)
	for _, m := range examples {
		name, text := filepath.Join(dir, m[1]), m[2]
		if m[1] == site.ProviderFile {
			own, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			before, _, ok := strings.Cut(string(own), "[brand]")
			if !ok {
				t.Fatal("a new site has no [brand]")
			}
			text = before + text
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	home, files := themed(t, dir)
	for _, want := range []string{"On your desk", "heron.svg", "Coming to us", `<p class="reach-line" id="reach">Ask Robin Field`} {
		if !strings.Contains(home, want) {
			t.Errorf("Home does not show %q", want)
		}
	}
	for name, want := range map[string]string{"css/brand.css": "--accent: #1d5c73", "heron.svg": "<circle", "css/own.css": "--radius: 0"} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s has no %q", name, want)
		}
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(name string) bool {
		return strings.HasPrefix(name, "js/") && strings.Contains(files[name], "Come in")
	}) {
		t.Error("no script has the string")
	}
	if len(examples) != 6 {
		t.Errorf("%s has %d examples with the name of their file", "docs/theming.md", len(examples))
	}
}

// What is said of a yellow accent holds.
func TestThemingTellsOfContrast(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.Init(dir, site.Start{Today: civil.Date{Year: 2026, Month: 11, Day: 20}, Example: true}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, site.ProviderFile)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), `"#2f6f63"`, `"#ffe600"`, 1))
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	_, files := themed(t, dir)
	doc := themingDoc(t)
	light, dark, _ := strings.Cut(files["css/brand.css"], "@media")
	for _, want := range []struct{ css, colour string }{{light, "#807300"}, {dark, "#ffe600"}} {
		if !strings.Contains(want.css, "--accent: "+want.colour) || !strings.Contains(doc, want.colour) {
			t.Errorf("%s is not both told and made:\n%s", want.colour, want.css)
		}
	}
}

// themed builds the first client of a site, in which nothing may be wrong, and returns
// Home and the assets by their name.
func themed(t *testing.T, dir string) (home string, assets map[string]string) {
	t.Helper()
	b := testsite.Unloaded(t, dir, pipeline.Options{Keys: keyring.PreviewKeys{Master: testsite.Master}})
	if ps := b.Load(); len(ps) > 0 {
		t.Fatal(ps)
	}
	p, ps := b.Portal("first-client")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	a, _ := b.Address("first-client")
	pages, err := unsealed.Pages(p, a.Fragment)
	if err != nil {
		t.Fatal(err)
	}
	assets = map[string]string{}
	for name, text := range b.SiteFiles() {
		if parts := strings.SplitN(name, "/", 3); len(parts) == 3 && parts[0] == "assets" {
			assets[parts[2]] = string(text)
		}
	}
	return pages[""].Nav + pages[""].HTML, assets
}
