package pipeline

import (
	"os"
	"path/filepath"
	"regexp"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/git"
	"portalgen/internal/rule"
)

// netlifyFile tells Netlify which folder of a repository it is to publish.
const netlifyFile = "netlify.toml"

// warnRepository warns where git tracks the published folder and the clients' files, but not, at
// the place where a host reads it, the file that makes a host publish only the former. It does
// not warn where git does not answer.
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
	if has, err := tracked(repo, repo.Below, out); err != nil || !has {
		return nil
	}
	if has, err := tracked(repo, repo.Below, filepath.Join(dir, "data")); err != nil || !has {
		return nil
	}
	rel, err := filepath.Rel(repo.Top, dir)
	if err != nil || b.toldWhat(repo) {
		return nil
	}
	published, at := filepath.Base(out), filepath.ToSlash(rel)
	p := diag.Problem{
		Pos: diag.Pos{File: netlifyFile}, Rule: rule.PublishedInTheClear, Severity: diag.Warning,
		Message: "git has the folder " + published + " and your clients' files, and no " + netlifyFile +
			" that says which folder to publish: Netlify, and other hosts, then publish the whole repository, " +
			"your clients' files in the clear",
		Hint: "commit it too, best with git add -A (`portalgen init` writes one where there is none), and set the " +
			"folder to publish to " + published + " at the host; then run `portalgen verify ADDRESS`",
	}
	if at != "." {
		p.Message = "git has the folder " + published + " and your clients' files in " + at +
			", and no " + netlifyFile + " at its top that says which folder to publish: hosts do not look into " + at +
			" by themselves, and publish your clients' files in the clear"
		p.Hint = "set Base directory to " + at + " at the host, and commit a " + netlifyFile +
			" at the top of the repository with base = \"" + at + "\" below [build]; then run `portalgen verify ADDRESS`"
	}
	return diag.Problems{p}
}

// tellsForm matches where a host's settings name the folder to publish, or the one below which
// further settings are.
var tellsForm = regexp.MustCompile(`(?m)^[ \t]*(?:base|publish)[ \t]*=[ \t]*["'][^"'\r\n]*[\pL\d]`)

// toldWhat reports whether a host that reads the settings at the top of the repository is told
// what to publish.
func (b *Builder) toldWhat(repo git.Repo) bool {
	file := filepath.Join(repo.Top, netlifyFile)
	if has, err := tracked(repo, repo.File, file); err != nil || !has {
		return err != nil // where git does not answer there is nothing to warn of
	}
	text, err := os.ReadFile(file)
	return err == nil && tellsForm.Match(text)
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
