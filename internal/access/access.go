// Package access controls who can open which portal. It reads and writes the master key and, for
// each client, a file data/access/ID.toml with the client's people, links, epoch and the key from
// which its addresses are made. A Sealer seals the pages of one client.
//
// The package must not know the content of pages or of a client's file: it sees ids, tokens and
// bytes.
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

// A WrongKeyError says that an access file is sealed under a master key other than the given one.
type WrongKeyError struct {
	// File is the file's name below the site's folder.
	File string
	// OrEdited says that the file may have been edited by hand instead. The two cannot be told
	// apart if the file has no entry with access.
	OrEdited bool
}

func (e *WrongKeyError) Error() string {
	text := fmt.Sprintf("this key does not open %s: it was sealed under another master key", e.File)
	if e.OrEdited {
		text += ", or its salt, epoch or path_key was changed by hand"
	}
	return text
}
