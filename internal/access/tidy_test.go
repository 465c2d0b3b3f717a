package access

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/seal"
)

// names returns what lies in a folder of the site.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// left puts into a site what killed commands leave, and what is somebody's own.
func left(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{
		".portalgen/.key.17.tmp", ".portalgen/.key.old.5.tmp", ".portalgen/key-change.part/key", ".portalgen/key-change/one.after",
		"data/access/.one.toml.99.tmp", ".portalgen/key.mine", "data/access/.mine.tmp",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(path), 0o700))
		check(t, os.WriteFile(path, []byte("x"), 0o600))
	}
}

// It runs alone: a process that another test starts holds every open lock until it is there.
func TestWhatKilledCommandsLeaveIsSwept(t *testing.T) {
	next := map[string]func(dir string, m seal.Master) error{
		"a change of access": func(dir string, m seal.Master) error {
			return Update(dir, "one", m, func(*Client) error { return nil })
		},
		"reading the key": func(dir string, _ seal.Master) error { _, err := LoadMaster(dir, "", ""); return err },
	}
	for name, command := range next {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			m := makeKey(t, dir)
			left(t, dir)
			check(t, command(dir, m))
			keys := names(t, filepath.Join(dir, keyDir))
			if got := strings.Join(keys, " "); got != ".gitignore key key.mine lock" {
				t.Errorf("in %s: %s", keyDir, got)
			}
			files := slices.DeleteFunc(names(t, filepath.Join(dir, "data", "access")), func(name string) bool { return name == "one.toml" })
			if got := strings.Join(files, " "); got != ".mine.tmp" {
				t.Errorf("in data/access: %s", got)
			}
		})
	}
}

// What another process is writing at this moment is not taken for a leftover.
func TestNothingIsSweptUnderSomebodysHands(t *testing.T) {
	dir, m := keyed(t)
	c := start(t, dir, "change the key")
	c.inside(t)
	if _, err := LoadMaster(dir, "", ""); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, keyDir, preparing)); err != nil {
		t.Errorf("what is being prepared is gone: %v", err)
	}
	c.release(t)
	c.succeeds(t)
	if now, err := LoadMaster(dir, "", ""); err != nil || now.Equal(m) {
		t.Errorf("the change did not happen: %v", err)
	}
}

// A file that was made the provider's alone by hand stays so.
func TestPermissionsOfAnAccessFileStay(t *testing.T) {
	t.Parallel()
	dir, m := keyed(t)
	path := filePath(dir, "one")
	for _, mode := range []fs.FileMode{0o600, 0o640} {
		check(t, os.Chmod(path, mode))
		check(t, Update(dir, "one", m, func(c *Client) error { c.Rotate(); return nil }))
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%04o became %v, %v", mode, info.Mode(), err)
		}
	}
}
