package render

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gohugoio/hugo/tpl/tplimplinit"

	"portalgen/internal/diag"
)

// Those of Hugo's functions that no theme may call: they read files, run programs, ask
// the network, make files beside the pages, or call a function by a name that only shows
// when it runs. With functions and namespaces these are all that Hugo has; one that is in
// neither has come with a new version of Hugo and is to be judged.
var (
	denied = set(`
		_popPartialDecorator _pushPartialDecorator apply babel call doDefer fileExists fingerprint getenv imageConfig
		minify postCSS readDir readFile toCSS unmarshal
		cast collections compare crypto css debug diagrams encoding fmt hash hugo images inflect js lang math openapi3 os
		partials path reflect resources safe strings templates testinginternal transform urls`)
	deniedMembers = map[string]map[string]bool{
		"collections": set("Apply"),
		"css":         set("Build PostCSS Sass TailwindCSS"),
		"debug":       set("TestDeprecationErr TestDeprecationInfo TestDeprecationWarn VisualizeSpaces"),
		"hugo":        set("Data Deps ForEeachIdentityByName HugoInfoHugoSitesProvider Sites WorkingDir"),
		"images": set(`AutoOrient Brightness ColorBalance Colorize Config Contrast Dither Filter Gamma GaussianBlur
			Grayscale Hue Invert Mask Opacity Overlay Padding Pixelate Process QR Saturation Sepia Sigmoid Text UnsharpMask`),
		"js":       set("Babel Batch Build"),
		"openapi3": set("Unmarshal"),
		"os":       set("FileExists Getenv ReadDir ReadFile Stat"),
		"resources": set(`ByType Concat Copy ExecuteAsTemplate Fingerprint FromString Get GetMatch GetRemote Key Match
			Minify PostProcess`),
		"site":            set("CheckReady Current ForEeachIdentityByName"),
		"templates":       set("DoDefer"),
		"testinginternal": set("HashString NewCachedResourceGetter"),
		"transform":       set("Remarshal Reset ToMath Unmarshal"),
	}
	// builtins are the functions that Go's templates have of their own.
	builtins = strings.Fields("and call eq ge gt html index js le len lt ne not or print printf println slice urlquery")
)

// namespace is what Hugo hands out as strings, os and so on.
type namespace = func(context.Context, ...any) (any, error)

// hugos returns the functions that Hugo has here, and the members of each namespace.
func hugos(t *testing.T) (names []string, members map[string][]string) {
	t.Helper()
	sites, err := newSite(acme("acme"), plain, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sites.Close(); err != nil {
			t.Error(err)
		}
	})
	members = map[string][]string{}
	for name, fn := range tplimplinit.CreateFuncMap(sites.Deps) {
		names = append(names, name)
		get, ok := fn.(namespace)
		if !ok {
			continue
		}
		value, err := get(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if value == nil {
			continue // page, where there is none
		}
		typ := reflect.TypeOf(value)
		for i := range typ.NumMethod() {
			members[name] = append(members[name], typ.Method(i).Name)
		}
		if typ.Kind() == reflect.Struct {
			for _, f := range reflect.VisibleFields(typ) {
				if f.IsExported() {
					members[name] = append(members[name], f.Name)
				}
			}
		}
	}
	return append(names, builtins...), members
}

// Each function that Hugo has is either among those that a theme may call or among those
// that it may not, and nothing is there that Hugo has not.
func TestEachFunctionOfHugoIsJudged(t *testing.T) {
	names, members := hugos(t)
	judge(t, "", names, functions, denied)
	for name, all := range members {
		judge(t, name+".", all, namespaces[name], deniedMembers[name])
	}
	for name := range namespaces {
		if members[name] == nil {
			t.Errorf("Hugo has no %s", name)
		}
	}
	if len(members) < 20 || len(names) < 150 {
		t.Errorf("only %d functions and %d namespaces were found", len(names), len(members))
	}
}

func judge(t *testing.T, before string, names []string, may, mayNot map[string]bool) {
	t.Helper()
	for _, name := range names {
		if may[name] == mayNot[name] {
			t.Errorf("%s%s may be called: %v, may not: %v", before, name, may[name], mayNot[name])
		}
	}
	for _, some := range []map[string]bool{may, mayNot} {
		for name := range some {
			if !slices.Contains(names, name) {
				t.Errorf("Hugo has no %s%s", before, name)
			}
		}
	}
}

