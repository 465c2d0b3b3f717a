package pipeline

import (
	"path"
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
	// Notes are those whose private notes have changed: no portal shows them, and the desk of a
	// preview does.
	Notes []string
}

// Classify returns the Change of changed paths, relative to the site. The schemas for editors
// concern nothing.
func Classify(paths []string) Change {
	var c Change
	for _, p := range paths {
		switch id := site.ClientOf(p); {
		case strings.HasPrefix(p, site.PrivateDir+"/"):
			own := strings.TrimSuffix(path.Base(p), ".toml")
			if p == site.PrivateFile(own) && !slices.Contains(c.Notes, own) {
				c.Notes = append(c.Notes, own)
			}
		case p == site.SchemaDir, strings.HasPrefix(p, site.SchemaDir+"/"):
		case id == "":
			c.All = true
		case !slices.Contains(c.Clients, id):
			c.Clients = append(c.Clients, id)
		}
	}
	slices.Sort(c.Clients)
	slices.Sort(c.Notes)
	return c
}

// Empty reports whether there is nothing to build.
func (c Change) Empty() bool { return !c.All && len(c.Clients) == 0 }
