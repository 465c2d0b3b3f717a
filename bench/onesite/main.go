// Command onesite builds all portals of a site unsealed, as one plain Hugo site with the same
// layouts, to compare the time of a build with Hugo's own:
//
//	go run ./bench/onesite [-now 2026-11-20] SITE OUT
//
// It uses nothing of internal/render: no shared templates and no cached partials. Its output is
// plaintext, so use it only with invented clients.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

func main() {
	log.SetFlags(0)
	now := flag.String("now", "2026-11-20", "the moment of the build")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: onesite [-now DATE] SITE OUT")
	}
	if err := run(flag.Arg(0), flag.Arg(1), *now); err != nil {
		log.Fatal(err)
	}
}

func run(dir, out, now string) error {
	s, err := site.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := views(s, now)
	if err != nil {
		return err
	}
	theme, err := s.Theme()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := build(theme.Files, all, out); err != nil {
		return err
	}
	pages := 0
	for _, v := range all {
		pages += len(v.Pages)
	}
	made, err := filepath.Glob(filepath.Join(out, "*", "*", "*", "*", "index.html"))
	if err != nil || len(made) != pages {
		return fmt.Errorf("%d pages of %d were made: %w", len(made), pages, err)
	}
	fmt.Printf("%d clients, %d pages, Hugo alone %v\n", len(all), pages, time.Since(start).Round(time.Millisecond))
	return nil
}

// views returns the views of all clients, by id.
func views(s *site.Site, now string) (map[string]*portal.View, error) {
	clock, err := pipeline.ParseClock(now)
	if err != nil {
		return nil, err
	}
	b := pipeline.New(s, pipeline.Options{Now: clock, Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
	if ps := b.Load(); ps.Err() != nil {
		return nil, ps.Err()
	}
	content, err := site.ProgramContent()
	if err != nil {
		return nil, err
	}
	ids, err := b.Clients()
	if err != nil {
		return nil, err
	}
	all := map[string]*portal.View{}
	for _, id := range ids {
		c, _, ps := b.Read(id)
		if ps.Err() != nil {
			return nil, ps.Err()
		}
		opt := portal.Options{
			Provider: b.Provider(), Now: b.Reader().Clock().In(pipeline.Location(c.Timezone)), Base: "/" + id + "/",
			Path: func(kind, id string) string {
				if kind == portal.KindHome {
					return ""
				}
				return strings.Trim(kind+"-"+id, "-")
			},
		}
		for _, page := range site.ContentFor(content, c.Language) {
			opt.Content = append(opt.Content, portal.Content{
				ID: page.Name, Title: page.Title, Body: portal.Text(page.Body),
			})
		}
		if all[id], err = portal.New(c, opt); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// adapter makes the pages of all clients. Each page has the id of its client, by which its layout
// finds the view.
const adapter = `{{ range $id, $portal := site.Params.views }}{{ range .Pages }}
{{ $.AddPage (dict "kind" "page" "path" (printf "%s/%s" $id (or .Path "start")) "title" .Title
  "layout" (cond (eq .Kind "home") "start" .Kind) "params" (dict "page" . "client" $id)) }}
{{ end }}{{ end }}`

// ofPage replaces site.Params.portal in the layouts.
const ofPage = "(index site.Params.views page.Params.client)"

func build(theme map[string][]byte, all map[string]*portal.View, out string) error {
	const dir = "/site"
	source := afero.NewMemMapFs()
	for name, text := range theme {
		switch {
		case strings.HasPrefix(name, "content/"):
			text = []byte(adapter)
		case name == "layouts/home.html": // for Hugo home.html is only the layout of the site's own home page
			name = "layouts/start.html"
		}
		text = bytes.ReplaceAll(text, []byte("site.Params.portal"), []byte(ofPage))
		if err := afero.WriteFile(source, path.Join(dir, name), text, 0o444); err != nil {
			return err
		}
	}
	settings := config.New()
	for key, value := range map[string]any{
		"workingDir": dir, "publishDir": dir + "/public", "cacheDir": dir + "/cache", "dataDir": "nodata",
		"baseURL": "https://portal.invalid/", "title": "portal", "disableAliases": true,
		"disableKinds": []string{"home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"},
		"outputs":      map[string]any{"page": []string{"html"}},
		"params":       map[string]any{"views": all},
	} {
		settings.Set(key, value)
	}
	quiet := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Flags: settings, Logger: quiet, SkipNpmCheck: true,
		Environment: "production", Environ: []string{"HUGO_ENVIRONMENT=production"},
	})
	if err != nil {
		return err
	}
	files := hugofs.NewFromSourceAndDestination(source, afero.NewBasePathFs(afero.NewOsFs(), out), settings)
	files.Os = source
	var said bytes.Buffer
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: files, StdOut: io.Discard, StdErr: &said})
	if err != nil {
		return err
	}
	if err := sites.Build(hugolib.BuildCfg{NoBuildLock: true}); err != nil {
		return fmt.Errorf("%w: %s", err, said.String())
	}
	return sites.Close()
}
