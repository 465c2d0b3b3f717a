package pipeline_test

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/access"
	"portalgen/internal/gate"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

func TestFilesOfAPortal(t *testing.T) {
	t.Parallel()
	b := load(t, folder(t, clients("acmedental")), pipeline.Options{})
	p, ps := b.Portal("acmedental")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for file, text := range p.Files {
		if !gate.IsGate(text) {
			t.Errorf("there is no gate at %s", file)
		}
		for _, plain := range []string{"acmedental", "Client", "Maria", "Booking", "booking", "On the way"} {
			if strings.Contains(string(text)+file, plain) {
				t.Errorf("%s shows %q", file, plain)
			}
		}
	}
	// Home, a commitment and a note; promises, notes, people, history, privacy and everything.
	if len(p.Files) != 9 || p.Files[p.Folder+"/index.html"] == nil {
		t.Errorf("%d files, in %s", len(p.Files), p.Folder)
	}
}

func TestFriendlyFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{site.ClientFile("a"): clientFile("A", `portal = "acme"`)})
	p, ps := load(t, dir, pipeline.Options{}).Portal("a")
	if ps.Err() != nil || p.Folder != "acme" || p.Files["acme/index.html"] == nil {
		t.Errorf("%v, %v", p, ps)
	}
}

// The same input gives the same bytes, whatever the machine's zone, how many work at
// a time and in which order. Another process builds it elsewhere.
func TestTheSameBytes(t *testing.T) {
	t.Parallel()
	const elsewhere = "PORTALGEN_TEST_ELSEWHERE"
	keyed := pipeline.Options{Keys: keyring.PreviewKeys{Master: access.SampleMaster()}} // the same in both
	if dir, out, is := strings.Cut(os.Getenv(elsewhere), "\n"); is {
		b := load(t, dir, keyed)
		for _, id := range []string{"f", "d", "c", "b", "a"} {
			publishInto(t, b, out, id)
		}
		return
	}
	files := clients("a", "b", "c", "d")
	files[site.ClientFile("f")] = clientFile("F", "portal = \"fern\"\ntimezone = \"Asia/Tokyo\"")
	dir, out := folder(t, files), filepath.Join(t.TempDir(), "public")
	publishInto(t, load(t, dir, keyed), out)

	other := filepath.Join(t.TempDir(), "public")
	there := exec.Command(os.Args[0], "-test.run=^TestTheSameBytes$")
	there.Env = append(os.Environ(), elsewhere+"="+dir+"\n"+other, "TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "GOMAXPROCS=1")
	if said, err := there.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if diff := cmp.Diff(tree(t, out), tree(t, other)); diff != "" {
		t.Errorf("bytes differ (-want +got):\n%.2000s", diff)
	}
	if r := publishInto(t, load(t, dir, keyed), out); r.Written != 0 || r.Removed != 0 {
		t.Errorf("nothing has changed, and yet %+v", r)
	}
}

func TestAnEditChangesItsPagesAlone(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	write(t, dir, map[string]string{site.ClientFile("a"): strings.Replace(clientFile("Client a", ""), "It books", "It books fast", 1)})
	// The commitment's own page, and the one that holds everything.
	if r := publishInto(t, b, out, "a"); r.Written != 2 || r.Removed != 0 {
		t.Errorf("two pages have changed, and %+v", r)
	}
}

func TestAClientThatIsGoneIsPruned(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		ids  []string
	}{{"by a build of all", nil}, {"by a build of that client", []string{"a"}}} {
		t.Run(tt.name, func(t *testing.T) {
			dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
			write(t, out, map[string]string{"CNAME": "portal.example", "blog/index.html": "mine", "blog/post.html": "mine"})
			b := load(t, dir, pipeline.Options{})
			publishInto(t, b, out)
			a, ps := b.Portal("a")
			if ps.Err() != nil {
				t.Fatal(ps)
			}
			before := tree(t, out)
			remove(t, dir, site.ClientFile("a"))
			if r := publishInto(t, b, out, tt.ids...); r.Removed != 9 || r.Written != 0 {
				t.Errorf("%+v", r)
			}
			maps.DeleteFunc(before, func(name, _ string) bool { return strings.HasPrefix(name, a.Folder+"/") })
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("more or less than the client is gone (-want +got):\n%.2000s", diff)
			}
		})
	}
}

