package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestCommit(t *testing.T) {
	tests := []struct {
		name   string
		before tree // published by an earlier build
		beside tree // put there by someone else
		add    tree
		scope  []string
		want   tree
		result Result
	}{
		{
			name: "first time", add: site, want: site,
			result: Result{Written: 8},
		},
		{
			name: "nothing changed", before: site, add: site, want: site,
			result: Result{Unchanged: 8},
		},
		{
			name: "one file of the same size", before: site,
			add:    site.with(tree{"acme/t1/index.html": mark + "acme T1"}),
			want:   site.with(tree{"acme/t1/index.html": mark + "acme T1"}),
			result: Result{Written: 1, Unchanged: 7},
		},
		{
			name: "a new page and a new portal", before: site,
			add:    site.with(tree{"acme/t3/index.html": "t3", "cove/index.html": mark, "cove/t1/index.html": "c"}),
			want:   site.with(tree{"acme/t3/index.html": "t3", "cove/index.html": mark, "cove/t1/index.html": "c"}),
			result: Result{Written: 3, Unchanged: 8},
		},
		{
			name: "a portal goes", before: site, add: site.without("bolt/"), want: site.without("bolt/"),
			result: Result{Unchanged: 6, Removed: 2},
		},
		{
			name: "a page goes", before: site, add: site.without("acme/t2/"), want: site.without("acme/t2/"),
			result: Result{Unchanged: 7, Removed: 1},
		},
		{
			name: "assets under a new hash", before: site,
			add:    site.without("assets/").with(tree{"assets/" + hash2 + "/app.js": "js2"}),
			want:   site.without("assets/").with(tree{"assets/" + hash2 + "/app.js": "js2"}),
			result: Result{Written: 1, Unchanged: 7, Removed: 1},
		},
		{
			name: "no assets any more", before: site, add: site.without("assets/"), want: site.without("assets/"),
			result: Result{Unchanged: 7, Removed: 1},
		},
		{
			name: "everything goes but the root", before: site, add: tree{"index.html": "root"},
			want:   tree{"index.html": "root", "_headers": "/*"},
			result: Result{Unchanged: 1, Removed: 6},
		},
		{
			name: "other people's files stay", before: site, beside: foreign, add: tree{"index.html": "root"},
			want:   foreign.with(tree{"index.html": "root", "_headers": "/*"}),
			result: Result{Unchanged: 1, Removed: 6},
		},
		{
			name: "what someone put into a portal goes", before: site,
			beside: tree{"acme/x.txt": "x", "acme/deep/er/y.txt": "y", "assets/" + hash1 + "/old.js": "o"},
			add:    site, want: site,
			result: Result{Unchanged: 8, Removed: 3},
		},
		{
			name: "static files go beside other people's", beside: tree{"pictures/a.png": "a"},
			add:    tree{"pictures/b.png": "b"},
			want:   tree{"pictures/a.png": "a", "pictures/b.png": "b"},
			result: Result{Written: 1},
		},
		{
			name: "scope of one portal", before: site,
			add:    tree{"acme/index.html": mark + "acme", "acme/t2/index.html": mark + "new"},
			scope:  []string{"acme"},
			want:   site.without("acme/t1/").with(tree{"acme/t2/index.html": mark + "new"}),
			result: Result{Written: 1, Unchanged: 1, Removed: 1},
		},
		{
			name: "scope of a portal that went", before: site, scope: []string{"bolt"},
			want: site.without("bolt/"), result: Result{Removed: 2},
		},
		{
			name: "scope of what is not there or not ours", before: site, beside: foreign,
			scope: []string{"blog", "pictures", "nowhere", "notes.txt"}, want: site.with(foreign),
		},
		{
			name: "scope of assets", before: site, beside: foreign, scope: []string{"assets"},
			want: site.with(foreign).without("assets/" + hash1), result: Result{Removed: 1},
		},
		{
			name: "an empty file", add: tree{"empty": ""}, want: tree{"empty": ""},
			result: Result{Written: 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, tt.before)
			lay(t, dir, tt.beside)
			same(t, "result", mustPublish(t, dir, tt.add, tt.scope...), tt.result)
			same(t, "folder", read(t, dir), tt.want)
		})
	}
}

func TestModesAndFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public")
	mustPublish(t, dir, site)
	had := map[string]fs.FileInfo{}
	for name := range site {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		had[name] = info
	}
	mustPublish(t, dir, site.with(tree{"bolt/t1/index.html": "other"}))
	for name := range site {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		same(t, "mode of "+name, info.Mode(), 0o644)
		same(t, name+" was replaced", !os.SameFile(info, had[name]), name == "bolt/t1/index.html")
	}
	for _, name := range []string{".", "acme", "acme/t1", "assets", "assets/" + hash1} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		same(t, "mode of "+name, info.Mode().Perm(), 0o755)
	}
}

