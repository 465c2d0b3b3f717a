package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// What was published is behind the files that have changed since, and not where only their times have,
// or where nobody knows.
func TestWhatIsPublishedIsBehind(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a", "b"))
	out := filepath.Join(dir, "public")
	b := load(t, dir, pipeline.Options{Published: out})
	want := func(when string, shared bool, ids ...string) {
		t.Helper()
		if got := b.Behind(); got.Shared != shared || !slices.Equal(got.Clients, ids) {
			t.Errorf("%s: %+v, want %v %v", when, got, shared, ids)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, ".portalgen"), 0o700); err != nil {
		t.Fatal(err)
	}
	want("nothing was published", false)
	publishInto(t, b, out)
	want("all was published", false)

	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("Another", ""), "data/private/b.toml": "# for nobody\n"})
	want("a was edited", false, "a")
	publishInto(t, b, out, "b")
	want("b was built", false, "a")
	publishInto(t, b, filepath.Join(t.TempDir(), "elsewhere"))
	want("another folder was built", false, "a")
	publishInto(t, b, out, "a")
	want("a was built", false)

	write(t, dir, map[string]string{"static/assets/css/own.css": "a { color: red }\n", "data/clients/b/plan.txt": "x", "data/clients/a.toml~": "x"})
	want("a style and a file of b are new", true, "b")
	publishInto(t, b, out)
	if err := os.Remove(filepath.Join(dir, "data", "clients", "b", "plan.txt")); err != nil {
		t.Fatal(err)
	}
	want("a file of b is gone", false, "b")
	publishInto(t, b, out, "b")
	want("b was built without it", false)

	// As git leaves them: the same bytes at another time.
	later := time.Now().Add(time.Hour)
	for _, id := range []string{"a", "b"} {
		if err := os.Chtimes(filepath.Join(dir, filepath.FromSlash(site.ClientFile(id))), later, later); err != nil {
			t.Fatal(err)
		}
	}
	want("only times are others", false)

	// Another machine published: what it read is not known here.
	write(t, dir, map[string]string{site.ClientFile("a"): clientFile("Yet another", "")})
	want("a was edited again", false, "a")
	if err := os.Chtimes(filepath.Join(out, "index.html"), later, later); err != nil {
		t.Fatal(err)
	}
	want("what is published is not what was built here", false)
}
