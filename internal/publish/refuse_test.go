package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBeginRefuses(t *testing.T) {
	home := filepath.Join(t.TempDir(), "people", "ann")
	must(t, os.MkdirAll(home, 0o755))
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o644))
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(home, link))
	tests := []struct{ name, dir, words string }{
		{"nothing", "", "no folder is named"},
		{"root", string(filepath.Separator), "root of the file system"},
		{"home", home, "home folder"},
		{"above home", filepath.Dir(home), "home folder"},
		{"a link to home", link, "home folder"},
		{"a file", file, "it is a file"},
		{"below a file", filepath.Join(file, "public"), "not a directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Begin(tt.dir, isOwn)
			refused(t, err, tt.words)
		})
	}
	for _, name := range []string{"public", "..public"} {
		mustPublish(t, filepath.Join(home, name), site)
	}
}

func TestBeginFollowsALink(t *testing.T) {
	dir, link := t.TempDir(), filepath.Join(t.TempDir(), "public")
	must(t, os.Symlink(dir, link))
	mustPublish(t, link, site)
	same(t, "folder", read(t, dir), site)
}

func TestTwoStagesAtOnce(t *testing.T) {
	dir := t.TempDir()
	first, err := Begin(dir, isOwn)
	must(t, err)
	must(t, first.Add("index.html", []byte("first")))
	_, err = Begin(dir, isOwn)
	refused(t, err, "another build", dir)
	if !errors.Is(err, ErrBusy) {
		t.Errorf("%v is not ErrBusy", err)
	}
	_, err = first.Commit()
	must(t, err)
	mustPublish(t, dir, tree{"index.html": "second"})
	same(t, "folder", read(t, dir), tree{"index.html": "second"})
}

func TestBeginSweepsWhatWasLeft(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, tree{stagingPrefix + "123/new/acme/index.html": "half"})
	mustPublish(t, dir, site)
	same(t, "folder", read(t, dir), site)
}

func TestAddRefusesPaths(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{
		"", ".", "..", "/", "/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a/", "a//b", "a/./b",
		`a\b`, `..\x`, "a\x00b", stagingPrefix + "1/new/x",
	} {
		t.Run(path, func(t *testing.T) {
			s, err := Begin(dir, isOwn)
			must(t, err)
			defer s.Abort()
			refused(t, s.Add(path, nil))
			if len(s.files) != 0 {
				t.Errorf("the path was taken: %v", s.files)
			}
		})
	}
}

func TestAddTwice(t *testing.T) {
	s, err := Begin(t.TempDir(), isOwn)
	must(t, err)
	defer s.Abort()
	must(t, s.Add("a/b", []byte("x")))
	must(t, s.Add("a/b", []byte("x")))
	refused(t, s.Add("a/b", []byte("y")), `"a/b"`, "other bytes")
}

func TestFileAndFolderOfOneName(t *testing.T) {
	for name, paths := range map[string][]string{"file first": {"a/b", "a/b/c"}, "folder first": {"a/b/c", "a/b"}} {
		t.Run(name, func(t *testing.T) {
			_, err := publishInOrder(t.TempDir(), paths)
			refused(t, err, "a/b")
		})
	}
	t.Run("file unchanged", func(t *testing.T) {
		dir := t.TempDir()
		mustPublish(t, dir, tree{"a/b": "a/b"})
		_, err := publishInOrder(dir, []string{"a/b", "a/b/c"})
		refused(t, err, "is a file")
	})
	t.Run("folder unchanged", func(t *testing.T) {
		dir := t.TempDir()
		mustPublish(t, dir, tree{"a/b/c": "a/b/c"})
		_, err := publishInOrder(dir, []string{"a/b/c", "a/b"})
		refused(t, err, "is a folder")
	})
	t.Run("appeared later", func(t *testing.T) {
		s, err := Begin(t.TempDir(), isOwn)
		must(t, err)
		defer s.Abort()
		must(t, s.Add("a/b", nil))
		s.files["a/b/c"] = 0
		_, err = s.Commit()
		refused(t, err, `"a/b"`, "as a file and as a folder")
	})
}

func publishInOrder(dir string, paths []string) (Result, error) {
	s, err := Begin(dir, isOwn)
	if err != nil {
		return Result{}, err
	}
	defer s.Abort()
	for _, p := range paths {
		if err := s.Add(p, []byte(p)); err != nil {
			return Result{}, err
		}
	}
	return s.Commit()
}

