package serve

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

const handing = "client = \"Client a\"\nportal = \"a\"\n[[file]]\non = 2026-11-11\ntitle = \"The plan\"\nfile = \"plan.pdf\"\n"

// attachedFile returns the path and the bytes of the only attachment of a, as sealed now.
func attachedFile(t *testing.T, s *Server) (path string, sealed []byte) {
	t.Helper()
	p, ps := s.builder.Portal("a")
	if ps.Err() != nil || len(p.Attached) != 1 {
		t.Fatalf("%d attachments, %v", len(p.Attached), ps)
	}
	var b bytes.Buffer
	for name, file := range p.Attached {
		path = "/" + name
		if err := file.Seal(&b); err != nil {
			t.Fatal(err)
		}
	}
	return path, b.Bytes()
}

func TestAttachmentsArePreviewed(t *testing.T) {
	s, dir := preview(t, "a")
	write(t, dir, "data/clients/a/plan.pdf", "a plan")
	write(t, dir, site.ClientFile("a"), handing)
	s.Change(pipeline.Change{All: true})
	path, want := attachedFile(t, s)
	const host = "localhost:1313"
	if r := get(s, host, path); r.Code != http.StatusNotFound {
		t.Errorf("before anybody looked at the portal: %d", r.Code)
	}
	get(s, host, "/a/")
	r := get(s, host, path)
	if r.Code != http.StatusOK || !bytes.Equal(r.Body.Bytes(), want) {
		t.Fatalf("%d, %d bytes of %d", r.Code, r.Body.Len(), len(want))
	}
	for name, want := range map[string]string{
		"Content-Type": "application/octet-stream", "Content-Length": fmt.Sprint(len(want)), "X-Content-Type-Options": "nosniff",
	} {
		if is := r.Header().Get(name); is != want {
			t.Errorf("%s is %q, not %q", name, is, want)
		}
	}
	if r := get(s, host, strings.Replace(path, ".bin", "x.bin", 1)); r.Code != http.StatusNotFound {
		t.Errorf("a file that there is not: %d", r.Code)
	}

	// A file that is not what the page was made for is cut off, so that the page says so.
	write(t, dir, "data/clients/a/plan.pdf", "A plan")
	server := httptest.NewServer(s.handler(1313))
	defer server.Close()
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Host = host
	if answer, err := http.DefaultClient.Do(ask); err == nil {
		defer answer.Body.Close()
		if _, err := new(bytes.Buffer).ReadFrom(answer.Body); err == nil {
			t.Error("another file has come whole")
		}
	}

	// Once the change is taken up, the new file is there, and the old one is not.
	s.Change(pipeline.Change{Clients: []string{"a"}})
	now, want := attachedFile(t, s)
	if r := get(s, host, now); now == path || !bytes.Equal(r.Body.Bytes(), want) {
		t.Errorf("%s gives %d bytes", now, r.Body.Len())
	}
	if r := get(s, host, path); r.Code != http.StatusNotFound {
		t.Errorf("the old file: %d", r.Code)
	}
}
