package inbox

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

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
