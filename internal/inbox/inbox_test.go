package inbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"portalgen/internal/seal"
)

// A server of a test that ends closes the connections that all tests share.
func init() { http.DefaultTransport.(*http.Transport).DisableKeepAlives = true }

var (
	master = seal.NewMaster()
	maria  = seal.NewLink().Root().ReplyKeys("acme", seal.HolderPerson)
)

func sealedReply(t testing.TB, content string) []byte {
	t.Helper()
	b, err := maria.Seal([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// open returns an inbox over a new folder, at an address below a path, and its folder.
func open(t testing.TB, change ...func(*Server)) (*Client, string) {
	t.Helper()
	dir := t.TempDir()
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = folder.Close() })
	s := &Server{Folder: folder, Tokens: TokensOf(master.InboxTokens())}
	for _, c := range change {
		c(s)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return &Client{Address: h.URL + "/any/path", Tokens: master.InboxTokens()}, dir
}

func status(t testing.TB, method, address, token string, body []byte, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer
}

// fetch returns all that an inbox hands over.
func fetch(t *testing.T, c *Client) (all []Waiting, err error) {
	err = c.Fetch(t.Context(), func(w Waiting) { all = append(all, w) })
	return all, err
}

func TestRoundTrip(t *testing.T) {
	c, _ := open(t)
	ctx := t.Context()
	var want [][]byte
	for i := range 3 {
		want = append(want, sealedReply(t, strings.Repeat("x", i*600)))
		for range 2 { // the same bytes twice are stored once
			if err := c.Post(ctx, want[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := fetch(t, c)
	if err != nil || len(got) != len(want) {
		t.Fatalf("fetched %d, %v", len(got), err)
	}
	for _, w := range got {
		if age := time.Since(w.At); age < 0 || age > time.Minute {
			t.Errorf("%s came %s ago", w.Name, age)
		}
		for range 2 {
			if err := c.Delete(ctx, w.Name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err = fetch(t, c); err != nil || len(got) != 0 {
		t.Errorf("after deleting: %d, %v", len(got), err)
	}
}

func TestFetchManyInFewRequests(t *testing.T) {
	c, dir := open(t)
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	const n = 2*atOnce + 1
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, NameOf([]byte(fmt.Sprint(i)))), []byte(fmt.Sprint(i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	requests := 0
	c.HTTP = &http.Client{Transport: counting{&requests}}
	if all, err := fetch(t, c); err != nil || len(all) != n || requests != 3 {
		t.Errorf("%d in %d requests, %v", len(all), requests, err)
	}
}

type counting struct{ n *int }

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	*c.n++
	return http.DefaultTransport.RoundTrip(r)
}

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
		if answer.Header.Get("Access-Control-Allow-Origin") != "*" || answer.Header.Get("Access-Control-Allow-Credentials") != "" {
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

func TestLine(t *testing.T) {
	tokens := TokensOf(master.InboxTokens())
	got, err := ParseTokens(" " + tokens.String() + "\n")
	if err != nil || got != tokens {
		t.Errorf("read %v, %v", got, err)
	}
	for _, wrong := range []string{"", "1", "2" + tokens.String()[1:], tokens.String() + "A", "1.x.y"} {
		if _, err := ParseTokens(wrong); !errors.Is(err, ErrLine) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if strings.Contains(tokens.String(), master.InboxTokens().Post) || strings.Contains(tokens.String(), master.InboxTokens().Fetch) {
		t.Error("the line holds a token itself")
	}
}

func TestWrongAnswers(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"a page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
		"another name": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"replies":[{"name":"x","bytes":"AAAA"}]}`)
		},
		"what follows is missing": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"replies":[],"more":false`) },
		"many that are none": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"replies":[{}`+strings.Repeat(",{}", 1_000_000)+`]}`)
		},
		"more than the protocol has": func(w http.ResponseWriter, _ *http.Request) {
			all := make([]entry, 0, atOnce+1)
			for i := range atOnce + 1 {
				all = append(all, entry{Name: NameOf([]byte(fmt.Sprint(i))), Bytes: []byte(fmt.Sprint(i))})
			}
			slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
			_ = json.NewEncoder(w).Encode(page{Replies: all})
		},
		"never ends":        func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"replies":[],"more":true}`) },
		"somewhere else":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/else", http.StatusFound) },
		"an internal error": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
	} {
		s := httptest.NewServer(h)
		if _, err := fetch(t, &Client{Address: s.URL}); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
		s.Close()
	}
}

// TestWhatAHostSaysIsNotRepeated wants no error to hold what a host says at length, or instead of a status.
func TestWhatAHostSaysIsNotRepeated(t *testing.T) {
	flood := strings.Repeat("x", 1<<20)
	for name, says := range map[string]string{
		"a status":      "HTTP/1.1 500 " + flood + "\r\nContent-Length: 0\r\n\r\n",
		"no HTTP":       flood + "\r\n\r\n",
		"a header line": "HTTP/1.1 200 OK\r\n" + flood + "\r\n\r\n",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(connection, says)
			_ = connection.Close()
		}))
		if _, err := fetch(t, &Client{Address: s.URL}); err == nil || len(err.Error()) > 300 {
			t.Errorf("%s: an error of %d letters", name, len(fmt.Sprint(err)))
		}
		s.Close()
	}
}

// TestTooManyRequests wants a host that counts the provider's requests, too, to be asked once more, and one
// that is always busy not for ever.
func TestTooManyRequests(t *testing.T) {
	for busy, want := range map[int]error{1: nil, 2: nil, 1000: ErrAnswer} {
		asked := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if asked++; asked <= busy {
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			w.WriteHeader(http.StatusNoContent)
		}))
		err := (&Client{Address: s.URL}).Delete(t.Context(), NameOf(nil))
		if !errors.Is(err, want) || asked != min(busy+1, mostTries) {
			t.Errorf("busy %d times: asked %d times, %v", busy, asked, err)
		}
		s.Close()
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := (&Client{Address: s.URL}).Fetch(ctx, func(Waiting) {}); !errors.Is(err, ErrLate) {
		t.Errorf("whoever waits for a moment only is told %v", err)
	}
}

