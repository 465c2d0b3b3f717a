// Package build runs the steps: it reads a site, derives and renders each client's
// portal, seals it, and hands the bytes to be published or previewed.
//
// It knows which step needs what, and no step's work.
package build

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/access"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/publish"
	"portalgen/internal/render"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// Options are what a build is told.
type Options struct {
	// Now sets the moment of the build; nil for the provider's frozen date, or the
	// clock.
	Now Clock
	// Samples builds the program's own samples in place of the site's clients.
	Samples bool
	// Keys give the sealers.
	Keys Keys
	// Scripts are addresses of further scripts in each page, for previews alone.
	Scripts []string
}

// A Builder builds the portals of one site. It may be used from several
// goroutines; nothing but Load may be called before a Load has succeeded.
type Builder struct {
	site *site.Site
	opt  Options
	base atomic.Pointer[base]

	mu sync.Mutex
	// folders is where each client's portal was last put, so that a portal whose
	// address changes leaves the old one.
	folders map[string]string
}

// A Portal is one client's sealed portal.
type Portal struct {
	Client *client.Client
	// Folder is the first part of its addresses.
	Folder string
	// Files are its pages by path, all below Folder.
	Files map[string][]byte
	// Titles are the pages' titles by their address, Home first. They are plaintext,
	// for the terminal and for previews, and must not be written anywhere.
	Titles []portal.Link
	Sealer *access.Sealer
}

// New returns a Builder that has nothing loaded yet.
func New(s *site.Site, opt Options) *Builder {
	return &Builder{site: s, opt: opt, folders: map[string]string{}}
}

// Load reads what all portals share: the provider's file, the look, the assets. On
// an error what was loaded before stays in use.
func (b *Builder) Load() diag.Problems {
	base, ps := b.load()
	if ps.Err() == nil {
		b.base.Store(base)
	}
	return ps
}

// Loaded reports whether a Load has succeeded.
func (b *Builder) Loaded() bool { return b.base.Load() != nil }

// Provider returns the provider's file as last loaded.
func (b *Builder) Provider() *client.Provider { return b.base.Load().provider }

// SiteFiles returns the files beside the portals: root page, headers, assets.
func (b *Builder) SiteFiles() map[string][]byte { return b.base.Load().files }

// Prefix returns the path of the site on its host, with a slash at both ends.
func (b *Builder) Prefix() string { return b.base.Load().prefix }

// Clients returns the ids of the clients to build, sorted.
func (b *Builder) Clients() ([]string, error) {
	if b.opt.Samples {
		return sample.IDs(), nil
	}
	return b.site.Clients()
}

// Read reads one client's file. The client is nil where the file is not TOML.
func (b *Builder) Read(id string) (*client.Client, []byte, diag.Problems) {
	src, ps := b.source(site.ClientFile(id))
	if ps.Err() != nil {
		return nil, nil, ps
	}
	base := b.base.Load()
	c, ps := clientfile.Client(id, src, clientfile.Options{
		Provider:   base.provider,
		Now:        b.opt.clock(base.provider).In(location(base.provider.Timezone)),
		Languages:  base.languages,
		FileExists: b.fileExists(id),
	})
	return c, src.Text, ps
}

// fileExists tells whether a file that a client names is there.
func (b *Builder) fileExists(id string) func(string) error {
	if b.opt.Samples {
		return nil // the samples are tested with the program
	}
	return func(name string) error {
		if err := clientfile.Resolve(nil, name); err != nil {
			return err
		}
		folder, err := b.site.Root.OpenRoot(site.ClientsDir + "/" + id)
		if err != nil {
			return fmt.Errorf("there is no folder %s/%s: %w", site.ClientsDir, id, err)
		}
		defer folder.Close()
		return clientfile.Resolve(folder, name)
	}
}

// Portal builds one client's portal in memory.
func (b *Builder) Portal(id string) (*Portal, diag.Problems) {
	c, text, ps := b.Read(id)
	if ps.Err() != nil {
		return nil, ps
	}
	p, err := b.portal(c, text)
	if err != nil {
		return nil, append(ps, withLines(diag.Of(err, site.ClientFile(id), "build"), site.ClientFile(id), text)...)
	}
	return p, ps
}

