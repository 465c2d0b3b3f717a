package cli

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A host that serves the whole of a site's folder raises the alarm, and the command fails.
func TestVerifyRaisesTheAlarm(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) (code int, out, stderr string) {
		var o, e bytes.Buffer
		code = Main(append(args, "--site", dir, "--now", "2026-11-20"), strings.NewReader(""), &o, &e)
		return code, o.String(), e.String()
	}
	for _, args := range [][]string{{"init", "--example"}, {"build"}} {
		if code, _, stderr := run(args...); code != exitFine {
			t.Fatalf("%s: %d\n%s", args, code, stderr)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	code, out, stderr := run("verify", server.URL+"/public/")
	for _, name := range []string{"data/provider.toml", "data/clients/first-client.toml", ".portalgen/key"} {
		if !strings.Contains(out, "exposed  "+name) || !strings.Contains(out, "anybody can read it at "+server.URL+"/"+name) {
			t.Errorf("%s is not told of:\n%s", name, out)
		}
	}
	if code != exitProblems || !strings.Contains(stderr, "ALARM") || !strings.Contains(stderr, " key rotate\n") {
		t.Errorf("it ends with %d:\n%s", code, stderr)
	}
}
