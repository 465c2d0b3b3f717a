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

// deskHeader carries the desk's secret. No page of another origin can send it: that would need
// an answer to a question of the browser's (CORS), which this server never gives.
const deskHeader = "Portalgen-Desk"

// deskAge is how long what the desk shows of a client counts as fresh while the file stays the same:
// what is late changes with the hour.
const deskAge = 10 * time.Minute

// deskPart is what the desk shows of one client, as of a moment; a zero one must be made again.
type deskPart struct {
	part today.Part
	at   time.Time
}

// Desk returns the desk's path with the secret that opens it: the secret stands behind the #, so a
// browser sends it to nobody by itself, and the page's script sends it in a header.
func (s *Server) Desk() string { return "/#k=" + s.secret }

func (s *Server) isSecret(told string) bool {
	return subtle.ConstantTimeCompare([]byte(s.secret), []byte(told)) == 1
}

//go:embed desk.html
var deskText string

var deskPage = template.Must(template.New("desk").Parse(deskText))

// desk answers with the page around the desk, which is the same for everybody and names nobody.
func (s *Server) desk(w http.ResponseWriter) {
	var b bytes.Buffer
	err := deskPage.Execute(&b, map[string]any{"Assets": s.builder.Assets(), "Own": own, "Policy": gate.Host{}.MetaPolicy()})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.write(w, http.StatusOK, b.Bytes(), s.deskVersion())
}

// deskPart answers with what stands on the desk, to whoever has its secret.
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

// deskParts returns what the desk shows of each client. Parts that are out of date are made again. A
// client whose file is read again meanwhile gets the new part with the next request.
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
			if time.Since(c.glance.at) > deskAge {
				part, _ := s.builder.Part(id) // its problems are those of the preview
				c.glance = deskPart{part, time.Now()}
			}
			all.Lock()
			defer all.Unlock()
			parts[id] = c.glance.part
			return nil
		})
	}
	_ = g.Wait() // none of them returns an error
	return parts
}

// forget marks what the desk shows of a client as out of date.
func (s *Server) forget(id string) {
	s.mu.Lock()
	c := s.clients[id]
	s.mu.Unlock()
	if c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.glance = deskPart{}
	}
}

// deskNow returns what the desk shows now.
func (s *Server) deskNow() desk.Desk {
	parts := s.deskParts()
	provider := s.builder.Provider()
	d := desk.Desk{Provider: provider.Name, Today: s.builder.Day(), Check: provider.Check, Problems: s.Problems()}
	for _, e := range s.Entries() {
		if part, known := parts[e.ID]; known { // else it has come since
			d.Clients = append(d.Clients, desk.Client{
				ID: e.ID, Name: e.Client, Link: e.Link, Part: part, Broken: part.Standing.Language == "",
			})
		}
	}
	return d
}

// deskVersion changes whenever anything has that the desk may show.
func (s *Server) deskVersion() string { return fmt.Sprintf("%s.desk.%d", s.boot, s.changes.Load()) }

// isDesk reports whether the page at a path is the desk.
func (s *Server) isDesk(path string) bool {
	return s.builder.Loaded() && path == s.builder.Prefix()
}
