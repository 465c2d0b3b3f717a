package access

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portalgen/internal/disk"
	"portalgen/internal/seal"
)

// What a child of the test does, and in which site.
const (
	childDoes = "ACCESS_TEST_DOES"
	childSite = "ACCESS_TEST_SITE"
)

func TestMain(m *testing.M) {
	if does := os.Getenv(childDoes); does != "" {
		if err := childMain(os.Getenv(childSite), does); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// childMain takes the access of a person of the client one away, or changes the key. It
// prints a line when it is in the middle, and goes on when its input ends.
func childMain(dir, does string) error {
	pause := func() error {
		fmt.Println("in the middle")
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	}
	m, err := readKey(filepath.Join(dir, keyDir, keyFile))
	if err != nil {
		return err
	}
	if person, ok := strings.CutPrefix(does, "remove "); ok {
		return Update(dir, "one", m, func(c *Client) error { return errors.Join(pause(), c.RemovePerson(person)) })
	}
	_, err = KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: func(step string) error {
		if step == "prepare two" {
			return pause()
		}
		return nil
	}}.Run()
	return err
}

// A child is this test's program as a process of its own.
type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func start(t *testing.T, dir, does string) child {
	t.Helper()
	exe, err := os.Executable()
	check(t, err)
	c := child{Cmd: exec.Command(exe)}
	c.Env = append(os.Environ(), childDoes+"="+does, childSite+"="+dir)
	c.Stderr = os.Stderr
	c.in, err = c.StdinPipe()
	check(t, err)
	out, err := c.StdoutPipe()
	check(t, err)
	c.out = bufio.NewReader(out)
	check(t, c.Start())
	return c
}

// inside waits until the child is in the middle of what it does.
func (c child) inside(t *testing.T) {
	t.Helper()
	if line, err := c.out.ReadString('\n'); err != nil || line != "in the middle\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
}

// release lets the child go on to its end.
func (c child) release(t *testing.T) {
	t.Helper()
	check(t, c.in.Close())
}

// succeeds waits for the end of a child that was released.
func (c child) succeeds(t *testing.T) {
	t.Helper()
	_, err := io.Copy(io.Discard, c.out)
	check(t, errors.Join(err, c.Wait()))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// impatient makes changes fail at once where they would wait, until the test ends.
func impatient(t *testing.T) {
	was := lockTimeout
	lockTimeout = 0
	t.Cleanup(func() { lockTimeout = was })
}

// busyWith wants an error that says which process does what.
func busyWith(t *testing.T, err error, c child, doing string) {
	t.Helper()
	want := fmt.Sprintf("process %d, which is %s, has not finished in 0s; nothing was written, try again when it is done", c.Process.Pid, doing)
	if !errors.Is(err, disk.ErrBusy) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func holders(t *testing.T, dir string, m seal.Master) string {
	t.Helper()
	c, err := Load(dir, "one", m)
	check(t, err)
	return strings.Join(c.People(), " ")
}

// Several processes at once each take somebody's access away, and nobody keeps it.
func TestRemovalsOfSeveralProcessesAreAllKept(t *testing.T) {
	dir, m := keyed(t)
	people := strings.Fields(holders(t, dir, m))
	if len(people) < 2 {
		t.Fatalf("only %q", people)
	}
	var all []child
	for _, person := range people {
		all = append(all, start(t, dir, "remove "+person))
	}
	for _, c := range all {
		c.release(t)
	}
	for _, c := range all {
		c.succeeds(t)
	}
	if left := holders(t, dir, m); left != "" {
		t.Errorf("still have access: %s", left)
	}
}

// While one process changes who has access, another neither changes that nor the key, and
// says why. It reads as ever. A process that is killed keeps nobody waiting.
func TestAChangeKeepsOthersOut(t *testing.T) {
	impatient(t)
	dir, m := keyed(t)
	before := holders(t, dir, m)
	c := start(t, dir, "remove ana")
	c.inside(t)
	const doing = "changing data/access/one.toml"
	for _, id := range both {
		busyWith(t, Update(dir, id, m, func(*Client) error { return errors.New("it is let in") }), c, doing)
	}
	_, err := KeyChange{SiteDir: dir, Master: m, Clients: bothOf}.Run()
	busyWith(t, err, c, doing)
	if now := holders(t, dir, m); now != before {
		t.Errorf("in the middle %q have access", now)
	}
	check(t, c.Process.Kill())
	if err := c.Wait(); err == nil {
		t.Error("the child was not killed")
	}
	check(t, Update(dir, "one", m, func(c *Client) error { return c.RemovePerson("bo") }))
	if now := holders(t, dir, m); now != strings.Replace(before, "bo ", "", 1) {
		t.Errorf("then %q have access, before %q", now, before)
	}
}

// Two processes that change the key, and one that changes access meanwhile: one change is
// made, and whoever has the old key in hand writes nothing under it.
func TestTwoChangesOfTheKey(t *testing.T) {
	impatient(t)
	dir, m := keyed(t)
	was := identity(t, dir, m)
	c := start(t, dir, "change the key")
	c.inside(t)
	second := KeyChange{SiteDir: dir, Master: m, Clients: bothOf}
	add := func(c *Client) error { _, err := c.AddLink(Link{Kind: PortalLink, Created: today}); return err }
	_, err := second.Run()
	busyWith(t, err, c, "changing the master key")
	busyWith(t, Update(dir, "three", m, add), c, "changing the master key")
	c.release(t)
	c.succeeds(t)
	if _, err := second.Run(); !errors.Is(err, errKeyChanged) {
		t.Errorf("the second change: %v", err)
	}
	if err := Update(dir, "three", m, add); !errors.Is(err, errKeyChanged) {
		t.Errorf("a change of access with the old key: %v", err)
	}
	now, err := LoadMaster(dir, "", "")
	if err != nil || now.Equal(m) || identity(t, dir, now) != was {
		t.Errorf("not everything is under the new key: %v", err)
	}
	if ids, err := Sealed(dir); err != nil || strings.Join(ids, " ") != "one two" {
		t.Errorf("sealed: %v, %v", ids, err)
	}
}

// Where a change of the key is to be completed, access waits for that.
func TestNoChangeOfAccessInAChangeOfTheKey(t *testing.T) {
	dir, m := keyed(t)
	cut := func(step string) error {
		if step == "swap one" {
			return errKilled
		}
		return nil
	}
	if _, err := (KeyChange{SiteDir: dir, Master: m, Clients: bothOf, fail: cut}).Run(); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	if err := Update(dir, "one", m, func(c *Client) error { return c.RemovePerson("ana") }); !errors.Is(err, ErrChanging) {
		t.Errorf("got %v", err)
	}
}

// What keeps changes apart lies where no version control takes it.
func TestTheLockIsNotCommitted(t *testing.T) {
	dir := t.TempDir()
	check(t, Update(dir, "one", master, func(*Client) error { return nil }))
	ignore, err := os.ReadFile(filepath.Join(dir, keyDir, ".gitignore"))
	if err != nil || string(ignore) != "*\n" {
		t.Errorf("git is told %q, %v", ignore, err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 2 || all[0].Name() != keyDir || all[1].Name() != "data" {
		t.Errorf("in the site: %v, %v", all, err)
	}
	if lockTimeout < time.Second || lockTimeout > time.Minute {
		t.Errorf("a change waits %v for another", lockTimeout)
	}
}
