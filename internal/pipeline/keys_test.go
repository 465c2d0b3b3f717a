package pipeline_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/access"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// The samples are built without any key, and their copies in a folder too.
func TestSamplesNeedNoKey(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]*pipeline.Builder{
		"embedded": load(t, t.TempDir(), pipeline.Options{Samples: true, Keys: noKey()}),
		"copied":   load(t, sampleSite(t), pipeline.Options{Keys: noKey()}),
	} {
		out := t.TempDir()
		if _, ps := b.Build(t.Context(), out, nil, nil); len(ps) > 0 {
			t.Errorf("%s: %v", name, ps)
		}
		for _, id := range sample.IDs() {
			a, ps := b.Address(id)
			if ps.Err() != nil || a.Passphrase != sample.Passphrase || a.Fragment != "" {
				t.Errorf("%s: %s is at %+v, %v", name, id, a, ps)
			}
			if _, err := os.Stat(filepath.Join(out, a.Folder, "index.html")); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A sample with one byte changed is somebody's own, and is not sealed with the key
// that everybody has.
func TestAChangedSampleNeedsAKey(t *testing.T) {
	t.Parallel()
	dir, out := sampleSite(t), t.TempDir()
	id := sample.IDs()[0]
	text, err := sample.Read(site.ClientFile(id))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{site.ClientFile(id): string(text) + " "})
	_, ps := load(t, dir, pipeline.Options{Keys: noKey()}).Build(t.Context(), out, nil, nil)
	if p := one(t, ps, "no-key"); p.File != access.KeyName {
		t.Errorf("it blames %s", p.File)
	}
	if files := tree(t, out); len(files) > 0 {
		t.Errorf("published %v", slices.Collect(maps.Keys(files)))
	}
	// Beside a key of the site's own, that one is sealed under it.
	b := load(t, dir, pipeline.Options{})
	if a, ps := b.Address(id); ps.Err() != nil || a.Passphrase != "" {
		t.Errorf("%+v, %v", a, ps)
	}
	publishInto(t, b, out, id)
}

// The samples' key in the place of one's own is refused, wherever it comes from.
func TestThePublicKeySealsNothingElse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		put  func(t *testing.T, dir string) string
	}{
		{"in the file", func(t *testing.T, dir string) string {
			write(t, dir, map[string]string{".portalgen/key": access.SampleKey + "\n"})
			if err := os.Chmod(filepath.Join(dir, ".portalgen", "key"), 0o600); err != nil {
				t.Fatal(err)
			}
			return ""
		}},
		{"in the variable", func(*testing.T, string) string { return access.SampleKey }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, out := folder(t, clients("acme")), t.TempDir()
			variable := tt.put(t, dir)
			keys := keyring.NewSiteKeys(access.LoadMaster(dir, out, variable))
			b := load(t, dir, pipeline.Options{Keys: keys})
			_, ps := b.Build(t.Context(), out, nil, nil)
			p := one(t, ps, "public-key")
			if p.File != site.ClientFile("acme") || strings.Contains(p.Message+p.Hint, access.SampleKey) {
				t.Errorf("it says %+v", p)
			}
			if files := tree(t, out); len(files) > 0 {
				t.Errorf("published %v", slices.Collect(maps.Keys(files)))
			}
			if _, ps := b.Address("acme"); ps.Err() == nil {
				t.Error("it has an address under that key")
			}
			samples := load(t, sampleSite(t), pipeline.Options{Keys: keys})
			publishInto(t, samples, t.TempDir(), sample.IDs()[0])
		})
	}
}

// An error with the key stops a build only where the key is needed.
func TestAKeyThatCannotBeHad(t *testing.T) {
	t.Parallel()
	keys := keyring.NewSiteKeys(seal.Master{}, errors.New("the key is mistyped"))
	_, ps := load(t, folder(t, clients("acme")), pipeline.Options{Keys: keys}).Build(t.Context(), t.TempDir(), nil, nil)
	if err := ps.Err(); err == nil || !strings.Contains(err.Error(), "the key is mistyped") {
		t.Errorf("got %v", err)
	}
	samples := load(t, sampleSite(t), pipeline.Options{Keys: keys})
	publishInto(t, samples, t.TempDir(), sample.IDs()[0])
}

func TestAnotherKeyThanTheAccessFiles(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("acme"))
	err := access.Update(dir, "acme", seal.NewMaster(), func(*access.Client) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), t.TempDir(), nil, nil)
	if err := ps.Err(); err == nil || !strings.Contains(err.Error(), "does not open data/access/acme.toml") {
		t.Errorf("got %v", err)
	}
}

