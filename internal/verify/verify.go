// Package verify compares a published site, in a folder or at its address, with the result of a
// build now, and looks for files that no host may serve.
//
// The package must not know how a portal is made: it gets the expected files from the pipeline.
package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/attachment"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/pipeline"
	"portalgen/internal/publish"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// The kinds of Finding.
const (
	Differs = "differs"
	Missing = "missing"
	Extra   = "extra"
	// BadHeader means that a file is served without a header that it needs.
	BadHeader = "header"
	// Exposed means that the host serves a file of the provider to anybody.
	Exposed = "exposed"
	// Unread means that something could not be read.
	Unread = "unread"
)

// A Finding is one difference between a published site and a build now.
type Finding struct {
	What string
	// Path is relative to the site's root, with slashes.
	Path string
	// Client is the id of the client whose file it is; "" for a file that all share.
	Client string
	// Detail is the wrong header, or the reason why something could not be read.
	Detail string

	header string // the missing header
}

// A Result is the result of a comparison.
type Result struct {
	// Same counts the files whose bytes equal those of a build.
	Same     int
	Findings []Finding
}

// parallel is the number of files fetched at a time.
const parallel = 4

// A Place is where a published site is: a folder or a host.
type Place interface {
	// open opens a file. A host also returns its headers. The error is fs.ErrNotExist if there is
	// no such file.
	open(ctx context.Context, name string) (io.ReadCloser, http.Header, error)
	// all returns the names of all files; nil if they cannot be listed.
	all() ([]string, error)
	// has reports whether a file of that name can be read there.
	has(name string) bool
}

// Site compares the site published at a place with the result of a build by b now. It also asks a
// host for files that it must not serve. The result contains those that it serves even if Site
// returns problems.
func Site(ctx context.Context, b *pipeline.Builder, at Place) (Result, diag.Problems) {
	ids, err := b.Clients()
	if err != nil {
		return Result{}, diag.Of(err, site.ClientsDir, rule.Unreadable)
	}
	v := &verifier{at: at, prefix: b.Prefix(), host: b.Host(), expected: map[string]bool{}}
	var ps diag.Problems
	if h, ok := at.(host); ok { // first, whatever the host answers at the root
		v.exposed(ctx, h, secretFiles(ids))
	}
	if front, _, err := at.open(ctx, "index.html"); err == nil {
		_ = front.Close() // nothing was written
	} else if !errors.Is(err, fs.ErrNotExist) {
		return v.exposedOnly(), diag.Of(fmt.Errorf("the site cannot be read: %w", err), "", rule.Unreadable)
	}
	v.compare(ctx, "", writers(b.SiteFiles(), nil))
	// The headers of one file of each kind are checked.
	front, asset, attached := Finding{Path: "index.html"}, Finding{}, Finding{}
	for _, id := range ids {
		p, found := b.Portal(id)
		if ps = append(ps, found...); found.Err() != nil {
			continue
		}
		if p.Client.Example {
			continue
		}
		v.compare(ctx, id, writers(p.Files, p.Attached))
		if front.Client == "" {
			front = Finding{Path: p.Folder + "/index.html", Client: id}
		}
		if names := slices.Sorted(maps.Keys(p.Attached)); attached.Path == "" && len(names) > 0 {
			attached = Finding{Path: names[0], Client: id}
		}
	}
	if ps.Err() != nil { // the files to expect are not known
		return v.exposedOnly(), ps
	}
	files := slices.Sorted(maps.Keys(b.SiteFiles()))
	if i := slices.IndexFunc(files, func(name string) bool { return strings.HasPrefix(name, "assets/") }); i >= 0 {
		asset.Path = files[i]
	}
	var absent []Finding
	for _, one := range []Finding{front, asset, attached} {
		if one.Path != "" {
			absent = append(absent, v.headers(ctx, one)...)
		}
	}
	for _, f := range grouped(absent) {
		v.found(f)
	}
	if err := v.extras(); err != nil {
		return v.exposedOnly(), append(ps, diag.Of(err, "", rule.Unreadable)...)
	}
	slices.SortFunc(v.out.Findings, func(a, b Finding) int {
		return strings.Compare(a.Path+a.What+a.Detail, b.Path+b.What+b.Detail)
	})
	return v.out, ps
}

