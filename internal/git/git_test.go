package git

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/gittest"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(name), 0o755))
	check(t, os.WriteFile(name, []byte(text), 0o600))
}

// folder returns a real path, as Above wants it.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	return dir
}

func repo(t *testing.T) Repo {
	t.Helper()
	dir := folder(t)
	gittest.Run(t, dir, "init", "-q", "-b", "main")
	write(t, filepath.Join(dir, "first"), "first")
	commit(t, dir, "first")
	return Repo{Top: dir}
}

func commit(t *testing.T, dir, name string) {
	t.Helper()
	gittest.Run(t, dir, "add", "-f", name)
	gittest.Run(t, dir, "commit", "-qm", name)
}

// holds asks about everything in the folder secret but secret/not, and whether "the key" is
// among what was there.
func holds(t *testing.T, r Repo) (tracked string, history bool, err error) {
	t.Helper()
	in, err := r.Below(filepath.Join(r.Top, "secret"))
	check(t, err)
	but, err := r.Except(filepath.Join(r.Top, "secret", "not"))
	check(t, err)
	tracked, err = r.Tracked(in, but)
	past, pastErr := r.Past(in, but)
	if (err == nil) != (pastErr == nil) {
		t.Errorf("of now git says %v, of before %v", err, pastErr)
	}
	return tracked, strings.Contains(string(past), "the key"), errors.Join(err, pastErr)
}

func TestHolds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		does    func(t *testing.T, r Repo)
		tracked string
		history bool
	}{
		{"nothing", func(*testing.T, Repo) {}, "", false},
		{"no commit", func(t *testing.T, r Repo) {
			check(t, os.RemoveAll(filepath.Join(r.Top, ".git")))
			gittest.Run(t, r.Top, "init", "-q")
		}, "", false},
		{"not tracked", func(t *testing.T, r Repo) { write(t, filepath.Join(r.Top, "secret", "key"), "the key") }, "", false},
		{"what is left out", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "not"), "the key")
			commit(t, r.Top, "secret/not")
		}, "", false},
		{"a file of the folder's name", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret"), "x")
			commit(t, r.Top, "secret")
		}, "", false},
		{"added", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "a", "key"), "the key")
			gittest.Run(t, r.Top, "add", "-f", "secret/a/key")
		}, "secret/a/key", false},
		{"in other letters", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "Secret", "KEY"), "the key")
			commit(t, r.Top, "Secret/KEY")
		}, "Secret/KEY", true},
		{"another one before", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "key"), "another")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "rm", "-q", "secret/key")
			gittest.Run(t, r.Top, "commit", "-qm", "gone")
		}, "", false},
		{"removed again", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "key"), "the key")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "rm", "-q", "--cached", "secret/key")
			gittest.Run(t, r.Top, "commit", "-qm", "gone")
		}, "", true},
		{"came and went on a branch that was merged", func(t *testing.T, r Repo) {
			gittest.Run(t, r.Top, "checkout", "-qb", "side")
			write(t, filepath.Join(r.Top, "secret", "key"), "the key")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "rm", "-q", "secret/key")
			gittest.Run(t, r.Top, "commit", "-qm", "gone")
			gittest.Run(t, r.Top, "checkout", "-q", "main")
			write(t, filepath.Join(r.Top, "other"), "x")
			commit(t, r.Top, "other")
			gittest.Run(t, r.Top, "merge", "-q", "--no-edit", "side")
			gittest.Run(t, r.Top, "branch", "-q", "-D", "side")
		}, "", true},
		{"on another branch", func(t *testing.T, r Repo) {
			gittest.Run(t, r.Top, "checkout", "-qb", "side")
			write(t, filepath.Join(r.Top, "secret", "key"), "the key")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "checkout", "-q", "main")
		}, "", true},
		{"in a commit that was amended", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "key"), "the key")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "rm", "-q", "--cached", "secret/key")
			gittest.Run(t, r.Top, "commit", "-q", "--amend", "--allow-empty", "-m", "amended")
		}, "", true},
		{"behind a graft", func(t *testing.T, r Repo) {
			write(t, filepath.Join(r.Top, "secret", "key"), "the key")
			commit(t, r.Top, "secret/key")
			gittest.Run(t, r.Top, "rm", "-q", "--cached", "secret/key")
			gittest.Run(t, r.Top, "commit", "-qm", "gone")
			check(t, os.RemoveAll(filepath.Join(r.Top, ".git", "logs")))
			head, err := exec.Command("git", "-C", r.Top, "rev-parse", "HEAD").Output()
			check(t, err)
			write(t, filepath.Join(r.Top, ".git", "info", "grafts"), string(head))
		}, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := repo(t)
			tt.does(t, r)
			tracked, history, err := holds(t, r)
			if tracked != tt.tracked || history != tt.history || err != nil {
				t.Errorf("got %q, %v, %v; want %q, %v", tracked, history, err, tt.tracked, tt.history)
			}
		})
	}
}

