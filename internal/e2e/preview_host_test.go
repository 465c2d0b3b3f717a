package e2e_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"portalgen/internal/e2e"
)

func (p *preview) refusesForeignHosts(t *testing.T) {
	path := p.entry(t, e2e.Harbour).Path
	port := p.address[strings.LastIndex(p.address, ":"):]
	for host, want := range map[string]int{
		"localhost" + port:                   http.StatusOK,
		"127.0.0.1" + port:                   http.StatusOK,
		"[::1]" + port:                       http.StatusOK,
		"localhost":                          http.StatusForbidden,
		"127.0.0.1:1":                        http.StatusForbidden,
		"evil.example":                       http.StatusForbidden,
		"evil.example" + port:                http.StatusForbidden,
		"localhost.evil.example" + port:      http.StatusForbidden,
		"127.0.0.1" + port + ".evil.example": http.StatusForbidden,
	} {
		for _, at := range []string{path, "/", "/_portalgen/events?path=/", "/_portalgen/live.js"} {
			if strings.Contains(at, "events") && want == http.StatusOK {
				continue // goes on for ever
			}
			if status, page := p.get(t, at, host); status != want {
				t.Errorf("%s at %s is answered with %d:\n%s", at, host, status, page)
			}
		}
	}
}

// get asks for a path under a name of the host; "" is the address's own.
func (p *preview) get(t *testing.T, path, host string) (status int, page string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.address+path, nil)
	e2e.Check(t, err)
	request.Host = host
	request.Header.Set("Origin", "https://evil.example")
	response, err := http.DefaultTransport.RoundTrip(request)
	e2e.Check(t, err)
	defer response.Body.Close()
	if allow := response.Header.Get("Access-Control-Allow-Origin"); allow != "" {
		t.Errorf("%s lets %s read it", path, allow)
	}
	text, err := io.ReadAll(response.Body)
	e2e.Check(t, err)
	return response.StatusCode, string(text)
}
