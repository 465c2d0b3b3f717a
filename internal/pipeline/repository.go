package pipeline

import (
	"path/filepath"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/git"
	"portalgen/internal/rule"
)

// netlifyFile tells Netlify which folder of a repository it is to publish.
const netlifyFile = "netlify.toml"

// warnRepository warns where git tracks the published folder and the clients' files, but not the
// file that makes a host publish only the former. It does not warn where git does not answer.
func (b *Builder) warnRepository(out string) diag.Problems {
	if b.opt.Samples {
		return nil
	}
	dir, err := disk.RealPath(b.site.Dir)
	if err != nil {
		return nil
	}
	if out, err = disk.RealPath(out); err != nil {
		return nil
	}
	repos, err := git.Above(filepath.Dir(out))
	if err != nil || len(repos) == 0 || !within(dir, repos[0].Top) {
		return nil
	}
	repo := repos[0]
	published, err := tracked(repo, repo.Below, out)
	if err != nil || !published {
		return nil
	}
	open, err := tracked(repo, repo.Below, filepath.Join(dir, "data"))
	if err != nil || !open {
		return nil
	}
	configured, err := tracked(repo, repo.File, filepath.Join(dir, netlifyFile), filepath.Join(repo.Top, netlifyFile))
	if err != nil || configured {
		return nil
	}
	return diag.Problems{{
		Pos: diag.Pos{File: netlifyFile}, Rule: rule.PublishedInTheClear, Severity: diag.Warning,
		Message: "git has the folder " + filepath.Base(out) + " and your clients' files, and not " + netlifyFile +
			": Netlify, and other hosts, then publish the whole repository, your clients' files in the clear",
		Hint: "commit it too, best with git add -A (portalgen init writes one where there is none), and set the " +
			"folder to publish to " + filepath.Base(out) + " at the host; then run portalgen verify with the " +
			"site's address",
	}}
}

// tracked reports whether git tracks any of the files.
func tracked(repo git.Repo, named func(string) (git.Pattern, error), paths ...string) (bool, error) {
	var patterns []git.Pattern
	for _, path := range paths {
		p, err := named(path)
		if err != nil {
			return false, err
		}
		patterns = append(patterns, p)
	}
	file, err := repo.Tracked(patterns...)
	return file != "", err
}
