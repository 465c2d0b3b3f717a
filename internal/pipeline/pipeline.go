// Package pipeline runs the steps of a build: it reads a site, derives and renders each
// client's portal, seals it, and publishes the files or returns them for a preview. It also
// runs the rules of check over a site.
//
// It knows the input of each step. It must not know how a step works, what is done with a
// portal's links (grant), nor where a published site is compared (verify).
package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/access"
	"portalgen/internal/attachment"
	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/gate"
	"portalgen/internal/keyring"
	"portalgen/internal/portal"
	"portalgen/internal/render"
	"portalgen/internal/rule"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// Options are the settings of a build.
type Options struct {
	// Now sets the moment of the build; nil for the provider's frozen date, or the
	// clock.
	Now Clock
	// HoldClock makes time stand still at Now in the reader's browser too; only for previews.
	HoldClock bool
	// Samples builds the program's own samples in place of the site's clients.
	Samples bool
	// Facts says that no portal is sealed. Scripts and styles are then made only where the site has some of its
	// own, in which something may be wrong.
	Facts bool
	// Keys give the access and the key of each client.
	Keys keyring.Keyring
	// Published is the folder of which Behind tells, and builds into which are recorded for it; ""
	// for none.
	Published string
	// Scripts are addresses of further scripts in each page, only for previews.
	Scripts []string
	// Inbox takes the replies of all portals in place of the site's own; zero for that.
	Inbox portal.Inbox
}

// A Builder builds the portals of one site. It may be used from several
// goroutines; nothing but Load may be called before a Load has succeeded.
type Builder struct {
	site *site.Site
	opt  Options
	base atomic.Pointer[base]

	mu sync.Mutex
	// folders are the folders in which each client's portal was last published, so that the
	// old one can be pruned when the address changes.
	folders map[string]string
	// last is what was recorded when lastState was that of its file.
	last      record
	lastState disk.State
	digests   attachment.Digests
	ahead     ahead
	// begun is what Remember has begun to read.
	begun atomic.Pointer[chan *remembered]
}

// A Portal is one client's sealed portal.
type Portal struct {
	Client *client.Client
	// Folder is the first part of its addresses.
	Folder string
	// Files are its pages by path, all below Folder; Attached are the files that they show.
	Files    map[string][]byte
	Attached map[string]*attachment.File

	Sealer *access.Sealer
	// token is what Folder is without a friendly name.
	token string
	// owed are the promises of the provider's people to the client, where a rule that stops
	// builds needs them.
	owed []check.Owed
	// warnings are those of the rendered pages.
	warnings diag.Problems
	// who can open it, and the key that it is sealed under.
	who    *access.Client
	master seal.Master
	// from is the moment of which it is, until the first at which it may be another. dues are moments
	// by which a reply is due.
	from, until time.Time
	dues        []civil.Moment
}

// New returns a Builder that has loaded nothing yet.
func New(s *site.Site, opt Options) *Builder {
	return &Builder{site: s, opt: opt, folders: map[string]string{}}
}

// Load reads what all portals share: the provider's file, the theme, the assets. On an error
// the version that was loaded before stays in use.
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

// HasAssets reports whether the scripts and styles of this build are published in out already.
// Otherwise all portals must be built, since all refer to them.
func (b *Builder) HasAssets(out string) bool {
	info, err := os.Stat(filepath.Join(out, filepath.FromSlash(b.base.Load().assets)))
	return err == nil && info.IsDir()
}

// SiteFiles returns the files beside the portals: root page, headers, assets.
func (b *Builder) SiteFiles() map[string][]byte { return b.base.Load().files }

// Assets returns the address of the folder of scripts and styles, with a slash at its end.
func (b *Builder) Assets() string {
	base := b.base.Load()
	return base.prefix + base.assets + "/"
}

// Prefix returns the path of the site on its host, with a slash at both ends.
func (b *Builder) Prefix() string { return b.base.Load().prefix }

// Host returns what the headers of the site go by.
func (b *Builder) Host() gate.Host { return b.base.Load().host() }

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
	return c, src.Text, append(ps, b.copyProblems(id)...)
}

// Portal builds one client's portal in memory.
func (b *Builder) Portal(id string) (*Portal, diag.Problems) { return b.portalOf(id, true) }

// portalOf is Portal, but without examples it returns nil for one, with a warning.
func (b *Builder) portalOf(id string, examples bool) (*Portal, diag.Problems) {
	base := b.base.Load() // the same for all steps, also where a Load comes between
	c, text, ps := b.read(base, id)
	if ps.Err() != nil {
		return nil, ps
	}
	if c.Example && !examples {
		return nil, append(ps, diag.Problem{
			Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.Example, Severity: diag.Warning,
			Message: id + " is an example, so it is not published",
			Hint:    "begin a client with `portalgen new client NAME`; or take `example = true` out, if this is one now",
		})
	}
	found, refused := b.refused(base, c, text)
	if ps = append(ps, refused...); ps.Err() != nil {
		return nil, ps
	}
	who, m, err := b.opt.Keys.For(b.site, id, text, base.text)
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Build)...)
	}
	ps = append(ps, keyring.Returned(id, who.Returned())...)
	ps = append(ps, keyring.Strangers(c, who.People())...)
	isSample := sample.Is(id, text, base.text)
	from := attachment.FromSite(b.site, id)
	if b.opt.Samples || isSample {
		from = attachment.FromSample(id)
	}
	p, err := b.portal(base, c, who, m, from, isSample)
	if err != nil {
		return nil, append(ps, diag.Of(err, site.ClientFile(id), rule.Build).WithText(site.ClientFile(id), text)...)
	}
	ps, p.owed = append(ps, p.warnings...), found.Owed
	p.who, p.master = who, m
	p.until = until(p.from, Location(base.provider.Timezone), p.dues, text, base.text)
	return p, ps
}

