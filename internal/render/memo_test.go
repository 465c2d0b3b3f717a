package render

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"portalgen"
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
		"clock":   `{{ $t := time }}{{ $t.Now.Year }}`,
		"clocks":  `{{ (time).Now.Year }}`,
		"due":     `{{ if .Now }}{{ $.Item.Now }}{{ time.Format "2006" .Due }}{{ end }}`,
		"count":   `{{ math.Counter }}`,
		"any":     `{{ partial .Title . }}`,
		"other":   `{{ partials.Include "title.html" . }}`,
		"inner":   `{{ inner . }}`,
		"own":     `{{ define "x" }}{{ end }}{{ template "x" . }}`,
		"missing": `{{ partial "none.html" . }}`,
	})
	want := []string{"calls.html", "due.html", "site.html", "title.html"}
	if got := slices.Sorted(maps.Keys(repeatable(theme))); !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
}

// All partials of the program are kept: one that is not takes those that call it with it, and what two pages show
// of one thing is then made twice.
func TestAllPartialsOfTheProgramAreKept(t *testing.T) {
	t.Parallel()
	theme := Theme{}
	names, err := fs.Glob(portalgen.Defaults, "layouts/_partials/*.html")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if theme[name], err = fs.ReadFile(portalgen.Defaults, name); err != nil {
			t.Fatal(err)
		}
	}
	kept := repeatable(theme)
	for _, name := range names {
		if !kept[path.Base(name)] {
			t.Errorf("%s is not kept", name)
		}
	}
}

// A string is made once for what it is filled with, and for one portal alone; once for all portals of a
// language where it is filled with nothing.
func TestStringsAreMadeOnce(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	var plain sync.Map
	for range 2 {
		functions := map[string]any{"T": stringFunc(func(_ context.Context, id any, data ...any) (string, error) {
			asked[fmt.Sprint(id, data)]++
			if id == "none" {
				return "", nil
			}
			return fmt.Sprint(id, data), nil
		})}
		rememberStrings(functions, keysOf(nil), &plain)
		say := functions["T"].(stringFunc)
		for range 2 {
			for _, data := range [][]any{nil, {3}, {"3"}, {map[string]any{"Name": "a"}}, {[]int{1}}} {
				if got, err := say(t.Context(), "key", data...); got != fmt.Sprint("key", data) || err != nil {
					t.Errorf("%v: %q (%v)", data, got, err)
				}
			}
			if got, err := say(t.Context(), "none"); got != "" || err != nil {
				t.Errorf("a string that is not there: %q (%v)", got, err)
			}
		}
	}
	// 3 and "3" are two; a list may change; what is no string is not kept.
	want := map[string]int{"key[]": 1, "key[3]": 4, "key[map[Name:a]]": 2, "key[[1]]": 4, "none[]": 4}
	if !maps.Equal(asked, want) {
		t.Errorf("made %v, want %v", asked, want)
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
	r, err := New(theme, nil)
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

type point struct{ X, Y int }

type inner struct {
	Of   *point
	List []string
}

type hidden struct {
	Of   *point
	list []string
	n    int
}

type listed struct {
	List []string
	of   *point
}

type timed struct {
	at time.Time
}

// Arguments are the same where a partial gives the same for them, and where that cannot be told they
// are not compared.
func TestWhichArgumentsAreTheSame(t *testing.T) {
	t.Parallel()
	one, two := &point{1, 2}, &point{1, 2}
	words, others := []string{"a", "b"}, []string{"a", "b"}
	type dict = map[string]any
	k := keysOf(one)
	for name, c := range map[string]struct {
		a, b any
		same bool
	}{
		"texts":              {"a", "a", true},
		"another kind":       {"a", template.HTML("a"), false},
		"values":             {point{1, 2}, point{1, 2}, true},
		"one thing":          {one, one, true},
		"two things":         {one, two, false},
		"dicts":              {dict{"a": one, "b": nil}, dict{"b": nil, "a": one}, true},
		"another name":       {dict{"a": one}, dict{"b": one}, false},
		"another value":      {dict{"a": one}, dict{"a": two}, false},
		"fewer":              {dict{"a": 1}, dict{"a": 1, "b": 2}, false},
		"dicts in dicts":     {dict{"a": dict{"b": 1}}, dict{"a": dict{"b": 1}}, true},
		"a list of the view": {inner{one, words}, inner{one, words}, true},
		"a part of it":       {inner{one, words}, inner{one, words[:1]}, false},
		"another list":       {inner{one, words}, inner{one, others}, false},
		"hidden ones":        {hidden{one, words, 1}, hidden{one, words, 1}, true},
		"a hidden number":    {hidden{one, words, 1}, hidden{one, words, 2}, false},
		"a hidden list":      {hidden{one, words, 1}, hidden{one, others, 1}, false},
		"a hidden thing":     {listed{words, one}, listed{words, one}, true},
		"two hidden things":  {listed{words, one}, listed{words, two}, false},
		"a dict and a value": {dict{}, nil, false},
		"where a text ends":  {dict{"a": "b", "c": ""}, dict{"a": "", "bc": ""}, false},
		"a fraction":         {1.0, 1, false},
		"a dict of one":      {dict{"a": inner{one, words}}, dict{"a": inner{one, words}}, true},
	} {
		a, ok := k.key(nil, c.a)
		b, also := k.key(nil, c.b)
		if !ok || !also || bytes.Equal(a, b) != c.same {
			t.Errorf("%s: compared %v, %v; the same: %v", name, ok, also, bytes.Equal(a, b))
		}
	}
	for name, of := range map[string]any{
		"a list": words, "a list in a dict": dict{"a": words}, "a thing of others": &[]int{1}, "a function": func() {},
		"a hidden time": timed{time.Now()}, "a map": map[string]string{}, "a time": time.Now(),
	} {
		if _, ok := k.key(nil, of); ok {
			t.Errorf("%s is compared", name)
		}
	}
}
