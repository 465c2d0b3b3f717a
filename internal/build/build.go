// Package build runs the steps: it reads a site, derives and renders each client's
// portal, seals it, and hands the bytes to be published or previewed.
//
// It knows which step needs what, and no step's work.
package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/gate"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
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
	digests digests
}

// A Portal is one client's sealed portal.
type Portal struct {
	Client *client.Client
	// Folder is the first part of its addresses.
	Folder string
	// Files are its pages by path, all below Folder, and Attached what they hand over.
	Files    map[string][]byte
	Attached map[string]*Attached

	Sealer *access.Sealer
	// token is what Folder is without a friendly name.
	token string
	// owed is what people of the provider owe the client, where a rule that stops
	// builds asks for it.
	owed []check.Owed
	// warnings are of what the layouts have made.
	warnings diag.Problems
}

// New returns a Builder that has nothing loaded yet.
func New(s *site.Site, opt Options) *Builder {
	return &Builder{site: s, opt: opt, folders: map[string]string{}, digests: digests{known: map[string]digested{}}}
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

// HasAssets reports whether the scripts and styles of this build are published in
// out already. Where they are not, all portals are to be built, since each names
// them.
func (b *Builder) HasAssets(out string) bool {
	info, err := os.Stat(filepath.Join(out, filepath.FromSlash(b.base.Load().assets)))
	return err == nil && info.IsDir()
}

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
	return b.read(b.base.Load(), id)
}

func (b *Builder) read(base *base, id string) (*client.Client, []byte, diag.Problems) {
	src, ps := base.Source(id)
	if ps.Err() != nil {
		return nil, nil, ps
	}
	c, ps := clientfile.Client(id, src, base.Options(id))
	return c, src.Text, append(ps, b.copied(id)...)
}

// copied is the problem of a client of whose file there is a copy: which of the two is
// right, only its owner knows.
func (b *Builder) copied(id string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	var ps diag.Problems
	for _, name := range b.site.Copies(id) {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: site.ClientFile(name)}, Rule: rule.CopiedFile, Severity: diag.Error,
			Message: fmt.Sprintf("this is a copy of %s by its name, as programs make them that keep folders the same", site.ClientFile(id)),
			Hint:    "take over into the other file what is right in this one, and remove this; until then " + id + " is not built",
		})
	}
	return ps
}

// fileExists returns why a file that a client names cannot be handed over; nil where it
// can be.
func fileExists(s *site.Site, id, name string) error {
	if err := clientfile.Resolve(nil, name); err != nil {
		return err
	}
	folder, err := folderOf(s, id)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := clientfile.Resolve(folder, name); err != nil {
		return err
	}
	return tooLarge(folder, name)
}

// Portal builds one client's portal in memory.
func (b *Builder) Portal(id string) (*Portal, diag.Problems) {
	base := b.base.Load() // one for all steps, whatever is loaded meanwhile
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	found, refused := b.refused(base, c, text)
	if ps = append(ps, refused...); ps.Err() != nil {
		return nil, ps
	}
	who, m, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Build)...)
	}
	ps = append(ps, returned(id, who.Returned())...)
	ps = append(ps, strangers(c, who.People())...)
	p, err := b.portal(base, c, who, m, b.drawer(id, text, base.text), sample.Is(id, text, base.text))
	if err != nil {
		return nil, append(ps, withLines(diag.Of(err, site.ClientFile(id), rule.Build), site.ClientFile(id), text)...)
	}
	ps, p.owed = append(ps, p.warnings...), found.Owed
	return p, ps
}

// portal builds one client's portal; anybody says that it is one which anybody can open.
func (b *Builder) portal(base *base, c *client.Client, who *access.Client, m seal.Master, from *drawer, anybody bool) (*Portal, error) {
	now := base.in(c.Timezone)
	sealer, err := who.Sealer(m, c.Portal, now)
	if err != nil {
		return nil, err
	}
	view, pages, err := base.render(c, sealer.Portal(), portal.Options{
		Now: now, Path: who.PageToken, StableKey: who.Mark, File: from.info,
		Content: base.contentFor(c.Language, anybody),
	})
	if err = cmp.Or(from.failed, err); err != nil {
		return nil, err
	}
	attached, keys, ps := b.attach(from, view, pages, sealer)
	if ps.Err() != nil {
		return nil, ps
	}
	p := &Portal{
		Client: c, Folder: sealer.Portal(), token: who.Portal(""), Files: make(map[string][]byte, len(pages)),
		Attached: attached, Sealer: sealer, warnings: append(ps, navigationDiffers(pages)...),
	}
	for _, page := range view.Pages {
		sealed, err := base.seal(sealer, view, page, pages[page.Path], keys[page.Path])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.Title, err)
		}
		p.Files[pageFile(p.Folder, page.Path)] = sealed
	}
	return p, nil
}

// render derives one client's view and renders it. opt is what the base does not know.
func (s *base) render(c *client.Client, folder string, opt portal.Options) (*portal.View, map[string]render.Fragment, error) {
	address := s.prefix + folder + "/"
	opt.Provider, opt.Base, opt.Logo = s.provider, address, s.logo
	view, err := portal.New(c, opt)
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
	base := b.base.Load()
	c, _, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	now := base.in(c.Timezone)
	_, pages, err := base.render(c, id, portal.Options{
		Now: now, Path: func(kind, item string) string { return kind + "-" + item },
		StableKey: func(name string) string { return name }, Content: base.contentFor(c.Language, false),
	})
	return pages, append(ps, diag.Of(err, site.ClientFile(id), rule.Build)...)
}

func (s *base) seal(who *access.Sealer, v *portal.View, page *portal.Page, f render.Fragment, files pageFiles) ([]byte, error) {
	place := who.Place(page.Path)
	content, err := gate.Content{
		Path: place.Path(), Title: cmp.Or(f.Title, page.Title, v.Client),
		Lang: v.Language, Dir: gate.Direction(v.Language), HTML: string(f.Body), Files: files,
	}.Encode()
	if err != nil {
		return nil, err
	}
	nav, body, err := who.Seal(page.Path, f.Nav, content)
	if err != nil {
		return nil, err
	}
	return s.gate.Page(gate.Page{
		Portal: who.Portal(), Token: page.Path, Slots: who.Slots(), Body: body, Nav: nav,
		Links: slices.Concat(place.Links...), LinkSlots: place.LinkSlots,
	}), nil
}

// navigationDiffers warns of navigation that is not the same on all pages: an outsider
// could tell kinds of pages by its size, and which pages belong together by what changes.
func navigationDiffers(pages map[string]render.Fragment) diag.Problems {
	for _, page := range pages {
		if !bytes.Equal(page.Nav, pages[""].Nav) {
			return diag.Problems{{
				Pos: diag.Pos{File: "layouts"}, Rule: rule.NavigationDiffers, Severity: diag.Warning,
				Message: "what your layouts show of other pages is not the same on all pages, so its size and its changes tell outsiders something of a page",
				Hint:    "above <hr data-divider> use nothing of the page itself: put that below it, or mark it in a script",
			}}
		}
	}
	return nil
}

func pageFile(folder, token string) string {
	if token == "" {
		return folder + "/index.html"
	}
	return folder + "/" + token + "/index.html"
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
