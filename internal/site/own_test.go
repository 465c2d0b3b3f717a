package site_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen"
	"portalgen/internal/diag"
)

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
	forms, _ := theme.Strings("en")["and_more"].(map[string]any)
	if text := theme.Texts("en")["colour_green"]; text != "On track" || forms["one"] == "one more" ||
		forms["other"] == nil {
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
	if langs := theme.Languages(); !slices.Contains(langs, "en") || !slices.Contains(langs, "eo") ||
		!slices.IsSorted(langs) {
		t.Errorf("languages %v", langs)
	}
}