type verifier struct {
	at       Place
	prefix   string
	host     gate.Host
	expected map[string]bool

	mu  sync.Mutex
	out Result
}

func (v *verifier) found(f Finding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.out.Findings = append(v.out.Findings, f)
}

// exposedOnly returns only the exposed files, which are reported even after an error.
func (v *verifier) exposedOnly() Result {
	all := slices.DeleteFunc(v.out.Findings, func(f Finding) bool { return f.What != Exposed })
	slices.SortFunc(all, func(a, b Finding) int { return strings.Compare(a.Path+a.Detail, b.Path+b.Detail) })
	return Result{Findings: all}
}

// writers returns for each file a function that writes its expected bytes.
func writers(files map[string][]byte, attached map[string]*attachment.File) map[string]func(io.Writer) error {
	all := make(map[string]func(io.Writer) error, len(files)+len(attached))
	for name, text := range files {
		all[name] = func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		}
	}
	for name, file := range attached {
		all[name] = file.Seal
	}
	return all
}

// compare compares files with the published ones of the same names.
func (v *verifier) compare(ctx context.Context, client string, files map[string]func(io.Writer) error) {
	var g errgroup.Group
	g.SetLimit(parallel)
	for name, want := range files {
		v.expected[name] = true
		if !v.at.has(name) {
			continue
		}
		g.Go(func() error {
			same, err := v.same(ctx, name, want)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				v.found(Finding{What: Missing, Path: name, Client: client})
			case err != nil:
				v.found(Finding{What: Unread, Path: name, Client: client, Detail: err.Error()})
			case !same:
				v.found(Finding{What: Differs, Path: name, Client: client})
			default:
				v.mu.Lock()
				v.out.Same++
				v.mu.Unlock()
			}
			return nil
		})
	}
	_ = g.Wait() // none of them fails
}

// same reports whether the published file has the bytes that want writes.
func (v *verifier) same(ctx context.Context, name string, want func(io.Writer) error) (bool, error) {
	is, _, err := v.at.open(ctx, name)
	if err != nil {
		return false, err
	}
	defer is.Close()
	return publish.Same(is, want)
}

// headers records the headers of a file with a wrong value, and returns the missing ones.
func (v *verifier) headers(ctx context.Context, at Finding) (absent []Finding) {
	is, got, err := v.at.open(ctx, at.Path)
	if err != nil {
		return nil // compare has reported it
	}
	_ = is.Close() // nothing was written
	if got == nil {
		return nil // a folder has no headers
	}
	for _, h := range v.host.Match(v.prefix + servedAt(at.Path)) {
		is := got.Get(h.Name)
		if is == h.Value {
			continue
		}
		f := Finding{
			What: BadHeader, Path: at.Path, Client: at.Client,
			Detail: fmt.Sprintf("%s is %q, not %q", h.Name, is, h.Value),
		}
		if is == "" {
			f.header = h.Name
			absent = append(absent, f)
			continue
		}
		v.found(f)
	}
	return absent
}

// fewHeaders is the greatest number of missing headers that are reported one by one. If more are
// missing, the host is not configured to send any.
const fewHeaders = 2

// grouped combines missing headers into one finding if there are more than fewHeaders.
func grouped(absent []Finding) []Finding {
	if len(absent) <= fewHeaders {
		return absent
	}
	var names []string
	for _, f := range absent {
		names = append(names, f.header)
	}
	slices.Sort(names)
	return []Finding{{
		What: BadHeader, Path: "_headers",
		Detail: "the host does not send what it says: " + strings.Join(slices.Compact(names), ", "),
	}}
}

// servedAt returns the path at which a host serves a file, below the site's root.
func servedAt(name string) string {
	if path.Base(name) == "index.html" {
		return strings.TrimSuffix(name, "index.html")
	}
	return name
}

func (v *verifier) extras() error {
	names, err := v.at.all()
	for _, name := range names {
		if !v.expected[name] {
			v.found(Finding{What: Extra, Path: name})
		}
	}
	return err
}
