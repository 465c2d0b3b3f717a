package serve

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"portalgen/internal/build"
	"portalgen/internal/diag"
)

//go:embed live.js live.css
var ownFiles embed.FS

func serveOwn(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	text, err := ownFiles.ReadFile(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	serveFile(w, name, text)
}

// A hub wakes every open page.
type hub struct {
	mu      sync.Mutex
	waiting chan struct{}
}

func newHub() *hub { return &hub{waiting: make(chan struct{})} }

func (h *hub) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.waiting)
	h.waiting = make(chan struct{})
}

func (h *hub) wait() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.waiting
}

// state is what an open page is told: the version it should be of, and what is
// wrong.
type state struct {
	Version  string       `json:"version"`
	Problems []diag.Shown `json:"problems"`
}

// events tells one page of every state, the present one first, until it closes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	said := ""
	for {
		wake := s.hub.wait()
		text, err := json.Marshal(s.stateOf(r.URL.Query().Get("path")))
		if err != nil {
			return
		}
		if string(text) != said {
			said = string(text)
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil || flush.Flush() != nil {
				return
			}
		}
		select {
		case <-wake:
		case <-r.Context().Done():
			return
		}
	}
}

// clashesIn returns the problems of clients that all have one folder.
func (s *Server) clashesIn(folder string) diag.Problems {
	folders := map[string]string{}
	for _, id := range s.allIn(folder) {
		folders[id] = folder
	}
	return build.Clashes(folders)
}

// stateOf returns the state of the page at a path. A page of no portal shows all
// problems, a portal's page those that concern it.
func (s *Server) stateOf(path string) state {
	folder := ""
	if s.builder.Loaded() {
		folder, _, _ = strings.Cut(strings.TrimPrefix(path, s.builder.Prefix()), "/")
	}
	c, _ := s.byFolder(folder)
	problems := s.Problems()
	if c != nil {
		c.mu.Lock()
		own := c.problems.Errors()
		c.mu.Unlock()
		own = append(own, s.clashesIn(folder)...)
		s.mu.Lock()
		problems = append(s.shared[:len(s.shared):len(s.shared)], own...)
		s.mu.Unlock()
	}
	return state{Version: s.versionOf(c), Problems: diag.Browser(problems)}
}
