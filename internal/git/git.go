// Package git asks git whether certain files are in its index or its history, and nothing else.
// Whoever can write a .git above the site controls its settings, so only commands are run that
// read:
//
//   - The commands are config, rev-parse, ls-files, rev-list, diff-tree for the names of
//     objects, and cat-file. They run no hook, filter, pager, editor or signature program,
//     whatever the settings say; log, status and diff would.
//   - The one thing that they would do is to fetch objects that are missing, by a command
//     that the repository names. A repository that is set up for that is refused, no
//     protocol is allowed, and newer versions of git are told not to fetch at all.
//   - Git's own refusal to work in a repository of another user stays in force.
//   - The settings of the machine and the user apply, since they name the trusted
//     repositories of other users.
//   - No variable GIT_* of the caller reaches git, and an answer has a time limit.
//   - What would hide a part of the history is left out of account: grafts, replacements, and
//     the file that sums up the commits.
//   - A repository that has its files in another folder than the one that .git is in is refused.
//
// It must not know what the files are, nor what to do where git has them.
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

// timeout is how long one question may take.
var timeout = 20 * time.Second

// ErrUnknown is wrapped by the errors where git does not answer.
var ErrUnknown = errors.New("git cannot be asked")

// A Repo is a repository on this machine, with the folder that its files are in.
type Repo struct {
	// Top is the folder that holds .git.
	Top string
}

// testVariables are further environment variables for git, set by tests.
var testVariables []string

// Above returns the repositories whose files the folder dir may be among, the innermost
// first. dir is absolute and without symbolic links.
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

// isTop reports whether dir holds a .git that git would take for one: a file, or a folder
// with a HEAD; or dir is itself such a folder, as of a bare repository, which Tracked and Past
// refuse.
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

// isStore reports whether git would take dir itself for the folder of a repository's objects
// and settings.
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

// File is the pattern of one file. In every pattern the case of letters does not count,
// since there are file systems for which it does not.
func (r Repo) File(path string) (Pattern, error) { return r.pattern("", path, "") }

// Below is the pattern of all files in a folder, at any depth, and of no file of its name.
func (r Repo) Below(path string) (Pattern, error) { return r.pattern("", path, "/**") }

// Anywhere is the pattern of all files in any folder of that name, at any depth.
func Anywhere(name string) Pattern { return Pattern(":(icase,glob)**/" + plain(name) + "/**") }

// plain returns a path in which no letter is a wildcard of git's.
func plain(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// Except is the pattern that takes one file out of what others name.
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

// Tracked returns one file of the index that the patterns match, as a path from Top, or "".
// Where git does not answer the error wraps ErrUnknown, and its text says what to do.
func (r Repo) Tracked(patterns ...Pattern) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := r.usable(ctx); err != nil {
		return "", err
	}
	out, err := r.ask(ctx, nil, append([]string{
		"ls-files", "-z", "--cached", "--no-recurse-submodules", "--",
	}, texts(patterns)...)...)
	first, _, _ := bytes.Cut(out, []byte{0})
	return string(first), err
}

// Past returns what the files that the patterns name have held in any commit that a branch,
// a tag or another name leads to, or has led to as far as git has noted it: all of it, one after the other, with bytes of git's own
// between; nothing where there was no such file. Of a shallow clone only the commits that are
// here are searched. The error is as that of Tracked.
func (r Repo) Past(patterns ...Pattern) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	// Without --full-history git leaves out what came and went on a branch that was merged.
	commits, err := r.ask(ctx, nil, append([]string{"rev-list", "--all", "--reflog", "--full-history", "--"}, texts(patterns)...)...)
	if err != nil || len(commits) == 0 {
		return nil, err
	}
	// rev-list --objects would look into no folder for what begins with a wildcard.
	changes, err := r.ask(ctx, commits, append([]string{
		"diff-tree", "--stdin", "--no-commit-id", "--root", "-m", "-r", "--raw", "-z", "--no-abbrev", "--no-renames",
		"--no-ext-diff", "--no-textconv", "--ignore-submodules", "--",
	}, texts(patterns)...)...)
	if err != nil {
		return nil, err
	}
	return r.ask(ctx, []byte(strings.Join(blobs(string(changes)), "\n")), "cat-file", "--batch")
}

// changeForm matches what stands before each path in the raw form of a difference: two modes,
// two objects and a letter.
var changeForm = regexp.MustCompile(`^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$`)

// blobs returns the contents that a raw difference names, each once; 1 begins the mode of a
// file or a link, 16 that of a submodule.
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

// usable refuses a repository that cannot be asked about the files below Top.
func (r Repo) usable(ctx context.Context) error {
	if err := r.complete(ctx); err != nil {
		return err
	}
	return r.around(ctx)
}

// around refuses a repository whose files are not those below Top: core.worktree names another
// folder, or it is a repository without files.
func (r Repo) around(ctx context.Context) error {
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

// complete refuses a repository that fetches what is missing while it is read.
func (r Repo) complete(ctx context.Context) error {
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

// ask runs a git command in the repository with this input, and returns its output.
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
	c.WaitDelay = time.Second // a program that git has started may keep its output open
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

// complaintIn returns the first line with an error of git. git can print an error and still
// exit with 0, such as where it cannot read a folder of a sparse index.
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

// unknown is an ErrUnknown whose text says why and what to do.
type unknown struct {
	text  string
	cause error
}

func (u *unknown) Error() string        { return u.text }
func (u *unknown) Is(target error) bool { return target == ErrUnknown }
func (u *unknown) Unwrap() error        { return u.cause }

// environment returns the variables for git: those of env that do not begin with GIT_, and
// those of this package.
func environment(env []string, top string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(strings.ToUpper(name), "GIT_")
	})
	return append(env,
		"LC_ALL=C", // messages are parsed
		"GIT_CEILING_DIRECTORIES="+filepath.Dir(top),     // no repository above this one
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", // nothing is fetched; the first is of git 2.44
		"GIT_GRAFT_FILE="+os.DevNull,
		"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_PAGER=cat",
	)
}
