// Command onesite renders all clients of a site as one Hugo site with the portal's
// own layouts, in memory and unsealed, and says how long that took. It is what a
// build is measured against: the same version of Hugo, the same layouts, the same
// pages, and no sealing or publishing at all.
//
//	go run ./bench/onesite SITE
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	"time"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/site"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// everybody is one view of all clients: the first one's, with the pages of all.
type everybody struct {
	*portal.View
	Pages []*portal.Page
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: onesite SITE")
	}
	if err := run(flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	s, err := site.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	theme, err := s.Theme()
	if err != nil {
		return err
	}
	theme.Files["layouts/front.html"] = theme.Files["layouts/home.html"]
	start := time.Now()
	in, err := read(s)
	if err != nil {
		return err
	}
	derived := time.Since(start)
	renderer, err := render.New(theme.Files)
	if err != nil {
		return err
	}
	pages, err := renderer.Render(in)
	if err != nil {
		return err
	}
	fmt.Printf("%d pages: read and derived %v, rendered %v, in all %v, peak %s\n", len(pages),
		derived.Round(time.Millisecond), (time.Since(start) - derived).Round(time.Millisecond),
		time.Since(start).Round(time.Millisecond), peak())
	return nil
}

func read(s *site.Site) (render.Site, error) {
	all := &everybody{}
	in := render.Site{ID: "everybody", Language: "en", BaseURL: "https://portal.invalid/", View: all}
	src, ps := clientfile.ReadFile(s.Root, site.ProviderFile)
	if ps.Err() != nil {
		return in, ps
	}
	provider, ps := clientfile.Provider(src)
	if ps.Err() != nil {
		return in, ps
	}
	ids, err := s.Clients()
	if err != nil {
		return in, err
	}
	for _, id := range ids {
		v, err := view(s, provider, id)
		if err != nil {
			return in, err
		}
		if all.View == nil {
			all.View = v
		}
		for _, p := range v.Pages {
			if p.Kind == portal.KindHome && all.Pages == nil {
				p.Path = "" // the site's own home must be there
			} else if p.Path = id + "/" + p.Path; p.Kind == portal.KindHome {
				// Hugo keeps home.html for the one home of a site.
				p.Path, p.Kind = id+"/home", "front"
			}
			all.Pages = append(all.Pages, p)
			in.Paths = append(in.Paths, p.Path)
		}
	}
	return in, nil
}

func view(s *site.Site, provider *client.Provider, id string) (*portal.View, error) {
	src, ps := clientfile.ReadFile(s.Root, site.ClientFile(id))
	if ps.Err() != nil {
		return nil, ps
	}
	c, ps := clientfile.Client(id, src, clientfile.Options{Provider: provider, Now: now})
	if ps.Err() != nil {
		return nil, ps
	}
	return portal.New(c, portal.Options{
		Provider: provider, Now: now, Base: "/" + id + "/",
		Path: func(kind, item string) string { return kind + "-" + item },
	})
}

// peak returns the most memory that the process has held, as the system counts it.
func peak() string {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown on " + runtime.GOOS
	}
	var kb int
	for line := range strings.Lines(string(text)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kb); err == nil {
			return fmt.Sprintf("%d MB", kb/1024)
		}
	}
	return "unknown"
}
