package portalgen_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalgen"
)

const themingFile = "docs/theming.md"

// notOurs are the files that theming.md names and the program has not: a site's own
// ones in the examples, and what cannot be a site's own.
var notOurs = []string{
	"content/travel.md", "content/travel.de.md", "i18n/it.toml", "static/assets/heron.svg", "static/assets/css/brand.css",
	"static/assets/css/own.css",
}

var (
	fencedBlock = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan    = regexp.MustCompile("`([^`\n]+)`")
	themedFile  = regexp.MustCompile(`^(?:content|layouts|static|i18n)/.+\.[a-z]+$`)
	property    = regexp.MustCompile(`--[a-z][a-z0-9-]*(?:--1)?`)
	propertySet = regexp.MustCompile(`(?m)(--[a-z0-9-]+):`)
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
