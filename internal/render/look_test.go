package render

import (
	"maps"
	"runtime"
	"testing"
	"time"
	"weak"
)

// TestALookIsFreed wants nothing to hold the templates of a theme that nobody uses any more: a preview parses them
// again at each edit of a layout. Where they stay, it ends when the time of all tests is over.
func TestALookIsFreed(t *testing.T) {
	l, err := newLook(plain, "en")
	if err != nil {
		t.Fatal(err)
	}
	templates := weak.Make(l.templates)
	for l = nil; templates.Value() != nil; time.Sleep(time.Millisecond) { // the collector takes its time
		runtime.GC()
	}
}

// TestAChangedThemeIsAnother wants a theme that its owner has changed since to get a renderer of its own.
func TestAChangedThemeIsAnother(t *testing.T) {
	theme := maps.Clone(plain)
	first, err := New(theme, nil)
	if err != nil {
		t.Fatal(err)
	}
	theme["layouts/home.html"] = []byte("another")
	if second, err := New(theme, nil); err != nil || second == first {
		t.Errorf("the renderer of the theme before is given; %v", err)
	}
}