// All that is not allowed is refused, wherever and however it is written, with its place.
func TestWhatAThemeMayNotCall(t *testing.T) {
	calls := []string{
		`os`, `with os`, `$x := os`, `site.Current`, `.Site.Current`, `(site).Current`, `$.Site.Current.Deps`,
		`site.Home.Site.Current.Deps.Fs.Os`, `apply (slice "/key") "readFile" "."`, `"/key" | readFile`, `printf "%s" (readFile "/key")`,
		`if (os.Stat "/key")`, `range os.ReadDir "/"`, `template "x" (os.ReadFile "/key")`, `block "x" (os.ReadFile "/key")`,
		`define "x"}}{{ readFile "/key" `, `nosuchfunction`, `strings.NoSuchFunction "x"`, `nosuch.Thing`, `(os.Stat "/key").Size`,
		`if true}}{{ else if readFile "/key" `, `with 1}}{{ else }}{{ readFile "/key" `,
	}
	for name := range denied {
		calls = append(calls, name+` "/key"`)
	}
	for space, names := range deniedMembers {
		for name := range names {
			calls = append(calls, space+"."+name+` "/key"`)
		}
	}
	for _, call := range calls {
		text := "{{/* é */}}é\n é {{ " + call + " }}"
		for _, word := range []string{"with", "if", "range", "block", "define"} {
			if strings.HasPrefix(call, word+" ") {
				text += "{{ end }}"
			}
		}
		for _, file := range []string{"layouts/_partials/x.html", "layouts/_markup/render-link.html", "layouts/x.txt", "content/_content.gotmpl"} {
			_, err := New(with(file, text))
			var ps diag.Problems
			if !errors.As(err, &ps) || len(ps) == 0 {
				t.Errorf("%s in %s: %v", call, file, err)
				continue
			}
			if p := ps[0]; p.File != file || p.Line != 2 || p.Column < 6 || p.Text == "" || p.Hint == "" || !strings.Contains(p.Message, "cannot be used here") {
				t.Errorf("%s in %s: %+v", call, file, p)
			}
		}
	}
}

// A string of the interface is a template too, however it is written down.
func TestWhatAStringMayNotCall(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"hello = 'Hi {{ .Site.Current.Deps }}'\n",
		`hello = "Hi {{ .Site.\u0043urrent.Deps }}"` + "\n",
		"[hello]\none = 'Hi'\nother = '{{ with .Site }}{{ .Current }}{{ end }}'\n",
		"hello = '{{ readFile \"/key\" }}'\n",
		"[hello]\nleftDelim = '<<'\nrightDelim = '>>'\nother = '<< .Site.Current >>'\n",
		"[[hello]]\nother = '{{ .Site.Current }}'\n",
	} {
		_, err := New(with("i18n/en.toml", text))
		var ps diag.Problems
		if !errors.As(err, &ps) || ps[0].File != "i18n/en.toml" || !strings.Contains(ps[0].Message, "cannot be used here") {
			t.Errorf("%q: got %v", text, err)
		}
	}
	for _, name := range []string{"i18n/en.yaml", "i18n/en.json", "i18n/sub/en.toml"} {
		if _, err := New(with(name, "hello: '{{ .Site.Current }}'\n")); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	if _, err := New(with("i18n/en.toml", "hello = 'Hi {{ .Name }}, the Current Fs'\n")); err != nil {
		t.Error(err)
	}
}

// What is asked for by a name in a text is looked at like what is asked for by itself.
func TestWhatATextMayNotName(t *testing.T) {
	t.Parallel()
	for call, may := range map[string]bool{
		`where (slice site) "Current.Deps.Fs.Os" "ne" nil`:  false,
		`sort (slice site) "Current.Deps"`:                  false,
		"sort (slice site) `.Current.Deps`":                 false,
		`.Pages.GroupBy "Fs"`:                               false,
		`where (slice site) (printf "Cur%s" "rent") "x"`:    false,
		`collections.Where (slice site) (print "a") "x"`:    false,
		`(collections.Sort (slice site) (print "a"))`:       false,
		`$k := print "a" }}{{ sort (slice site) $k`:         false,
		`print "a" | sort (slice site)`:                     false,
		`(site.Pages).GroupBy (print "a")`:                  false,
		`$p := site.Pages }}{{ $p.GroupBy (print "a")`:      false,
		`site.Pages.GroupBy (print "a")`:                    false,
		`print "a" | .Pages.GroupBy`:                        false,
		`where site.RegularPages "Title" "x"`:               true,
		`where site.RegularPages "Params.kind" "in" .Kinds`: true,
		`sort (slice 1 2)`:                                  true,
		`slice 1 2 | sort`:                                  true,
		`site.Pages.GroupBy "Title"`:                        true,
		`"The Current state."`:                              true,
	} {
		_, err := New(with("layouts/_partials/x.html", "{{ "+call+" }}"))
		if (err == nil) != may || err != nil && !strings.Contains(err.Error(), "cannot be used here") {
			t.Errorf("%s: got %v", call, err)
		}
	}
}

