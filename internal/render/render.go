// Package render turns one client's view into HTML fragments: Hugo with the
// portal's layouts, one in-memory site for each client.
//
// It is the only package that imports Hugo. It must not know the fields of a view (a misspelt
// one is an error of the template) nor where pages are published, and it never touches the
// disk: sources and fragments are bytes in memory.
package render

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"
)

// A Theme is the source of the portal's look by path: layouts/…, content/… and
// i18n/…. It must not be changed once a Renderer has it.
type Theme map[string][]byte

// A Site is the input for one client's portal.
type Site struct {
	// ID names the client in problems.
	ID string
	// Language is the portal's, such as "de"; the theme needs an i18n file for it.
	Language string
	// BaseURL is the address of the portal's Home, with a slash at the end.
	BaseURL string
	// View reaches the layouts as site.Params.portal.
	View any
	// Paths are the pages that the content adapter must make from View: "" for Home, else
	// the name of the page's folder.
	Paths []string
}

// Divider stands once in each page that the layouts make: what is above it shows
// other pages and is sealed as navigation, what is below is the page's own body.
const Divider = "<hr data-divider>"

// A Fragment is one page: its own body, and what it shows of other pages.
type Fragment struct {
	Body, Nav []byte
	// Title is the text of a <title> at the beginning of the page; "" where there is none. It
	// is in neither of the other two.
	Title string
}

// cutTitle removes the title from the beginning of a page.
func cutTitle(page []byte) (title string, rest []byte) {
	page = bytes.TrimSpace(page)
	after, ok := bytes.CutPrefix(page, []byte("<title>"))
	if !ok {
		return "", page
	}
	text, rest, ok := bytes.Cut(after, []byte("</title>"))
	if !ok {
		return "", page
	}
	return strings.Join(strings.Fields(html.UnescapeString(string(text))), " "), rest
}

// withoutIndent returns a page whose lines begin with their tags, as far as no reader sees a
// difference. What layouts are indented by is a fiftieth of a page, even deflated.
func withoutIndent(page []byte) []byte {
	if bytes.Contains(page, []byte("<pre")) {
		return page
	}
	out := make([]byte, 0, len(page))
	for {
		end := bytes.IndexByte(page, '\n') + 1
		if end == 0 {
			return append(out, page...)
		}
		out = append(out, page[:end]...)
		if page = page[end:]; bytes.HasPrefix(bytes.TrimLeft(page, " \t"), []byte("<")) {
			page = bytes.TrimLeft(page, " \t")
		}
	}
}

// alone is held for writing while a failed site is built again by itself: Hugo logs through a
// process-wide logger, so an error seen while others build may not be this site's own.
var alone sync.RWMutex

// A Renderer renders sites with one theme. It may be used from several
// goroutines at a time.
type Renderer struct {
	theme Theme
	looks sync.Map // by language: func() (*look, error)
}

// latest is the Renderer that New made last. A theme seldom changes, and Hugo takes longer for a theme than
// for a portal. An edit of provider.toml loads the site again, and so does an editor that writes a file under
// another name first: the templates are not parsed again then.
var latest atomic.Pointer[Renderer]

// New returns a Renderer for theme. The error is a diag.Problems with every call in its
// templates that is not allowed. Files that trusted reports, such as the program's own, are not looked
// through; where it is nil, all are.
func New(theme Theme, trusted func(name string, text []byte) bool) (*Renderer, error) {
	if err := refused(theme, trusted).Err(); err != nil {
		return nil, err
	}
	if r := latest.Load(); r != nil && maps.EqualFunc(r.theme, theme, bytes.Equal) {
		return r, nil
	}
	r := &Renderer{theme: maps.Clone(theme)} // the caller may change its own
	latest.Store(r)
	return r, nil
}

