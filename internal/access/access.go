// Package access knows who can open which portal: the master key, and for each
// client a file data/access/ID.toml with its people, links, epoch and the key of
// its addresses. It hands out a Sealer, which seals that client's pages.
//
// It must not know what is on a page, nor what else a client's file says: it
// sees ids, tokens and bytes.
package access

import (
	"fmt"
	"path/filepath"
)

// The kinds of link.
const (
	// PortalLink opens a whole portal.
	PortalLink = "portal"
	// PageLink opens one page and nothing else.
	PageLink = "page"
)

// FileName returns the name of a client's access file below the site's folder,
// with slashes, as messages show it.
func FileName(clientID string) string { return "data/access/" + clientID + ".toml" }

func filePath(siteDir, clientID string) string {
	return filepath.Join(siteDir, filepath.FromSlash(FileName(clientID)))
}

// A WrongKeyError says that the master key is not the one that an access file
// was sealed under.
type WrongKeyError struct {
	// File is the file's name below the site's folder.
	File string
	// OrEdited says that the file may have been changed by hand instead: it has no entry
	// with access, by which the two could be told apart.
	OrEdited bool
}

func (e *WrongKeyError) Error() string {
	text := fmt.Sprintf("this key does not open %s: it was sealed under another master key", e.File)
	if e.OrEdited {
		text += ", or its salt, epoch or path_key was changed by hand"
	}
	return text
}