func TestPlaceOfARefusal(t *testing.T) {
	_, err := New(with("layouts/_partials/x.html", "\ufeff<p>\n  é {{ len .Pages }} {{ readFile \"/key\" }}"))
	var ps diag.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || ps[0].Pos != (diag.Pos{File: "layouts/_partials/x.html", Line: 2, Column: 25, Width: 8}) {
		t.Errorf("got %+v", ps)
	}
}

// A key that lies on the disk is on no page, whichever function is asked for it. That a
// theme may not call most of these is left aside here: there is nothing for them to find.
func TestNoFunctionReadsTheDisk(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "key.js")
	if err := os.WriteFile(key, []byte(`export const key = "xyzzy";`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XYZZY", "xyzzy")
	t.Chdir(dir)
	slashed := filepath.ToSlash(key)
	up := strings.Repeat("../", 30)
	var paths []string
	for _, path := range []string{slashed, "key.js", up + strings.TrimPrefix(slashed, "/")} {
		paths = append(paths, strconv.Quote(path))
	}
	folder := strconv.Quote(filepath.ToSlash(dir))
	calls := []string{
		`getenv "XYZZY"`, `os.Getenv "XYZZY"`, `(site.Current.Deps.Fs.Os.Open ` + paths[0] + `).Name`,
		`range os.ReadDir ` + folder + ` }}{{ .Name }}{{ end`, `range readDir ` + folder + ` }}{{ .Name }}{{ end`,
		`apply (slice ` + paths[0] + `) "os.ReadFile" "."`, `apply (slice ` + paths[0] + `) "readFile" "."`,
	}
	for _, path := range paths {
		for _, call := range []string{
			`os.ReadFile PATH`, `readFile PATH`, `fileExists PATH`, `os.FileExists PATH`, `with os.Stat PATH }}{{ .Name }}{{ end`,
			`(resources.Get PATH).Content`, `(resources.GetMatch PATH).Content`, `(index (resources.Match PATH) 0).Content`,
			`(resources.GetRemote PATH).Content`, `(resources.Concat "x.js" (slice (resources.Get PATH))).Content`,
			`(js.Build "x.js" (resources.FromString "y.js" (printf "import {key} from %q; document.title = key" PATH))).Content`,
			`(resources.FromString "z.js" (printf "import {key} from %q; document.title = key" PATH) | js.Build (dict "bundle" true)).Content`,
			`(resources.FromString "z.css" (printf "@import %q;" PATH) | css.Build).Content`,
			`(resources.FromString "w.css" (printf "@import %q;" PATH) | css.PostCSS (dict "inlineImports" true)).Content`,
			`(resources.FromString "v.scss" (printf "@import %q;" PATH) | css.Sass (dict "transpiler" "libsass")).Content`,
			`(resources.FromString "u.css" (printf "@import %q;" PATH) | css.TailwindCSS).Content`,
			`(resources.FromString "t.js" (printf "import %q" PATH) | babel).Content`,
			`(resources.FromString "s.html" (printf "%s readFile %q %s" "{{" PATH "}}") | resources.ExecuteAsTemplate "s2.html" .).Content`,
			`(openapi3.Unmarshal (resources.FromString "r.yaml" (printf "openapi: 3.0.0\ninfo: {title: x, version: x}\npaths: {/x: {$ref: %q}}" PATH))).Paths`,
			`(images.Config PATH).Width`, `(imageConfig PATH).Width`, `transform.Unmarshal (resources.Get PATH)`,
			`(site.GetPage PATH).RawContent`, `(.Resources.Get PATH).Content`, `ref . PATH`,
		} {
			calls = append(calls, strings.ReplaceAll(call, "PATH", path))
		}
	}
	for _, call := range calls {
		theme := with("layouts/home.html", `{{ define "main" }}{{ `+call+` }}{{ end }}`)
		pages, err := (&Renderer{theme: theme}).Render(acme("acme"))
		for _, page := range pages {
			if text := string(page.Body); strings.Contains(text, "xyzzy") || strings.Contains(text, "key.js") || strings.Contains(text, "true") {
				t.Errorf("%s puts on the page: %s", call, text)
			}
		}
		if err != nil && strings.Contains(err.Error(), "xyzzy") {
			t.Errorf("%s tells in its error: %v", call, err)
		}
	}
}
