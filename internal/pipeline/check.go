package pipeline

import (
	"path"
	"slices"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// Check reads every file of the site, also private ones, and returns all problems in them. Where
// only has ids it is those of these clients, and of what all share. The error is for a site whose
// clients cannot be listed.
func (b *Builder) Check(only ...string) (diag.Problems, error) {
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
	folders, names := map[string]string{}, map[string]string{}
	problems, dates := []diag.Problems{ps}, [][]check.Owed{}
	for i, one := range b.judgeAll(ids, false) {
		problems, dates = append(problems, one.problems()), append(dates, one.Owed)
		folders[ids[i]], names[ids[i]] = one.Portal, one.Name
	}
	ps = slices.Concat(problems...) // at once: of a thousand clients they are many, and large
	owed := slices.Concat(dates...)
	ps = append(ps, b.Strays()...)
	ps = append(ps, b.notForReal(ids)...)
	ps = append(ps, b.withoutClient(append(b.held(nil), ids...), nil)...)
	ps = append(ps, b.withLines(check.Capacity(owed, b.Provider().Check))...)
	ps = append(ps, b.sameClients(names)...)
	ps = append(ps, Clashes(folders)...)
	if len(only) > 0 {
		ps = slices.DeleteFunc(ps, func(p diag.Problem) bool {
			of := site.ClientOf(p.File)
			if private := path.Base(p.File); p.File == site.PrivateFile(strings.TrimSuffix(private, ".toml")) {
				of = strings.TrimSuffix(private, ".toml")
			}
			return of != "" && !slices.Contains(only, of)
		})
	}
	return ps.Sort(), nil
}

// overbooked returns the problems of people who have promised too much at a time, where that
// stops a build. It needs the promises to all clients.
func (b *Builder) overbooked(owed []check.Owed) diag.Problems {
	ps := check.Capacity(owed, b.Provider().Check)
	if ps.Err() == nil {
		return nil
	}
	return b.withLines(ps)
}

// settings returns the problems of [check] in the provider's file.
func (b *Builder) settings() diag.Problems {
	base := b.base.Load()
	ps := append(check.Settings(base.provider.Check), check.ReplyPromises(base.provider)...)
	return ps.WithText(site.ProviderFile, base.text)
}

// withLines gives each problem the text of its line, from its file. It is for few problems,
// since each file is read again.
func (b *Builder) withLines(ps diag.Problems) diag.Problems {
	for i := range ps {
		if src, found := b.source(ps[i].File); found.Err() == nil {
			ps[i:i+1].WithText(src.Name, src.Text)
		}
	}
	return ps
}

// withoutClient warns of access files whose client is gone; samples have no such files.
func (b *Builder) withoutClient(clients, asked []string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	return keyring.WithoutClient(b.site, clients, asked)
}

// judge applies the rules of check: those for which only returns true, or all where it is nil.
func (b *Builder) judge(
	base *base, c *client.Client, text []byte, only func(check.Rule) bool,
) (check.Findings, diag.Problems) {
	file := site.ClientFile(c.ID)
	found, err := check.Client(c, check.Options{
		Provider: base.provider, Now: base.in(c.Timezone),
		File: file, Text: text, Only: only,
	})
	return found, append(found.Problems(), diag.Of(err, file, rule.Check)...).WithText(file, text)
}

// refused returns the problems that stop a build of c: those of rules that provider.toml makes
// errors. A build does not apply the other rules.
func (b *Builder) refused(base *base, c *client.Client, text []byte) (check.Findings, diag.Problems) {
	stops := func(r check.Rule) bool { return check.SeverityOf(r, base.provider.Check) == diag.Error }
	if !slices.ContainsFunc(check.Rules, stops) {
		return check.Findings{}, nil
	}
	return b.judge(base, c, text, stops)
}
