package pipeline_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/publish"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

const provider = `name = "North Studio"
timezone = "Europe/Berlin"
language = "en"
[people]
dev = { name = "Dev Patel", side = "provider" }
`

// clientFile returns a client of the given name with a commitment and a note. more
// stands before its tables.
func clientFile(name, more string) string {
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

// folder writes a site: a provider, and files by their slash path, which may stand
// in for the provider's own.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, map[string]string{site.ProviderFile: provider})
	write(t, dir, files)
	return dir
}

func write(t *testing.T, dir string, files map[string]string) {
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

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

// clients returns the files of clients by their ids.
func clients(ids ...string) map[string]string {
	files := map[string]string{}
	for _, id := range ids {
		files[site.ClientFile(id)] = clientFile("Client "+id, "")
	}
	return files
}

// master is one key for all tests; what is under it is thrown away.
var master = seal.NewMaster()

// unloaded returns a builder of the site in dir on 20 November 2026. Without keys in
// opt it has the tests' own.
func unloaded(t *testing.T, dir string, opt pipeline.Options) *pipeline.Builder {
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
	if opt.Keys == nil {
		opt.Keys = pipeline.NewMasterKeys(master, nil)
	}
	if opt.Now == nil {
		if opt.Now, err = pipeline.ParseClock("2026-11-20"); err != nil {
			t.Fatal(err)
		}
	}
	return pipeline.New(s, opt)
}

func load(t *testing.T, dir string, opt pipeline.Options) *pipeline.Builder {
	t.Helper()
	b := unloaded(t, dir, opt)
	if ps := b.Load(); ps.Err() != nil {
		t.Fatal(ps)
	}
	return b
}

// publishInto builds clients, or all, and fails the test on an error.
func publishInto(t *testing.T, b *pipeline.Builder, out string, ids ...string) publish.Result {
	t.Helper()
	r, ps := b.Build(t.Context(), out, ids, nil)
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	return r
}

// tree returns the files below a folder by their slash path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// one returns the only problem of a rule, which must be there.
func one(t *testing.T, ps diag.Problems, rule string) diag.Problem {
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

// sampleSite writes the samples into a folder, as `portalgen build` finds them.
func sampleSite(t *testing.T) string {
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
	write(t, dir, files)
	return dir
}

func clientFiles() []string {
	var names []string
	for _, id := range sample.IDs() {
		names = append(names, site.ClientFile(id))
	}
	return names
}

// clockDay is the day that the tests' builders stand on.
var clockDay = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// problems returns err as the problems that it is.
func problems(err error) diag.Problems {
	ps, _ := errors.AsType[diag.Problems](err)
	return ps
}

// noKey are the keys of a site that has none.
func noKey() pipeline.Keys { return pipeline.NewMasterKeys(seal.Master{}, access.ErrNoKey) }
