package e2e_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// A machine is folders of its own for all that a program might write to.
type machine struct {
	root, out   string
	environment []string
	watch       *diskWatch
}

func newMachine(t *testing.T, w *e2e.World) *machine {
	t.Helper()
	m := &machine{root: t.TempDir()}
	m.out = filepath.Join(m.root, "out")
	folders := []string{w.Dir, m.out}
	for _, variable := range []string{"TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"} {
		dir := filepath.Join(m.root, variable)
		m.environment = append(m.environment, variable+"="+dir)
		folders = append(folders, dir)
	}
	for _, dir := range append(folders, filepath.Join(m.root, "elsewhere")) {
		e2e.Check(t, os.MkdirAll(dir, 0o700))
	}
	m.watch = watchDisk(t, w.Dir, m.root)
	return m
}

var staging = regexp.MustCompile(`^\.portalgen-staging-(lock$|[^/]+/)`)

// findings tells what is wrong with what appeared: anything at all in the folders of the
// machine, in the site anything but its lock, and needles anywhere. edited is
// the file of the site that the test itself writes.
func (m *machine) findings(t *testing.T, w *e2e.World, needles []string, edited string) []string {
	t.Helper()
	files := m.watch.all(t, filepath.Join(m.root, "end"))
	delete(files, filepath.Join(w.Dir, filepath.FromSlash(edited)))
	var found []string
	for name, text := range files {
		inOut, outErr := filepath.Rel(m.out, name)
		inSite, siteErr := filepath.Rel(w.Dir, name)
		e2e.Check(t, errors.Join(outErr, siteErr))
		switch folder := strings.HasSuffix(name, "/"); {
		case !strings.HasPrefix(inOut, ".."):
			if len(text) == 0 && !folder && !staging.MatchString(inOut) {
				found = append(found, name+" was gone before it could be read")
			}
		case !strings.HasPrefix(inSite, ".."):
			if filepath.ToSlash(inSite) != ".portalgen/lock" {
				found = append(found, "in the site: "+inSite)
			}
		default:
			found = append(found, "on the machine: "+name)
		}
	}
	return append(found, stack(files).find(needles, 7)...)
}

// TestNothingIsEverWrittenInTheClear runs the program as a process of its own, and reads
// every file that it writes anywhere, however short its life is.
func TestNothingIsEverWrittenInTheClear(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	c := &canaries{random: rand.New(rand.NewPCG(rand.Uint64(), 0))}
	clients := drawSite(t, w, c, 3)
	id := clients[0].id
	w.LetIn(t, id, person(t, clients[0]))
	w.SharePage(t, id, "status")
	edited := site.ClientFile(id)
	again := strings.Replace(clients[0].text, "welcome = \"", "welcome = \""+c.word()+" ", 1)

	t.Run("build", func(t *testing.T) {
		m := newMachine(t, w)
		m.build(t, w)
		w.Write(t, edited, again)
		m.build(t, w)
		for _, found := range m.findings(t, w, c.all, edited) {
			t.Error(found)
		}
		if files := e2e.ReadTree(t, m.out); len(files) < 30 {
			t.Errorf("%d files are published", len(files))
		}
		m.holdsNothing(t)
	})
	t.Run("serve", func(t *testing.T) {
		m := newMachine(t, w)
		m.serve(t, w, func() { w.Write(t, edited, strings.Replace(again, "welcome = \"", "welcome = \""+c.word()+" ", 1)) })
		for _, found := range m.findings(t, w, c.all, edited) {
			t.Error(found)
		}
		if files := e2e.ReadTree(t, m.out); len(files) > 0 {
			t.Errorf("a preview publishes %v", slices.Collect(maps.Keys(files)))
		}
		m.holdsNothing(t)
	})
	t.Run("what is planted", func(t *testing.T) { plantedIsFound(t, w, c) })
}

