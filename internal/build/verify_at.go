package build

import (
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

// At returns the published site at an address, where it begins with http:// or
// https://, or in a folder.
func At(where string) (Place, error) {
	if strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://") {
		u, err := url.Parse(where)
		if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("%q is not the address of a site, such as https://portal.example.com", where)
		}
		return host{u, &http.Client{Timeout: 30 * time.Second, CheckRedirect: sameHost}}, nil
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

// sameHost follows a few redirects, none of them to another host.
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

func (h host) get(ctx context.Context, name string, limit int) ([]byte, http.Header, error) {
	u := h.root.JoinPath(servedAt(name))
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, err
	}
	answer, err := h.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		// The page for addresses that there are not may itself be served as what it is.
		if name != "404.html" {
			return nil, nil, fs.ErrNotExist
		}
	default:
		return nil, nil, fmt.Errorf("the host answers %s", answer.Status)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, int64(limit)))
	return text, answer.Header, err
}

func (h host) all() ([]string, error) { return nil, nil }

// has leaves out the file that a host reads and does not serve.
func (h host) has(name string) bool { return name != "_headers" }

// A folder holds a site.
type folder string

func (f folder) get(_ context.Context, name string, limit int) ([]byte, http.Header, error) {
	file, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, int64(limit)))
	return text, nil, err
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
