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
	"sync/atomic"
	"testing"
	"time"
)

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

// TestFetchHoldsOneAnswer takes the replies of three answers, each of the greatest length, from a host, and
// wants no more of them to be held at once than those of one answer.
func TestFetchHoldsOneAnswer(t *testing.T) {
	const n = 3 * atOnce
	type reply struct{ name, seed string }
	bytesOf := func(seed string) []byte { return bytes.Repeat([]byte(seed), 200) }
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
