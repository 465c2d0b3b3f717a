package pipeline_test

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/render"
	"portalgen/internal/site"
	"portalgen/internal/testsite"
)

// sites is the folder of the sites that tests share. It stands until the last test has ended.
var sites string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if sites, err = os.MkdirTemp("", "portalgen"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(sites)
		return m.Run()
	}())
}

// shared returns what renders the portal of a client with a text as its file, in a site that is loaded
// once for all that ask: its look is the most of what a portal alone would take.
func shared(files map[string]string) func(t *testing.T, text string) map[string]render.Fragment {
	var (
		once  sync.Once
		dir   string
		b     *pipeline.Builder
		count atomic.Int64
	)
	return func(t *testing.T, text string) map[string]render.Fragment {
		t.Helper()
		once.Do(func() {
			var err error
			dir, err = os.MkdirTemp(sites, "")
			must(t, err)
			write(t, dir, map[string]string{site.ProviderFile: provider})
			write(t, dir, files)
			s, err := site.Open(dir) // as long as the program runs
			must(t, err)
			b = testsite.Of(t, s, pipeline.Options{})
			must(t, b.Load().Err())
		})
		id := fmt.Sprintf("a%d", count.Add(1))
		write(t, dir, map[string]string{site.ClientFile(id): text})
		pages, ps := b.Plain(id)
		must(t, ps.Err())
		return pages
	}
}
