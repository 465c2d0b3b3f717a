package pipeline

import (
	"slices"
	"strings"

	"portalgen/internal/site"
)

// A Change says which clients a batch of changed paths concerns.
type Change struct {
	// Clients are those to build again. All says that something has changed that all portals
	// share, so that all clients must be built.
	Clients []string
	All     bool
}

// Classify returns the Change of changed paths, relative to the site. Private notes and the
// schemas for editors concern no build.
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

// Empty reports whether there is nothing to build.
func (c Change) Empty() bool { return !c.All && len(c.Clients) == 0 }
