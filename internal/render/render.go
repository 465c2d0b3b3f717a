// Package render turns one client's view into HTML fragments: Hugo with the
// portal's layouts, one in-memory site for each client.
//
// It is the only package that imports Hugo. It must not know what a view holds
// (a misspelt field is the template's own error) nor where pages end up, and it
// never touches the disk: sources come in as bytes, fragments go out as bytes.
package render

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"
)

// A Theme is the source of the portal's look by path: layouts/…, content/… and
// i18n/…. It must not be changed once a Renderer has it.
type Theme map[string][]byte

// A Site is one client's portal as render needs it.
type Site struct {
	// ID names the client in problems.
	ID string
	// Language is the portal's, such as "de"; the theme needs an i18n file for it.
	Language string
	// BaseURL is where the portal's Home will stand, with a slash at the end.
	BaseURL string
	// View reaches the layouts as site.Params.portal.
	View any
	// Paths are the pages that the content adapter must make out of View: "" for
	// Home, else the one folder a page stands in.
	Paths []string
}

// Divider stands once in each page that the layouts make: what is above it shows
// other pages and is sealed as navigation, what is below is the page's own body.
const Divider = "<hr data-divider>"

// A Fragment is one page: its own body, and what it shows of other pages.
type Fragment struct {
	Body, Nav []byte
	// Title is what a <title> before all else has said, as text; "" where there is
	// none. It is in neither of the other two.
	Title string
}

// titled takes the title off the beginning of a page.
func titled(page []byte) (title string, rest []byte) {
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

// blame is held for writing while a failed site is built again alone: Hugo logs through a
// process-wide logger, so an error seen while others build may not be this site's own.
var blame sync.RWMutex

// A Renderer renders sites with one theme. It may be used from several
// goroutines at a time.
type Renderer struct{ theme Theme }

// New returns a Renderer for theme. The error is a diag.Problems with all that the
// theme's templates may not do.
func New(theme Theme) (*Renderer, error) {
	return &Renderer{theme: theme}, refused(theme).Err()
}

// Render builds one site and returns its pages by path. The error is a
// diag.Problems that names the client and, where the theme is at fault, the
// template's line and column.
func (r *Renderer) Render(s Site) (map[string]Fragment, error) {
	blame.RLock()
	pages, err := r.build(s)
	blame.RUnlock()
	if err == nil {
		return pages, nil
	}
	blame.Lock()
	defer blame.Unlock()
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
	source, err := r.source()
	if err != nil {
		return nil, err
	}
	settings := settings(s)
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard, DistinctLevel: 0})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Flags: settings, Logger: logger, SkipNpmCheck: true,
		Environment: "production", Environ: []string{"HUGO_ENVIRONMENT=production"},
	})
	if err != nil {
		return nil, err
	}
	base := configs.LoadingInfo.BaseConfig
	out := afero.NewMemMapFs()
	files := hugofs.NewFromSourceAndDestination(source, out, settings)
	files.Os = source     // the disk itself otherwise
	var said bytes.Buffer // by Hugo and by the layouts; Hugo writes it under a lock
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: files,
		StdOut: io.Discard, StdErr: &said,
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sites.Close()) }()
	if err := sites.Build(hugolib.BuildCfg{NoBuildLock: true}); err != nil {
		if told := errorsIn(said.String()); countForm.MatchString(err.Error()) && told != nil {
			err = told
		}
		return nil, err
	}
	if n := sites.NumLogErrors(); n > 0 {
		return nil, fmt.Errorf("hugo logged %d errors", n)
	}
	return collect(out, base.PublishDir, s.Paths)
}

// source lays the theme out as a file system of its own, so that whatever Hugo
// writes there stays in memory and with this site.
func (r *Renderer) source() (afero.Fs, error) {
	source := afero.NewMemMapFs()
	for _, name := range unused {
		if err := afero.WriteFile(source, path.Join(workDir, "layouts", name), nil, 0o444); err != nil {
			return nil, err
		}
	}
	for name, text := range r.theme {
		if err := afero.WriteFile(source, path.Join(workDir, name), text, 0o444); err != nil {
			return nil, err
		}
	}
	return source, nil
}

// workDir is where Hugo takes the theme to lie. No system has a file by a name with a
// zero byte in it, so that what Hugo would look for on the disk, and not in the theme, is
// never there.
const workDir = "/\x00"

// settings are Hugo's for one site. Nothing but pages is asked for. That nothing outside
// the theme is reached is for workDir, for the file systems in memory, and for New, which
// refuses a theme that calls what would do it.
func settings(s Site) config.Provider {
	cfg := config.New()
	for key, value := range map[string]any{
		"workingDir":                 workDir,
		"publishDir":                 workDir + "/public",
		"cacheDir":                   workDir + "/cache",
		"dataDir":                    "nodata",
		"baseURL":                    s.BaseURL,
		"defaultContentLanguage":     s.Language,
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

// collect reads the pages that Hugo made. A page that is missing, or one more
// than asked for, is an error: nothing may be left out, and nothing may exist that
// would not be sealed.
func collect(out afero.Fs, dir string, want []string) (map[string]Fragment, error) {
	pages := make(map[string]Fragment, len(want))
	for _, p := range want {
		text, err := afero.ReadFile(out, path.Join(dir, p, "index.html"))
		if err != nil {
			return nil, fmt.Errorf("the layouts made no page for %q: %w", p, err)
		}
		nav, body, ok := bytes.Cut(text, []byte(Divider))
		if !ok || bytes.Contains(body, []byte(Divider)) {
			return nil, fmt.Errorf("the page for %q must have %s once, between its navigation and its body", p, Divider)
		}
		title, nav := titled(nav)
		pages[p] = Fragment{Title: title, Nav: bytes.TrimSpace(nav), Body: bytes.TrimSpace(body)}
	}
	return pages, afero.Walk(out, dir, func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		page := strings.TrimPrefix(strings.TrimPrefix(path.Dir(name), dir), "/")
		if path.Base(name) != "index.html" || !slices.Contains(want, page) {
			return fmt.Errorf("the layouts made %s, which is no page of the portal", strings.TrimPrefix(name, dir))
		}
		return nil
	})
}