// plantedIsFound makes sure that the watch would notice: files that are gone at once,
// below folders that are new, and where staging hides what is written.
func plantedIsFound(t *testing.T, w *e2e.World, c *canaries) {
	m := newMachine(t, w)
	words := map[string]string{}
	for _, name := range []string{
		filepath.Join(m.out, "x.html"), filepath.Join(m.out, ".portalgen-staging-1", "0"), filepath.Join(w.Dir, "data", "x.tmp"),
		filepath.Join(m.root, "HOME", ".cache", "hugo_cache", "deep", "x"),
	} {
		words[name] = c.id()
		e2e.Check(t, os.MkdirAll(filepath.Dir(name), 0o755))
		e2e.Check(t, os.WriteFile(name, []byte("<p>"+words[name]), 0o644))
		m.watch.await(t, name, words[name])
		e2e.Check(t, os.WriteFile(name, []byte("harmless"), 0o644))
		e2e.Check(t, os.Remove(name))
	}
	gone := filepath.Join(m.root, "TMPDIR", "gone at once")
	e2e.Check(t, os.WriteFile(gone, nil, 0o644))
	e2e.Check(t, os.Remove(gone))
	found := strings.Join(m.findings(t, w, slices.Collect(maps.Values(words)), ""), "\n")
	for name, word := range words {
		if !strings.Contains(found, fmt.Sprintf("%q in %s", word, name)) {
			t.Errorf("what was in %s is not found", name)
		}
	}
	for _, name := range []string{gone, filepath.Join(m.root, "HOME", ".cache"), filepath.Join("data", "x.tmp")} {
		if !strings.Contains(found, name) {
			t.Errorf("%s is not noticed", name)
		}
	}
}

func (m *machine) build(t *testing.T, w *e2e.World) {
	t.Helper()
	p := e2e.Child(t, filepath.Join(m.root, "elsewhere"), m.environment, "build", "--site", w.Dir, "--out", m.out, "--now", e2e.Friday)
	if said, err := p.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
}

// serve runs a preview, asks it for a page, changes something, and asks until the page
// is another.
func (m *machine) serve(t *testing.T, w *e2e.World, change func()) {
	t.Helper()
	p := e2e.Child(t, filepath.Join(m.root, "elsewhere"), m.environment, "serve", "--site", w.Dir, "--port", "0", "--now", e2e.Friday)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	e2e.Check(t, err)
	e2e.Check(t, p.Start())
	defer func() { _ = p.Process.Kill() }() // it has ended, unless the test failed
	var address []string
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "Ctrl-C") {
		address = append(address, regexp.MustCompile(`http://127\.0\.0\.1:\d+/[^#\s]+`).FindAllString(lines.Text(), -1)...)
	}
	if address = slices.Compact(slices.Sorted(slices.Values(address))); len(address) != 3 {
		t.Fatalf("the preview names %v", address)
	}
	ask := func() (all string) {
		for _, a := range address {
			response, err := http.Get(a)
			e2e.Check(t, err)
			text, err := io.ReadAll(response.Body)
			e2e.Check(t, errors.Join(err, response.Body.Close()))
			if response.StatusCode != http.StatusOK {
				t.Fatalf("%s answers %s", a, response.Status)
			}
			all += string(text)
		}
		return all
	}
	before := ask()
	change()
	for deadline := time.Now().Add(e2e.Timeout); ask() == before; {
		if time.Now().After(deadline) {
			t.Fatal("the preview does not change")
		}
	}
	e2e.Check(t, p.Process.Signal(os.Interrupt))
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if err := p.Wait(); err != nil {
		t.Errorf("serve does not end well: %v", err)
	}
}

// holdsNothing wants the folders of the machine to be as empty as they were.
func (m *machine) holdsNothing(t *testing.T) {
	t.Helper()
	for name := range e2e.ReadTree(t, m.root) {
		if name != "end" && !strings.HasPrefix(name, "out/") {
			t.Errorf("left on the machine: %s", name)
		}
	}
}
