package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var address = regexp.MustCompile(`address     (http://127\.0\.0\.1:\d+/\S*)`)

// preview runs portalgen serve on a free port, asks for the first portal whose address it
// names, writes what it said and what the page holds to two files, interrupts it and
// wants that it ends well:
//
//	preview SAID PAGE ARGS...
func preview(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: preview SAID PAGE ARGS...")
	}
	program, err := os.Executable()
	ts.Check(err)
	c := exec.Command(program, append([]string{"serve", "--port", "0"}, args[2:]...)...)
	c.Args[0] = "portalgen" // by which TestMain knows what to run
	c.Dir = ts.MkAbs(".")
	c.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	ts.Defer(func() { _ = c.Process.Kill() }) // it has ended, unless the script failed

	said := readUntil(out, "Ctrl-C")
	found := address.FindStringSubmatch(said)
	if found == nil {
		ts.Fatalf("serve names no portal:\n%s", said)
	}
	page := fetch(ts, found[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(said), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), page, 0o644))
	ts.Check(c.Process.Signal(os.Interrupt))
	if err := c.Wait(); err != nil {
		ts.Fatalf("serve did not end well: %v", err)
	}
}

// readUntil reads lines up to one that holds mark.
func readUntil(r io.Reader, mark string) string {
	var said strings.Builder
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), mark) {
			break
		}
	}
	return said.String()
}

func fetch(ts *testscript.TestScript, url string) []byte {
	response, err := http.Get(url)
	ts.Check(err)
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	ts.Check(err)
	if response.StatusCode != http.StatusOK {
		ts.Fatalf("%s answers %s", url, response.Status)
	}
	return page
}

var secret = regexp.MustCompile(`#k=[\w-]{43}`)

// links wants each of some files of what previews said to name links, and none that another
// one names:
//
//	links SAID...
func links(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: links SAID...")
	}
	known := map[string]bool{}
	for _, file := range args {
		all := secret.FindAllString(ts.ReadFile(file), -1)
		if len(all) == 0 {
			ts.Fatalf("%s names no link", file)
		}
		for _, link := range all {
			if known[link] {
				ts.Fatalf("%s names a link of before", file)
			}
		}
		for _, link := range all {
			known[link] = true
		}
	}
}
