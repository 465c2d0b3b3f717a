package pipeline

import (
	"slices"
	"strings"

	"portalgen/internal/site"
)

// A Change is what a batch of changed paths means.
type Change struct {
	// Clients are to be built anew, and they alone, unless All is set: something
	// that all portals share has changed.
	Clients []string
	All     bool
}

// Classify tells what changed paths, relative to the site, mean. Private notes and
// the schemas for editors mean nothing to a build.
func Classify(paths []string) Change {
	var c Change
	for _, p := range paths {
		switch id := site.ClientOf(p); {
		case strings.HasPrefix(p, "data/private/"), p == site.SchemaDir, strings.HasPrefix(p, site.SchemaDir+"/"):
		case id == "":
			c.All = true
		case !slices.Contains(c.Clients, id):
			c.Clients = append(c.Clients, id)
		}
	}
	slices.Sort(c.Clients)
	return c
}

// Empty reports whether nothing is to be done.
func (c Change) Empty() bool { return !c.All && len(c.Clients) == 0 }
