package render

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func partials(texts map[string]string) Theme {
	theme := maps.Clone(plain)
	for name, text := range texts {
		theme["layouts/_partials/"+name+".html"] = []byte(text)
	}
	return theme
}

func TestWhichPartialsAreKept(t *testing.T) {
	t.Parallel()
	theme := partials(map[string]string{
		"title":   `{{ .Title }}`,
		"calls":   `{{ partial "title.html" . }}`,
		"site":    `{{ site.Params.portal.Client }}`,
		"page":    `{{ page.Title }}`,
		"deep":    `{{ with .Title }}{{ else }}{{ partial "page.html" . }}{{ end }}`,
		"deeper":  `{{ partial "deep.html" . }}`,
		"store":   `{{ site.Store.Add "n" 1 }}`,
		"field":   `{{ .Page.Store.Get "n" }}`,
		"scratch": `{{ $s := newScratch }}{{ .Title }}`,
		"now":     `{{ now.Year }}`,
		"time":    `{{ time.Now.Year }}`,
		"count":   `{{ math.Counter }}`,
		"any":     `{{ partial .Title . }}`,
		"other":   `{{ partials.Include "title.html" . }}`,
		"inner":   `{{ inner . }}`,
		"own":     `{{ define "x" }}{{ end }}{{ template "x" . }}`,
		"missing": `{{ partial "none.html" . }}`,
	})
	want := []string{"calls.html", "site.html", "title.html"}
	if got := slices.Sorted(maps.Keys(repeatable(theme))); !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
}

// What a partial gives is kept for one portal alone, and where the page plays a part for none.
func TestWhatAPartialGivesIsKept(t *testing.T) {
	t.Parallel()
	theme := partials(map[string]string{
		"name": `{{ site.Params.portal.Client }} has {{ . }}`,
		"here": `{{ . }} on {{ page.Title }}`,
	})
	theme["layouts/baseof.html"] = []byte(`<hr data-divider>
{{ range seq 2 }}{{ partial "name.html" "one" }}, {{ partial "here.html" "one" }}, {{ end }}`)
	r, err := New(theme)
	if err != nil {
		t.Fatal(err)
	}
	for _, client := range []string{"acme", "umbra"} {
		pages, err := r.Render(acme(client))
		if err != nil {
			t.Fatal(err)
		}
		for path, title := range map[string]string{"": "Home", "abc": "Booking for " + client} {
			want := strings.TrimSuffix(strings.Repeat(client+" has one, one on "+title+", ", 2), " ")
			if got := string(pages[path].Body); got != want {
				t.Errorf("%s, page %q: %q, want %q", client, path, got, want)
			}
		}
	}
}
