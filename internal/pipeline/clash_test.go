package pipeline_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

func named(id, portal string) map[string]string {
	return map[string]string{site.ClientFile(id): clientFile("Client "+id, `portal = "`+portal+`"`)}
}

// messages returns those of all errors, each with its file.
func messages(ps diag.Problems) []string {
	var all []string
	for _, p := range ps.Errors() {
		all = append(all, p.File+": "+p.Message)
	}
	return all
}

func TestTwoClientsWithOneName(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, clients("z")), filepath.Join(t.TempDir(), "public")
	b := load(t, dir, pipeline.Options{})
	publishInto(t, b, out)
	before := tree(t, out)
	for _, id := range []string{"c", "a", "b"} {
		write(t, dir, named(id, "acme"))
	}
	want := []string{
		`data/clients/b.toml: b has the same address as a: portal = "acme"`,
		`data/clients/c.toml: c has the same address as a: portal = "acme"`,
	}
	for range 5 { // whoever is ready first, the answer is one
		_, ps := b.Build(t.Context(), out, nil, nil)
		if diff := cmp.Diff(want, messages(ps)); diff != "" {
			t.Fatalf("build (-want +got):\n%s", diff)
		}
		ps, err := b.Check()
		if diff := cmp.Diff(want, messages(ps)); diff != "" || err != nil {
			t.Fatalf("check, %v (-want +got):\n%s", err, diff)
		}
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("something was published (-want +got):\n%.2000s", diff)
	}
}

// A build of one client must not take the address of another that it does not build.
func TestABuildOfOneDoesNotTakeAnothersName(t *testing.T) {
	t.Parallel()
	dir, out := folder(t, named("a", "acme")), filepath.Join(t.TempDir(), "public")
	first := load(t, dir, pipeline.Options{})
	publishInto(t, first, out)
	before := tree(t, out)
	write(t, dir, named("b", "acme"))
	for name, b := range map[string]*pipeline.Builder{"that has built the other": first, "that is new": load(t, dir, pipeline.Options{})} {
		_, ps := b.Build(t.Context(), out, []string{"b"}, nil)
		if diff := cmp.Diff([]string{`data/clients/b.toml: b has the same address as a: portal = "acme"`}, messages(ps)); diff != "" {
			t.Errorf("by a builder %s (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("something was published (-want +got):\n%.2000s", diff)
	}
	// What another one's file no longer says is free, even before that one is built.
	write(t, dir, named("a", "birch"))
	publishInto(t, first, out, "b")
	publishInto(t, first, out, "a")
	files := tree(t, out)
	for _, want := range []string{"acme/index.html", "birch/index.html"} {
		if _, ok := files[want]; !ok {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestOneClientNamedTwice(t *testing.T) {
	t.Parallel()
	dir := folder(t, named("a", "acme"))
	publishInto(t, load(t, dir, pipeline.Options{}), t.TempDir(), "a", "a")
}
