package cli

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
)

// The program is killed, as a process, at random moments while it builds or changes something. What is
// there then is the old or the new, and the next command goes on from there. PORTALGEN_KILLS is how
// often, where a few times are not enough.
func TestKilledCommands(t *testing.T) {
	t.Parallel()
	kills := 2
	if s := os.Getenv(killsOf); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	for name, kill := range map[string]func(*killed){
		"build": (*killed).build, "access add": (*killed).accessAdd,
		"move": (*killed).move, "key rotate": (*killed).keyRotate,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &killed{t: t, dir: testsite.Folder(t, testsite.Clients("a", "b", "c"))}
			if _, err := access.CreateMaster(k.dir); err != nil {
				t.Fatal(err)
			}
			if name == "key rotate" {
				k.must("access", "add", "a", "maria", "--now", killedOn)
			} else if err := giveLink(k.dir, "a"); err != nil {
				t.Fatal(err)
			}
			for range kills {
				k.n++
				kill(k)
			}
			t.Logf("%d commands, %d of them killed before their end", k.n, k.died)
		})
	}
}

const killedOn = "2026-11-20"

// A killed site is one whose commands are killed.
type killed struct {
	t       *testing.T
	dir     string
	n, died int
	// took is how long such a command took, as a process, that was not killed.
	took time.Duration
}

func (k *killed) command(args ...string) *exec.Cmd {
	return exec.Command("portalgen", append([]string{"--site", k.dir}, args...)...)
}

// must runs a command to its end, without a process of its own.
func (k *killed) must(args ...string) string {
	k.t.Helper()
	return must(k.t, append([]string{"--site", k.dir}, args...)...)
}

// must runs the program in this process, and fails the test unless all is fine.
func must(t *testing.T, args ...string) string {
	t.Helper()
	var said bytes.Buffer
	if code := Main(args, strings.NewReader(""), &said, &said); code != exitFine {
		t.Fatalf("%v ends with %d\n%s", args, code, said.String())
	}
	return said.String()
}

// last runs a command to its end: the first time as a process, and notes how long that takes.
func (k *killed) last(args ...string) {
	k.t.Helper()
	if k.took > 0 {
		k.must(args...)
		return
	}
	start := time.Now()
	if out, err := k.command(args...).CombinedOutput(); err != nil {
		k.t.Fatalf("after %d kills %v: %v\n%s", k.n, args, err, out)
	}
	k.took = time.Since(start)
}

// die runs a command that is killed at some moment, or has ended by then.
func (k *killed) die(args ...string) {
	k.t.Helper()
	c, start := k.command(args...), time.Now()
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(rand.N(k.took+k.took/5), func() { _ = c.Process.Kill() }) // it may have ended
	if c.Wait() != nil {
		k.died++
	} else {
		k.took = time.Since(start)
	}
	timer.Stop()
}

// left returns the files of a folder of the site whose names hold a word.
func (k *killed) left(folder, word string) (found []string) {
	for name := range testsite.Tree(k.t, filepath.Join(k.dir, folder)) {
		if strings.Contains(name, word) {
			found = append(found, name)
		}
	}
	return found
}

func (k *killed) build() {
	public, clean := filepath.Join(k.dir, "public"), k.t.TempDir()
	k.must("build", "--now", killedOn)
	before := testsite.Tree(k.t, public)
	for _, id := range []string{"a", "b"} {
		text := testsite.ClientFile(fmt.Sprint("Client ", id, " ", k.n), "")
		testsite.Write(k.t, k.dir, map[string]string{site.ClientFile(id): text})
	}
	k.last("build", "--now", killedOn, "--out", clean)
	after := testsite.Tree(k.t, clean)
	k.die("build", "--now", killedOn)
	for name, text := range testsite.Tree(k.t, public) {
		if !strings.Contains(name, "portalgen-staging") && text != before[name] && text != after[name] {
			k.t.Errorf("%s is neither the old nor the new one", name)
		}
	}
	k.must("build", "--now", killedOn)
	if !maps.Equal(testsite.Tree(k.t, public), after) {
		k.t.Error("the next build does not give what a clean one does")
	}
}

func (k *killed) accessAdd() {
	person := fmt.Sprint("guest", k.n)
	testsite.Write(k.t, k.dir, map[string]string{site.ClientFile("a"): strings.Replace(testsite.ClientFile("A", ""),
		"[[commitment]]", person+" = { name = \""+person+"\", side = \"client\" }\n[[commitment]]", 1)})
	before := k.must("access", "list", "a")
	if k.took == 0 {
		k.last("access", "add", "b", "maria", "--now", killedOn)
	}
	k.die("access", "add", "a", person, "--now", killedOn)
	if after := k.must("access", "list", "a"); !strings.Contains(after, person) && after != before {
		k.t.Errorf("access is neither the old nor the new:\n%s\n%s", before, after)
	} else if !strings.Contains(after, person) {
		k.must("access", "add", "a", person, "--now", killedOn)
	}
	k.must("access", "remove", "a", person, "--now", killedOn)
	if left := k.left("data/access", "tmp"); left != nil {
		k.t.Errorf("%v is left", left)
	}
}

func (k *killed) move() {
	file := filepath.Join(k.dir, filepath.FromSlash(site.ClientFile("a")))
	move := func(id, note string) []string {
		return []string{"move", id, "booking", "progress", "--by", "dev", "--now", killedOn, "--yes", "--note", note}
	}
	k.last(move("b", fmt.Sprint("Round ", k.n))...)
	before, err := os.ReadFile(file)
	if err != nil {
		k.t.Fatal(err)
	}
	note := fmt.Sprintf("Note %d.", k.n)
	k.die(move("a", note)...)
	after, err := os.ReadFile(file)
	if err != nil {
		k.t.Fatal(err)
	}
	line := `by = "dev", did = "progress", note = "` + note + `" },`
	if string(after) != string(before) && strings.Count(string(after), line) != 1 {
		k.t.Errorf("the file is neither the old nor the new:\n%s", after)
	}
	for _, name := range k.left("data/clients", "tmp") { // another process could be writing one that is young
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(filepath.Join(k.dir, "data", "clients", name), old, old); err != nil {
			k.t.Fatal(err)
		}
	}
	k.must(move("a", fmt.Sprintf("Next %d.", k.n))...)
	if left := k.left("data/clients", "tmp"); left != nil {
		k.t.Errorf("%v is left", left)
	}
	k.must("check", "--now", killedOn)
}

func (k *killed) keyRotate() {
	if k.took == 0 {
		k.last("access", "rotate", "b", "--now", killedOn) // about as long
	}
	k.die("key", "rotate")
	var said bytes.Buffer
	if Main([]string{"--site", k.dir, "access", "list"}, strings.NewReader(""), &said, &said) != exitFine {
		k.must("key", "rotate") // which completes it
	}
	if list := k.must("access", "list", "a"); !strings.Contains(list, "maria") {
		k.t.Errorf("the access of a is gone:\n%s", list)
	}
	k.must("build", "--now", killedOn)
	old := filepath.Join(k.dir, ".portalgen", "key.old")
	if err := os.Remove(old); err != nil && !os.IsNotExist(err) {
		k.t.Fatal(err)
	}
}