// TestOrder looks at the folder before each change that Commit makes.
func TestOrder(t *testing.T) {
	old := site.with(tree{"assets/index.html": "any", "assets/logo.svg": "old"})
	next := tree{"assets/index.html": "any", "assets/logo.svg": "new", "pictures/a.png": "new", "cove/index.html": mark, "cove/t1/index.html": "new", "assets/" + hash2 + "/app.js": "js2"}
	for name := range old.without("bolt/", "acme/t2/", "assets/") {
		next[name] = mark + "new " + name
	}
	next["index.html"] = "new root"
	dir := t.TempDir()
	mustPublish(t, dir, old)
	lay(t, dir, tree{"pictures/b.png": "theirs"})
	s, err := Begin(dir, isOwn)
	must(t, err)
	defer s.Abort()
	for name, data := range next {
		must(t, s.Add(name, []byte(data)))
	}
	steps := 0
	s.step = func() {
		steps++
		now := tree(read(t, dir))
		arrived, gone := countSame(now, next), 0
		for name := range old {
			if _, ok := now[name]; !ok {
				gone++
			}
		}
		if arrived > 1+2 && (now["assets/"+hash2+"/app.js"] == "" || now["assets/logo.svg"] == "old") {
			t.Errorf("step %d: other files came before the assets", steps)
		}
		if now["index.html"] == next["index.html"] && arrived < len(next) {
			t.Errorf("step %d: the root came before other files", steps)
		}
		if now["acme/index.html"] == next["acme/index.html"] &&
			now["acme/t1/index.html"] != next["acme/t1/index.html"] {
			t.Errorf("step %d: a portal's home came before its pages", steps)
		}
		if gone > 0 && arrived < len(next) {
			t.Errorf("step %d: pruned before all was there", steps)
		}
	}
	_, err = s.Commit()
	must(t, err)
	// One file is unchanged, cove goes there in one step, and three things are pruned.
	if want := len(next) - 2 + 3; steps != want {
		t.Errorf("%d steps, want %d", steps, want)
	}
	same(t, "folder", read(t, dir), next.with(tree{"pictures/b.png": "theirs"}))
}

func TestAddFromManyGoroutines(t *testing.T) {
	dir := t.TempDir()
	s, err := Begin(dir, isOwn)
	must(t, err)
	defer s.Abort()
	want := tree{}
	var wg sync.WaitGroup
	for i := range 200 {
		name, data := fmt.Sprintf("p%d/t%d/index.html", i%7, i%50), fmt.Sprint(i%7, i%50)
		want[name] = data
		wg.Go(func() {
			if err := s.Add(name, []byte(data)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	res, err := s.Commit()
	must(t, err)
	same(t, "result", res, Result{Written: len(want)})
	same(t, "folder", read(t, dir), want)
}

func TestAbort(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, site)
	s, err := Begin(dir, isOwn)
	must(t, err)
	must(t, s.Add("acme/index.html", []byte(mark+"other")))
	must(t, s.Abort())
	must(t, s.Abort())
	same(t, "folder", read(t, dir), site)
	refused(t, s.Add("x", nil), "closed")
	_, err = s.Commit()
	refused(t, err, "closed")
	if !errors.Is(err, errClosed) {
		t.Errorf("%v is not errClosed", err)
	}
}

// What Abort has moved aside is gone from the published folder, and whatever of it is left there is
// swept, while all else there stays.
func TestAbortMovesAside(t *testing.T) {
	for name, aside := range map[string]string{"a folder": t.TempDir(), "none": filepath.Join(t.TempDir(), "none")} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, site)
			s, err := Begin(dir, isOwn)
			must(t, err)
			s.Aside = aside
			for i := range 300 {
				must(t, s.Add(fmt.Sprintf("p%d/index.html", i), []byte(mark)))
			}
			must(t, s.Abort())
			same(t, "folder", read(t, dir), site)
			must(t, Sweep(aside))
		})
	}
	aside := t.TempDir()
	must(t, os.WriteFile(filepath.Join(aside, "key"), []byte("theirs"), 0o600))
	must(t, os.MkdirAll(filepath.Join(aside, stagingPrefix+"1", "tree", "p1"), 0o700))
	must(t, Sweep(aside))
	same(t, "aside", read(t, aside), tree{"key": "theirs"})
}

func TestCommitRefusesAfterAFailedAdd(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, site)
	s, err := Begin(dir, isOwn)
	must(t, err)
	defer s.Abort()
	refused(t, s.Add("../x", nil), `"../x"`)
	must(t, s.Add("index.html", []byte("new")))
	_, err = s.Commit()
	refused(t, err, "nothing was published", `"../x"`)
	must(t, s.Abort())
	same(t, "folder", read(t, dir), site)
}

// A part without a folder of its own prunes nothing, unlike a whole.
func TestPartOfNothing(t *testing.T) {
	dir := t.TempDir()
	before := tree{"acme/index.html": mark + "1", "assets/0123456789abcdef/a.js": "a"}
	mustPublish(t, dir, before)
	s, err := Begin(dir, isOwn)
	must(t, err)
	must(t, s.Add("robots.txt", []byte("none")))
	res, err := s.CommitPart(nil)
	must(t, err)
	same(t, "result", res, Result{Written: 1})
	same(t, "files", read(t, dir), before.with(tree{"robots.txt": "none"}))
}
