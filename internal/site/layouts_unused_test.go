package site_test

import (
	"strings"
	"testing"
)

func TestLayoutsThatNothingAsksFor(t *testing.T) {
	for _, tt := range []struct{ name, file, hint string }{
		{"misspelt", "layouts/_partials/contakt.html", "did you mean layouts/_partials/contact.html?"},
		{"of an earlier version", "layouts/working.html", "what it showed is now in layouts/people.html"},
		{"a part of an earlier version", "layouts/_partials/part-archive.html", "what it showed is now in layouts/_partials/notes.html"},
		{"like nothing", "layouts/_partials/zebra-crossing.html", "ask for it in a layout of yours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			theme, err := open(t, folder(t, map[string]string{tt.file: "<p>x</p>"})).Theme()
			if err != nil {
				t.Fatal(err)
			}
			ps := theme.UnusedLayouts()
			if len(ps) != 1 || ps[0].File != tt.file || ps[0].Rule != "unused-content" || !strings.Contains(ps[0].Hint, tt.hint) {
				t.Errorf("got %v", ps)
			}
		})
	}
}

func TestLayoutsThatSomethingAsksFor(t *testing.T) {
	theme, err := open(t, folder(t, map[string]string{
		"layouts/home.html":                 `{{ partial "zoo/lion.html" . }}`,
		"layouts/_partials/zoo/lion.html":   `{{ partial "zoo/zebra.html" . }}`,
		"layouts/_partials/zoo/zebra.html":  "z",
		"layouts/_partials/contact.html":    "c",
		"layouts/_markup/render-link.html":  "m",
		"layouts/_shortcodes/anything.html": "s",
	})).Theme()
	if err != nil {
		t.Fatal(err)
	}
	if ps := theme.UnusedLayouts(); len(ps) > 0 {
		t.Errorf("got %v", ps)
	}
}
