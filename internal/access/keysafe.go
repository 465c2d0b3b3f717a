package access

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"portalgen/internal/git"
	"portalgen/internal/realpath"
	"portalgen/internal/seal"
)

// checkNotPublished refuses a key file below the folder that is published.
func checkNotPublished(path, outputDir string) error {
	if outputDir == "" {
		return nil
	}
	key, err := realpath.Of(path)
	if err != nil {
		return err
	}
	out, err := realpath.Of(outputDir)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(out, key)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s lies below %s, which is published; choose another folder for the output", path, outputDir)
	}
	return nil
}

// ErrInHistory says that the present key stands in a repository's history.
var ErrInHistory = errors.New("git has the key in its history")

// checkNotInGit refuses a key that git has. Asked are all repositories whose files the key
// may be among, by the path under which the site has it and by where that truly leads, since
// .portalgen and the key in it may be links. The folder holds nothing that belongs under
// version control, whatever it is called there: copies of the key, the key of before, drafts.
// Where git does not answer, the key is refused too: what cannot be known is not safe.
func checkNotInGit(siteDir string, m seal.Master) error {
	unknown := func(err error) error {
		return fmt.Errorf("whether the master key is safe cannot be told: %w; or put the key into %s and take the file away",
			err, KeyVariable)
	}
	all, err := askedFor(siteDir)
	if err != nil {
		return unknown(err)
	}
	for repo, patterns := range all {
		tracked, err := repo.Tracked(patterns...)
		if err != nil {
			return unknown(err)
		}
		if tracked != "" {
			return fmt.Errorf("git tracks %s in %s, and everyone with that repository has what is secret; "+
				"take it out with git rm --cached, commit, and change the key with `portalgen key rotate`", tracked, repo.Top)
		}
		// The site may have had another place in the repository.
		past, err := repo.Past(append(patterns, git.Anywhere(keyDir))...)
		if err != nil {
			return unknown(err)
		}
		if holdsKey(past, m) {
			return fmt.Errorf("%w, in the repository %s, so everyone with it has had the key; "+
				"change it with `portalgen key rotate`, and give people and links new secrets: access reissue, share revoke", ErrInHistory, repo.Top)
		}
	}
	return nil
}

// askedFor returns what is asked of each repository.
func askedFor(siteDir string) (map[git.Repo][]git.Pattern, error) {
	site, err := realpath.Of(siteDir)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(site, keyDir)
	realDir, err := realpath.Of(dir)
	if err != nil {
		return nil, err
	}
	key, err := realpath.Of(filepath.Join(dir, keyFile))
	if err != nil {
		return nil, err
	}
	all := map[git.Repo][]git.Pattern{}
	add := func(from string, patterns func(git.Repo) ([]git.Pattern, error)) error {
		repos, err := git.Above(from)
		for _, repo := range repos {
			more, err := patterns(repo)
			if err != nil {
				return err
			}
			all[repo] = append(all[repo], more...)
		}
		return err
	}
	folder := func(dir string) func(git.Repo) ([]git.Pattern, error) {
		return func(r git.Repo) ([]git.Pattern, error) {
			in, err := r.Below(dir)
			if err != nil {
				return nil, err
			}
			but, err := r.Except(filepath.Join(dir, ".gitignore"))
			return []git.Pattern{in, but}, err
		}
	}
	err = add(realDir, folder(realDir))
	if realDir != dir {
		err = errors.Join(err, add(site, folder(dir)))
	}
	if filepath.Dir(key) != realDir {
		err = errors.Join(err, add(filepath.Dir(key), func(r git.Repo) ([]git.Pattern, error) { return copies(r, key) }))
	}
	return all, err
}

// copies are a key elsewhere, where other files lie beside it, and what editors and people
// call copies of it.
func copies(r git.Repo, key string) ([]git.Pattern, error) {
	dir, name := filepath.Split(key)
	var all []git.Pattern
	for _, copied := range []string{
		name, name + "~", name + ".old", name + ".bak", name + ".orig", name + ".save", name + ".copy",
		"#" + name + "#", "." + name + ".swp",
	} {
		p, err := r.File(filepath.Join(dir, copied))
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// holdsKey reports whether text has the key in it, however its lines are broken.
func holdsKey(text []byte, m seal.Master) bool {
	bare := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '-' {
				return -1
			}
			return unicode.ToLower(r)
		}, text)
	}
	return strings.Contains(bare(string(text)), bare(m.Reveal()))
}
