// Package e2e is what the tests of the product as a whole share: a site goes in, and what
// comes out is searched for plaintext, served, and opened in a real browser. The tests
// are in the packages below it, which run beside each other:
//
//   - reader: opening, keeping and locking a portal
//   - pages: what its pages do and look like
//   - preview: the site as it is seen while it is written
//   - proofs: that nothing stands anywhere in the clear
//
// They know what a reader and an outsider can see, and must not know how any step works
// within. This package is imported by tests only.
package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/pipeline"
)

// The clients of testdata/site. Every word of theirs is one of a kind.
const (
	Harbour = "zqharbour"
	Other   = "zqother"
)

// Friday is the day on which the sites are built, as the command line takes it.
const Friday = "2026-11-20"

// Check stops the test where there is an error.
func Check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Clock returns the clock that stands at a moment, which is written as on the command line.
func Clock(t *testing.T, moment string) pipeline.Clock {
	t.Helper()
	c, err := pipeline.ParseClock(moment)
	Check(t, err)
	return c
}

// ReadTree returns all files below a folder by their paths in it, with slashes.
func ReadTree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	Check(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	}))
	return files
}
