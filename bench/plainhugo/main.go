// Command plainhugo writes the pages of a site, rendered and unsealed, as one plain
// Hugo project, so that the plain hugo command can be measured on the same pages:
//
//	go run ./bench/plainhugo -now 2026-11-20 SITE PROJECT
//
// Hugo then has the easier task: the fragments are there, and its one layout only
// puts the frame around them. What it writes is plaintext; measure with made-up
// clients alone.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
	"portalgen/internal/unsealed"
)

func main() {
	log.SetFlags(0)
	now := flag.String("now", "2026-11-20", "the moment of the build")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: plainhugo [-now DATE] SITE PROJECT")
	}
	if err := write(flag.Arg(0), flag.Arg(1), *now); err != nil {
		log.Fatal(err)
	}
}

const config = `baseURL = "https://portal.invalid/"
disableKinds = ["section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
[security]
allowContent = ["^text/html$"]
`

const layout = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ .Content }}</body></html>
`

func write(dir, project, now string) error {
	s, err := site.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	clock, err := pipeline.ParseClock(now)
	if err != nil {
		return err
	}
	b := pipeline.New(s, pipeline.Options{Now: clock, Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
	if ps := b.Load(); ps.Err() != nil {
		return ps.Err()
	}
	files := map[string]string{"hugo.toml": config, "layouts/page.html": layout, "layouts/home.html": layout}
	for name, text := range files {
		if err := put(filepath.Join(project, name), text); err != nil {
			return err
		}
	}
	ids, err := b.Clients()
	if err != nil {
		return err
	}
	for _, id := range ids {
		p, ps := b.Portal(id)
		if ps.Err() != nil {
			return ps.Err()
		}
		a, _ := b.Address(id)
		pages, err := unsealed.Pages(p, a.Fragment)
		if err != nil {
			return err
		}
		for token, page := range pages {
			name := cmp.Or(token, "index-of-portal")
			text := fmt.Sprintf("---\ntitle: %q\n---\n%s\n%s\n", name, page.Nav, page.HTML)
			if err := put(filepath.Join(project, "content", id, name+".html"), text); err != nil {
				return err
			}
		}
	}
	return nil
}

func put(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}
