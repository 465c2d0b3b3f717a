package publish

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mark is what the tests' own index.html files begin with.
const mark = "<!-- ours -->"

func isOwn(html []byte) bool { return bytes.HasPrefix(html, []byte(mark)) }

// A tree is the files of a folder: slash path to bytes.
type tree map[string]string

func (t tree) with(more tree) tree {
	sum := tree{}
	for _, part := range []tree{t, more} {
		for name, data := range part {
			sum[name] = data
		}
	}
	return sum
}

// lay writes t into dir by other means than this package.
func lay(t testing.TB, dir string, files tree) {
	t.Helper()
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, []byte(data), 0o644))
	}
}

// read returns what dir holds. A folder without entries is a path that ends in a
// slash, a symlink's bytes are "-> " and its target.
func read(t testing.TB, dir string) tree {
	t.Helper()
	found := tree{}
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			inside, err := os.ReadDir(name)
			if len(inside) == 0 && rel != "." {
				found[rel+"/"] = ""
			}
			return err
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			found[rel] = "-> " + target
			return err
		}
		data, err := os.ReadFile(name)
		found[rel] = string(data)
		return err
	}))
	return found
}

// commit publishes a part where there is a scope, else all.
func commit(s *Stage, scope []string) (Result, error) {
	if len(scope) > 0 {
		return s.CommitPart(scope)
	}
	return s.Commit()
}

// publish runs a whole build of files into dir.
func publish(dir string, files tree, scope ...string) (Result, error) {
	s, err := Begin(dir, isOwn)
	if err != nil {
		return Result{}, err
	}
	defer s.Abort()
	for name, data := range files {
		if err := s.Add(name, []byte(data)); err != nil {
			return Result{}, err
		}
	}
	return commit(s, scope)
}

func mustPublish(t testing.TB, dir string, files tree, scope ...string) Result {
	t.Helper()
	res, err := publish(dir, files, scope...)
	must(t, err)
	return res
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}

func refused(t testing.TB, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", words)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error %q does not say %q", err, w)
		}
	}
}

const (
	hash1 = "0123456789abcdef"
	hash2 = "fedcba9876543210aa"
)

// site is a published site with two portals.
var site = tree{
	"index.html":                  "root",
	"_headers":                    "/*",
	"acme/index.html":             mark + "acme",
	"acme/t1/index.html":          mark + "acme t1",
	"acme/t2/index.html":          mark + "acme t2",
	"bolt/index.html":             mark + "bolt",
	"bolt/t1/index.html":          mark + "bolt t1",
	"assets/" + hash1 + "/app.js": "js",
}

// foreign is what someone else put beside it.
var foreign = tree{
	"notes.txt":             "keep",
	"blog/index.html":       "not ours",
	"blog/post/index.html":  "not ours",
	"pictures/a.png":        "png",
	"assets/logo.svg":       "svg",
	"assets/fonts/a.woff":   "woff",
	"assets/0123456789/x":   "short name",
	".well-known/some/file": "x",
}

func (t tree) without(prefixes ...string) tree {
	rest := t.with(nil)
	for name := range rest {
		for _, p := range prefixes {
			if strings.HasPrefix(name, p) {
				delete(rest, name)
			}
		}
	}
	return rest
}