// A preview never reads the master key: here reading it would fail.
func TestPreviewsLeaveTheMasterKeyAlone(t *testing.T) {
	dir := folder(t, clients("acme"))
	write(t, dir, map[string]string{".portalgen/key": "not a key", "data/access/acme.toml": "not an access file"})
	t.Setenv(access.KeyVariable, "not a key either")
	b := load(t, dir, pipeline.Options{Keys: keyring.PreviewKeys{Master: seal.NewMaster()}, Scripts: []string{"/_portalgen/live.js"}})
	p, ps := b.Portal("acme")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	a, ps := b.Address("acme")
	if len(ps) > 0 || a.Folder != p.Folder || a.Name != "Client acme" || a.Fragment == "" || a.Passphrase != "" {
		t.Errorf("it is at %+v, %v; the portal at %s", a, ps, p.Folder)
	}
	if n := p.Sealer.Opens(); n != 1 {
		t.Errorf("%d can open it", n)
	}
	if text := string(p.Files[p.Folder+"/index.html"]); !strings.Contains(text, `src="/_portalgen/live.js"`) {
		t.Error("the preview's script is not in the page")
	}
	if key, err := os.ReadFile(filepath.Join(dir, ".portalgen", "key")); err != nil || string(key) != "not a key" {
		t.Errorf("the key is now %q, %v", key, err)
	}
}

// In a preview a sample opens to its people as well as by the link.
func TestPreviewOfASample(t *testing.T) {
	t.Parallel()
	b := load(t, sampleSite(t), pipeline.Options{Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
	id := sample.IDs()[0]
	p, ps := b.Portal(id)
	if len(ps) > 0 || p.Sealer.Opens() != 2 {
		t.Errorf("%v, %v", p, ps)
	}
	if a, ps := b.Address(id); len(ps) > 0 || a.Passphrase != sample.Passphrase || a.Fragment == "" {
		t.Errorf("%+v, %v", a, ps)
	}
}

// A provider's file that is not the samples' is in every portal, so that a sample
// beside it is nobody's sample any more.
func TestASampleOfAnotherProviderNeedsAKey(t *testing.T) {
	t.Parallel()
	dir, out := sampleSite(t), t.TempDir()
	text, err := sample.Read(site.ProviderFile)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{site.ProviderFile: string(text) + "# mine\n"})
	_, ps := load(t, dir, pipeline.Options{Keys: noKey()}).Build(t.Context(), out, nil, nil)
	if errs := ps.Errors(); len(errs) != 1 || errs[0].Rule != "no-key" {
		t.Errorf("got %v", ps)
	}
	if files := tree(t, out); len(files) > 0 {
		t.Errorf("published %v", slices.Collect(maps.Keys(files)))
	}
	id := sample.IDs()[0]
	b := load(t, dir, pipeline.Options{})
	if a, ps := b.Address(id); ps.Err() != nil || a.Passphrase != "" {
		t.Errorf("with a key: %+v, %v", a, ps)
	}
	publishInto(t, b, out, id)

	// The samples' own access file is under their key, and says how to go on.
	theirs, err := sample.Read(access.FileName(id))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{access.FileName(id): string(theirs)})
	_, ps = b.Build(t.Context(), out, []string{id}, nil)
	p := one(t, ps, "wrong-key")
	if p.File != access.FileName(id) || !strings.Contains(p.Hint, "remove it, and add people again") {
		t.Errorf("it says %+v", p)
	}
	remove(t, dir, access.FileName(id))
	publishInto(t, b, out, id)

	// A preview shows it like any client: to its link alone.
	b = load(t, dir, pipeline.Options{Keys: keyring.PreviewKeys{Master: seal.NewMaster()}})
	if portal, ps := b.Portal(id); len(ps) > 0 || portal.Sealer.Opens() != 1 {
		t.Errorf("in a preview: %v, %v", portal, ps)
	}
}

// meanwhile are keys during whose use something happens.
type meanwhile struct {
	keyring.Keyring
	happens func()
}

func (k *meanwhile) For(s *site.Site, id string, text, provider []byte) (*access.Client, seal.Master, error) {
	k.happens()
	return k.Keyring.For(s, id, text, provider)
}

// What is loaded while a portal is built does not get into it.
func TestAPortalIsOfOneMoment(t *testing.T) {
	t.Parallel()
	dir := folder(t, clients("a"))
	keys := &meanwhile{keyring.NewSiteKeys(master, nil), func() {}}
	b := load(t, dir, pipeline.Options{Keys: keys})
	before, ps := b.Portal("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	keys.happens = func() {
		write(t, dir, map[string]string{site.ProviderFile: strings.Replace(provider, "North", "South", 1)})
		if ps := b.Load(); ps.Err() != nil {
			t.Fatal(ps)
		}
	}
	during, ps := b.Portal("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	if diff := cmp.Diff(before.Files, during.Files); diff != "" || b.Provider().Name != "South Studio" {
		t.Error("what was loaded meanwhile is in the portal")
	}
}

// Anybody can open a sample, so nothing of a site's own pages is in one.
func TestSamplesHoldNothingOfTheSites(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]pipeline.Options{
		"embedded": {Samples: true, Keys: noKey()},
		"copied":   {Keys: noKey()},
	} {
		t.Run(name, func(t *testing.T) {
			dir := sampleSite(t)
			before, after := t.TempDir(), t.TempDir()
			id := sample.IDs()[0]
			publishInto(t, load(t, dir, opt), before, id)
			write(t, dir, map[string]string{"content/rates.md": "# Our rates\n\nFor clients alone.\n", "content/privacy.md": "# Ours\n\nAlso.\n"})
			publishInto(t, load(t, dir, opt), after, id)
			if diff := cmp.Diff(tree(t, before), tree(t, after)); diff != "" {
				t.Errorf("what everybody can open changes with the site's own pages: %d bytes of difference", len(diff))
			}
		})
	}
}
