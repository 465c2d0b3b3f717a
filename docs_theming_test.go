package portalgen_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen"
	"portalgen/internal/civil"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/unsealed"
)

const themingFile = "docs/theming.md"

// notOurs are the files that theming.md names and the program has not: a site's own
// ones in the examples, and what cannot be a site's own.
var notOurs = []string{
	"content/travel.md", "content/travel.de.md", "i18n/it.toml", "static/assets/heron.svg", "static/assets/css/brand.css",
	"static/assets/css/own.css",
}

var (
	fencedBlock  = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan     = regexp.MustCompile("`([^`\n]+)`")
	themedFile   = regexp.MustCompile(`^(?:content|layouts|static|i18n)/.+\.[a-z]+$`)
	property     = regexp.MustCompile(`--[a-z][a-z0-9-]*(?:--1)?`)
	propertySet  = regexp.MustCompile(`(?m)(--[a-z0-9-]+):`)
	themeExample = regexp.MustCompile("(?ms)^`([^`\n]+)`[^\n]*:\n\n```[a-z]+\n(.*?)^```$")
)

func TestThemingNamesWhatThereIs(t *testing.T) {
	doc := document(t, themingFile)
	found := 0
	for _, m := range codeSpan.FindAllStringSubmatch(fencedBlock.ReplaceAllString(doc, ""), -1) {
		if !themedFile.MatchString(m[1]) {
			continue
		}
		found++
		_, err := fs.Stat(portalgen.Defaults, m[1])
		if slices.Contains(notOurs, m[1]) == (err == nil) {
			t.Errorf("%s names %s: %v", themingFile, m[1], err)
		}
	}
	if found < 10 {
		t.Errorf("%s names only %d files", themingFile, found)
	}
}

func TestThemingNamesProperties(t *testing.T) {
	doc := document(t, themingFile)
	var set []string
	for _, m := range propertySet.FindAllStringSubmatch(document(t, "static/assets/css/parts/tokens.css"), -1) {
		set = append(set, m[1])
	}
	set = append(set, "--accent", "--on-accent", "--accent-wash", "--link", "--bar", "--bar-pale") // in css/brand.css
	told := property.FindAllString(doc, -1)
	for _, p := range told {
		if !slices.Contains(set, p) {
			t.Errorf("%s tells of %s, which is set nowhere", themingFile, p)
		}
	}
	if len(told) < 15 {
		t.Errorf("%s tells only of %v", themingFile, told)
	}
}

// The attributes that scripts look for are told, and no other ones.
func TestThemingNamesAttributes(t *testing.T) {
	told := regexp.MustCompile(`data-[a-z-]+`).FindAllString(document(t, themingFile), -1)
	gate := document(t, "internal/gate/gate.html")
	scripts, err := fs.Glob(portalgen.Defaults, "static/assets/js/*.js")
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, name := range scripts {
		text := document(t, name)
		for _, m := range regexp.MustCompile(`\[(data-[a-z-]+)|'(data-[a-z-]+)'`).FindAllStringSubmatch(text, -1) {
			used = append(used, m[1]+m[2])
		}
		for _, m := range regexp.MustCompile(`dataset\.([A-Za-z]+)`).FindAllStringSubmatch(text, -1) {
			used = append(used, "data-"+strings.ToLower(regexp.MustCompile(`[A-Z]`).ReplaceAllString(m[1], "-$0")))
		}
	}
	for _, name := range used {
		if !slices.Contains(told, name) && !strings.Contains(gate, name) && !slices.Contains(ownAttributes, name) {
			t.Errorf("%s does not tell of %s, which a script looks for", themingFile, name)
		}
	}
	layouts, err := fs.Glob(portalgen.Defaults, "layouts/_partials/*.html")
	if err != nil {
		t.Fatal(err)
	}
	shown := document(t, "layouts/baseof.html")
	for _, name := range layouts {
		shown += document(t, name)
	}
	for _, name := range told {
		if !slices.Contains(used, name) && !strings.Contains(shown, name) && name != "data-divider" && name != "data-state" {
			t.Errorf("%s tells of %s, which nothing has", themingFile, name)
		}
	}
}

// ownAttributes are those that scripts give to what they make, and look for themselves.
var ownAttributes = []string{"data-version"}

// The examples of theming.md, put into a new site, are used, and nothing is wrong with
// any of them.
func TestThemingExamples(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.Init(dir, site.Start{Today: civil.Date{Year: 2026, Month: 11, Day: 20}, Example: true}); err != nil {
		t.Fatal(err)
	}
	examples := themeExample.FindAllStringSubmatch(document(t, themingFile), -1)
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
		t.Errorf("%s has %d examples with the name of their file", themingFile, len(examples))
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
	doc := document(t, themingFile)
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
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	now, err := pipeline.ParseClock("2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	b := pipeline.New(s, pipeline.Options{Now: now, Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
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

// Layouts are read by those who write themes: no line of one is wider than a screen.
func TestLayoutsAreNarrow(t *testing.T) {
	for _, pattern := range []string{"layouts/*.html", "layouts/_partials/*.html"} {
		names, err := fs.Glob(portalgen.Defaults, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			for i, line := range strings.Split(document(t, name), "\n") {
				if len([]rune(line)) > 160 {
					t.Errorf("%s:%d has %d columns", name, i+1, len([]rune(line)))
				}
			}
		}
	}
}
