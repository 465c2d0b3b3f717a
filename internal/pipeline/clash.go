package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
	"portalgen/internal/site"
)

// claims prevent that two clients add files to the same folder.
type claims struct {
	mu sync.Mutex
	by map[string]string // client id by folder
}

// take reports whether the client may add files to the folder.
func (c *claims) take(folder, id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	holder, taken := c.by[folder]
	if !taken {
		c.by[folder] = id
	}
	return !taken || holder == id
}

// Clashes returns a problem for each client whose folder, of folders by client id,
// is also that of one before it. Clients without a folder have "".
func Clashes(folders map[string]string) diag.Problems {
	var ps diag.Problems
	first := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(folders)) {
		folder := folders[id]
		if other, taken := first[folder]; taken {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: site.ClientFile(id)}, Rule: rule.DuplicatePortal, Severity: diag.Error,
				Message: fmt.Sprintf("%s has the same address as %s: portal = %q", id, other, folder),
				Hint:    "give one of them another name, or none",
			})
		} else if folder != "" {
			first[folder] = id
		}
	}
	return ps
}

// withOthers returns folders, those of the clients that are built, and adds the clients of all
// that are not built now and have one of these folders by their files.
func (b *Builder) withOthers(folders map[string]string, all []string) map[string]string {
	full := maps.Clone(folders)
	taken := slices.Sorted(maps.Values(folders))
	for _, id := range all {
		if _, now := folders[id]; now {
			continue
		}
		b.mu.Lock()
		last, known := b.folders[id]
		b.mu.Unlock()
		if known && !slices.Contains(taken, last) {
			continue
		}
		if folder := b.friendly(id, taken); folder != "" {
			full[id] = folder
		}
	}
	return full
}

// friendly returns the friendly name in a client's file if it is one of names, else "". It
// parses only files that contain one of the names.
func (b *Builder) friendly(id string, names []string) string {
	src, ps := b.source(site.ClientFile(id))
	named := func(name string) bool { return bytes.Contains(src.Text, []byte(name)) }
	if ps.Err() != nil || !slices.ContainsFunc(names, named) {
		return ""
	}
	c, _, _ := b.Read(id)
	if c == nil || !slices.Contains(names, c.Portal) {
		return ""
	}
	return c.Portal
}