// portal builds one client's portal. public says that anybody can open it.
func (b *Builder) portal(
	base *base, c *client.Client, who *access.Client, m seal.Master, from *attachment.Source, public bool,
) (*Portal, error) {
	now := base.in(c.Timezone)
	sealer, err := who.Sealer(m, c.Portal, now)
	if err != nil {
		return nil, err
	}
	view, pages, err := base.render(c, sealer.Portal(), portal.Options{
		Now: now, HoldClock: b.opt.HoldClock, Path: who.PageToken, StableKey: who.StableKey, File: from.Info,
		Content: base.contentFor(c.Language, public), Inbox: b.inbox(base, m, public),
	})
	if err = cmp.Or(from.Err(), err); err != nil {
		return nil, err
	}
	bodies := make(map[string][]byte, len(pages))
	for token, page := range pages {
		bodies[token] = page.Body
	}
	attached, keys, ps := b.digests.Attach(from, view.Attachments, bodies, sealer)
	if ps.Err() != nil {
		return nil, ps
	}
	p := &Portal{
		Client: c, Folder: sealer.Portal(), token: who.Portal(""), Files: make(map[string][]byte, len(pages)),
		Attached: attached, Sealer: sealer, warnings: append(ps, navigationDiffers(pages)...), from: now,
	}
	for _, r := range view.Replies.All {
		p.dues = append(p.dues, r.Due)
	}
	return p, base.sealAll(p, view, pages, keys)
}

// sealAll adds the pages of a view to a portal, sealed side by side.
func (s *base) sealAll(
	p *Portal, v *portal.View, pages map[string]render.Fragment, keys map[string]attachment.Keys,
) error {
	sealed := make([][]byte, len(v.Pages))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, page := range v.Pages {
		g.Go(func() (err error) {
			if sealed[i], err = s.seal(p.Sealer, v, page, pages[page.Path], keys[page.Path]); err != nil {
				return fmt.Errorf("%s: %w", page.Title, err)
			}
			return nil
		})
	}
	err := g.Wait()
	for i, page := range v.Pages {
		p.Files[pageFile(p.Folder, page.Path)] = sealed[i]
	}
	return err
}

// render derives one client's view and renders it. opt holds the options that are not the same
// for all clients.
func (s *base) render(
	c *client.Client, folder string, opt portal.Options,
) (*portal.View, map[string]render.Fragment, error) {
	address := s.prefix + folder + "/"
	language := s.wordsOf(c.Language)
	strs, err := s.renderer.Strings(language)
	if err != nil {
		return nil, nil, err
	}
	opt.Provider, opt.Base, opt.Logo, opt.Strings = s.provider, address, s.logo, strs
	view, err := portal.New(c, opt)
	if err != nil {
		return nil, nil, err
	}
	in := render.Site{ID: c.ID, Language: language, BaseURL: s.origin + address, View: view}
	for _, page := range view.Pages {
		in.Paths = append(in.Paths, page.Path)
	}
	pages, err := s.renderer.Render(in)
	return view, pages, err
}

func (s *base) seal(
	who *access.Sealer, v *portal.View, page *portal.Page, f render.Fragment, files attachment.Keys,
) ([]byte, error) {
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
	return s.gate.Page(gate.SealedPage{
		Portal: who.Portal(), Token: page.Path, Slots: who.Slots(), Body: body, Nav: nav,
		Links: slices.Concat(place.Links...), LinkSlots: place.LinkSlots,
	}), nil
}

// navigationDiffers warns where the navigation is not the same on all pages: an outsider could
// learn kinds of pages from its size, and which pages belong together from its changes.
func navigationDiffers(pages map[string]render.Fragment) diag.Problems {
	for _, page := range pages {
		if !bytes.Equal(page.Nav, pages[""].Nav) {
			return diag.Problems{{
				Pos: diag.Pos{File: "layouts"}, Rule: rule.NavigationDiffers, Severity: diag.Warning,
				Message: "what your layouts show of other pages is not the same on all pages, " +
					"so its size and its changes tell outsiders something of a page",
				Hint: "above <hr data-divider> use nothing of the page itself: put that below it, or mark it " +
					"in a script",
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

// Exists reports whether there is a client of that id.
func (b *Builder) Exists(id string) bool {
	if b.opt.Samples {
		return slices.Contains(sample.IDs(), id)
	}
	return b.site.HasClient(id)
}

// A Clock returns the present moment in a zone.
type Clock interface {
	In(*time.Location) time.Time
}
