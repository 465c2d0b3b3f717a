package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"portalgen/internal/inbox"
	"portalgen/internal/seal"
)

// killsOf is the variable that says how often TestKilledInbox kills, where a few times are not enough.
const killsOf = "PORTALGEN_KILLS"

// TestKilledInbox kills the inbox, a process of its own, at random moments while replies come in: what was
// answered with 201 is there afterwards.
func TestKilledInbox(t *testing.T) {
	t.Parallel()
	kills := 3
	if s := os.Getenv(killsOf); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	dir, master := t.TempDir(), seal.NewMaster()
	line := inbox.Line + "=" + inbox.TokensOf(master.InboxTokens()).String()
	var mu sync.Mutex
	said := map[string]bool{}
	failed := 0
	for range kills {
		c, address := inboxProcess(t, dir, line)
		client := &inbox.Client{Address: address, Tokens: master.InboxTokens()}
		var g sync.WaitGroup
		var left atomic.Int32
		left.Store(1 + rand.Int32N(30)) // that many have been answered when it is killed, and others are on their way
		for range 4 {
			g.Go(func() {
				for {
					sealed := sealedFor(t, fmt.Sprint(rand.Uint64()))
					err := client.Post(context.Background(), sealed)
					mu.Lock()
					if err != nil {
						failed++
						mu.Unlock()
						return
					}
					said[inbox.NameOf(sealed)] = true
					mu.Unlock()
					if left.Add(-1) == 0 {
						_ = c.Process.Kill() // the posts tell whether it is gone
					}
				}
			})
		}
		g.Wait()
		_ = c.Wait() // it was killed
	}
	folder, err := inbox.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	var all []inbox.Waiting
	err = folder.All(func(w inbox.Waiting) { all = append(all, w) })
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, w := range all {
		if seal.ValidateReply(w.Sealed) != nil || inbox.NameOf(w.Sealed) != w.Name {
			t.Errorf("%s is not whole", w.Name)
		}
		there[w.Name] = true
	}
	for name := range said {
		if !there[name] {
			t.Errorf("%s was taken and is not there", name)
		}
	}
	t.Logf("%d kills: %d were answered with 201, %d not; %d are there", kills, len(said), failed, len(there))
}

// sealedFor is a reply that no test opens.
func sealedFor(t *testing.T, content string) []byte {
	sealed, err := seal.NewLink().Root().ReplyKeys("acme", seal.HolderLink).Seal([]byte(content))
	if err != nil {
		t.Error(err)
	}
	return sealed
}

// inboxProcess runs the program as an inbox that takes any number from one address, and returns its address.
func inboxProcess(t *testing.T, dir, line string) (c *exec.Cmd, address string) {
	t.Helper()
	c = exec.Command("portalgen", "inbox", "--dir", dir, "--listen", "127.0.0.1:0", "--per-minute", "0")
	c.Env = append(os.Environ(), line)
	said, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout, c.Stderr = to, to
	err = c.Start()
	_ = to.Close() // the process has its own
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill() // it is gone already where the test went well
		_ = said.Close()
	})
	text, err := bufio.NewReader(said).ReadString('\n')
	_, rest, found := strings.Cut(text, " at ")
	address, _, _ = strings.Cut(rest, ". ")
	if !found {
		more, _ := io.ReadAll(said)
		t.Fatalf("it said %q %q, %v", text, more, err)
	}
	return c, address
}
