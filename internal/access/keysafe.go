package access

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"portalgen/internal/disk"
	"portalgen/internal/git"
	"portalgen/internal/seal"
)

// checkNotPublished returns an error if the key file lies below the folder that is published.
func checkNotPublished(path, outputDir string) error {
	if outputDir == "" {
		return nil
	}
	key, err := disk.RealPath(path)
	if err != nil {
		return err
	}
	out, err := disk.RealPath(outputDir)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(out, key)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s lies below %s, which is published; choose another folder for the output", path, outputDir)
	}
	return nil
}

// ErrInHistory says that the current key is in the history of a repository.
var ErrInHistory = errors.New("git has the key in its history")

// checkNotInGit returns an error if git has the key. It asks every repository that can hold it, by
// its path in the site and by its real path, since .portalgen and the key file may be links. It
// looks for every file of .portalgen, since none of them belongs under version control: copies of
// the key, the previous key, drafts. An error of git is an error here too: an unknown state is not
// safe.
func checkNotInGit(siteDir string, m seal.Master) error {
	unknown := func(err error) error {
		return fmt.Errorf("whether the master key is safe cannot be told: %w; or put the key into %s and take "+
			"the file away",
			err, KeyVariable)
	}
	all, err := patternsByRepo(siteDir)
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
				"take it out with git rm --cached, commit, and change the key with `portalgen "+
				"key rotate`", tracked, repo.Top)
		}
		// The site may have had another path in the repository earlier.
		past, err := repo.Past(append(patterns, git.Anywhere(keyDir))...)
		if err != nil {
			return unknown(err)
		}
		if holdsKey(past, m) {
			return fmt.Errorf("%w, in the repository %s, so everyone with it has had the key; "+
				"change it with `portalgen key rotate`, and give people and links new secrets: access reissue, "+
				"share revoke", ErrInHistory, repo.Top)
		}
	}
	return nil
}

// patternsByRepo returns for each repository the patterns of the files to look for in it.
func patternsByRepo(siteDir string) (map[git.Repo][]git.Pattern, error) {
	site, err := disk.RealPath(siteDir)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(site, keyDir)
	realDir, err := disk.RealPath(dir)
	if err != nil {
		return nil, err
	}
	key, err := disk.RealPath(filepath.Join(dir, keyFile))
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
			ignored, err := r.Except(filepath.Join(dir, ".gitignore"))
			return []git.Pattern{in, ignored}, err
		}
	}
	err = add(realDir, folder(realDir))
	if realDir != dir {
		err = errors.Join(err, add(site, folder(dir)))
	}
	if filepath.Dir(key) != realDir {
		ofCopies := func(r git.Repo) ([]git.Pattern, error) { return copies(r, key) }
		err = errors.Join(err, add(filepath.Dir(key), ofCopies))
	}
	return all, err
}

// copies returns patterns for a key file in another folder, and for the usual names of its copies.
// The other files of that folder may be under version control.
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

// holdsKey reports whether text contains the key, with line breaks at any place.
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
