package serve

import (
	"bytes"
	"crypto/subtle"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/desk"
	"portalgen/internal/gate"
	"portalgen/internal/today"
)

// deskHeader is the header with the desk's secret. A page of another origin cannot send it: the
// browser would first ask this server for permission (CORS), and this server never gives it.
const deskHeader = "Portalgen-Desk"

// deskAge is how long the desk's part for a client stays fresh while its file stays the same. It is
// limited because what is late changes with the hour.
const deskAge = 10 * time.Minute

// deskPart is the desk's part for one client and the time at which it was made. A zero deskPart
// must be made again.
type deskPart struct {
	part today.Part
	at   time.Time
}

// Desk returns the desk's path with the secret that opens it. The secret follows the #, so a
// browser never sends it by itself; the page's script sends it in a header.
func (s *Server) Desk() string { return "/#k=" + s.secret }

func (s *Server) isSecret(given string) bool {
	return subtle.ConstantTimeCompare([]byte(s.secret), []byte(given)) == 1
}

//go:embed desk.html
var deskText string

var deskPage = template.Must(template.New("desk").Parse(deskText))

// desk answers with the page around the desk. This page is the same for everybody and contains no
// names.
func (s *Server) desk(w http.ResponseWriter) {
	var b bytes.Buffer
	err := deskPage.Execute(&b, map[string]any{
		"Assets": s.builder.Assets(), "Own": own, "Policy": gate.Host{}.MetaPolicy(),
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.write(w, http.StatusOK, b.Bytes(), s.deskVersion())
}

// deskPart answers with the content of the desk, if the request has the secret.
func (s *Server) deskPart(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if !s.isSecret(r.Header.Get(deskHeader)) {
		http.Error(w, "the desk opens by the link in the terminal", http.StatusForbidden)
		return
	}
	if !s.builder.Loaded() {
		http.Error(w, "there is a problem, which stands in the terminal", http.StatusServiceUnavailable)
		return
	}
	var b bytes.Buffer
	if err := desk.Write(&b, s.deskNow()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // the browser has closed the connection
}

// deskParts returns the desk's part for each client, and makes outdated parts again. If a client's
// file is read again meanwhile, the next request gets the new part.
func (s *Server) deskParts() map[string]today.Part {
	s.mu.Lock()
	clients := maps.Clone(s.clients)
	s.mu.Unlock()
	parts := map[string]today.Part{}
	var all sync.Mutex
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for id, c := range clients {
		g.Go(func() error {
			c.mu.Lock()
			defer c.mu.Unlock()
			if time.Since(c.desk.at) > deskAge {
				part, _ := s.builder.Part(id) // the preview shows its problems
				c.desk = deskPart{part, time.Now()}
			}
			all.Lock()
			defer all.Unlock()
			parts[id] = c.desk.part
			return nil
		})
	}
	_ = g.Wait() // none of them returns an error
	return parts
}

// forget marks the desk's part for a client as outdated.
func (s *Server) forget(id string) {
	s.mu.Lock()
	c := s.clients[id]
	s.mu.Unlock()
	if c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.desk = deskPart{}
	}
}

// deskNow returns the current content of the desk.
func (s *Server) deskNow() desk.Desk {
	parts := s.deskParts()
	provider := s.builder.Provider()
	d := desk.Desk{Provider: provider.Name, Today: s.builder.Day(), Check: provider.Check, Problems: s.Problems()}
	for _, e := range s.Entries() {
		if part, known := parts[e.ID]; known { // else the client is newer than parts
			d.Clients = append(d.Clients, desk.Client{
				ID: e.ID, Name: e.Client, Link: e.Link, Part: part, Broken: part.Standing.Language == "",
			})
		}
	}
	return d
}

// deskVersion returns a version that changes with everything that the desk can show.
func (s *Server) deskVersion() string { return fmt.Sprintf("%s.desk.%d", s.boot, s.changes.Load()) }

// isDesk reports whether the page at a path is the desk.
func (s *Server) isDesk(path string) bool {
	return s.builder.Loaded() && path == s.builder.Prefix()
}
