//go:build unix

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
)

// A build that is told to end, by whichever signal, ends alike and leaves nothing in the folder to
// publish. What it had staged is not published by the next one.
func TestAnInterruptedBuild(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			ids := []string{"a"}
			for i := range 150 {
				ids = append(ids, fmt.Sprint("b", i))
			}
			dir := testsite.Folder(t, testsite.Clients(ids...))
			if _, err := access.CreateMaster(dir); err != nil {
				t.Fatal(err)
			}
			public := filepath.Join(dir, "public")
			c, ended := process(t, "build", "--site", dir, "--now", killedOn)
			until(t, ended, func() bool {
				found, err := filepath.Glob(filepath.Join(public, ".portalgen-staging-*", "tree", "*"))
				return err == nil && len(found) > 0
			})
			if err := c.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			<-ended
			if code := c.ProcessState.ExitCode(); code != 130 {
				t.Errorf("exit code %d, want 130", code)
			}
			if said := c.Stderr.(*bytes.Buffer).String(); !strings.Contains(said, "Interrupted") || strings.Contains(said, "cancel") {
				t.Errorf("it says %q", said)
			}
			if left := testsite.Tree(t, public); len(left) > 0 {
				t.Errorf("%d files are left", len(left))
			}
			for _, id := range ids[1:] {
				testsite.Remove(t, dir, site.ClientFile(id))
			}
			clean := t.TempDir()
			for _, out := range []string{public, clean} {
				must(t, "build", "--site", dir, "--out", out, "--now", killedOn)
			}
			if !maps.Equal(testsite.Tree(t, public), testsite.Tree(t, clean)) {
				t.Error("the next build does not give what a clean one does")
			}
			if left, err := filepath.Glob(filepath.Join(dir, ".portalgen", ".portalgen-staging-*")); err != nil || len(left) > 0 {
				t.Errorf("left beside the key: %v (%v)", left, err)
			}
		})
	}
}

// A build that watches takes the key as it is at each change: one that comes later, and one that is another.
func TestAKeyThatComesWhileFilesAreWatched(t *testing.T) {
	t.Parallel()
	dir := testsite.Folder(t, testsite.Clients("a"))
	public := filepath.Join(dir, "public")
	_, ended := process(t, "build", "--watch", "--site", dir, "--now", killedOn)
	changes := 0
	follows := func(what string) {
		until(t, ended, func() bool {
			changes++
			text := testsite.ClientFile(fmt.Sprint("Client a, ", what, changes), "")
			testsite.Write(t, dir, map[string]string{site.ClientFile("a"): text})
			clean := t.TempDir()
			must(t, "build", "--site", dir, "--out", clean, "--now", killedOn)
			published, err := testsite.ReadTree(public)
			return err == nil && maps.Equal(published, testsite.Tree(t, clean))
		})
	}
	if _, err := access.CreateMaster(dir); err != nil {
		t.Fatal(err)
	}
	follows("with a key")
	must(t, "key", "rotate", "--site", dir, "--now", killedOn)
	follows("with another key")
}

// process starts the program, and closes ended when it has ended.
func process(t *testing.T, args ...string) (c *exec.Cmd, ended chan struct{}) {
	t.Helper()
	c, ended = exec.Command("portalgen", args...), make(chan struct{})
	c.Stderr = new(bytes.Buffer)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = c.Wait() // its state says how it ended
		close(ended)
	}()
	t.Cleanup(func() {
		if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
		<-ended
	})
	return c, ended
}

// until asks until something holds; that the program has ended by then is an error.
func until(t *testing.T, ended chan struct{}, holds func() bool) {
	t.Helper()
	for !holds() {
		select {
		case <-ended:
			t.Fatal("the program has ended")
		case <-time.After(time.Millisecond): // it needs the processor
		}
	}
}