func TestNamesAreNoPatterns(t *testing.T) {
	t.Parallel()
	r := repo(t)
	write(t, filepath.Join(r.Top, "ab"), "x")
	write(t, filepath.Join(r.Top, "a*"), "x")
	gittest.Run(t, r.Top, "add", "ab")
	for name, want := range map[string]string{"a*": "", "a[b]": "", "a?": "", "ab": "ab"} {
		p, err := r.File(filepath.Join(r.Top, name))
		check(t, err)
		if got, err := r.Tracked(p); got != want || err != nil {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestAbove(t *testing.T) {
	t.Parallel()
	outer := repo(t)
	inner := filepath.Join(outer.Top, "in", "ner")
	write(t, filepath.Join(inner, "deep", "file"), "x")
	gittest.Run(t, inner, "init", "-q")
	check(t, os.MkdirAll(filepath.Join(outer.Top, "in", ".git"), 0o755)) // empty: no repository
	all, err := Above(filepath.Join(inner, "deep"))
	check(t, err)
	var tops []string
	for _, r := range all {
		tops = append(tops, r.Top)
	}
	if want := []string{inner, outer.Top}; !slices.Equal(tops, want) {
		t.Errorf("got %q, want %q", tops, want)
	}
}

// A repository that somebody else has put there: its index stands for a folder, whose tree
// is missing, and what is missing is fetched by a command of theirs.
func planted(t *testing.T) (r Repo, proof string) {
	t.Helper()
	r = repo(t)
	proof = filepath.Join(folder(t), "ran")
	write(t, filepath.Join(r.Top, "data", "deep", "x"), "x")
	write(t, filepath.Join(r.Top, "top"), "x")
	gittest.Run(t, r.Top, "add", "top", "data")
	gittest.Run(t, r.Top, "commit", "-qm", "data")
	out, err := exec.Command("git", "-C", r.Top, "rev-parse", "HEAD:data").Output()
	check(t, err)
	tree := strings.TrimSpace(string(out))
	gittest.Run(t, r.Top, "sparse-checkout", "init", "--cone", "--sparse-index")
	check(t, os.Remove(filepath.Join(r.Top, ".git", "objects", tree[:2], tree[2:])))
	for name, value := range map[string]string{
		"core.repositoryformatversion": "1",
		"extensions.partialClone":      "origin",
		"remote.origin.promisor":       "true",
		"remote.origin.url":            r.Top,
		"remote.origin.uploadpack":     "touch '" + proof + "'; git-upload-pack",
		"core.sshCommand":              "touch '" + proof + "'",
		"core.fsmonitor":               "touch '" + proof + "'",
		"core.pager":                   "touch '" + proof + "'",
		"log.showSignature":            "true",
		"gpg.program":                  "touch '" + proof + "'",
	} {
		gittest.Run(t, r.Top, "config", name, value)
	}
	return r, proof
}

func ran(proof string) bool {
	_, err := os.Lstat(proof)
	return err == nil
}

func TestNothingRuns(t *testing.T) {
	t.Parallel()
	r, proof := planted(t)
	// The trap works: asked plainly, git does run the command.
	_ = exec.Command("git", "-C", r.Top, "-c", "core.fsmonitor=false", "ls-files", "--error-unmatch", "--", "data/deep/x").Run()
	if !ran(proof) {
		t.Fatal("the trap does not work, so that this test would prove nothing")
	}
	check(t, os.Remove(proof))

	_, _, err := holds(t, r)
	if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "partial clone") || !strings.Contains(err.Error(), r.Top) {
		t.Errorf("got %v", err)
	}
	// Without that refusal the rest of the settings still keep git from it.
	for _, args := range [][]string{
		{"ls-files", "-z", "--cached", "--no-recurse-submodules", "--", ":(icase,glob)data/deep/**"},
		{"rev-list", "--all", "--reflog", "--full-history", "--", ":(icase,glob)data/deep/**"},
		{"diff-tree", "--root", "-m", "-r", "--raw", "HEAD", "--", ":(icase,glob)data/deep/**"},
	} {
		if _, err := r.ask(t.Context(), nil, args...); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: got %v", args[0], err)
		}
	}
	if ran(proof) {
		t.Error("a command of the repository's was run")
	}
}

func TestAnotherOwnersRepositoryIsNotRead(t *testing.T) {
	r := repo(t)
	testVariables = []string{"GIT_TEST_ASSUME_DIFFERENT_OWNER=1"}
	t.Cleanup(func() { testVariables = nil })
	_, _, err := holds(t, r)
	if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "another user") || !strings.Contains(err.Error(), "safe.directory") {
		t.Errorf("got %v", err)
	}
}

