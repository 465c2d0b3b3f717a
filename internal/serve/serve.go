// Package serve is the preview: the portals from memory over HTTP on this machine
// alone, live reload by server-sent events, and an overlay for problems.
//
// It must not know how a portal is made, and it never writes a file.
package serve

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net"
	"net/http"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/build"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
)

// own is the first part of the addresses that are the preview's own. No portal can
// have it, since a friendly name has no underscore.
const own = "/_portalgen/"

// Scripts are the scripts that a preview adds to each page.
var Scripts = []string{own + "live.js"}

// A Server shows one site. Use New, then Change when something changed.
type Server struct {
	builder *build.Builder
	hub     *hub
	// boot tells the versions of one run from those of another.
	boot string

	mu      sync.Mutex
	clients map[string]*shown // by client id
	// shared are the problems of what all portals share.
	shared diag.Problems
	// generation counts changes of what all portals share.
	generation int
}

// shown is one client in the preview.
type shown struct {
	mu sync.Mutex // held while the portal is built

	address  build.Address
	version  int
	portal   *build.Portal // the last good one, nil until it is first asked for
	stale    bool          // portal is not of the newest files
	problems diag.Problems
}

// An Entry tells of one portal of the preview.
type Entry struct {
	ID, Client string
	// Path is the address below the host; Link is the same with the secret that
	// opens it.
	Path, Link string
	// Passphrase opens a sample; "" for any other portal.
	Passphrase string
	Problems   diag.Problems
}

// New returns a Server over a builder with preview keys. Problems of the first
// reading are in what it shows and in what Problems returns.
func New(b *build.Builder) *Server {
	s := &Server{builder: b, hub: newHub(), boot: rand.Text()[:8], clients: map[string]*shown{}}
	s.Change(build.Change{All: true})
	return s
}

// Change takes up what has changed. Portals that nobody looks at are built when
// they are next asked for. It returns the problems there are now, and how long it
// took.
func (s *Server) Change(c build.Change) (diag.Problems, time.Duration) {
	start := time.Now()
	ids := c.Clients
	if c.All {
		ps := s.builder.Load()
		s.mu.Lock()
		s.shared = ps.Errors()
		s.generation++
		s.mu.Unlock()
		if s.builder.Loaded() {
			ids, _ = s.builder.Clients()
			ids = slices.Concat(ids, s.known())
			slices.Sort(ids)
			ids = slices.Compact(ids)
		}
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			s.takeUp(id)
			return nil
		})
	}
	_ = g.Wait() // none of them returns an error
	s.hub.wake()
	return s.Problems(), time.Since(start)
}

func (s *Server) known() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.clients))
}

// takeUp reads one client again. A portal that was looked at is built at once, so
// that its problems show without a reload.
func (s *Server) takeUp(id string) {
	if !s.builder.Exists(id) {
		s.mu.Lock()
		delete(s.clients, id)
		s.mu.Unlock()
		return
	}
	s.mu.Lock()
	c := s.clients[id]
	if c == nil {
		c = &shown{}
		s.clients[id] = c
	}
	s.mu.Unlock()

	c.mu.Lock()
	defer c.mu.Unlock()
	address, ps := s.builder.Address(id)
	c.problems = ps
	if ps.Err() != nil {
		if c.address.Folder == "" {
			c.address = address
		}
		return
	}
	c.address = address
	c.version++
	c.stale = true
	if c.portal != nil {
		s.build(id, c)
	}
}

// build makes the portal of c anew; c.mu is held. On an error the last good one
// stays.
func (s *Server) build(id string, c *shown) {
	p, ps := s.builder.Portal(id)
	c.problems, c.stale = ps, false
	if ps.Err() == nil {
		c.portal = p
	}
}

// Entries returns the portals there are, by client id.
func (s *Server) Entries() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Entry
	for _, id := range slices.Sorted(maps.Keys(s.clients)) {
		c := s.clients[id]
		c.mu.Lock()
		e := Entry{ID: id, Client: c.address.Name, Passphrase: c.address.Passphrase, Problems: c.problems}
		if s.builder.Loaded() {
			e.Path = s.builder.Prefix() + c.address.Folder + "/"
			e.Link = e.Path + "#k=" + c.address.Fragment
		}
		c.mu.Unlock()
		all = append(all, e)
	}
	return all
}