func (b *Builder) portal(c *client.Client, text []byte) (*Portal, error) {
	base := b.base.Load()
	now := b.opt.clock(base.provider).In(location(c.Timezone))
	who, m, err := b.opt.Keys.For(b.site, c.ID, text)
	if err != nil {
		return nil, err
	}
	sealer, err := who.Sealer(m, c.Portal, now)
	if err != nil {
		return nil, err
	}
	view, pages, err := base.render(c, now, sealer.Portal(), who.PageToken)
	if err != nil {
		return nil, err
	}
	p := &Portal{Client: c, Folder: sealer.Portal(), Files: make(map[string][]byte, len(pages)), Sealer: sealer}
	for _, page := range view.Pages {
		sealed, err := b.seal(sealer, view, page, pages[page.Path])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.Title, err)
		}
		p.Files[pageFile(p.Folder, page.Path)] = sealed
		p.Titles = append(p.Titles, portal.Link{Title: page.Title, Href: page.Href})
	}
	return p, nil
}

// render derives one client's view and renders it.
func (s *base) render(c *client.Client, now time.Time, folder string, path func(kind, id string) string) (*portal.View, map[string]render.Fragment, error) {
	address := s.prefix + folder + "/"
	view, err := portal.New(c, portal.Options{
		Provider: s.provider, Now: now, Base: address, Logo: s.logo, Path: path,
	})
	if err != nil {
		return nil, nil, err
	}
	in := render.Site{ID: c.ID, Language: view.Language, BaseURL: s.origin + address, View: view}
	for _, page := range view.Pages {
		in.Paths = append(in.Paths, page.Path)
	}
	pages, err := s.renderer.Render(in)
	return view, pages, err
}

// Plain renders one client's portal without sealing it, for measuring. Nothing but
// a measurement may write what it returns.
func (b *Builder) Plain(id string) (map[string]render.Fragment, diag.Problems) {
	c, _, ps := b.Read(id)
	if ps.Err() != nil {
		return nil, ps
	}
	base := b.base.Load()
	now := b.opt.clock(base.provider).In(location(c.Timezone))
	_, pages, err := base.render(c, now, id, func(kind, item string) string { return kind + "-" + item })
	return pages, append(ps, diag.Of(err, site.ClientFile(id), "build")...)
}

func (b *Builder) seal(s *access.Sealer, v *portal.View, page *portal.Page, f render.Fragment) ([]byte, error) {
	title := v.Client
	if page.Path != "" {
		title = page.Title + " · " + v.Client
	}
	content, err := gate.Content{
		Path: s.Place(page.Path).Path(), Title: title,
		Lang: v.Language, Dir: gate.Direction(v.Language), HTML: string(f.Body),
	}.Encode()
	if err != nil {
		return nil, err
	}
	body, err := s.Page(page.Path, content)
	if err != nil {
		return nil, err
	}
	nav, err := s.Nav(page.Path, f.Nav)
	if err != nil {
		return nil, err
	}
	return b.base.Load().gate.Page(gate.Page{
		Portal: s.Portal(), Token: page.Path, Slots: s.Slots(), Body: body, Nav: nav,
	}), nil
}

func pageFile(folder, token string) string {
	if token == "" {
		return folder + "/index.html"
	}
	return folder + "/" + token + "/index.html"
}

// nobody warns of portals that nobody can open.
func nobody(ids []string) diag.Problems {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	p := diag.Problem{
		Pos: diag.Pos{File: site.ClientFile(ids[0])}, Rule: "nobody-has-access", Severity: diag.Warning,
		Message: "nobody can open the portal of " + ids[0],
		Hint:    "give someone a passphrase: portalgen access add " + ids[0] + " PERSON",
	}
	if more := len(ids) - 1; more > 0 {
		p.File = site.AccessDir
		p.Message = fmt.Sprintf("nobody can open %d of the portals: %s", len(ids), strings.Join(ids[:min(3, len(ids))], ", "))
		if len(ids) > 3 {
			p.Message += ", …"
		}
	}
	return diag.Problems{p}
}

