package e2e_test

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"portalgen/internal/e2e"
	"portalgen/internal/site"
)

// TestTheSameBytesEverywhere builds one site as processes of their own, that differ in all
// that is no input: how many work at a time, the machine's zone and language, where it is
// run, where the site lies and in which order its files were made.
func TestTheSameBytesEverywhere(t *testing.T) {
	t.Parallel()
	w := e2e.NewWorld(t)
	w.LetIn(t, e2e.Harbour, "zqmaria")
	w.Link(t, e2e.Harbour)
	w.SharePage(t, e2e.Other)
	c := &canaries{random: rand.New(rand.NewPCG(3, 4))}
	for range 3 {
		d := c.drawClient()
		w.Write(t, site.ClientFile(d.id), d.text)
		for name, text := range d.files {
			w.Write(t, site.ClientsDir+"/"+d.id+"/"+name, text)
		}
	}
	var want map[string][]byte
	for _, tt := range []struct {
		name        string
		environment []string
		backwards   bool
		elsewhere   bool
	}{
		{"one at a time, backwards", []string{"GOMAXPROCS=1", "TZ=UTC", "LC_ALL=C"}, true, false},
		{"four at a time, in Kathmandu, in Turkish", []string{"GOMAXPROCS=4", "TZ=Asia/Kathmandu", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}, false, true},
		{"in St John's, backwards, from elsewhere", []string{"TZ=America/St_Johns", "LANG=de_DE.ISO-8859-1", "GOGC=20"}, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, out, home := copyInOrder(t, w.Dir, tt.backwards), filepath.Join(t.TempDir(), "out"), t.TempDir()
			from, named := dir, "."
			if tt.elsewhere {
				from, named = t.TempDir(), dir
			}
			p := e2e.Child(t, from, append(tt.environment, "HOME="+home, "TMPDIR="+home), "build", "--site", named, "--out", out, "--now", e2e.Friday)
			if said, err := p.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
			got := e2e.ReadTree(t, out)
			if want == nil {
				if want = got; len(want) < 60 {
					t.Fatalf("%d files are published", len(want))
				}
				return
			}
			for name, text := range want {
				if !bytes.Equal(got[name], text) {
					t.Errorf("%s is another, or is not there", name)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok {
					t.Errorf("%s is there too", name)
				}
			}
		})
	}
}

// copyInOrder copies a site, its files by their names or the other way about.
func copyInOrder(t *testing.T, from string, backwards bool) (to string) {
	t.Helper()
	to = t.TempDir()
	var names []string
	e2e.Check(t, fs.WalkDir(os.DirFS(from), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	}))
	if backwards {
		slices.Reverse(names)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(name)))
		e2e.Check(t, err)
		at := filepath.Join(to, filepath.FromSlash(name))
		e2e.Check(t, os.MkdirAll(filepath.Dir(at), 0o755))
		e2e.Check(t, os.WriteFile(at, text, 0o600)) // a key is its owner's alone
	}
	return to
}
