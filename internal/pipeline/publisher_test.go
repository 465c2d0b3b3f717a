package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// broken is a client's file with a mistake.
const broken = "clint = \"Broken\"\n"

var everything = pipeline.Change{All: true}

func changed(ids ...string) pipeline.Change { return pipeline.Change{Clients: ids} }

// published takes up a change and returns what was done. It fails the test unless
// there are errors as wanted.
func published(t *testing.T, p *pipeline.Publisher, c pipeline.Change, wantErr bool) *pipeline.Published {
	t.Helper()
	done, ps := p.Publish(t.Context(), c, nil)
	if (ps.Err() != nil) != wantErr || wantErr && done != nil {
		t.Fatalf("%+v, %v", done, ps)
	}
	return done
}

// isOut reports whether the portal of a client is published.
func isOut(t *testing.T, b *pipeline.Builder, out, id string) bool {
	t.Helper()
	a, ps := b.Address(id)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	_, err := os.Stat(filepath.Join(out, a.Folder, "index.html"))
	return err == nil
}

func TestWhatCouldNotBePublishedIsLater(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b", "c")), filepath.Join(t.TempDir(), "public")
	write(t, dir, map[string]string{site.ClientFile("b"): broken})
	b := unloaded(t, dir, pipeline.Options{})
	p := pipeline.NewPublisher(b, out, nil)
	published(t, p, everything, true)
	write(t, dir, clients("b"))
	if done := published(t, p, changed("b"), false); done.Portals != 3 {
		t.Errorf("%d portals were built", done.Portals)
	}
	for _, id := range []string{"a", "b", "c"} {
		if !isOut(t, b, out, id) {
			t.Errorf("%s is not published", id)
		}
	}

	// From then on, what changes alone is built, and what failed with it.
	if done := published(t, p, changed("a"), false); done.Portals != 1 || done.Written != 0 {
		t.Errorf("an edit of one builds %+v", done)
	}
	write(t, dir, map[string]string{site.ClientFile("b"): broken, site.ClientFile("c"): clientFile("Client c, new", "")})
	published(t, p, changed("b", "c"), true)
	write(t, dir, clients("b"))
	if done := published(t, p, changed("b"), false); done.Portals != 2 || done.Written == 0 {
		t.Errorf("b is mended, and %+v", done)
	}
	if done := published(t, p, pipeline.Change{}, false); done != nil {
		t.Errorf("nothing has changed, and %+v", done)
	}
}

// Until the provider's file can be read, nothing is published and nothing forgotten.
func TestAProviderThatIsMendedLater(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	write(t, dir, map[string]string{site.ProviderFile: "name ="})
	b := unloaded(t, dir, pipeline.Options{})
	p := pipeline.NewPublisher(b, out, nil)
	published(t, p, everything, true)
	published(t, p, changed("a"), true)
	write(t, dir, map[string]string{site.ProviderFile: provider})
	if done := published(t, p, changed("a"), false); done.Portals != 2 {
		t.Errorf("%+v", done)
	}
	write(t, dir, map[string]string{site.ProviderFile: "name ="})
	published(t, p, everything, true)
	write(t, dir, map[string]string{site.ProviderFile: strings.Replace(provider, "North", "South", 1)})
	if done := published(t, p, changed("b"), false); done.Portals != 2 {
		t.Errorf("it was broken for a while, and %+v", done)
	}
}

func TestOnlyWhoIsNamedIsPublished(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b", "c")), filepath.Join(t.TempDir(), "public")
	b := unloaded(t, dir, pipeline.Options{})
	p := pipeline.NewPublisher(b, out, []string{"c"})
	if done := published(t, p, everything, false); done.Portals != 1 {
		t.Errorf("%+v", done)
	}
	write(t, dir, map[string]string{site.ClientFile("b"): broken})
	if done := published(t, p, changed("b"), false); done != nil {
		t.Errorf("an edit of b publishes %+v", done)
	}
	if done := published(t, p, changed("b", "c"), false); done == nil || done.Portals != 1 {
		t.Errorf("an edit of both publishes %+v", done)
	}
	published(t, p, everything, false)
	write(t, dir, clients("b"))
	if isOut(t, b, out, "a") || isOut(t, b, out, "b") || !isOut(t, b, out, "c") {
		t.Error("another one is published")
	}
}

// assetsOf returns the folders of scripts and styles in a published folder.
func assetsOf(t *testing.T, out string) []string {
	t.Helper()
	folders := map[string]bool{}
	for name := range tree(t, out) {
		if parts := strings.Split(name, "/"); parts[0] == "assets" {
			folders[parts[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

const accent = "[brand]\naccent = \"#123456\"\n"

// Portals that are not built again still need the scripts that they name.
func TestABuildOfOneLeavesTheOthersTheirAssets(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	publishInto(t, load(t, dir, pipeline.Options{}), out)
	old := assetsOf(t, out)
	write(t, dir, map[string]string{site.ProviderFile: provider + accent})
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out, "b")
	if now := assetsOf(t, out); len(now) != 2 || !slices.Contains(now, old[0]) {
		t.Errorf("assets %v, of which one was %v", now, old)
	}
	publishInto(t, b, out)
	if now := assetsOf(t, out); len(now) != 1 || now[0] == old[0] {
		t.Errorf("a build of all leaves %v", now)
	}
}

// Where an edit of one client meets assets that are not published, all are built.
func TestAssetsThatAreGoneConcernAll(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	b := unloaded(t, dir, pipeline.Options{})
	p := pipeline.NewPublisher(b, out, nil)
	published(t, p, everything, false)
	if err := os.RemoveAll(filepath.Join(out, "assets")); err != nil {
		t.Fatal(err)
	}
	if done := published(t, p, changed("a"), false); done.Portals != 2 || len(assetsOf(t, out)) != 1 {
		t.Errorf("%+v", done)
	}
}

// A fresh build of one client that now has a friendly name leaves no copy at the
// address that it had without.
func TestTheAddressWithoutAName(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("a", "b")), filepath.Join(t.TempDir(), "public")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	a, _ := b.Address("a")
	write(t, dir, named("a", "acme"))
	publishInto(t, load(t, dir, pipeline.Options{}), out, "a")
	if _, err := os.Stat(filepath.Join(out, a.Folder)); err == nil {
		t.Error("it is still at the old place")
	}
	if _, err := os.Stat(filepath.Join(out, "acme", "index.html")); err != nil {
		t.Error(err)
	}
	if !isOut(t, b, out, "b") {
		t.Error("another one is gone")
	}
}

func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	p := pipeline.NewPublisher(unloaded(t, folder(t, clients("a", "b")), pipeline.Options{}), t.TempDir(), nil)
	var said []int
	_, ps := p.Publish(t.Context(), everything, func(n int) (step, done func()) {
		said = append(said, n)
		return func() { said = append(said, 1) }, func() { said = append(said, 0) }
	})
	if ps.Err() != nil || !slices.Equal(said, []int{2, 1, 1, 0}) {
		t.Errorf("%v, %v", said, ps)
	}
}
