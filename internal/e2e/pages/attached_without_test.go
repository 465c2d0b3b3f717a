package pages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalgen/internal/browsertest"
	"portalgen/internal/e2e"
)

// A page that stayed open while its host took the old scripts away says that it cannot
// hand over files; the rest of it is there.
func (a *attached) withoutScript(t *testing.T) {
	tab := a.Browser.Tab(t) // it complains, which is right
	dir := a.Copy(t)
	scripts, err := filepath.Glob(filepath.Join(dir, "assets/*/js/files-*.js"))
	e2e.Check(t, err)
	if len(scripts) != 1 {
		t.Fatalf("the script that hands over files is at %q", scripts)
	}
	e2e.Check(t, os.Remove(scripts[0]))
	a.open(t, tab, e2e.Host(t, dir))
	for _, name := range []string{zqlarge, zqmarkup, zqphoto, zqtext} {
		e2e.Until(t, tab, said(name)+`.startsWith('It could not be opened.')`)
	}
	if n := browsertest.Eval[int](t, tab, `document.querySelectorAll('[data-file] button:enabled').length`); n != 0 {
		t.Errorf("%d buttons can be pressed", n)
	}
}

// On paper a file is named, and nothing is there to be pressed.
func (a *attached) onPaper(t *testing.T) {
	tab, root := a.Tab(t)
	a.open(t, tab, root)
	look := of(zqphoto) + `.innerText.replace(/\s+/g, ' ').trim()`
	if now := browsertest.Eval[string](t, tab, look); !strings.Contains(now, "Save Show it here") {
		t.Errorf("on a screen it says %q", now)
	}
	onPaper(t, tab)
	if now := browsertest.Eval[string](t, tab, look); !strings.Contains(now, "zqphoto.png") || strings.Contains(now, "Save") || strings.Contains(now, "Show it") {
		t.Errorf("on paper it says %q", now)
	}
}
