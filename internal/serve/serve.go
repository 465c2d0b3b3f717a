// Package serve is the preview: it serves the portals from memory over HTTP, only on this machine,
// with live reload by server-sent events and an overlay for problems.
//
// The package must not know how a portal is made, and it never writes a file.
package serve

import (
	"crypto/rand"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// own is the first part of the preview's own addresses. No portal can have it, since a friendly
// name has no underscore.
const own = "/_portalgen/"

// Scripts are the scripts that a preview adds to each page.
var Scripts = []string{own + "live.js"}

// Inbox is the address to which pages of a preview send replies.
const Inbox = own + "inbox"

// A Server shows one site. Create it with New, and call Change when files have changed.
type Server struct {
	// Report is called with the errors of a portal whose first build is for a request. It is
	// optional, must be set before Serve, and may be called by several goroutines at once.
	Report func(diag.Problems)
	// Inbox handles the requests to the address Inbox. It is optional and must be set before Serve.
	Inbox http.Handler

	builder *pipeline.Builder
	hub     *hub
	// boot makes the versions of each run different.
	boot string
	// secret opens the desk, only in this run.
	secret string
	// generation counts changes of what all portals share; changes counts all changes.
	generation, changes atomic.Int64

	mu      sync.Mutex
	clients map[string]*clientState // by client id
	// shared are the problems of the parts that all portals share.
	shared diag.Problems
}

// clientState is the state of one client in the preview.
type clientState struct {
	mu sync.Mutex // held while the portal is built

	address  pipeline.Address
	version  int
	asked    bool             // a page of it was requested at least once
	portal   *pipeline.Portal // the last one built without errors; nil until the first request
	stale    bool             // files have changed after portal was built
	problems diag.Problems
	desk     deskPart
}

// An Entry describes one portal of the preview.
type Entry struct {
	ID, Client string
	// Path is the address below the host; Link is Path with the secret that opens the portal.
	Path, Link string
	// Passphrase opens a sample; "" if the portal is not a sample.
	Passphrase string
	Problems   diag.Problems
}

// New returns a Server for a builder with preview keys. The problems of the first reading are shown
// and returned by Problems.
func New(b *pipeline.Builder) *Server {
	s := &Server{
		builder: b, hub: newHub(), boot: rand.Text()[:8], secret: rand.Text(), clients: map[string]*clientState{},
	}
	s.Change(pipeline.Change{All: true})
	return s
}

// Change reads the changed files again. A portal of which no page was requested yet is built at the
// first request. It returns the current problems and how long it took.
func (s *Server) Change(c pipeline.Change) (diag.Problems, time.Duration) {
	start := time.Now()
	ids := c.Clients
	var shared diag.Problems
	if c.All {
		shared = s.builder.Load().Errors()
		s.generation.Add(1)
	}
	if s.builder.Loaded() {
		all, err := s.builder.Clients() // it finds copies of clients' files too
		switch {
		case err != nil:
			shared = append(shared, diag.Of(err, site.ClientsDir, rule.Unreadable)...)
		case c.All:
			ids = slices.Concat(all, s.known())
			slices.Sort(ids)
			ids = slices.Compact(ids)
		}
	} else {
		ids = nil // without the provider's file nothing can be built
	}
	if c.All {
		s.mu.Lock()
		s.shared = shared
		s.mu.Unlock()
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			s.reread(id)
			return nil
		})
	}
	_ = g.Wait() // none of them returns an error
	for _, id := range c.Notes {
		s.forget(id)
	}
	s.changes.Add(1)
	s.hub.wake()
	return s.Problems(), time.Since(start)
}

func (s *Server) known() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.clients))
}

// reread reads one client again. If a page of its portal was requested before, it builds the portal
// at once, so that problems are shown without a reload.
func (s *Server) reread(id string) {
	if !s.builder.Exists(id) {
		s.mu.Lock()
		delete(s.clients, id)
		s.mu.Unlock()
		return
	}
	s.mu.Lock()
	c := s.clients[id]
	if c == nil {
		c = &clientState{}
		s.clients[id] = c
	}
	s.mu.Unlock()

	c.mu.Lock()
	defer c.mu.Unlock()
	address, ps := s.builder.Address(id)
	c.problems, c.desk = ps, deskPart{}
	if ps.Err() != nil {
		if c.address.Folder == "" {
			c.address = address
		}
		c.stale = false // these files cannot be built
		return
	}
	c.address = address
	c.version++
	c.stale = true
	if c.asked {
		s.build(id, c)
	}
}

// build builds the portal of c. The caller holds c.mu. On an error the last good portal stays.
func (s *Server) build(id string, c *clientState) {
	p, ps := s.builder.Portal(id)
	c.problems, c.stale = ps, false
	if ps.Err() == nil {
		c.portal = p
	}
}

// Entries returns all portals, by client id. If two have the same address, the first is shown and
// the other has a problem.
func (s *Server) Entries() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Entry
	folders := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(s.clients)) {
		c := s.clients[id]
		c.mu.Lock()
		e := Entry{ID: id, Client: c.address.Name, Passphrase: c.address.Passphrase, Problems: c.problems}
		folders[id] = c.address.Folder
		if s.builder.Loaded() {
			e.Path = s.builder.Prefix() + c.address.Folder + "/"
			e.Link = e.Path + "#k=" + c.address.Fragment
		}
		c.mu.Unlock()
		all = append(all, e)
	}
	for _, p := range pipeline.Clashes(folders) {
		i := slices.IndexFunc(all, func(e Entry) bool { return site.ClientFile(e.ID) == p.File })
		all[i].Problems = append(slices.Clone(all[i].Problems), p)
	}
	return all
}

// Problems returns all current errors.
func (s *Server) Problems() diag.Problems {
	var all diag.Problems
	if s.builder.Loaded() {
		all = s.builder.Strays()
	}
	for _, e := range s.Entries() {
		all = append(all, e.Problems.Errors()...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(slices.Clone(s.shared), all...).Sort()
}
