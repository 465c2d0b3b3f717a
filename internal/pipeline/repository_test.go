package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/gittest"
	"portalgen/internal/pipeline"
)

func TestBuildWarnsWhereAHostWouldPublishEverything(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		add  [][]string // what git is told to track
		in   string     // where the repository is, from the site
		want bool
	}{
		{"as the docs once said", [][]string{{"public", "data"}}, ".", true},
		{"everything", [][]string{{"-A"}}, ".", false},
		{"the published folder alone", [][]string{{"public"}}, ".", false},
		{"nothing that is published", [][]string{{"data"}}, ".", false},
		{"a site in a folder of the repository", [][]string{{"site/public", "site/data"}}, "..", true},
		{"all of a site in a folder of the repository", [][]string{{"site"}}, "..", true},
		{"the same, with netlify.toml at the top", [][]string{{"site/public", "site/data", "netlify.toml"}}, "..", false},
		{"a repository of the published folder's own", [][]string{{"-A"}}, "public", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.CopyFS(dir, os.DirFS(folder(t, clients("a")))); err != nil {
				t.Fatal(err)
			}
			giveAccess(t, dir, "a", "maria")
			write(t, dir, map[string]string{"netlify.toml": "[build]\npublish = \"public\"\n", "../netlify.toml": "[build]\nbase = \"site\"\n"})
			b, out := load(t, dir, pipeline.Options{}), filepath.Join(dir, "public")
			publishInto(t, b, out)
			top := filepath.Join(dir, tt.in)
			gittest.Run(t, top, "init", "-q")
			for _, add := range tt.add {
				gittest.Run(t, top, append([]string{"add"}, add...)...)
			}
			_, ps := b.Build(t.Context(), out, nil, nil)
			if !tt.want {
				if len(ps) > 0 {
					t.Errorf("got %v", ps)
				}
				return
			}
			p := one(t, ps, "published-in-the-clear")
			if p.Severity != diag.Warning || (tt.in == "..") != strings.Contains(p.Hint, "set Base directory to site") {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// Settings that do not say what to publish are as good as none.
func TestBuildReadsWhatTheHostIsTold(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(dir, os.DirFS(folder(t, clients("a")))); err != nil {
		t.Fatal(err)
	}
	giveAccess(t, dir, "a", "maria")
	write(t, dir, map[string]string{"netlify.toml": "[build]\ncommand = \"true\"\npublish = \".\"\n"})
	b, out := load(t, dir, pipeline.Options{}), filepath.Join(dir, "public")
	publishInto(t, b, out)
	gittest.Run(t, dir, "init", "-q")
	gittest.Run(t, dir, "add", "-A")
	_, ps := b.Build(t.Context(), out, nil, nil)
	one(t, ps, "published-in-the-clear")
}

// A portal that shares its host name with other pages is told of by check and by build.
func TestSharedOriginIsTold(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	giveAccess(t, dir, "a", "maria")
	text, err := os.ReadFile(filepath.Join(dir, "data", "provider.toml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"data/provider.toml": "# x\nbase_url = \"https://example.com/clients/\"\n" + string(text)})
	b := load(t, dir, pipeline.Options{})
	_, ps := b.Build(t.Context(), t.TempDir(), nil, nil)
	built := one(t, ps, "shared-origin")
	found, err := b.Check()
	if err != nil {
		t.Fatal(err)
	}
	if p := one(t, found, "shared-origin"); p.Line != 2 || p.Column != 1 || p.Text == "" || p != built || p.Severity != diag.Warning {
		t.Errorf("check says %+v, build %+v", p, built)
	}
}
