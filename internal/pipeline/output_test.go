package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/pipeline"
)

// Nothing is published into a folder that the site is made of, or that holds it,
// whatever the key and by whatever name.
func TestOutputThatIsTheSites(t *testing.T) {
	t.Parallel()
	above := t.TempDir()
	dir := filepath.Join(above, "site")
	write(t, dir, clients("a"))
	write(t, dir, map[string]string{"data/provider.toml": provider, "layouts/mine/home.html": "x", ".portalgen/preview-key": "x"})
	for name, to := range map[string]string{"to-data": "data", "to-site": ".", "to-above": ".."} {
		if err := os.Symlink(filepath.Join(dir, to), filepath.Join(above, name)); err != nil {
			t.Fatal(err)
		}
	}
	before := tree(t, dir)
	b := load(t, dir, pipeline.Options{})
	for out, says := range map[string]string{
		dir: "is the site's own", above: "or holds it", "/": "or holds it",
		filepath.Join(above, "to-site"): "is the site's own", filepath.Join(above, "to-above"): "or holds it",
		filepath.Join(dir, "data"): "folder data", filepath.Join(dir, "data", "clients", "new"): "folder data",
		filepath.Join(dir, "content"): "folder content", filepath.Join(dir, "layouts", "mine"): "folder layouts",
		filepath.Join(dir, "static", "x"): "folder static", filepath.Join(dir, "i18n"): "folder i18n",
		filepath.Join(dir, ".portalgen"): "folder .portalgen", filepath.Join(dir, "public", "..", "data"): "folder data",
		filepath.Join(above, "to-data"): "folder data", filepath.Join(above, "to-data", "new", "x"): "folder data",
	} {
		_, ps := b.Build(t.Context(), out, nil, nil)
		if p := one(t, ps, "output"); p.File != out || !strings.Contains(p.Message, says) || p.Hint == "" {
			t.Errorf("%s: it says %+v", out, p)
		}
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("something was written (-want +got):\n%s", diff)
	}
	for _, out := range []string{"public", "data-of-mine", "out/deep"} {
		publishInto(t, b, filepath.Join(dir, out))
	}
}

// A folder of the site that is a link elsewhere counts where it leads.
func TestOutputWhereAFolderOfTheSiteLeads(t *testing.T) {
	t.Parallel()
	dir, elsewhere := folder(t, nil), t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(dir, ".portalgen")); err != nil {
		t.Fatal(err)
	}
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), filepath.Join(elsewhere, "public"), nil, nil)
	one(t, ps, "output")
}
