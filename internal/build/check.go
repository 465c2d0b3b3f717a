package build

import (
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/check"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// Check reads every file of the site, private ones too, and returns all that is
// wrong in them. The error is for what keeps it from looking at all.
func (b *Builder) Check() (diag.Problems, error) {
	ps := b.Load()
	if !b.Loaded() {
		return ps, nil
	}
	ps = append(ps, check.Settings(b.Provider().Check, site.ProviderFile)...)
	ids, err := b.Clients()
	if err != nil {
		return ps, err
	}
	var mu sync.Mutex
	folders := map[string]string{}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			found, friendly := b.checkOne(id)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, found...)
			folders[id] = friendly
			return nil
		})
	}
	err = g.Wait()
	return append(ps, Clashes(folders)...).Sort(), err
}

func (b *Builder) checkOne(id string) (ps diag.Problems, friendly string) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	if c != nil {
		friendly = c.Portal
	}
	if ps.Err() == nil {
		now := b.opt.clock(base.provider).In(location(c.Timezone))
		found, err := check.Client(c, check.Options{Provider: base.provider, Now: now})
		found = append(found, diag.Of(err, site.ClientFile(id), "check")...)
		ps = append(ps, withLines(found, site.ClientFile(id), text)...)
	}
	ps = append(ps, b.checkAccess(id, c)...)
	name := "data/private/" + id + ".toml"
	if _, err := b.site.Root.Stat(name); err == nil {
		src, found := clientfile.ReadFile(b.site.Root, name)
		if found.Err() == nil {
			_, found = clientfile.Private(src)
		}
		ps = append(ps, found...)
	}
	return ps, friendly
}

// withLines gives each problem of the file, whose text is given, the text of its
// line.
func withLines(ps diag.Problems, file string, text []byte) diag.Problems {
	lines := strings.Split(string(text), "\n")
	for i := range ps {
		if n := ps[i].Line; ps[i].File == file && n > 0 && n <= len(lines) {
			ps[i].Text = strings.TrimSuffix(lines[n-1], "\r")
		}
	}
	return ps
}
