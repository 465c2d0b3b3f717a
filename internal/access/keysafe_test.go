package access

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/git"
	"portalgen/internal/gittest"
	"portalgen/internal/seal"
)

func commitAll(t *testing.T, dir string, names ...string) {
	t.Helper()
	gittest.Run(t, dir, append([]string{"add", "-f", "--"}, names...)...)
	gittest.Run(t, dir, "commit", "-qm", "x")
}

// A site with a key, in a folder of a repository.
func siteInGit(t *testing.T) (top, site string, m seal.Master) {
	t.Helper()
	top = t.TempDir()
	site = filepath.Join(top, "clients", "site")
	check(t, os.MkdirAll(site, 0o755))
	m = makeKey(t, site)
	gittest.Run(t, top, "init", "-q", "-b", "main")
	check(t, os.WriteFile(filepath.Join(site, "readme"), []byte("x"), 0o600))
	commitAll(t, top, "clients/site/readme")
	return top, site, m
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	check(t, err)
	check(t, os.MkdirAll(filepath.Dir(to), 0o700))
	check(t, os.WriteFile(to, text, 0o600))
}

func TestAKeyThatGitHas(t *testing.T) {
	t.Parallel()
	const key = "clients/site/.portalgen/key"
	link := func(t *testing.T, from, to string) {
		check(t, os.MkdirAll(filepath.Dir(to), 0o700))
		check(t, os.Rename(from, to))
		check(t, os.Symlink(to, from))
	}
	tests := []struct {
		name string
		does func(t *testing.T, top, site string)
		want string // "" where the key is safe
	}{
		{"not tracked", func(t *testing.T, top, _ string) { gittest.Run(t, top, "add", ".") }, ""},
		{"what tells git to leave the folder alone", func(t *testing.T, top, _ string) {
			commitAll(t, top, "clients/site/.portalgen/.gitignore")
		}, ""},
		{"added", func(t *testing.T, top, _ string) { gittest.Run(t, top, "add", "-f", key) }, "git tracks " + key},
		{"key.old", func(t *testing.T, top, site string) {
			copyFile(t, filepath.Join(top, key), filepath.Join(top, key+".old"))
			commitAll(t, top, key+".old")
		}, "git tracks " + key + ".old"},
		{"a copy of an editor's", func(t *testing.T, top, site string) {
			copyFile(t, filepath.Join(top, key), filepath.Join(top, "clients/site/.portalgen/#key~1"))
			commitAll(t, top, "clients/site/.portalgen/#key~1")
		}, "git tracks clients/site/.portalgen/#key~1"},
		{"in history", func(t *testing.T, top, _ string) {
			commitAll(t, top, key)
			gittest.Run(t, top, "rm", "-q", "--cached", key)
			gittest.Run(t, top, "commit", "-qm", "gone")
		}, "history"},
		{"in history, under another name", func(t *testing.T, top, site string) {
			copyFile(t, filepath.Join(top, key), filepath.Join(top, key+".bak"))
			commitAll(t, top, key+".bak")
			gittest.Run(t, top, "rm", "-q", key+".bak")
			gittest.Run(t, top, "commit", "-qm", "gone")
		}, "history"},
		{"in history, from where the site was before", func(t *testing.T, top, _ string) {
			copyFile(t, filepath.Join(top, key), filepath.Join(top, "old/.PortalGen/key"))
			commitAll(t, top, "old/.PortalGen/key")
			gittest.Run(t, top, "rm", "-q", "old/.PortalGen/key")
			gittest.Run(t, top, "commit", "-qm", "gone")
		}, "history"},
		{"a repository with its files elsewhere", func(t *testing.T, top, site string) {
			commitAll(t, top, key)
			gittest.Run(t, top, "config", "core.worktree", filepath.Join(top, "clients", "site"))
		}, "core.worktree"},
		{"another one in history", func(t *testing.T, top, site string) {
			commitAll(t, top, key)
			gittest.Run(t, top, "rm", "-q", "--cached", key)
			gittest.Run(t, top, "commit", "-qm", "gone")
			check(t, os.Remove(filepath.Join(top, key)))
			makeKey(t, site)
		}, ""},
		{"the folder is a link to one that is tracked", func(t *testing.T, top, site string) {
			link(t, filepath.Join(site, keyDir), filepath.Join(top, "secrets"))
			commitAll(t, top, "secrets/key")
		}, "git tracks secrets/key"},
		{"the folder is a link into another repository", func(t *testing.T, top, site string) {
			other := t.TempDir()
			gittest.Run(t, other, "init", "-q")
			link(t, filepath.Join(site, keyDir), filepath.Join(other, "secrets"))
			commitAll(t, other, "secrets/key")
		}, "git tracks secrets/key"},
		{"the key is a link to a file that is tracked", func(t *testing.T, top, site string) {
			link(t, filepath.Join(site, keyDir, keyFile), filepath.Join(top, "portal.key"))
			commitAll(t, top, "portal.key")
		}, "git tracks portal.key"},
		{"the key is a link, and a copy beside it is tracked", func(t *testing.T, top, site string) {
			link(t, filepath.Join(site, keyDir, keyFile), filepath.Join(top, "portal.key"))
			copyFile(t, filepath.Join(top, "portal.key"), filepath.Join(top, "portal.key.bak"))
			commitAll(t, top, "portal.key.bak")
		}, "git tracks portal.key.bak"},
		{"the key is a link, and something else beside it is tracked", func(t *testing.T, top, site string) {
			link(t, filepath.Join(site, keyDir, keyFile), filepath.Join(top, "portal.key"))
			copyFile(t, filepath.Join(site, "readme"), filepath.Join(top, "portal.keys"))
			commitAll(t, top, "portal.keys")
		}, ""},
		{"an inner repository", func(t *testing.T, _, site string) {
			gittest.Run(t, site, "init", "-q")
			commitAll(t, site, ".portalgen/key")
		}, "git tracks .portalgen/key"},
		{"a repository of the folder's own", func(t *testing.T, _, site string) {
			gittest.Run(t, filepath.Join(site, keyDir), "init", "-q")
			commitAll(t, filepath.Join(site, keyDir), "key")
		}, "git tracks key"},
		{"the outer of two repositories", func(t *testing.T, top, site string) {
			gittest.Run(t, top, "add", "-f", key)
			gittest.Run(t, site, "init", "-q")
		}, "git tracks " + key},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			top, site, _ := siteInGit(t)
			tt.does(t, top, site)
			_, err := LoadMaster(site, "", "")
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// A key that stands in history can be changed, and is safe then.
func TestAKeyInHistoryCanBeChanged(t *testing.T) {
	t.Parallel()
	top, site, m := siteInGit(t)
	commitAll(t, top, "clients/site/.portalgen/key")
	gittest.Run(t, top, "rm", "-q", "--cached", "clients/site/.portalgen/key")
	gittest.Run(t, top, "commit", "-qm", "gone")
	got, err := LoadMaster(site, "", "")
	if !errors.Is(err, ErrInHistory) || !got.Equal(m) {
		t.Fatalf("got %v", err)
	}
	none := func() ([]string, error) { return nil, nil }
	_, err = KeyChange{SiteDir: site, Master: got, Clients: none}.Run()
	check(t, err)
	if now, err := LoadMaster(site, "", ""); err != nil || now.Equal(m) {
		t.Errorf("after the change: %v", err)
	}
}

// Where git does not answer, nothing is sealed under a key that may be everybody's, and the
// message says what to do.
func TestAKeyOfWhichGitDoesNotTell(t *testing.T) {
	_, site, m := siteInGit(t)
	t.Setenv("PATH", t.TempDir())
	_, err := LoadMaster(site, "", "")
	if !errors.Is(err, git.ErrUnknown) || !strings.Contains(err.Error(), "install git") || !strings.Contains(err.Error(), KeyVariable) {
		t.Errorf("got %v", err)
	}
	check(t, os.Remove(filepath.Join(site, keyDir, keyFile)))
	if got, err := LoadMaster(site, "", m.Reveal()); err != nil || !got.Equal(m) {
		t.Errorf("out of the variable: %v", err)
	}
	if _, err := LoadMaster(t.TempDir(), "", m.Reveal()); err != nil {
		t.Errorf("outside of a repository: %v", err)
	}
}

// An access file that would cost the parser gigabytes is refused at its line.
func TestDeepAccessFile(t *testing.T) {
	t.Parallel()
	_, err := Parse("one", []byte("version = 1\n["+strings.Repeat("a.", 32<<10)+"a]\n"))
	if err == nil || !strings.Contains(err.Error(), "more than 16 parts") || !strings.Contains(err.Error(), "one.toml:2") {
		t.Errorf("got %v", err)
	}
}