// Render builds one site and returns its pages by path. The error is a
// diag.Problems that names the client and, for an error of the theme, the template's line and
// column.
func (r *Renderer) Render(s Site) (map[string]Fragment, error) {
	alone.RLock()
	pages, err := r.build(s)
	alone.RUnlock()
	if err == nil {
		return pages, nil
	}
	alone.Lock()
	defer alone.Unlock()
	pages, err = r.build(s)
	if err != nil {
		return nil, r.problems(s, err)
	}
	return pages, nil
}

func (r *Renderer) build(s Site) (pages map[string]Fragment, err error) {
	// Hugo panics on some broken inputs; a panic in one client's build must not end
	// a server.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("hugo failed: %v", p)
		}
	}()
	look, err := lookOf(r, s.Language)
	if err != nil {
		return nil, err
	}
	site, err := newSite(s, look.source, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	look.lend(site, s.View)
	if err := site.Build(hugolib.BuildCfg{NoBuildLock: true}); err != nil {
		if told := errorsIn(site.said.String()); countForm.MatchString(err.Error()) && told != nil {
			err = told
		}
		return nil, err
	}
	if n := site.NumLogErrors(); n > 0 {
		return nil, fmt.Errorf("hugo logged %d errors", n)
	}
	return collect(site.out, site.dir, s.Paths)
}

// workDir is the folder of the theme for Hugo. No system allows a zero byte in a name, so
// Hugo finds nothing where it looks for files on the disk and not in the theme. On Windows a path
// needs a drive, or Hugo puts one folder below the other.
var workDir = map[bool]string{true: "C:"}[runtime.GOOS == "windows"] + "/\x00"

// settings are Hugo's settings for one site. They ask for pages only. Access to anything
// outside the theme is prevented by workDir, by the file systems in memory, and by New, which
// refuses a theme that calls functions with such access.
func settings(s Site) config.Provider {
	cfg := config.New()
	for key, value := range map[string]any{
		"workingDir":                 workDir,
		"publishDir":                 workDir + "/public",
		"cacheDir":                   workDir + "/cache",
		"dataDir":                    "nodata",
		"baseURL":                    s.BaseURL,
		"defaultContentLanguage":     strings.ToLower(s.Language),
		"languageCode":               s.Language,
		"title":                      "portal",
		"disableKinds":               []string{"section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"},
		"disableAliases":             true,
		"disableHugoGeneratorInject": true,
		"outputs":                    map[string]any{"home": []string{"html"}, "page": []string{"html"}},
		"security": map[string]any{
			"enableInlineShortcodes": false,
			"exec":                   map[string]any{"allow": []string{"none"}, "osEnv": []string{"none"}},
			"funcs":                  map[string]any{"getenv": []string{"none"}},
			"http":                   map[string]any{"methods": []string{"none"}, "urls": []string{"none"}},
		},
		"markup": map[string]any{"highlight": map[string]any{"noClasses": true}},
		"params": map[string]any{"portal": s.View},
	} {
		cfg.Set(key, value)
	}
	return cfg
}

// collect reads the pages that Hugo made. A missing page is an error, and so is a further
// one, which would not be sealed.
func collect(out afero.Fs, dir string, want []string) (map[string]Fragment, error) {
	pages := make(map[string]Fragment, len(want))
	for _, p := range want {
		text, err := afero.ReadFile(out, path.Join(dir, p, "index.html"))
		if err != nil {
			return nil, fmt.Errorf("the layouts made no page for %q: %w", p, err)
		}
		nav, body, ok := bytes.Cut(withoutIndent(text), []byte(Divider))
		if !ok || bytes.Contains(body, []byte(Divider)) {
			return nil, fmt.Errorf("the page for %q must have %s once, between its navigation and its body", p, Divider)
		}
		title, nav := cutTitle(nav)
		pages[p] = Fragment{Title: title, Nav: bytes.TrimSpace(nav), Body: bytes.TrimSpace(body)}
	}
	return pages, afero.Walk(out, dir, func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(dir))
		page := strings.TrimPrefix(path.Dir(name), "/")
		if path.Base(name) != "index.html" || !slices.Contains(want, page) {
			return fmt.Errorf("the layouts made %s, which is no page of the portal", name)
		}
		return nil
	})
}