// Problems returns every error there is now.
func (s *Server) Problems() diag.Problems {
	var all diag.Problems
	for _, e := range s.Entries() {
		all = append(all, e.Problems.Errors()...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(slices.Clone(s.shared), all...).Sort()
}

// Pages returns the titles and addresses of a client's portal, as last built.
func (s *Server) Pages(id string) []portal.Link {
	s.mu.Lock()
	c := s.clients[id]
	s.mu.Unlock()
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.portal == nil || c.stale {
		s.build(id, c)
	}
	if c.portal == nil {
		return nil
	}
	return c.portal.Titles
}

// Listen opens the loopback address at port; 0 is any port that is free.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return nil, fmt.Errorf("cannot listen on port %d: %w", port, err)
	}
	return l, nil
}

// Serve answers requests until ctx ends.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.handler(l.Addr().(*net.TCPAddr).Port), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// handler refuses whoever does not ask for this machine by name, so that no page
// of another origin can read a preview by pointing its own name here.
func (s *Server) handler(port int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+own+"events", s.events)
	mux.HandleFunc("GET "+own+"{file}", serveOwn)
	mux.HandleFunc("GET /", s.page)
	hosts := []string{"localhost", "127.0.0.1", "[::1]"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.ContainsFunc(hosts, func(h string) bool { return r.Host == fmt.Sprintf("%s:%d", h, port) }) {
			http.Error(w, "this preview is for this machine alone", http.StatusForbidden)
			return
		}
		for _, h := range gate.Match(r.URL.Path) {
			if h.Name != "Strict-Transport-Security" {
				w.Header().Set(h.Name, h.Value)
			}
		}
		mux.ServeHTTP(w, r)
	})
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if !s.builder.Loaded() {
		s.notYet(w)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, s.builder.Prefix())
	if !ok {
		http.Redirect(w, r, s.builder.Prefix(), http.StatusFound)
		return
	}
	if text, ok := s.builder.SiteFiles()[name]; ok {
		serveFile(w, name, text)
		return
	}
	folder, _, _ := strings.Cut(name, "/")
	if c, id := s.byFolder(folder); c != nil {
		s.portalPage(w, r, id, c, name)
		return
	}
	status := http.StatusOK
	if name != "" {
		status = http.StatusNotFound
	}
	s.write(w, status, s.builder.SiteFiles()["index.html"], s.versionOf(nil))
}

func (s *Server) byFolder(folder string) (*shown, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, c := range s.clients {
		c.mu.Lock()
		here := c.address.Folder == folder && folder != ""
		c.mu.Unlock()
		if here {
			return c, id
		}
	}
	return nil, ""
}

func (s *Server) portalPage(w http.ResponseWriter, r *http.Request, id string, c *shown, name string) {
	if path.Ext(name) == "" && !strings.HasSuffix(name, "/") {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	c.mu.Lock()
	if c.portal == nil || c.stale {
		s.build(id, c)
		s.hub.wake()
	}
	var text []byte
	if c.portal != nil {
		text = c.portal.Files[strings.TrimSuffix(name, "index.html")+"index.html"]
	}
	c.mu.Unlock()
	version := s.versionOf(c)
	if text == nil {
		s.write(w, http.StatusNotFound, s.builder.SiteFiles()["index.html"], version)
		return
	}
	s.write(w, http.StatusOK, text, version)
}

// versionOf names what a page was made of; a page with another version than the
// newest loads itself again. c is nil for a page of no portal.
func (s *Server) versionOf(c *shown) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := 0
	if c != nil {
		c.mu.Lock()
		v = c.version
		c.mu.Unlock()
	}
	return fmt.Sprintf("%s.%d.%d", s.boot, s.generation, v)
}

func (s *Server) write(w http.ResponseWriter, status int, page []byte, version string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	marked := bytes.Replace(page, []byte("<body "), []byte(`<body data-version="`+version+`" `), 1)
	_, _ = w.Write(marked) // the browser has gone away
}

// notYet answers while the provider's file has never been good.
func (s *Server) notYet(w http.ResponseWriter) {
	page := `<!doctype html><html lang="en"><meta charset="utf-8"><title>portalgen</title><body data-state="root"><script type="module" src="` + Scripts[0] + `"></script>`
	s.write(w, http.StatusServiceUnavailable, []byte(page), s.versionOf(nil))
}

func serveFile(w http.ResponseWriter, name string, text []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(text) // the browser has gone away
}
