package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/sample"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
)

// exits runs the program as portalgen does, and wants an exact exit code:
//
//	exits CODE portalgen ARGS...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "portalgen" {
		ts.Fatalf("usage: exits CODE portalgen ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := program(ts, args[2:]); got != want {
		ts.Fatalf("%s ends with %d, not %d", strings.Join(args[1:], " "), got, want)
	}
}

// without wants that no path and no byte below a folder holds one of the strings,
// whatever their case:
//
//	without FOLDER STRING...
func without(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: without FOLDER STRING...")
	}
	files := readTree(ts, args[0])
	if len(files) == 0 {
		ts.Fatalf("there is nothing in %s", args[0])
	}
	for name, text := range files {
		all := strings.ToLower(name + "\n" + string(text))
		for _, s := range args[1:] {
			if strings.Contains(all, strings.ToLower(s)) {
				ts.Fatalf("%s holds %q", name, s)
			}
		}
	}
}

// samedir wants that two folders hold the same files with the same bytes:
//
//	samedir ONE OTHER
func samedir(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: samedir ONE OTHER")
	}
	one, other := readTree(ts, args[0]), readTree(ts, args[1])
	differ := ""
	for name, text := range one {
		if theirs, ok := other[name]; !ok || !bytes.Equal(text, theirs) {
			differ = name
		}
	}
	for name := range other {
		if _, ok := one[name]; !ok {
			differ = name
		}
	}
	if (differ != "") != neg {
		ts.Fatalf("%s and %s: differ in %q", args[0], args[1], differ)
	}
}

func readTree(ts *testscript.TestScript, dir string) map[string][]byte {
	root := ts.MkAbs(dir)
	files := map[string][]byte{}
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, relErr := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = text
		return errors.Join(err, relErr)
	}))
	return files
}

// mode wants a file to have exact permissions:
//
//	mode OCTAL FILE
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode OCTAL FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has mode %s, not %s", args[1], got, args[0])
	}
}

// keep sets a variable to what a program said, or what stands in a file, without
// white space at its ends and without lines that begin with a #:
//
//	keep NAME FILE
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME FILE")
	}
	var kept strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if !strings.HasPrefix(line, "#") {
			kept.WriteString(line)
		}
	}
	ts.Setenv(args[0], strings.TrimSpace(kept.String()))
}

// appendLine puts a line at the end of a file:
//
//	append FILE LINE
func appendLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE LINE")
	}
	text := ts.ReadFile(args[0]) + args[1] + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// begin makes a site with a key and the example of a client, which is a client's own here:
//
//	begin SITE
func begin(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: begin SITE")
	}
	dir := ts.MkAbs(args[0])
	_, err := site.Init(dir, site.Start{Today: civil.Date{Year: 2026, Month: 11, Day: 20}, Example: true})
	ts.Check(err)
	name := filepath.Join(dir, "data", "clients", "first-client.toml")
	text, err := os.ReadFile(name)
	if !errors.Is(err, fs.ErrNotExist) { // with clients of its own there is no example
		ts.Check(err)
		ts.Check(os.WriteFile(name, regexp.MustCompile(`(?m)^example.*\n`).ReplaceAll(text, nil), 0o644))
	}
	_, err = access.CreateMaster(dir)
	ts.Check(err)
}

// link gives a client of a site a link that opens the whole portal: somebody has access, and nobody waits for the
// derivation of a passphrase, where a script is about neither:
//
//	link SITE CLIENT
func link(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: link SITE CLIENT")
	}
	ts.Check(giveLink(ts.MkAbs(args[0]), args[1]))
}

func giveLink(dir, id string) error {
	key, err := access.LoadMaster(dir, "", "")
	if err != nil {
		return err
	}
	return access.Update(dir, id, key, func(c *access.Client) error {
		_, err := c.AddLink(access.Link{Kind: access.PortalLink, Created: testsite.Day})
		return err
	})
}

// samples writes the program's own samples into the data folder of a site, and sets
// SAMPLE to the id of one of them:
//
//	samples SITE
func samples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: samples SITE")
	}
	data := filepath.Join(args[0], "data")
	ts.Check(os.CopyFS(ts.MkAbs(data), os.DirFS("../sample/data")))
	for _, id := range sample.IDs() {
		ts.Setenv("SAMPLE", id)
	}
	ts.Check(os.MkdirAll(ts.MkAbs(filepath.Join(args[0], ".portalgen")), 0o700))
}

// busy takes a port of this machine until the script ends, and sets a variable to
// its number:
//
//	busy NAME
func busy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: busy NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv(args[0], strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}
