package inbox

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"portalgen/internal/seal"
)

func TestWhatIsRefused(t *testing.T) {
	c, dir := open(t)
	good, tokens := sealedReply(t, "yes"), master.InboxTokens()
	changed := func(i int, b byte) []byte {
		s := bytes.Clone(good)
		s[i] = b
		return s
	}
	name := NameOf(good)
	for what, tt := range map[string]struct {
		method, path, token string
		body                []byte
		want                int
	}{
		"no token":              {"POST", "", "", good, 401},
		"the other token":       {"POST", "", tokens.Fetch, good, 401},
		"fetch by posters":      {"GET", "", tokens.Post, nil, 401},
		"delete by posters":     {"DELETE", "/" + name, tokens.Post, nil, 401},
		"version":               {"POST", "", tokens.Post, changed(0, 2), 400},
		"kind":                  {"POST", "", tokens.Post, changed(1, 1), 400},
		"length":                {"POST", "", tokens.Post, good[1:], 400},
		"empty":                 {"POST", "", tokens.Post, nil, 400},
		"too long":              {"POST", "", tokens.Post, make([]byte, seal.MaxSealedReply+1), 413},
		"another method":        {"PUT", "", tokens.Post, good, 405},
		"no name":               {"DELETE", "/x", tokens.Fetch, nil, 404},
		"a name that leads out": {"DELETE", "/..%2f..%2fetc%2fpasswd", tokens.Fetch, nil, 404},
		"preflight":             {"OPTIONS", "", "", nil, 204},
	} {
		answer := status(t, tt.method, c.Address+tt.path, tt.token, tt.body)
		if answer.StatusCode != tt.want {
			t.Errorf("%s: %s", what, answer.Status)
		}
		if answer.Header.Get("Access-Control-Allow-Origin") != "*" ||
			answer.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: another origin cannot read the answer, or sends cookies", what)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("something was kept: %v", left)
	}
}

func TestLongBodyWithoutLength(t *testing.T) {
	c, _ := open(t)
	r, _ := http.NewRequestWithContext(t.Context(), "POST", c.Address, io.LimitReader(rubbish{}, 1<<20))
	r.Header.Set("Authorization", "Bearer "+master.InboxTokens().Post)
	answer, err := http.DefaultClient.Do(r)
	if err == nil {
		_ = answer.Body.Close()
	}
	if err == nil && answer.StatusCode != 413 {
		t.Errorf("answered %s", answer.Status)
	}
}

type rubbish struct{}

func (rubbish) Read(p []byte) (int, error) { return len(p), nil }

func TestRate(t *testing.T) {
	c, _ := open(t, func(s *Server) { s.PerMinute, s.BehindProxy = 2, true })
	post := func(forwarded string) *http.Response {
		return status(t, "POST", c.Address, master.InboxTokens().Post, sealedReply(t, "x"), "X-Forwarded-For", forwarded)
	}
	for range 2 {
		if got := post("203.0.113.9"); got.StatusCode != 201 {
			t.Fatal(got.Status)
		}
	}
	// What stands before the proxy's own word anybody can write.
	if got := post("198.51.100.1, 203.0.113.9"); got.StatusCode != 429 || got.Header.Get("Retry-After") == "" {
		t.Errorf("the third: %s", got.Status)
	}
	if got := post("203.0.113.10"); got.StatusCode != 201 {
		t.Errorf("of another address: %s", got.Status)
	}
	var r rate
	now := time.Now()
	if r.wait("a", 1, now) != 0 || r.wait("a", 1, now) == 0 || r.wait("a", 1, now.Add(window)) != 0 {
		t.Error("a minute later it cannot be tried again")
	}
	direct := &Server{}
	q := httptest.NewRequest("POST", "/", nil)
	q.RemoteAddr = "[2001:db8:1:2:3::9]:5"
	q.Header.Set("X-Forwarded-For", "203.0.113.9")
	if got := direct.address(q); got != "2001:db8:1:2::/64" {
		t.Errorf("without a proxy the address is %s", got)
	}
}

func TestFull(t *testing.T) {
	c, _ := open(t, func(s *Server) { s.Folder.count = MostReplies - 1 })
	first := sealedReply(t, "x")
	if err := c.Post(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if got := status(t, "POST", c.Address, c.Tokens.Post, sealedReply(t, "y")); got.StatusCode != 507 {
		t.Errorf("answered %s", got.Status)
	}
	if err := c.Post(t.Context(), first); err != nil {
		t.Errorf("what is there already: %v", err)
	}
	if err := c.Delete(t.Context(), NameOf(first)); err != nil {
		t.Fatal(err)
	}
	if err := c.Post(t.Context(), sealedReply(t, "y")); err != nil {
		t.Errorf("after something was taken out: %v", err)
	}
}

// TestTheSameTwiceAtOnce leaves one reply many times at once: it is one, for the room that is left too.
func TestTheSameTwiceAtOnce(t *testing.T) {
	var came atomic.Int32
	var folder *Folder
	c, _ := open(t, func(s *Server) { s.Came, folder = func(Waiting) { came.Add(1) }, s.Folder })
	one := sealedReply(t, "x")
	var g sync.WaitGroup
	for range 16 {
		g.Go(func() {
			if err := c.Post(t.Context(), one); err != nil {
				t.Error(err)
			}
		})
	}
	g.Wait()
	if folder.count != 1 || folder.bytes != int64(len(one)) || came.Load() != 1 {
		t.Errorf("%d replies of %d bytes are counted, and %d were told", folder.count, folder.bytes, came.Load())
	}
}

// TestNothingInTheClear looks for what a reply says in all that an inbox keeps.
func TestNothingInTheClear(t *testing.T) {
	c, dir := open(t)
	for i := range 20 {
		if err := c.Post(t.Context(), sealedReply(t, strings.Repeat("Zqcanary ", i))); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 20 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil || bytes.Contains(text, []byte("anary")) || strings.Contains(e.Name(), "canary") {
			t.Errorf("%s holds what was written, %v", e.Name(), err)
		}
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others, %v", e.Name(), err)
		}
	}
}
