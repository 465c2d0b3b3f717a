// Package git asks git whether certain files are in its index or its history, and nothing else.
// Whoever can write a .git above the site controls its settings, so the package runs only commands
// that read:
//
//   - The commands are config, rev-parse, ls-files, rev-list, diff-tree for the names of
//     objects, and cat-file. Whatever the settings say, they run no hook, filter, pager, editor
//     or signature program. log, status and diff would.
//   - They could still fetch missing objects, by a command that the repository names. So a
//     repository with such settings is refused, no protocol is allowed, and newer versions of
//     git are told not to fetch at all.
//   - Git's own refusal to work in a repository of another user stays in force.
//   - The settings of the machine and the user apply, since they name the trusted
//     repositories of other users.
//   - The caller's variables GIT_* do not reach git, and each answer has a time limit.
//   - Grafts, replacements and the commit-graph file are ignored, since they could hide a part
//     of the history.
//   - A repository whose files are not in the folder of its .git is refused.
//
// The package must not know what the files are, nor what to do if git has them.
package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// timeout is the greatest time for one question.
var timeout = 20 * time.Second

// ErrUnknown is wrapped by the error if git gives no answer.
var ErrUnknown = errors.New("git cannot be asked")

// A Repo is a repository on this machine.
type Repo struct {
	// Top is the folder with the repository's .git and its files.
	Top string
}

// testVariables are further environment variables for git, set by tests.
var testVariables []string

// Above returns the repositories that may contain files of the folder dir, the innermost first. dir
// must be absolute and without symbolic links.
func Above(dir string) ([]Repo, error) {
	var all []Repo
	for {
		is, err := isTop(dir)
		if err != nil {
			return nil, err
		}
		if is {
			all = append(all, Repo{Top: dir})
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return all, nil
		}
		dir = parent
	}
}

// isTop reports whether git would take dir for the top of a repository: its .git is a file or a
// folder with a HEAD; or dir is itself such a folder, as in a bare repository, which Tracked and
// Past refuse.
func isTop(dir string) (bool, error) {
	info, err := os.Stat(filepath.Join(dir, ".git"))
	if err == nil && info.IsDir() {
		_, err = os.Lstat(filepath.Join(dir, ".git", "HEAD"))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return isStore(dir)
	}
	return err == nil, err
}

// isStore reports whether git would take dir itself for the folder with a repository's objects and
// settings.
func isStore(dir string) (bool, error) {
	for _, name := range []string{"HEAD", "objects", "refs"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
			return false, err
		}
	}
	return true, nil
}

// A Pattern names files, as paths or with the wildcards of git.
type Pattern string

// File returns the pattern of one file. All patterns ignore case, since some file systems do.
func (r Repo) File(path string) (Pattern, error) { return r.pattern("", path, "") }

// Below returns the pattern of all files in a folder, at any depth. It does not match a file with
// the name of the folder.
func (r Repo) Below(path string) (Pattern, error) { return r.pattern("", path, "/**") }

// Anywhere returns the pattern of all files in every folder of that name, at any depth.
func Anywhere(name string) Pattern { return Pattern(":(icase,glob)**/" + plain(name) + "/**") }

// plain escapes the characters of a path that are wildcards of git.
func plain(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// Except returns the pattern that excludes one file from the files of other patterns.
func (r Repo) Except(path string) (Pattern, error) { return r.pattern("exclude,", path, "") }

func (r Repo) pattern(magic, path, end string) (Pattern, error) {
	rel, err := filepath.Rel(r.Top, path)
	if err != nil {
		return "", err
	}
	named := plain(filepath.ToSlash(rel))
	if rel == "." {
		named, end = "**", ""
	}
	return Pattern(":(" + magic + "icase,glob)" + named + end), nil
}

// Tracked returns the path, relative to Top, of one file in the index that the patterns match, or
// "". If git gives no answer, the error wraps ErrUnknown and says what to do.
func (r Repo) Tracked(patterns ...Pattern) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := r.requireUsable(ctx); err != nil {
		return "", err
	}
	out, err := r.ask(ctx, nil, append([]string{
		"ls-files", "-z", "--cached", "--no-recurse-submodules", "--",
	}, texts(patterns)...)...)
	first, _, _ := bytes.Cut(out, []byte{0})
	return string(first), err
}

// Past returns the contents of all files that the patterns match, in every commit that is reachable
// from a branch, a tag, another name, or an entry of a reflog. The contents follow one another,
// with bytes of git between them; nil if there is no such file. In a shallow clone it searches only
// the commits that exist here. The errors are as for Tracked.
func (r Repo) Past(patterns ...Pattern) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := r.requireUsable(ctx); err != nil {
		return nil, err
	}
	// Without --full-history git omits files that were added and removed on a merged branch.
	commits, err := r.ask(ctx, nil, append([]string{
		"rev-list", "--all", "--reflog", "--full-history", "--",
	}, texts(patterns)...)...)
	if err != nil || len(commits) == 0 {
		return nil, err
	}
	// With a pattern that begins with a wildcard, rev-list --objects would search no folder.
	changes, err := r.ask(ctx, commits, append([]string{
		"diff-tree", "--stdin", "--no-commit-id", "--root", "-m", "-r", "--raw", "-z", "--no-abbrev", "--no-renames",
		"--no-ext-diff", "--no-textconv", "--ignore-submodules", "--",
	}, texts(patterns)...)...)
	if err != nil {
		return nil, err
	}
	return r.ask(ctx, []byte(strings.Join(blobs(string(changes)), "\n")), "cat-file", "--batch")
}