// Build builds the portals of ids, or of all clients where there are none, and
// publishes them into out. Nothing is published where anything has an error. done
// is called after each client, from one goroutine at a time; it may be nil.
func (b *Builder) Build(ctx context.Context, out string, ids []string, done func()) (publish.Result, diag.Problems) {
	all, err := b.Clients()
	if err != nil {
		return publish.Result{}, diag.Of(err, site.ClientsDir, "unreadable")
	}
	whole := len(ids) == 0
	if whole {
		ids = all
	}
	stage, err := publish.Begin(out, gate.Ours)
	if err != nil {
		return publish.Result{}, diag.Of(err, out, "output")
	}
	defer func() { _ = stage.Abort() }() // after a commit there is nothing left
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	// A client that is gone has no portal to stage; its folder is pruned.
	there := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(all, id) })
	folders, ps := b.stage(ctx, stage, there, done)
	if !whole {
		ps = append(ps, clashes(b.withOthers(folders, all))...).Sort()
	}
	if ps.Err() != nil {
		return publish.Result{}, ps
	}
	for name, text := range b.SiteFiles() {
		if err := stage.Add(name, text); err != nil {
			return publish.Result{}, append(ps, diag.Of(err, name, "output")...)
		}
	}
	var scope []string
	if !whole {
		scope = b.scope(ids, folders)
	}
	result, err := stage.Commit(scope...)
	if err != nil {
		return result, append(ps, diag.Of(err, out, "output")...)
	}
	b.moved(ids, folders)
	return result, ps
}

// stage builds the portals of ids side by side and adds their files to stage. It
// returns the folder of each client.
func (b *Builder) stage(ctx context.Context, stage *publish.Stage, ids []string, done func()) (map[string]string, diag.Problems) {
	var mu sync.Mutex
	var ps diag.Problems
	var closed []string
	folders := map[string]string{}
	claimed := &claims{by: map[string]string{}}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			p, found := b.stageOne(stage, id, claimed)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, found...)
			if p != nil {
				folders[id] = p.Folder
				if p.Sealer.Opens() == 0 {
					closed = append(closed, id)
				}
			}
			if done != nil {
				done()
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		ps = append(ps, diag.Of(err, site.ClientsDir, "interrupted")...)
	}
	ps = append(ps, clashes(folders)...)
	return folders, append(ps.Sort(), nobody(closed)...)
}

// stageOne returns nil where there is no portal to add.
func (b *Builder) stageOne(stage *publish.Stage, id string, claimed *claims) (*Portal, diag.Problems) {
	p, ps := b.Portal(id)
	if ps.Err() != nil {
		return nil, ps
	}
	if !claimed.take(p.Folder, id) {
		p.Files = nil // which of the two is told once all are known
	}
	for name, text := range p.Files {
		if err := stage.Add(name, text); err != nil {
			return nil, append(ps, diag.Of(err, site.ClientFile(id), "output")...)
		}
	}
	p.Files = nil // published; what is kept of a thousand portals must be small
	return p, ps
}

// scope returns the folders that a build of some clients may touch: where they
// are now, and where they were.
func (b *Builder) scope(ids []string, folders map[string]string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	scope := []string{"assets"}
	for _, id := range ids {
		for _, f := range []string{folders[id], b.folders[id]} {
			if f != "" && !slices.Contains(scope, f) {
				scope = append(scope, f)
			}
		}
	}
	return scope
}

func (b *Builder) moved(ids []string, folders map[string]string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		if f := folders[id]; f != "" {
			b.folders[id] = f
		} else {
			delete(b.folders, id)
		}
	}
}

var errNoClient = errors.New("there is no such client")

// Known returns an error that names the clients there are, where one of ids is
// not among them.
func (b *Builder) Known(ids []string) error {
	all, err := b.Clients()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.Contains(all, id) {
			return fmt.Errorf("%q: %w in %s", id, errNoClient, site.ClientsDir)
		}
	}
	return nil
}

// Exists reports whether there is a client of that id.
func (b *Builder) Exists(id string) bool {
	if b.opt.Samples {
		return slices.Contains(sample.IDs(), id)
	}
	return b.site.HasClient(id)
}

// A Clock says which moment "now" is in a zone.
type Clock interface {
	In(*time.Location) time.Time
}
