package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestModel publishes random sites one after the other, some of them in part, and
// compares the folder with what the rules in words would leave there.
func TestModel(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		dir := filepath.Join(base, fmt.Sprint(runs))
		lay(t, dir, foreign)
		model := foreign.with(nil)
		for range rapid.IntRange(1, 5).Draw(rt, "builds") {
			add := drawSite(rt)
			scope := rapid.SliceOfNDistinct(rapid.SampledFrom(portals), 0, 2, rapid.ID).Draw(rt, "scope")
			res, err := publish(dir, add, scope...)
			if err != nil {
				rt.Fatal(err)
			}
			next, removed := expect(model, add, scope)
			if want := len(add) - countSame(model, add); res.Written != want || res.Written+res.Unchanged != len(add) || res.Removed != removed {
				rt.Fatalf("result %+v, want %d written of %d and %d removed", res, want, len(add), removed)
			}
			model = next
			if got := read(t, dir); !equalTrees(got, model) {
				rt.Fatalf("got %v, want %v", got, model)
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			rt.Fatal(err)
		}
	})
}

var portals = []string{"acme", "bolt", "cove"}

// drawSite returns a site in which every portal has its index.html.
func drawSite(t *rapid.T) tree {
	files := tree{"index.html": rapid.StringMatching("[ab]").Draw(t, "root")}
	data := rapid.SampledFrom([]string{"", "a", "b", "cc"})
	for _, p := range portals {
		if !rapid.Bool().Draw(t, "has "+p) {
			continue
		}
		files[p+"/index.html"] = mark + data.Draw(t, "home")
		for _, name := range []string{"/t1/index.html", "/t2/index.html", "/t2/x/y", "/file"} {
			if rapid.Bool().Draw(t, "has "+name) {
				files[p+name] = data.Draw(t, "page")
			}
		}
	}
	files["assets/"+rapid.SampledFrom([]string{hash1, hash2}).Draw(t, "hash")+"/app.js"] = "js"
	return files
}

// expect returns what a build leaves of before, and how many files it removes.
func expect(before, add tree, scope []string) (after tree, removed int) {
	after = add.with(nil)
	for name, data := range before {
		if _, added := add[name]; added {
			continue
		}
		top, rest, _ := strings.Cut(name, "/")
		mine := slices.Contains(portals, top) ||
			top == "assets" && (strings.HasPrefix(rest, hash1) || strings.HasPrefix(rest, hash2))
		if mine && (len(scope) == 0 || slices.Contains(scope, top)) {
			removed++
			continue
		}
		after[name] = data
	}
	return after, removed
}

func countSame(a, b tree) int {
	n := 0
	for name, data := range b {
		if old, ok := a[name]; ok && old == data {
			n++
		}
	}
	return n
}

func equalTrees(a, b tree) bool { return len(a) == len(b) && countSame(a, b) == len(b) }
