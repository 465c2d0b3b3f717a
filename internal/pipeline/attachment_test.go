package pipeline_test

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

func TestAttachmentsArePublishedOnce(t *testing.T) {
	t.Parallel()
	dir, out := handing(t), t.TempDir()
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	first := tree(t, out)
	if len(attached(first)) != 2 {
		t.Fatalf("there are %q", attached(first))
	}
	for _, name := range attached(first) {
		if folder, rest, _ := strings.Cut(name, "/"); !strings.HasPrefix(rest, seal.FilesFolder+"/") || first[folder+"/index.html"] == "" {
			t.Errorf("%s is not among the files of a portal", name)
		}
		if n := len(first[name]); n != 2+12+4096+16 {
			t.Errorf("%s has %d bytes", name, n)
		}
	}
	if r := publishInto(t, load(t, dir, pipeline.Options{}), out); r.Written+r.Removed > 0 {
		t.Errorf("a second build has changed something: %+v", r)
	}

	// Another plan lies elsewhere, and only the pages that hand it over are others.
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 a plan, longer"})
	publishInto(t, b, out, "a")
	second := tree(t, out)
	var changed []string
	for name, text := range second {
		if first[name] != text {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	if gone := slices.DeleteFunc(attached(first), func(name string) bool { return second[name] != "" }); len(gone) != 1 || len(attached(second)) != 2 {
		t.Errorf("gone are %q, there are %q", gone, attached(second))
	}
	if len(changed) != 3 { // the page of files, Everything, and the plan
		t.Errorf("changed are %q", changed)
	}
}

// Whatever goes wrong with a file, it is one problem at its line, and nothing is
// published.
func TestAFileThatCannotBeAttached(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, file string)
		want  string
	}{
		"gone": {func(t *testing.T, file string) { must(t, os.Remove(file)) }, "there is no file"},
		"a folder": {func(t *testing.T, file string) {
			must(t, os.Remove(file))
			must(t, os.Mkdir(file, 0o755))
		}, "not a file"},
		"a link out": {func(t *testing.T, file string) {
			must(t, os.Remove(file))
			must(t, os.Symlink(filepath.Join(filepath.Dir(file), "../../../provider.toml"), file))
		}, "leads out of its folder"},
		"in a folder that is a link": {func(t *testing.T, file string) {
			own := filepath.Dir(filepath.Dir(file))
			must(t, os.Rename(own, filepath.Join(filepath.Dir(own), "elsewhere")))
			must(t, os.Symlink("elsewhere", own))
		}, "no folder of its own"},
		"too large": {func(t *testing.T, file string) { must(t, os.Truncate(file, seal.MaxFile+1)) }, "larger than 2 GiB"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, out := handing(t), t.TempDir()
			b := load(t, dir, pipeline.Options{})
			tt.spoil(t, filepath.Join(dir, "data/clients/a/plans/plan.pdf"))
			_, ps := b.Build(t.Context(), out, nil, nil)
			errs := ps.Errors()
			if len(errs) == 0 || errs[0].File != site.ClientFile("a") || errs[0].Line == 0 || !strings.Contains(errs[0].Message+errs[0].Hint, tt.want) {
				t.Errorf("got %v", errs)
			}
			if left := tree(t, out); len(left) > 0 {
				t.Errorf("published were %q", slices.Sorted(maps.Keys(left)))
			}
		})
	}
}

func TestAFileThatChangesMeanwhile(t *testing.T) {
	t.Parallel()
	dir := handing(t)
	p, ps := load(t, dir, pipeline.Options{}).Portal("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 A plan"})
	failed := 0
	for _, file := range p.Attached {
		if err := file.Seal(io.Discard); errors.Is(err, seal.ErrChanged) {
			failed++
		} else if err != nil {
			t.Error(err)
		}
	}
	if failed != 1 || len(p.Attached) != 2 {
		t.Errorf("of %d files %d were refused", len(p.Attached), failed)
	}
}

// A file that was replaced with its size and time kept is published with its new bytes where the
// system tells that it was changed; elsewhere it stops one build, and not the next.
func TestAFileThatLooksUntouched(t *testing.T) {
	t.Parallel()
	dir, out := handing(t), t.TempDir()
	plan := filepath.Join(dir, "data/clients/a/plans/plan.pdf")
	long := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(plan, long, long))
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	before := tree(t, out)
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 A plan"})
	must(t, os.Chtimes(plan, long, long))
	info, err := os.Stat(plan)
	must(t, err)
	if disk.StateOf(info).Changed != 0 {
		if r := publishInto(t, b, out); r.Written == 0 {
			t.Error("the new file is not published")
		}
		return
	}
	_, ps := b.Build(t.Context(), out, nil, nil)
	if p := one(t, ps, "attachment"); p.File != site.ClientFile("a") || p.Message != `"plans/plan.pdf" cannot be handed over: the file changed while it was read` {
		t.Errorf("got %v", p)
	}
	if after := tree(t, out); !maps.Equal(after, before) {
		t.Error("something was published all the same")
	}
	if r := publishInto(t, b, out); r.Written == 0 {
		t.Error("the new file is not published")
	}
}