func TestABrokenRepositoryIsNoAnswer(t *testing.T) {
	t.Parallel()
	r := repo(t)
	check(t, os.WriteFile(filepath.Join(r.Top, ".git", "index"), []byte("no index"), 0o600))
	if _, err := r.Tracked(":(glob)**"); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "mend the repository") {
		t.Errorf("a broken index: %v", err)
	}
	outer := repo(t)
	inner := filepath.Join(outer.Top, "inner")
	write(t, filepath.Join(inner, ".git"), "gitdir: nowhere\n")
	if _, _, err := holds(t, Repo{Top: inner}); !errors.Is(err, ErrUnknown) {
		t.Errorf("a .git that leads nowhere: %v", err)
	}
}

// A repository whose files are not those beside its .git holds other files than it would be
// asked for, so its answer is none.
func TestARepositoryOfOtherFilesIsNoAnswer(t *testing.T) {
	t.Parallel()
	bare := folder(t)
	gittest.Run(t, bare, "init", "-q", "--bare")
	gittest.Run(t, bare, "config", "core.bare", "false")
	gittest.Run(t, bare, "config", "core.worktree", filepath.Join(bare, "site"))
	write(t, filepath.Join(bare, "site", "secret", "key"), "the key")
	moved := repo(t)
	gittest.Run(t, moved.Top, "config", "core.worktree", filepath.Dir(moved.Top))
	for name, tt := range map[string]struct{ dir, want string }{
		"a repository's own folder":   {filepath.Join(bare, "site"), "keep the site outside of it"},
		"the files of a folder above": {moved.Top, "take core.worktree out"},
	} {
		all, err := Above(tt.dir)
		check(t, err)
		if len(all) == 0 {
			t.Errorf("%s: no repository is found", name)
			continue
		}
		if _, _, err := holds(t, all[0]); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// What a repository of its own has in another folder is its own: a linked work tree and a
// submodule are asked as any other.
func TestALinkedWorkTreeIsAsked(t *testing.T) {
	t.Parallel()
	r := repo(t)
	linked := filepath.Join(folder(t), "linked")
	gittest.Run(t, r.Top, "worktree", "add", "-q", linked)
	write(t, filepath.Join(linked, "secret", "key"), "the key")
	commit(t, linked, "secret/key")
	if tracked, history, err := holds(t, Repo{Top: linked}); tracked != "secret/key" || !history || err != nil {
		t.Errorf("got %q, %v, %v", tracked, history, err)
	}
}

func TestWithoutGit(t *testing.T) {
	r := repo(t)
	t.Setenv("PATH", t.TempDir())
	if _, _, err := holds(t, r); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "install git") {
		t.Errorf("got %v", err)
	}
}

func TestTheCallersVariablesDoNotReachGit(t *testing.T) {
	t.Parallel()
	got := environment([]string{"HOME=/h", "GIT_DIR=/x", "git_config_count=1", "GIT_CONFIG_PARAMETERS='a'"}, "/site")
	for _, v := range got {
		if strings.Contains(v, "/x") || strings.HasPrefix(strings.ToUpper(v), "GIT_CONFIG") {
			t.Errorf("git gets %s", v)
		}
	}
	for _, want := range []string{"HOME=/h", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_GRAFT_FILE=" + os.DevNull, "GIT_CEILING_DIRECTORIES=/"} {
		if !slices.Contains(got, want) {
			t.Errorf("git does not get %s", want)
		}
	}
}

// A program in git's place that never ends.
func TestGitThatDoesNotAnswer(t *testing.T) {
	r := repo(t)
	was := timeout
	timeout = 1
	t.Cleanup(func() { timeout = was })
	if _, _, err := holds(t, r); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "has not answered in") {
		t.Errorf("got %v", err)
	}
	if was < 1e9 || was > 60e9 {
		t.Errorf("git has %v", was)
	}
}