func TestScopeRefuses(t *testing.T) {
	for _, name := range []string{"", ".", "..", "a/b", "/", `a\b`} {
		t.Run(name, func(t *testing.T) {
			_, err := publish(t.TempDir(), nil, name)
			refused(t, err, "top-level folder")
		})
	}
}

func TestForeignFoldersAreNotTakenOver(t *testing.T) {
	tests := []struct {
		name   string
		beside tree
		add    string
		words  string // of the error; none where it is allowed
	}{
		{"a page of someone else", tree{"acme/index.html": "theirs"}, "acme/index.html", "acme"},
		{"files of someone else", tree{"acme/x.txt": "theirs"}, "acme/index.html", "acme"},
		{"a root of someone else", tree{"index.html": "theirs"}, "index.html", "something else"},
		{"our own", tree{"acme/index.html": mark + "old"}, "acme/index.html", ""},
		{"our own root", tree{"index.html": mark + "old", "x": "theirs"}, "index.html", ""},
		{"no root yet", tree{"x": "theirs"}, "index.html", ""},
		{"further down", tree{"acme/index.html": mark, "acme/t/index.html": "any"}, "acme/t/index.html", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, tt.beside)
			_, err := publish(dir, tree{tt.add: mark + "new"}, "nothing")
			if tt.words == "" {
				must(t, err)
				same(t, "folder", read(t, dir), tt.beside.with(tree{tt.add: mark + "new"}))
				return
			}
			refused(t, err, tt.words)
			same(t, "folder", read(t, dir), tt.beside)
		})
	}
	t.Run("an empty folder", func(t *testing.T) {
		dir := t.TempDir()
		must(t, os.Mkdir(filepath.Join(dir, "acme"), 0o755))
		mustPublish(t, dir, site)
		same(t, "folder", read(t, dir), site)
	})
}

func TestSymlinksAreNotFollowed(t *testing.T) {
	elsewhere := tree{"index.html": mark + "acme", "t1/index.html": "theirs", "x": "theirs"}
	link := func(t *testing.T, dir, at string) string {
		t.Helper()
		target := t.TempDir()
		lay(t, target, elsewhere)
		must(t, os.RemoveAll(filepath.Join(dir, at)))
		must(t, os.Symlink(target, filepath.Join(dir, at)))
		return target
	}
	for _, at := range []string{"acme", "acme/t1", "assets", "assets/" + hash1} {
		t.Run("a folder to write to: "+at, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, site)
			target := link(t, dir, at)
			before := read(t, dir)
			_, err := publish(dir, site)
			refused(t, err, "is a symlink", filepath.FromSlash(at))
			same(t, "folder", read(t, dir), before)
			same(t, "elsewhere", read(t, target), elsewhere)
		})
	}
	for _, at := range []string{"acme", "acme/t1", "acme/more", "assets", "assets/" + hash1} {
		t.Run("a folder to prune: "+at, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, site)
			target := link(t, dir, at)
			mustPublish(t, dir, tree{"index.html": "root"})
			same(t, "elsewhere", read(t, target), elsewhere)
		})
	}
	t.Run("a folder to prune in a portal that stays", func(t *testing.T) {
		dir := t.TempDir()
		mustPublish(t, dir, site)
		target := link(t, dir, "acme/more")
		mustPublish(t, dir, site)
		same(t, "folder", read(t, dir), site)
		same(t, "elsewhere", read(t, target), elsewhere)
	})
	t.Run("a file", func(t *testing.T) {
		dir := t.TempDir()
		mustPublish(t, dir, site)
		target := filepath.Join(link(t, t.TempDir(), "acme"), "t1", "index.html")
		must(t, os.WriteFile(target, []byte(site["acme/t1/index.html"]), 0o644))
		must(t, os.Remove(filepath.Join(dir, "acme/t1/index.html")))
		must(t, os.Symlink(target, filepath.Join(dir, "acme/t1/index.html")))
		same(t, "result", mustPublish(t, dir, site), Result{Written: 1, Unchanged: 7})
		same(t, "folder", read(t, dir), site)
	})
	t.Run("it appears after the file was added", func(t *testing.T) {
		dir := t.TempDir()
		mustPublish(t, dir, site)
		s, err := Begin(dir, isOwn)
		must(t, err)
		defer s.Abort()
		must(t, s.Add("acme/t1/index.html", []byte("new")))
		target := link(t, dir, "acme")
		_, err = s.Commit()
		refused(t, err, "is a symlink")
		same(t, "elsewhere", read(t, target), elsewhere)
	})
}
