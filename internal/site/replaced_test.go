package site

import (
	"io/fs"
	"testing"

	"portalgen"
)

// What took the place of an earlier layout is there.
func TestWhatIsReplacedIsThere(t *testing.T) {
	for before, now := range replaced {
		if _, err := fs.Stat(portalgen.Defaults, "layouts/"+now); err != nil {
			t.Errorf("%s: %v", before, err)
		}
		if _, err := fs.Stat(portalgen.Defaults, "layouts/"+before); err == nil {
			t.Errorf("%s is there", before)
		}
	}
}
