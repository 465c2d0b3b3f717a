package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"portalgen/internal/pipeline"
)

// allOf is a layout that lists whatever pages it can reach.
const allOf = `
{{- define "list" }}{{ range . }}[{{ .Title }}|{{ .Permalink }}|{{ .Content }}]{{ end }}{{ end -}}
<title>{{ .Title }}</title>
<hr data-divider>
<p>pages {{ template "list" site.Pages }}</p>
<p>regular {{ template "list" site.RegularPages }}</p>
<p>all {{ template "list" site.AllPages }}</p>
<p>home {{ template "list" site.Home.Pages }}</p>
<p>params {{ printf "%#v" site.Params }} {{ printf "%v" site.Data }} {{ site.Params.portal.Client }}</p>
{{ block "main" . }}{{ end }}
`

// A layout that asks the site for all of its pages gets one client's, and so cannot show
// one client another's, however many are rendered at a time.
func TestALayoutOfAllPagesShowsOneClient(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("acme", "heron"))
	write(t, dir, map[string]string{"layouts/baseof.html": allOf})
	b := load(t, dir, pipeline.Options{})
	var group sync.WaitGroup
	for range 4 {
		for own, other := range map[string]string{"acme": "heron", "heron": "acme"} {
			group.Go(func() {
				pages, ps := b.Plain(own)
				if ps.Err() != nil || len(pages) < 8 {
					t.Errorf("%d pages, %v", len(pages), ps)
					return
				}
				for path, page := range pages {
					text := page.Title + string(page.Nav) + string(page.Body)
					for _, list := range []string{"pages", "regular", "all", "home"} {
						if !strings.Contains(text, "<p>"+list+" [") {
							t.Errorf("%s/%s: the list %q is empty, so nothing is proved", own, path, list)
						}
					}
					if !strings.Contains(text, "Booking for Client "+own) {
						t.Errorf("%s/%s does not show %[1]s's own pages", own, path)
					}
					if strings.Contains(strings.ToLower(text), other) {
						t.Errorf("%s/%s shows something of %s", own, path, other)
					}
				}
			})
		}
	}
	group.Wait()
	out := filepath.Join(t.TempDir(), "public")
	publishInto(t, b, out)
	if _, err := os.Stat(filepath.Join(out, "_headers")); err != nil {
		t.Error(err)
	}
}
