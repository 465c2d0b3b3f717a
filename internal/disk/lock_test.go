package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	unlock, err := LockFolder(dir, "lock")
	must(t, err)
	if _, err := LockFolder(dir, "lock"); !errors.Is(err, ErrBusy) {
		t.Errorf("the second one gets %v", err)
	}
	other, err := LockFolder(t.TempDir(), "lock")
	must(t, err)
	must(t, other())
	must(t, unlock())
	unlock, err = LockFolder(dir, "lock")
	must(t, err)
	must(t, unlock())
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
	if _, err := LockFolder(filepath.Join(dir, "none"), "lock"); err == nil || errors.Is(err, ErrBusy) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// Whoever waits is told who has the lock, and for how long it was tried.
func TestFileSaysWhoHasIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "lock")
		must(t, os.WriteFile(path, []byte(strings.Repeat("what one that was killed has left", 9)), 0o600))
		unlock, err := LockFile(path, "counting the spoons", time.Second)
		must(t, err)
		began := time.Now()
		_, err = LockFile(path, "counting the forks", 3*time.Second)
		var held *heldError
		want := fmt.Sprintf("process %d, which is counting the spoons, has not finished in 3s", os.Getpid())
		if !errors.As(err, &held) || !errors.Is(err, ErrBusy) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if waited := time.Since(began); waited < 3*time.Second || waited > 4*time.Second {
			t.Errorf("it waited %v", waited)
		}
		must(t, unlock())
		if text, err := os.ReadFile(path); err != nil || len(text) > 0 {
			t.Errorf("a free lock says %q, %v", text, err)
		}
	})
}

// A lock that becomes free meanwhile is taken, by one of those who wait and then by the
// next.
func TestFileIsTakenInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "lock")
		const many = 5
		var inside atomic.Int32
		turns := make(chan error, many)
		for range many {
			go func() {
				unlock, err := LockFile(path, "waiting", time.Minute)
				if err != nil {
					turns <- err
					return
				}
				if inside.Add(1) > 1 {
					err = errors.New("two at once")
				}
				<-time.After(time.Second)
				inside.Add(-1)
				turns <- errors.Join(err, unlock())
			}()
		}
		for range many {
			must(t, <-turns)
		}
	})
}

// Whatever somebody has put in a lock's place, nothing of it or behind it is changed.
func TestFileLeavesAloneWhatIsNoLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	victim, path := filepath.Join(dir, "victim"), filepath.Join(dir, "lock")
	must(t, os.WriteFile(victim, []byte("what is dear"), 0o600))
	for name, plant := range map[string]func(victim, path string) error{"a link": os.Symlink, "another name": os.Link} {
		must(t, plant(victim, path))
		if _, err := LockFile(path, "truncating", 0); !errors.Is(err, errNotAFile) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", name, err)
		}
		if text, err := os.ReadFile(victim); err != nil || string(text) != "what is dear" {
			t.Errorf("%s: the file holds %q, %v", name, text, err)
		}
		must(t, os.Remove(path))
	}
	missing := filepath.Join(dir, "missing")
	must(t, os.Symlink(missing, path))
	if _, err := LockFile(path, "truncating", 0); !errors.Is(err, errNotAFile) {
		t.Errorf("a link to nothing: got %v", err)
	}
	if _, err := os.Lstat(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a link leads to was made: %v", err)
	}
}

func TestFileThatCannotBeMade(t *testing.T) {
	if _, err := LockFile(filepath.Join(t.TempDir(), "none", "lock"), "nothing", 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
