package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"portalgen/internal/attachment"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
)

// Listen opens a port of the loopback address; for 0 any free port.
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
		Handler: s.handler(l.Addr().(*net.TCPAddr).Port), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: idle,
		ConnState:   (&connectionPeak{giveBack: debug.FreeOSMemory}).connection,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go s.deskParts() // so that the desk opens at once
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// handler refuses requests whose host is not a name of this machine. Otherwise a page of another
// origin could read a preview by resolving its own host name to this machine (DNS rebinding).
func (s *Server) handler(port int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+own+"events", s.events)
	mux.HandleFunc("GET "+own+"desk", s.deskPart)
	mux.HandleFunc("GET "+own+"{file}", serveOwn)
	if s.Inbox != nil {
		mux.Handle("POST "+Inbox, s.Inbox)
	}
	mux.HandleFunc("GET /", s.page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r.Host, port) {
			http.Error(w, "this preview is for this machine alone", http.StatusForbidden)
			return
		}
		for _, h := range s.host().Match(r.URL.Path) {
			if h.Name != "Strict-Transport-Security" {
				w.Header().Set(h.Name, h.Value)
			}
		}
		mux.ServeHTTP(w, r)
	})
}

// host returns the host for which headers are made.
func (s *Server) host() gate.Host {
	if !s.builder.Loaded() {
		return gate.Host{Prefix: "/"}
	}
	return s.builder.Host()
}

// isLocal reports whether host, as a browser sends it, is this port at a name of this machine.
// Browsers omit port 80.
func isLocal(host string, port int) bool {
	for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
		if strings.EqualFold(host, fmt.Sprintf("%s:%d", name, port)) || port == 80 && strings.EqualFold(host, name) {
			return true
		}
	}
	return false
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if !s.builder.Loaded() {
		s.serveNotBuilt(w, s.versionOf(nil))
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, s.builder.Prefix())
	if !ok {
		http.Redirect(w, r, s.builder.Prefix(), http.StatusFound)
		return
	}
	switch name {
	case "":
		s.desk(w)
		return
	case "index.html": // the published root page, since the desk has its place here
		s.write(w, http.StatusOK, s.builder.SiteFiles()[name], s.versionOf(nil))
		return
	}
	if text, ok := s.builder.SiteFiles()[name]; ok {
		serveFile(w, name, text)
		return
	}
	folder, _, _ := strings.Cut(name, "/")
	if c, id := s.clientIn(folder); c != nil {
		s.portalPage(w, r, id, c, name)
		return
	}
	s.write(w, http.StatusNotFound, s.builder.SiteFiles()["index.html"], s.versionOf(nil))
}

// clientIn returns the client whose portal has the folder; the first if there are several.
func (s *Server) clientIn(folder string) (*clientState, string) {
	ids := s.clientsIn(folder)
	if len(ids) == 0 {
		return nil, ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clients[ids[0]], ids[0]
}

// clientsIn returns the ids of the clients whose portals have the folder, sorted.
func (s *Server) clientsIn(folder string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for id, c := range s.clients {
		c.mu.Lock()
		if c.address.Folder == folder && folder != "" {
			ids = append(ids, id)
		}
		c.mu.Unlock()
	}
	slices.Sort(ids)
	return ids
}

func (s *Server) portalPage(w http.ResponseWriter, r *http.Request, id string, c *clientState, name string) {
	if path.Ext(name) != "" && path.Base(name) != "index.html" {
		s.attached(w, r, c, name)
		return
	}
	if !strings.HasSuffix(name, "/") {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	text, made, version, found := s.fileOf(id, c, strings.TrimSuffix(name, "index.html")+"index.html")
	if len(found) > 0 {
		s.changes.Add(1)
		s.hub.wake()
		if s.Report != nil {
			s.Report(found)
		}
	}
	switch {
	case text != nil:
		s.write(w, http.StatusOK, text, version)
	case made:
		s.write(w, http.StatusNotFound, s.builder.SiteFiles()["index.html"], version)
	default:
		s.serveNotBuilt(w, version)
	}
}

// attached answers with an attachment of a portal, which it seals while it writes.
func (s *Server) attached(w http.ResponseWriter, r *http.Request, c *clientState, name string) {
	w.Header().Set("Cache-Control", "no-store")
	c.mu.Lock()
	var file *attachment.File
	if c.portal != nil {
		file = c.portal.Attached[name]
	}
	c.mu.Unlock()
	if file == nil {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.FormatInt(file.Size(), 10))
	if err := file.Seal(w); err != nil {
		if s.Report != nil && r.Context().Err() == nil { // the reader has not closed the connection
			s.Report(diag.Problems{file.Problem(err)})
		}
		panic(http.ErrAbortHandler) // closes the connection, so that the page reports an incomplete file
	}
}

// fileOf returns a file of a portal, or nil if there is none; whether the portal was ever built;
// and its version. found are the errors if this request built the portal.
func (s *Server) fileOf(id string, c *clientState, file string) (
	text []byte, made bool, version string, found diag.Problems,
) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = true
	if c.stale {
		s.build(id, c)
		found = c.problems.Errors()
	}
	if c.portal != nil {
		text = c.portal.Files[file]
	}
	return text, c.portal != nil, s.version(c.version), found
}

// versionOf returns the version of the files from which the page of c is built; c is nil for a page
// of no portal. A page with an older version reloads itself.
func (s *Server) versionOf(c *clientState) string {
	if c == nil {
		return s.version(0)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return s.version(c.version)
}

func (s *Server) version(client int) string {
	return fmt.Sprintf("%s.%d.%d", s.boot, s.generation.Load(), client)
}

func (s *Server) write(w http.ResponseWriter, status int, page []byte, version string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	marked := bytes.Replace(page, []byte("<body "), []byte(`<body data-version="`+version+`" `), 1)
	_, _ = w.Write(marked) // the browser has closed the connection
}

// serveNotBuilt answers if there is nothing to show yet: the provider's file was never loaded, or
// the portal was never built without errors. The page's script shows the problem over it.
func (s *Server) serveNotBuilt(w http.ResponseWriter, version string) {
	page := `<!doctype html><html lang="en"><meta charset="utf-8"><title>portalgen</title>` +
		`<body data-state="unmade"><p>This page cannot be made: there is a problem, which stands in the terminal too.</p>` +
		`<script type="module" src="` + Scripts[0] + `"></script>`
	s.write(w, http.StatusServiceUnavailable, []byte(page), version)
}

func serveFile(w http.ResponseWriter, name string, text []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(text) // the browser has closed the connection
}
