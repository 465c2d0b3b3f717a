// Package testsite makes small sites for tests and builds them.
//
// Only tests import it. All its sites share one master key, and everything sealed under it is
// thrown away.
package testsite

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/keyring"
	"portalgen/internal/pipeline"
	"portalgen/internal/publish"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// Tests collect garbage as seldom as the program does, which takes a fifth of the time of their builds.
func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

const Provider = `name = "North Studio"
timezone = "Europe/Berlin"
language = "en"
[people]
dev = { name = "Dev Patel", side = "provider" }
`

// ClientFile returns the text of a client's file with the given name, a commitment and a note. more
// is inserted before its tables.
func ClientFile(name, more string) string {
	return `client = "` + name + "\"\n" + more + `
[people]
maria = { name = "Maria of ` + name + `", side = "client" }
[[commitment]]
id = "booking"
title = "Booking for ` + name + `"
customer = "maria"
performer = "dev"
satisfied_when = ["It books"]
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-12-04 },
  { on = 2026-11-03, by = "dev", did = "promise" },
]
[[status]]
on = 2026-11-10
rag = "green"
headline = "On the way for ` + name + `"
[[pulse]]
asked = 2026-11-09
question = "How sure are you of the date?"
ours = 5
theirs = 5
answered = 2026-11-10
`
}

// Folder writes a site: a provider, and files by their slash path, which may replace the provider.
func Folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	Write(t, dir, map[string]string{site.ProviderFile: Provider})
	Write(t, dir, files)
	return dir
}

func Write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func Remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

// Clients returns the files of clients with these ids, by path.
func Clients(ids ...string) map[string]string {
	files := map[string]string{}
	for _, id := range ids {
		files[site.ClientFile(id)] = ClientFile("Client "+id, "")
	}
	return files
}

// Master is the key of all tests. Everything sealed under it is thrown away.
var Master = seal.NewMaster()

// Unloaded returns a builder of the site in dir on 20 November 2026. If opt has no keys, it uses
// Master.
func Unloaded(t *testing.T, dir string, opt pipeline.Options) *pipeline.Builder {
	t.Helper()
	s, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return Of(t, s, opt)
}

// Of returns the same of a site that is open already.
func Of(t *testing.T, s *site.Site, opt pipeline.Options) *pipeline.Builder {
	t.Helper()
	if opt.Keys == nil {
		opt.Keys = keyring.NewSiteKeys(Master, nil)
	}
	if opt.Now == nil {
		var err error
		if opt.Now, err = pipeline.ParseClock("2026-11-20"); err != nil {
			t.Fatal(err)
		}
	}
	return pipeline.New(s, opt)
}

func Load(t *testing.T, dir string, opt pipeline.Options) *pipeline.Builder {
	t.Helper()
	b := Unloaded(t, dir, opt)
	if ps := b.Load(); ps.Err() != nil {
		t.Fatal(ps)
	}
	return b
}

// PublishInto builds the clients ids, or all if there are none, and fails the test on an error.
func PublishInto(t *testing.T, b *pipeline.Builder, out string, ids ...string) publish.Result {
	t.Helper()
	r, ps := b.Build(t.Context(), out, ids, nil)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	return r
}

// Tree returns the files below a folder by their slash paths.
func Tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := ReadTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ReadTree is Tree for a folder that a build may be writing to: then it may fail.
func ReadTree(dir string) (map[string]string, error) {
	files := map[string]string{}
	return files, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
}

// One returns the only problem of a rule, and fails the test if there is not exactly one.
func One(t *testing.T, ps diag.Problems, rule string) diag.Problem {
	t.Helper()
	var found diag.Problems
	for _, p := range ps {
		if p.Rule == rule {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d problems of %s among %v", len(found), rule, ps)
	}
	return found[0]
}

// SampleSite writes the samples into a folder, in the form that `portalgen build` reads.
func SampleSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{}
	for _, name := range append(clientFiles(), site.ProviderFile) {
		text, err := sample.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	for _, name := range []string{"two-ovens/collecting-shelf.png", "two-ovens/floor-plan.pdf"} {
		text, err := sample.Read(site.ClientsDir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[site.ClientsDir+"/"+name] = string(text)
	}
	Write(t, dir, files)
	return dir
}

func clientFiles() []string {
	var names []string
	for _, id := range sample.IDs() {
		names = append(names, site.ClientFile(id))
	}
	return names
}

// Day is the day of the builders in tests.
var Day = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// NoKey returns the keys of a site without a key.
func NoKey() keyring.Keyring { return keyring.NewSiteKeys(seal.Master{}, access.ErrNoKey) }

// given are the access files that GiveAccess has written, by what was asked for.
var given sync.Map

// GiveAccess gives people access under Master to a client who has no access file. Whoever is given the same
// twice in one run of the tests has the same file: the derivation of a passphrase takes longer than most tests.
func GiveAccess(t *testing.T, dir, id string, people ...string) {
	t.Helper()
	name, asked := access.FileName(id), fmt.Sprint(id, people)
	if text, ok := given.Load(asked); ok {
		Write(t, dir, map[string]string{name: text.(string)})
		return
	}
	err := access.Update(dir, id, Master, func(c *access.Client) error {
		for _, person := range people {
			if _, err := c.AddPerson(person, "", Day); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	given.Store(asked, string(text))
}

// WithFiles makes a site in which client a has an attachment twice, and a picture.
func WithFiles(t *testing.T) string {
	t.Helper()
	files := Clients("a", "b")
	files[site.ClientFile("a")] += `
[[file]]
on = 2026-11-11
title = "The plan"
file = "plans/plan.pdf"
[[file]]
on = 2026-11-12
title = "The plan again"
file = "plans/plan.pdf"
[[term]]
word = "shelf"
means = "Where orders wait"
picture = "shelf.png"
`
	files["data/clients/a/plans/plan.pdf"] = "%PDF-1.7 a plan"
	files["data/clients/a/shelf.png"] = "\x89PNG\r\n\x1a\nnot quite"
	return Folder(t, files)
}

// Attached returns the names of the attachments among published files.
func Attached(files map[string]string) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for name := range files {
			if strings.HasSuffix(name, ".bin") && !yield(name) {
				return
			}
		}
	})
}