// A portal whose name changes leaves the old one.
func TestAPortalThatMoves(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("A", `portal = "one"`)})
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("A", `portal = "two"`)})
	publishInto(t, b, out, "a")
	files := tree(t, out)
	if _, ok := files["two/index.html"]; !ok {
		t.Error("it is not at the new place")
	}
	if _, ok := files["one/index.html"]; ok {
		t.Error("it is still at the old place")
	}
}

func TestNothingIsPublishedWhereOneIsBroken(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b", "c")), filepath.Join(t.TempDir(), "public")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	before := tree(t, out)
	write(t, dir, map[string]string{
		site.ClientFile("a"): clientFile("Another", ""),
		site.ClientFile("b"): strings.Replace(clientFile("Client b", ""), `did = "promise"`, `did = "promis"`, 1),
	})
	_, ps := b.Build(t.Context(), out, nil, nil)
	errs := ps.Errors()
	if len(errs) != 1 || errs[0].File != site.ClientFile("b") || errs[0].Line == 0 || !strings.Contains(errs[0].Text, "promis") {
		t.Errorf("problems %+v", errs)
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("something was published (-want +got):\n%.2000s", diff)
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, ps := load(t, dir, pipeline.Options{}).Build(ctx, out, nil, nil)
	if p := one(t, ps, "interrupted"); !strings.Contains(p.Message, "canceled") {
		t.Errorf("it says %q", p.Message)
	}
	if files := tree(t, out); len(files) > 0 {
		t.Errorf("published %v", slices.Collect(maps.Keys(files)))
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	b := load(t, folder(t, clients("a", "b", "c")), pipeline.Options{})
	if _, ps := b.Build(t.Context(), t.TempDir(), nil, func() { n.Add(1) }); ps.Err() != nil {
		t.Fatal(ps)
	}
	if n.Load() != 3 {
		t.Errorf("%d clients are told as done", n.Load())
	}
}

func TestNobodyHasAccess(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), t.TempDir(), nil, nil)
	if p := one(t, ps, "nobody-has-access"); !strings.Contains(p.Hint, "access add a") {
		t.Errorf("it says %+v", p)
	}
	write(t, dir, clients("b", "c", "d"))
	_, ps = load(t, dir, pipeline.Options{}).Build(t.Context(), t.TempDir(), nil, nil)
	if p := one(t, ps, "nobody-has-access"); !strings.Contains(p.Message, "4 of the portals: a, b, c, …") {
		t.Errorf("it says %+v", p)
	}
	_, ps = load(t, dir, pipeline.Options{Keys: keyring.PreviewKeys{Master: seal.NewMaster()}}).Build(t.Context(), t.TempDir(), nil, nil)
	if len(ps) > 0 {
		t.Errorf("in a preview: %v", ps)
	}
}

func TestExists(t *testing.T) {
	t.Parallel()
	b := load(t, folder(t, clients("a")), pipeline.Options{})
	if !b.Exists("a") || b.Exists("zed") {
		t.Error("who exists is not told")
	}
	samples := load(t, t.TempDir(), pipeline.Options{Samples: true})
	if !samples.Exists("lowtide") || samples.Exists("a") {
		t.Error("which samples exist is not told")
	}
}

// The output cannot be used: an error that says so, and no panic.
func TestOutputThatIsAFile(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	write(t, dir, map[string]string{"public": "a file"})
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), filepath.Join(dir, "public"), nil, nil)
	one(t, ps, "output")
}
