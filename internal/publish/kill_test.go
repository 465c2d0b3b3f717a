package publish

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The environment of a child that is to die in Commit: where it publishes, what,
// and before which change it ends itself.
const (
	childDir  = "PUBLISH_TEST_DIR"
	childSite = "PUBLISH_TEST_SITE"
	childStep = "PUBLISH_TEST_STEP"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := childMain(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// childMain publishes a version of the large site. It prints a line before Commit,
// and kills itself before the change of that number, if there is one.
func childMain(dir string) error {
	version, err := strconv.Atoi(os.Getenv(childSite))
	if err != nil {
		return err
	}
	last, err := strconv.Atoi(os.Getenv(childStep))
	if err != nil {
		return err
	}
	s, err := Begin(dir, isOwn)
	if err != nil {
		return err
	}
	for name, data := range largeSite(version) {
		if err := s.Add(name, []byte(data)); err != nil {
			return err
		}
	}
	steps := 0
	s.step = func() {
		if steps++; steps == last {
			self, err := os.FindProcess(os.Getpid())
			if err == nil && self.Kill() == nil {
				select {}
			}
		}
	}
	fmt.Println("ready")
	_, err = s.Commit()
	fmt.Println("steps", steps)
	return err
}

// largeSite returns one of two sites of some 400 files that have portals, pages
// and assets in common, and others for themselves.
func largeSite(version int) tree {
	files := tree{
		"index.html": fmt.Sprint("root ", version),
		"_headers":   "the same",
	}
	hash := fmt.Sprintf("%016x", version+1)
	for i := range 5 {
		files[fmt.Sprintf("assets/%s/a%d.js", hash, i)] = hash
	}
	for p := range 20 {
		if p%6 == 5 && p%2 != version {
			continue // a portal of the other version alone
		}
		portal := fmt.Sprintf("p%02d", p)
		files[portal+"/index.html"] = page(portal, version*(p%2))
		for i := range 20 {
			if i%5 == 4 && (i+p)%2 != version {
				continue // a page of the other version alone
			}
			name := fmt.Sprintf("%s/t%02d/index.html", portal, i)
			files[name] = page(name, version*(i%3))
		}
	}
	return files
}

// page returns bytes whose length tells nothing of the version.
func page(name string, version int) string {
	return mark + strings.Repeat(fmt.Sprint(name, " ", version, "\n"), 40)
}

// child starts the test binary to publish version into dir and to die before the
// change number step.
func child(t *testing.T, dir string, version, step int) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(),
		childDir+"="+dir, childSite+"="+strconv.Itoa(version), childStep+"="+strconv.Itoa(step))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	must(t, err)
	same(t, "first line of the child", line, "ready\n")
	return cmd, lines
}

// killed fails unless the child ended by a signal, or had finished before.
func killed(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.Exited()) {
		t.Fatalf("the child failed by itself: %v", err)
	}
}

// whole fails unless each file of dir is that of one of the two versions, and each
// file that both have is there.
func whole(t *testing.T, dir string, a, b tree) {
	t.Helper()
	found := read(t, dir)
	for name, data := range found {
		if strings.HasPrefix(name, stagingPrefix) {
			continue
		}
		inA, okA := a[name]
		inB, okB := b[name]
		if !(okA && data == inA || okB && data == inB) {
			t.Errorf("%s is neither the old nor the new file", name)
		}
	}
	for name := range a {
		if _, both := b[name]; both {
			if _, ok := found[name]; !ok {
				t.Errorf("%s is missing", name)
			}
		}
	}
}

// killsOf is the variable that says how often TestKilled kills, where a few times are not enough.
const killsOf = "PORTALGEN_KILLS"

// TestKilled publishes two versions of a site in turn. Each time it has a process
// killed on the way, looks at what is there, and then builds to the end.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sites := []tree{largeSite(0), largeSite(1)}
	mustPublish(t, dir, sites[0])

	cmd, lines := child(t, dir, 1, -1)
	start := time.Now()
	rest, err := io.ReadAll(lines)
	must(t, err)
	took := time.Since(start)
	must(t, cmd.Wait())
	same(t, "folder", read(t, dir), sites[1])
	steps, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(string(rest), "steps ")))
	must(t, err)
	if steps < 150 {
		t.Fatalf("a commit has %d steps; want a larger site", steps)
	}

	rounds, err := strconv.Atoi(cmp.Or(os.Getenv(killsOf), "8"))
	must(t, err)
	for round := range rounds {
		version := round % 2
		old, next := sites[1-version], sites[version]
		if round < rounds/2 {
			step := 1 + rand.IntN(steps)
			t.Log("killed before step", step)
			cmd, _ := child(t, dir, version, step)
			killed(t, cmd)
		} else {
			after := rand.N(took)
			t.Log("killed after", after)
			cmd, _ := child(t, dir, version, -1)
			<-time.After(after)
			must(t, ignoreDone(cmd.Process.Kill()))
			killed(t, cmd)
		}
		whole(t, dir, old, next)
		mustPublish(t, dir, next)
		same(t, "folder", read(t, dir), next)
	}
}

func ignoreDone(err error) error {
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// TestKilledHoldsNoLock has a process killed that holds the folder.
func TestKilledHoldsNoLock(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, site)
	cmd, _ := child(t, dir, 0, 1)
	killed(t, cmd)
	mustPublish(t, dir, site)
	same(t, "folder", read(t, dir), site)
}
