package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
)

//go:embed live.js live.css desk.js desk.css
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

// state is the data that an open page receives: the newest version and the problems.
type state struct {
	Version  string                `json:"version"`
	Problems []diag.BrowserProblem `json:"problems"`
}

// events sends the current state and then every new one to one page, until the page closes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	sent := ""
	for {
		wake := s.hub.wait()
		text, err := json.Marshal(s.stateOf(r.URL.Query().Get("path"), s.isPass(r.URL.Query().Get("pass"))))
		if err != nil {
			return
		}
		if string(text) != sent {
			sent = string(text)
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

// clashesIn returns the problems of the clients that share the folder.
func (s *Server) clashesIn(folder string) diag.Problems {
	folders := map[string]string{}
	for _, id := range s.clientsIn(folder) {
		folders[id] = folder
	}
	return pipeline.Clashes(folders)
}

// Pass returns the proof with which a page receives problems, which quote lines of files. Only a
// page that was opened by a link of the preview with this fragment can know it. live.js computes
// the same value.
func Pass(fragment string) string {
	sum := sha256.Sum256([]byte("portalgen preview events\n" + fragment))
	return hex.EncodeToString(sum[:])
}

// isPass reports whether pass belongs to a link of this preview: to the desk or to any portal.
func (s *Server) isPass(pass string) bool {
	is := func(secret string) bool { return subtle.ConstantTimeCompare([]byte(Pass(secret)), []byte(pass)) == 1 }
	if is(s.secret) {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.clients {
		c.mu.Lock()
		fragment := c.address.Fragment
		c.mu.Unlock()
		if fragment != "" && is(fragment) {
			return true
		}
	}
	return false
}

// hiddenProblems replaces problems for a page without a pass.
var hiddenProblems = diag.Problems{{
	Severity: diag.Error, Message: "there is a problem, which stands in the terminal",
	Hint: "to see it here, open the portal by its link in the terminal",
}}

// stateOf returns the state for the page at a path. A portal's page gets the problems that concern
// it, any other page all problems. If full is false, hiddenProblems replace them.
func (s *Server) stateOf(path string, full bool) state {
	folder := ""
	if s.builder.Loaded() {
		folder, _, _ = strings.Cut(strings.TrimPrefix(path, s.builder.Prefix()), "/")
	}
	c, _ := s.clientIn(folder)
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
	if !full && len(problems) > 0 {
		problems = hiddenProblems
	}
	version := s.versionOf(c)
	if s.isDesk(path) {
		version = s.deskVersion()
	}
	return state{Version: version, Problems: diag.Browser(problems)}
}
