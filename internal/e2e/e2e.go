// Package e2e has the helpers of the end-to-end tests, which publish a site, search the published
// files for plaintext, serve them, and open them in a real browser, and most of these tests; main_test.go says
// what they are about. The function and the look of pages are tested in the package pages below it. Each
// package is linked with Hugo and has a browser of its own, so there are two: they run side by side.
//
// The tests know what a reader and an outsider can see, and must not know how a step works. Only
// tests import this package.
package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"portalgen/internal/pipeline"
	_ "portalgen/internal/testsite" // garbage is collected as seldom as there
)

// The clients of testdata/site. No word of their files occurs anywhere else.
const (
	Harbour = "zqharbour"
	Other   = "zqother"
)

// Friday is the day on which the sites are built, in the form of --now.
const Friday = "2026-11-20"

// Check stops the test if err is not nil.
func Check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Clock returns a clock that stands still at a moment, given in the form of --now.
func Clock(t *testing.T, moment string) pipeline.Clock {
	t.Helper()
	c, err := pipeline.ParseClock(moment)
	Check(t, err)
	return c
}

// ReadTree returns all files below a folder by their relative paths, with slashes.
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
