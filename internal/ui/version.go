package ui

import (
	"cmp"
	"time"
)

// A Build is what the program was built from. Unknown parts are empty.
type Build struct {
	Version string
	Commit  string    // in full
	Time    time.Time // of the commit
	Changed bool      // there were uncommitted changes
	Hugo    string
	Go      string
	System  string // such as linux/amd64
}

// Version shows what the program was built from.
func (t *Terminal) Version(b Build) {
	t.Say("portalgen %s", cmp.Or(b.Version, "(devel)"))
	if b.Commit != "" {
		changed := ""
		if b.Changed {
			changed = ", with changes since"
		}
		t.Say("commit   %.12s of %s%s", b.Commit, b.Time.UTC().Format("2006-01-02 15:04 UTC"), changed)
	}
	if b.Hugo != "" {
		t.Say("Hugo     %s", b.Hugo)
	}
	t.Say("Go       %s", b.Go)
	t.Say("system   %s", b.System)
}