// A file that is replaced while a build goes on is sealed in part, into the stage, before
// that is noticed. Whoever gets hold of the stage and of what was published must learn
// nothing: nowhere has one key stream gone over both files.
func TestWhatIsStagedOfAReplacedFileTellsNothing(t *testing.T) {
	t.Parallel()
	dir := handing(t)
	plan := filepath.Join(dir, "data/clients/a/plans/plan.pdf")
	b := load(t, dir, pipeline.Options{})
	draw := rand.NewChaCha8([32]byte{7})
	put := func(content []byte) { must(t, os.WriteFile(plan, content, 0o644)) }
	var p *pipeline.Portal
	sealed := func() (staged []byte, err error) {
		var out bytes.Buffer
		for _, file := range p.Attached {
			if file.Size() > 200_000 {
				err = file.Seal(&out)
			}
		}
		return out.Bytes(), err
	}
	before, after := make([]byte, 200_000), make([]byte, 200_000)
	_, _ = draw.Read(before) // never fails
	_, _ = draw.Read(after)
	put(before)
	var ps diag.Problems
	p, ps = b.Portal("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	published, err := sealed()
	if err != nil {
		t.Fatal(err)
	}
	put(after)
	staged, err := sealed()
	if !errors.Is(err, seal.ErrChanged) || len(staged) < 150_000 {
		t.Fatalf("%d bytes were staged, %v", len(staged), err)
	}
	xor := func(a, b []byte) []byte {
		out := make([]byte, min(len(a), len(b)))
		subtle.XORBytes(out, a, b)
		return out
	}
	both, plain := xor(published, staged), xor(before, after)
	for at := 0; at+64 <= len(plain); at += 64 {
		if bytes.Contains(both, plain[at:at+32]) {
			t.Fatalf("from byte %d of the file on one key stream has gone over both", at)
		}
	}
}

// An interim result is handed over once it was delivered, and not before.
func TestAnInterimResultIsHandedOverOnceItIsDelivered(t *testing.T) {
	t.Parallel()
	interim := func(moves string) string {
		return strings.Replace(clientFile("Client a", ""), "[[status]]", `  [[commitment.deliverable]]
  id = "plan"
  title = "The plan"
  due = 2026-11-25
  file = "plan.pdf"
`+moves+"[[status]]", 1)
	}
	for moves, want := range map[string]int{
		"": 0,
		`  moves = [{ on = 2026-11-10, by = "dev", did = "deliver" }]` + "\n":                                                                 1,
		`  moves = [{ on = 2026-11-10, by = "dev", did = "deliver" }, { on = 2026-11-11, by = "maria", did = "reject", note = "no" }]` + "\n": 1,
	} {
		dir, out := folder(t, map[string]string{site.ClientFile("a"): interim(moves), "data/clients/a/plan.pdf": "a plan"}), t.TempDir()
		publishInto(t, load(t, dir, pipeline.Options{}), out)
		if n := len(attached(tree(t, out))); n != want {
			t.Errorf("%d files were published, not %d, with %s", n, want, moves)
		}
	}
}

// Layouts of the site's own that leave a file out, wherever it could be had, are told of.
func TestAFileThatNoPageShows(t *testing.T) {
	t.Parallel()
	dir, out := handing(t), t.TempDir()
	write(t, dir, map[string]string{
		"layouts/_partials/where.html":      "<p>{{ with .file }}{{ . }}{{ end }}</p>",
		"layouts/_partials/part-files.html": "<p>{{ range .item.Items }}{{ .Title }}{{ end }}</p>",
	})
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), out, nil, nil)
	if p := one(t, ps, "attachment-on-no-page"); ps.Err() != nil || !strings.Contains(p.Message, "plans/plan.pdf") {
		t.Errorf("got %v", ps)
	}
	if n := len(attached(tree(t, out))); n != 1 {
		t.Errorf("%d files were published", n)
	}
}

// What is remembered of a file is forgotten as it changes.
func TestAnEditOfAFileIsSeen(t *testing.T) {
	t.Parallel()
	dir := handing(t)
	plan := filepath.Join(dir, "data/clients/a/plans/plan.pdf")
	b := load(t, dir, pipeline.Options{})
	paths := func() []string {
		p, ps := b.Portal("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		return slices.Sorted(maps.Keys(p.Attached))
	}
	long := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(plan, long, long))
	first := paths()
	if again := paths(); !slices.Equal(again, first) {
		t.Errorf("untouched, and now at %q", again)
	}
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 a plan, longer"})
	must(t, os.Chtimes(plan, long, long))
	if again := paths(); slices.Equal(again, first) {
		t.Error("a longer file is where the other was")
	}
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 A plan, longer"})
	second := paths()
	write(t, dir, map[string]string{"data/clients/a/plans/plan.pdf": "%PDF-1.7 B plan, longer"})
	if again := paths(); slices.Equal(again, second) {
		t.Error("a file of the same length, changed at once, is where the other was")
	}
}

// A sample is sealed under a public key. What the provider keeps in the folder of its
// name is never a part of it.
func TestASampleHandsOverItsOwnFilesAlone(t *testing.T) {
	t.Parallel()
	plain, swapped := sampleSite(t), sampleSite(t)
	write(t, swapped, map[string]string{"data/clients/two-ovens/floor-plan.pdf": "zqsecret of a real client"})
	outs := [2]string{t.TempDir(), t.TempDir()}
	for i, dir := range []string{plain, swapped} {
		publishInto(t, load(t, dir, pipeline.Options{Keys: noKey()}), outs[i], "two-ovens")
	}
	if a, b := attached(tree(t, outs[0])), attached(tree(t, outs[1])); len(a) != 2 || !slices.Equal(a, b) {
		t.Errorf("published were %q and %q", a, b)
	}
	if _, err := sample.Read("data/clients/two-ovens/floor-plan.pdf"); err != nil {
		t.Error(err)
	}
}