// TestLateAnswer wants an inbox that never says anything, or never all, to be told as late.
func TestLateAnswer(t *testing.T) {
	for name, begin := range map[string]string{"nothing": "", "a part": `{"replies":[`} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, begin)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		if err := (&Client{Address: s.URL}).Fetch(ctx, func(Waiting) {}); !errors.Is(err, ErrLate) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
		s.Close()
	}
}

// TestFetchHoldsOneAnswer takes 3,000 replies of the greatest length, 98 MB, from a host, and wants no more of
// them to be held at once than those of one answer.
func TestFetchHoldsOneAnswer(t *testing.T) {
	const n = 3000
	type reply struct{ name, seed string }
	bytesOf := func(seed string) []byte { return bytes.Repeat([]byte(seed), seal.MaxSealedReply/len(seed)) }
	all := make([]reply, n)
	for i := range all {
		seed := fmt.Sprintf("%06d", i)
		all[i] = reply{NameOf(bytesOf(seed)), seed}
	}
	slices.SortFunc(all, func(a, b reply) int { return strings.Compare(a.name, b.name) })
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest := all
		for len(rest) > 0 && rest[0].name <= r.URL.Query().Get("after") {
			rest = rest[1:]
		}
		p := page{More: len(rest) > atOnce}
		for _, one := range rest[:min(len(rest), atOnce)] {
			p.Replies = append(p.Replies, entry{Name: one.name, Bytes: bytesOf(one.seed)})
		}
		_ = json.NewEncoder(w).Encode(p)
	}))
	defer s.Close()
	var held, got atomic.Int64
	err := (&Client{Address: s.URL}).Fetch(t.Context(), func(w Waiting) {
		got.Add(1)
		held.Add(1)
		runtime.AddCleanup(&w.Sealed[0], func(int) { held.Add(-1) }, 0)
		if got.Load()%atOnce == 0 {
			for tries := 0; held.Load() > atOnce && tries < 1000; tries++ {
				runtime.GC() // whatever nobody holds is cleaned up, sooner or later
			}
			if held.Load() > atOnce {
				t.Errorf("of %d replies %d are held", got.Load(), held.Load())
			}
		}
	})
	if err != nil || got.Load() != n {
		t.Errorf("got %d, %v", got.Load(), err)
	}
}
