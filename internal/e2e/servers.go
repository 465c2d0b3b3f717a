package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Told returns the example in a language from a page of the docs. It replaces each first text of
// pairs by the second; each must occur exactly once.
func Told(t *testing.T, page, language string, pairs ...string) string {
	t.Helper()
	doc, err := os.ReadFile(page)
	Check(t, err)
	m := regexp.MustCompile("(?s)\n```"+language+"\n(.*?)```\n").FindAllSubmatch(doc, -1)
	if len(m) != 1 {
		t.Fatalf("%d examples in %q", len(m), language)
	}
	text := string(m[0][1])
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("the example in %s does not have %q once", language, pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// RunServer runs nginx or caddy with one site until the test ends, and returns its address. In
// site, the text ADDRESS stands for the address to listen on.
func RunServer(t *testing.T, name, site string) (root string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + name)
	}
	Need(t, name, err == nil)
	address := FreeAddress(t)
	site = strings.ReplaceAll(site, "ADDRESS", address)
	config := filepath.Join(t.TempDir(), "config")
	ready, args := "serving initial configuration", []string{"run", "--adapter", "caddyfile", "--config", config}
	if name == "nginx" {
		ready, args = "start worker process", []string{"-c", config}
		site = nginxAround(t, site)
	} else {
		site = "{\n\tadmin off\n}\n" + site
	}
	Check(t, os.WriteFile(config, []byte(site), 0o600))
	Start(t, exec.Command(path, args...), ready)
	return "http://" + address
}

// nginxAround returns the configuration of nginx for a site, in a temporary folder and as the
// current user.
func nginxAround(t *testing.T, site string) string {
	user, scratch := "", t.TempDir()
	if os.Getuid() == 0 {
		user = "user root;"
	}
	temporary := ""
	for _, of := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temporary += fmt.Sprintf("%s_temp_path %s/%s;\n", of, scratch, of)
	}
	return fmt.Sprintf("%s daemon off; worker_processes 1; pid %s/pid; error_log stderr notice;\nevents {}\n"+
		"http {\ninclude /etc/nginx/mime.types;\naccess_log off;\n%s%s}\n", user, scratch, temporary, site)
}

// Need skips the test if this machine has no such server. With PORTALGEN_REQUIRE_SERVERS it fails
// the test.
func Need(t *testing.T, name string, there bool) {
	t.Helper()
	switch {
	case there:
	case os.Getenv("PORTALGEN_REQUIRE_SERVERS") != "":
		t.Fatalf("there is no %s, and PORTALGEN_REQUIRE_SERVERS is set", name)
	default:
		t.Skipf("NOT TESTED: there is no %s here", name)
	}
}

// FreeAddress returns an address of this machine that was free a moment ago.
func FreeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Check(t, err)
	defer l.Close()
	return l.Addr().String()
}

// Start runs a server until the test ends, and returns when the server has printed the text ready.
func Start(t *testing.T, c *exec.Cmd, ready string) {
	t.Helper()
	home := t.TempDir()
	if c.Env == nil {
		c.Env = os.Environ()
	}
	c.Env = append(c.Env, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home)
	said, out, err := os.Pipe()
	Check(t, err)
	c.Stdout, c.Stderr = out, out
	Check(t, c.Start())
	Check(t, out.Close())
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt) // it may have ended by itself
		_ = c.Wait()                       // its exit code only tells of the signal
		_ = said.Close()
	})
	var all strings.Builder
	for lines := bufio.NewScanner(said); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), ready) {
			go func() { _, _ = io.Copy(io.Discard, said) }() // until it ends
			return
		}
	}
	t.Fatalf("%s has ended:\n%s", c.Path, all.String())
}
