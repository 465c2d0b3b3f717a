package ui

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// A Portal is where the portal of a client is published. Address is only the path, which begins with a slash,
// if provider.toml has no base_url.
type Portal struct{ Client, Address string }

// MostPortals is how many addresses are shown at once if nobody asked for them.
const MostPortals = 10

// Portals shows where portals are published, one per line; more is how many are left out.
func (t *Terminal) Portals(all []Portal, more int) {
	w := tabwriter.NewWriter(t.Out, 0, 0, 2, ' ', 0)
	for _, p := range all {
		fmt.Fprintf(w, "  %s\t%s\n", p.Client, p.Address)
	}
	_ = w.Flush() // an error is ignored, as in Say
	if more > 0 {
		t.Say("  and %d more: `portalgen access list`", more)
	}
	if len(all) > 0 && pathOnly(all[0].Address) {
		t.Say("  (%s)", setBaseURL)
	}
}

// PortalsAbout shows the same below a message about these clients.
func (t *Terminal) PortalsAbout(all []Portal, more int) {
	if len(all) > 0 {
		t.Say("\n%s", t.bold("Portals"))
		t.Portals(all, more)
	}
}

// setBaseURL says how to get full addresses instead of paths.
const setBaseURL = "set base_url in data/provider.toml to see whole addresses"

// pathOnly reports whether an address is only a path.
func pathOnly(address string) bool { return strings.HasPrefix(address, "/") }
