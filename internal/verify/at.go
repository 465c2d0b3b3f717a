package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// At returns the site published at where: an address if it begins with http:// or https://, else a
// folder.
func At(where string) (Place, error) {
	if strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://") {
		u, err := url.Parse(where)
		if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("%q is not the address of a site, such as https://portal.example.com", where)
		}
		return host{u, &http.Client{CheckRedirect: sameHost}}, nil
	}
	info, err := os.Stat(where)
	if err == nil && !info.IsDir() {
		err = errors.New("it is no folder")
	}
	if err != nil {
		return nil, fmt.Errorf("%q is neither an address nor a folder: %w", where, err)
	}
	return folder(where), nil
}

// idleTimeout is how long a host may send nothing. The whole answer has no limit, since an
// attachment may be large.
var idleTimeout = 30 * time.Second

var errSilent = errors.New("the host has said nothing for too long")

// A body is an answer that is cancelled after idleTimeout without data.
type body struct {
	io.ReadCloser
	silence *time.Timer
	ctx     context.Context
}

func (b body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = cmp.Or(context.Cause(b.ctx), err)
	}
	b.silence.Reset(idleTimeout)
	return n, err
}

func (b body) Close() error {
	b.silence.Stop()
	return b.ReadCloser.Close()
}

// sameHost allows a few redirects, none of them to another host.
func sameHost(r *http.Request, via []*http.Request) error {
	switch {
	case r.URL.Host != via[0].URL.Host:
		return fmt.Errorf("it leads to another host, %s", r.URL.Host)
	case via[0].URL.Scheme == "https" && r.URL.Scheme != "https":
		return errors.New("it leads away from https")
	case len(via) > 5:
		return errors.New("it leads round and round")
	}
	return nil
}

// A host serves a site over HTTP.
type host struct {
	root   *url.URL
	client *http.Client
}

// get requests an address. The answer is cancelled after idleTimeout without data.
func (h host) get(ctx context.Context, u *url.URL) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	silence := time.AfterFunc(idleTimeout, func() { cancel(errSilent) })
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	answer, err := h.client.Do(r)
	if err != nil {
		silence.Stop()
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	answer.Body = body{answer.Body, silence, ctx}
	return answer, nil
}

func (h host) open(ctx context.Context, name string) (io.ReadCloser, http.Header, error) {
	answer, err := h.get(ctx, h.root.JoinPath("/"+servedAt(name)))
	if err != nil {
		return nil, nil, err
	}
	gone := answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone
	switch {
	case answer.StatusCode == http.StatusOK:
		return answer.Body, answer.Header, nil
	case gone && name == "404.html": // a host may serve it with that status
		return answer.Body, answer.Header, nil
	case gone:
		err = fs.ErrNotExist
	default:
		err = fmt.Errorf("the host answers %s", answer.Status)
	}
	return nil, nil, errors.Join(err, answer.Body.Close())
}

func (h host) all() ([]string, error) { return nil, nil }

// has returns false for _headers, which a host reads but does not serve.
func (h host) has(name string) bool { return name != "_headers" }

// A folder holds a site.
type folder string

func (f folder) open(_ context.Context, name string) (io.ReadCloser, http.Header, error) {
	file, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	return file, nil, err
}

func (f folder) has(string) bool { return true }

func (f folder) all() ([]string, error) {
	var names []string
	err := filepath.WalkDir(string(f), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(string(f), name)
		names = append(names, filepath.ToSlash(rel))
		return err
	})
	return names, err
}
