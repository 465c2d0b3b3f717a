package build

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// Check reads every file of the site, private ones too, and returns all that is
// wrong in them. The error is for what keeps it from looking at all.
func (b *Builder) Check() (diag.Problems, error) {
	ps := b.Load()
	if !b.Loaded() {
		return ps, nil
	}
	ps = append(ps, b.settings()...)
	ps = append(ps, b.sharedOrigin()...)
	ids, err := b.Clients()
	if err != nil {
		return ps, err
	}
	var mu sync.Mutex
	folders, names := map[string]string{}, map[string]string{}
	var owed []check.Owed
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, id := range ids {
		g.Go(func() error {
			one := b.checkOne(id)
			mu.Lock()
			defer mu.Unlock()
			ps = append(ps, one.problems...)
			owed = append(owed, one.owed...)
			folders[id], names[id] = one.friendly, one.name
			return nil
		})
	}
	err = g.Wait()
	ps = append(ps, b.Strays()...)
	ps = append(ps, b.withoutClient(append(b.held(nil), ids...), nil)...)
	ps = append(ps, b.withLines(check.Capacity(owed, b.Provider().Check))...)
	ps = append(ps, b.twins(names)...)
	return append(ps, Clashes(folders)...).Sort(), err
}

// overbooked returns who owes more than they can, where that stops a build. It can
// be told only where all clients are built.
func (b *Builder) overbooked(owed []check.Owed) diag.Problems {
	ps := check.Capacity(owed, b.Provider().Check)
	if ps.Err() == nil {
		return nil
	}
	return b.withLines(ps)
}

// settings returns what is wrong with the [check] of the provider's file.
func (b *Builder) settings() diag.Problems {
	base := b.base.Load()
	return withLines(check.Settings(base.provider.Check), site.ProviderFile, base.text)
}

// withLines gives each problem the text of its line, out of the client's file it
// lies in. It is for few problems: each file is read anew.
func (b *Builder) withLines(ps diag.Problems) diag.Problems {
	for i := range ps {
		if src, found := b.source(ps[i].File); found.Err() == nil {
			withLines(ps[i:i+1], src.Name, src.Text)
		}
	}
	return ps
}

// A checked is what was found out about one client.
type checked struct {
	problems diag.Problems
	owed     []check.Owed
	// friendly is the path it asks for, name the client's.
	friendly, name string
}

func (b *Builder) checkOne(id string) (out checked) {
	base := b.base.Load()
	c, text, ps := b.read(base, id)
	if c != nil {
		out.friendly, out.name = c.Portal, c.Name
	}
	out.problems = ps
	if ps.Err() == nil {
		found, ps := b.judge(base, c, text, nil)
		out.problems, out.owed = append(out.problems, ps...), found.Owed
	}
	out.problems = append(out.problems, b.checkAccess(id, c)...)
	_, ps = b.notes(id)
	out.problems = append(out.problems, ps...)
	return out
}

// judge asks the rules of check, those that only names or all.
func (b *Builder) judge(base *base, c *client.Client, text []byte, only func(check.Rule) bool) (check.Findings, diag.Problems) {
	file := site.ClientFile(c.ID)
	found, err := check.Client(c, check.Options{
		Provider: base.provider, Now: b.opt.Clock(base.provider).In(location(c.Timezone)),
		File: file, Text: text, Only: only,
	})
	return found, withLines(append(found.Problems(), diag.Of(err, file, rule.Check)...), file, text)
}

// refused returns what stops a build of c: what breaks a rule that provider.toml
// makes an error. Of the other rules a build says nothing.
func (b *Builder) refused(base *base, c *client.Client, text []byte) (check.Findings, diag.Problems) {
	stops := func(r check.Rule) bool { return check.SeverityOf(r, base.provider.Check) == diag.Error }
	if !slices.ContainsFunc(check.Rules, stops) {
		return check.Findings{}, nil
	}
	return b.judge(base, c, text, stops)
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
