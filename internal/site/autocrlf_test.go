package site_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/gittest"
	"portalgen/internal/site"
)

// committed commits the files of a folder, and returns the repository.
func committed(t *testing.T, dir string) string {
	t.Helper()
	made := filepath.Join(t.TempDir(), "git")
	at := []string{"--git-dir=" + made, "--work-tree=" + dir}
	for _, args := range [][]string{
		{"init", "-q"}, {"-c", "core.autocrlf=false", "add", "-A"}, {"commit", "-q", "-m", "all"},
	} {
		gittest.Run(t, dir, append(at, args...)...)
	}
	return made
}

// clone clones a repository; with autocrlf true, as git on Windows does.
func clone(t *testing.T, repository, autocrlf string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "clone")
	gittest.Run(t, repository, "clone", "-q", "-c", "core.autocrlf="+autocrlf, repository, to)
	return to
}

// sameBytes reports each file of got that is another in want, and returns how many there are.
func sameBytes(t *testing.T, want, got string) (n int) {
	t.Helper()
	err := filepath.WalkDir(got, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".git" {
				return fs.SkipDir
			}
			return err
		}
		n++
		rel, err := filepath.Rel(got, name)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if was, err := os.ReadFile(filepath.Join(want, rel)); err != nil || !bytes.Equal(was, text) {
			t.Errorf("%s has other bytes in the clone (%v)", rel, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A new site has the same bytes wherever it is cloned, and so do the files that it hands over.
func TestSiteIsTheSameWithCarriageReturns(t *testing.T) {
	t.Parallel()
	gittest.Require(t)
	dir := t.TempDir()
	if _, err := site.Init(dir, site.Start{Today: civil.Date{Year: 2026, Month: 11, Day: 20}, Example: true}); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"acme/plan.txt": "one\ntwo\n", "acme/deep/list.csv": "one;two\r\nthree\r\n", "acme/mixed.md": "one\ntwo\r\n",
	} {
		name = filepath.Join(dir, "data", "clients", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	to := clone(t, committed(t, dir), "true")
	if n := sameBytes(t, dir, to); n < 8 {
		t.Errorf("%d files were cloned", n)
	}
	text, err := os.ReadFile(filepath.Join(to, "data", "provider.toml"))
	if err != nil || strings.Contains(string(text), "\r") {
		t.Errorf("lines end with CR LF (%v)", err)
	}
}

// This repository too.
func TestRepositoryIsTheSameWithCarriageReturns(t *testing.T) {
	t.Parallel()
	gittest.Require(t)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if n := sameBytes(t, root, clone(t, committed(t, root), "true")); n < 500 {
		t.Errorf("%d files were cloned", n)
	}
}
