package portal_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
	"portalgen/internal/sample"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds the views of the samples, and of two clients of the tests' own, to
// files that can be read and compared.
func TestGolden(t *testing.T) {
	provider := sampleProvider(t)
	for _, id := range sample.IDs() {
		t.Run(id, func(t *testing.T) {
			text, err := sample.Read("data/clients/" + id + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, id, text, provider)
		})
	}
	for _, id := range []string{"acme", "acme-dental"} {
		t.Run(id, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + id + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, id, text, north())
		})
	}
}

func sampleProvider(t *testing.T) *client.Provider {
	t.Helper()
	text, err := sample.Read("data/provider.toml")
	if err != nil {
		t.Fatal(err)
	}
	p, ps := clientfile.Provider(clientfile.Source{Name: "provider.toml", Text: text})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

func golden(t *testing.T, id string, text []byte, provider *client.Provider) {
	t.Helper()
	c, ps := clientfile.Client(id, clientfile.Source{Name: id + ".toml", Text: text}, clientfile.Options{Provider: provider})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	opt := options(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	opt.Provider = provider
	v, err := portal.New(c, opt)
	if err != nil {
		t.Fatal(err)
	}
	got := dump(v)
	name := filepath.Join("testdata", id+".golden")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the view differs (-want +got); after a look, go test -run Golden -update\n%s", diff)
	}
}