// changeForm matches the text before each path in a raw diff: two modes, two objects and a letter.
var changeForm = regexp.MustCompile(`^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$`)

// blobs returns the object ids of the contents in a raw diff, each once. A mode that begins with 1
// is a file or a link, but with 16 a submodule.
func blobs(changes string) []string {
	var all []string
	for part := range strings.SplitSeq(changes, "\x00") {
		m := changeForm.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		for side := range 2 {
			if mode := m[1+side]; strings.HasPrefix(mode, "1") && !strings.HasPrefix(mode, "16") {
				all = append(all, m[3+side])
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func texts(patterns []Pattern) []string {
	var all []string
	for _, p := range patterns {
		all = append(all, string(p))
	}
	return all
}

// requireUsable returns an error if the repository cannot answer about the files below Top.
func (r Repo) requireUsable(ctx context.Context) error {
	if err := r.requireComplete(ctx); err != nil {
		return err
	}
	return r.requireFilesBelowTop(ctx)
}

// requireFilesBelowTop returns an error if the files of the repository are not the files below Top: core.worktree
// names another folder, or the repository is bare.
func (r Repo) requireFilesBelowTop(ctx context.Context) error {
	if store, err := isStore(r.Top); err != nil || store {
		return r.unknown("it is a repository without files of its own", "keep the site outside of it", err)
	}
	out, err := r.ask(ctx, nil, "rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	named := strings.TrimSuffix(string(out), "\n")
	is, err := os.Stat(filepath.FromSlash(named))
	if err != nil {
		return r.unknown(err.Error(), "mend the repository", err)
	}
	top, err := os.Stat(r.Top)
	if err != nil {
		return r.unknown(err.Error(), "mend the repository", err)
	}
	if !os.SameFile(is, top) {
		return r.unknown("its files are those of another folder, "+named, "take core.worktree out of its settings", nil)
	}
	return nil
}

// requireComplete returns an error if the repository would fetch missing objects while it is read.
func (r Repo) requireComplete(ctx context.Context) error {
	out, err := r.ask(ctx, nil, "config", "--null", "--name-only", "--get-regexp",
		`^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$`)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && len(out) == 0 {
		return nil // no such setting
	}
	if err != nil {
		return err
	}
	const why = "it is a partial clone, which fetches what is missing while it is read"
	return r.unknown(why, "make a full clone of it", nil)
}

// ask runs a git command in the repository with the input in, and returns its output.
func (r Repo) ask(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, r.unknown("the program git is not on this machine", "install git", err)
	}
	c := exec.CommandContext(ctx, program, append([]string{
		"--no-pager", "--no-replace-objects", "-C", r.Top,
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.allow=never",
		"-c", "core.commitGraph=false",
	}, args...)...)
	c.Env = append(environment(os.Environ(), r.Top), testVariables...)
	c.WaitDelay = time.Second // a program that git started may keep the output open
	var out, stderr bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), &out, &stderr
	err = c.Run()
	text := stderr.String()
	complaint := complaintIn(text)
	switch {
	case err == nil && complaint == "":
		return out.Bytes(), nil
	case ctx.Err() != nil:
		return nil, r.unknown(fmt.Sprintf("it has not answered in %v", timeout), "see why git is slow there", ctx.Err())
	case strings.Contains(text, "dubious ownership") || strings.Contains(text, "unsafe repository"):
		return nil, r.unknown("it belongs to another user, so git does not read it",
			fmt.Sprintf("if you trust it, run git config --global --add "+
				"safe.directory %q", filepath.ToSlash(r.Top)), err)
	}
	if err != nil {
		complaint = cmp.Or(complaint, err.Error())
	}
	return out.Bytes(), r.unknown(complaint, "mend the repository", err)
}

// complaintIn returns the first line of git's output that is an error. Git can print an error and
// still exit with 0, for example if it cannot read a folder of a sparse index.
func complaintIn(stderr string) string {
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "fatal: ") || strings.HasPrefix(line, "error: ") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

func (r Repo) unknown(why, do string, err error) error {
	return &unknown{fmt.Sprintf("git cannot be asked about the repository %s: %s; %s", r.Top, why, do), err}
}

// unknown is an error that matches ErrUnknown. Its text says why, and what to do.
type unknown struct {
	text  string
	cause error
}

func (u *unknown) Error() string        { return u.text }
func (u *unknown) Is(target error) bool { return target == ErrUnknown }
func (u *unknown) Unwrap() error        { return u.cause }

// environment returns the variables for git: those of env that do not begin with GIT_, and those
// set here.
func environment(env []string, top string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(strings.ToUpper(name), "GIT_")
	})
	return append(env,
		"LC_ALL=C", // messages are parsed
		"GIT_CEILING_DIRECTORIES="+filepath.Dir(top),     // no repository above this one
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", // nothing is fetched; the first needs git 2.44
		"GIT_GRAFT_FILE="+os.DevNull,
		"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_PAGER=cat",
	)
}
