package render

import (
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
