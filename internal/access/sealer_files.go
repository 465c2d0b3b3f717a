package access

import (
	"io"

	"portalgen/internal/seal"
)

// Digest reads an attachment of size bytes and returns what its key is derived from.
func (s *Sealer) Digest(r io.Reader, size int64) ([]byte, error) { return s.ck.Digest(r, size) }

// File returns the attachment of that digest and size which the pages with the given
// tokens show. Who can open one of these pages can open it, so its key depends on their
// links.
func (s *Sealer) File(digest []byte, size int64, pageTokens []string) *seal.File {
	var links [][]byte
	for _, token := range pageTokens {
		links = append(links, s.Place(token).Links...)
	}
	return s.ck.File(s.portal, size, digest, links)
}
