package e2e_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen/internal/e2e"
	"portalgen/internal/sample"
	"portalgen/internal/site"
	"portalgen/internal/unsealed"
)

// drawSite puts clients with words of their own in the place of those of a world.
func drawSite(t *testing.T, w *e2e.World, c *canaries, n int) []drawnClient {
	t.Helper()
	e2e.Check(t, os.RemoveAll(filepath.Join(w.Dir, filepath.FromSlash(site.ClientsDir))))
	var all []drawnClient
	for range n {
		d := c.drawClient()
		w.Write(t, site.ClientFile(d.id), d.text)
		for name, text := range d.files {
			w.Write(t, site.ClientsDir+"/"+d.id+"/"+name, text)
		}
		all = append(all, d)
	}
	return all
}

// TestNothingOfAnyClientIsPublished builds clients that have everything there is, each
// word of which stands nowhere else, and searches all that is published for each.
func TestNothingOfAnyClientIsPublished(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("the words are drawn from the seed %d", seed)
	c := &canaries{random: rand.New(rand.NewPCG(seed, 0))}
	w := e2e.NewWorld(t)
	clients := drawSite(t, w, c, 8)
	var friendly []string
	for i, d := range clients {
		if i == 0 { // making a passphrase's root takes long, and the others have links
			w.LetIn(t, d.id, person(t, d))
		}
		if w.Link(t, d.id); i%2 == 0 {
			w.SharePage(t, d.id, "status")
		}
		if d.friendly != "" {
			friendly = append(friendly, d.friendly)
		}
	}
	out := w.Publish(t)
	published := e2e.ReadTree(t, out)
	if len(published) < 8*10 {
		t.Fatalf("%d files are published", len(published))
	}
	needles := slices.Clone(c.all)
	for _, d := range clients {
		needles = append(needles, valuesOf(t, d)...)
	}
	if len(needles) < 8*250 {
		t.Fatalf("%d words are looked for", len(needles))
	}
	stackAll(published).wantNone(t, needles)
	for _, name := range friendly {
		if _, ok := published[name+"/index.html"]; !ok {
			t.Errorf("the friendly name %s is no address", name)
		}
	}
	wantTheirWords(t, w, c, clients)
}

// person returns the id of one of a client's people.
func person(t *testing.T, d drawnClient) string {
	t.Helper()
	var file struct{ People map[string]any }
	_, err := toml.Decode(d.text, &file)
	e2e.Check(t, err)
	return slices.Sorted(maps.Keys(file.People))[0]
}

// valuesOf returns the strings and dates of a client's file as they are written.
func valuesOf(t *testing.T, d drawnClient) []string {
	t.Helper()
	return slices.DeleteFunc(words(t, d.id, []byte(d.text)), func(s string) bool {
		return s == d.friendly || zoneName.MatchString(s) || promise.MatchString(s)
	})
}

// A zone, and a promise in days or hours, may stand in a script of the program too.
var (
	zoneName = regexp.MustCompile(`^[A-Z][a-z]+/[A-Z]`)
	promise  = regexp.MustCompile(`^\d+ (hours|days)$`)
)

// wantTheirWords makes sure that what is looked for is what the pages say: unsealed, they
// hold nearly all of it.
func wantTheirWords(t *testing.T, w *e2e.World, c *canaries, clients []drawnClient) {
	t.Helper()
	var plain strings.Builder
	b := w.Preview(t)
	for _, d := range clients {
		p, ps := b.Portal(d.id)
		e2e.Check(t, ps.Err())
		a, _ := b.Address(d.id)
		pages, err := unsealed.Pages(p, a.Fragment)
		e2e.Check(t, err)
		for _, page := range pages {
			plain.WriteString(page.Title + page.Nav + page.HTML)
		}
	}
	said := 0
	for _, word := range c.all {
		if strings.Contains(plain.String(), word) {
			said++
		}
	}
	if said < len(c.all)/2 {
		t.Errorf("of %d words the pages say %d, so that little is proved", len(c.all), said)
	}
}

// wantNoWord looks for every word of the samples, down to five letters, that does not stand in what is
// innocent.
func wantNoWord(t *testing.T, files map[string][]byte, innocent string) {
	t.Helper()
	published := stackAll(files)
	friendly := friendlyNames(t)
	for _, id := range sample.IDs() {
		t.Run(id, func(t *testing.T) {
			text, err := sample.Read(site.ClientFile(id))
			e2e.Check(t, err)
			var needles []string
			for _, word := range append(words(t, id, text), fiveLetters.FindAllString(withoutKeys(string(text)), -1)...) {
				if !strings.Contains(innocent, strings.ToLower(word)) && !slices.Contains(friendly, strings.ToLower(word)) {
					needles = append(needles, word)
				}
			}
			slices.Sort(needles)
			if needles = slices.Compact(needles); len(needles) < 200 {
				t.Fatalf("%d words are looked for", len(needles))
			}
			published.wantNone(t, needles)
		})
	}
}

var (
	fiveLetters = regexp.MustCompile(`\pL{5,}`)
	// shape matches what the format gives to a file: comments, tables, keys, and the words
	// that a move, a side or a colour can be.
	shape = regexp.MustCompile(`(?m)^\s*#.*$|^\s*\[\[?[\w.]+\]\]?|\b[\w-]+\s*=|did = "[\w-]+"`)
)

func withoutKeys(text string) string { return shape.ReplaceAllString(text, "") }
