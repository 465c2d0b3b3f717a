package e2e_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portalgen/internal/access"
	"portalgen/internal/e2e"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/site"
)

// TestNothingOfAClientIsPublished searches all that is published, and all places a
// build might use on the way, for every word and date of a client's file.
func TestNothingOfAClientIsPublished(t *testing.T) {
	w := e2e.NewWorld(t)
	w.LetIn(t, e2e.Harbour, "zqmaria")
	w.Link(t, e2e.Harbour)
	// Which language a portal is in is nothing that an outsider learns.
	other := site.ClientFile(e2e.Other)
	w.Write(t, other, "language = \"ar\"\n"+w.Read(t, other))
	before := e2e.ReadTree(t, w.Dir)
	watched := watchAside(t)
	out := w.Publish(t)
	watched.wantNothing(t)

	after := e2e.ReadTree(t, w.Dir)
	for name := range after {
		if _, ok := before[name]; !ok {
			t.Errorf("the build leaves %s in the site", name)
		}
	}
	published := e2e.ReadTree(t, out)
	if len(published) < 15 {
		t.Fatalf("%d files are published", len(published))
	}
	for _, id := range []string{e2e.Harbour, e2e.Other} {
		needles := words(t, id, []byte(w.Read(t, site.ClientFile(id))))
		needles = append(needles, "Zqpicturebytes", "Zqcontractbytes")
		if len(needles) < 15 {
			t.Fatalf("only %d words of %s are looked for", len(needles), id)
		}
		wantAbsent(t, published, needles)
	}
	wantAbsent(t, published, words(t, "zqprovider", []byte(w.Read(t, site.ProviderFile))))
	wantSameShells(t, published)
}

// TestNothingOfASampleIsPublished does the same for the program's own samples,
// whose words may stand in the program too: what a site without clients publishes,
// and the gate of a stranger, are no one's secret.
func TestNothingOfASampleIsPublished(t *testing.T) {
	innocent := strings.ToLower(strangersSite(t))
	s, err := site.Open(t.TempDir())
	e2e.Check(t, err)
	defer s.Close()
	b := pipeline.New(s, pipeline.Options{Samples: true, Keys: keyring.NewSiteKeys(access.LoadMaster(s.Dir, "", ""))})
	e2e.Check(t, b.Load().Err())
	watched := watchAside(t)
	out := t.TempDir()
	_, ps := b.Build(context.Background(), out, nil, nil)
	e2e.Check(t, ps.Err())
	watched.wantNothing(t)

	published := e2e.ReadTree(t, out)
	wantSameShells(t, published)
	if len(sample.IDs()) == 0 {
		t.Fatal("there are no samples")
	}
	wantNoWord(t, published, innocent)
}

// strangersSite returns all that is published of the samples' provider with one
// client who has nothing to do with any sample.
func strangersSite(t *testing.T) string {
	t.Helper()
	w := e2e.NewWorld(t)
	provider, err := sample.Read(site.ProviderFile)
	e2e.Check(t, err)
	w.Write(t, site.ProviderFile, string(provider))
	e2e.Check(t, os.RemoveAll(filepath.Join(w.Dir, site.ClientsDir)))
	w.Write(t, site.ClientFile("x"), "client = \"X\"\n")
	var all strings.Builder
	for name, text := range e2e.ReadTree(t, w.Publish(t)) {
		all.WriteString(name + "\n")
		all.Write(sealed.ReplaceAll(text, nil))
	}
	return all.String()
}

var (
	// sealed are the parts of a gate that hold sealed bytes and address tokens, the
	// only ones in which one page may differ from another.
	sealed = regexp.MustCompile(` data-(portal|token|slots|nav|body)="[^"]*"| value="[^"]*" autocomplete="username"`)
	token  = regexp.MustCompile(`^[a-z2-7]{16,26}$`)
)

// wantSameShells wants that all pages of all clients are the same except for what is
// sealed, and that addresses are tokens: then nothing can be told from the rest.
func wantSameShells(t *testing.T, published map[string][]byte) {
	t.Helper()
	friendly := friendlyNames(t)
	var shell []byte
	for name, text := range published {
		parts := strings.Split(name, "/")
		if path.Base(name) != "index.html" || len(parts) == 1 {
			continue
		}
		for i, part := range parts[:len(parts)-1] {
			if !token.MatchString(part) && (i > 0 || !slices.Contains(friendly, part)) {
				t.Errorf("the address of %s is no token", name)
			}
		}
		rest := sealed.ReplaceAll(text, nil)
		if shell == nil {
			shell = rest
		}
		if !bytes.Equal(rest, shell) {
			t.Errorf("%s differs from another page in what is not sealed:\n%s", name, rest)
		}
	}
	if shell == nil {
		t.Error("there are no pages")
	}
}

// friendlyNames are the names that samples ask for.
func friendlyNames(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, id := range sample.IDs() {
		text, err := sample.Read(site.ClientFile(id))
		e2e.Check(t, err)
		var file struct {
			Portal string `toml:"portal"`
		}
		_, err = toml.Decode(string(text), &file)
		e2e.Check(t, err)
		all = append(all, file.Portal)
	}
	return all
}
