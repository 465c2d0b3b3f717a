package site_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/clientfile"
	"portalgen/internal/site"
)

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
	if first := text(t, dir, "data/clients/first-client.toml"); !strings.Contains(first, "on = 2026-11-14") ||
		strings.Contains(first, "{{") {
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
