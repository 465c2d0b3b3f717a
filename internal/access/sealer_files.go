package access

import (
	"io"

	"portalgen/internal/seal"
)

// Digest reads an attachment of size bytes and returns the digest from which its key derives.
func (s *Sealer) Digest(r io.Reader, size int64) ([]byte, error) { return s.ck.Digest(r, size) }

// File returns the attachment with the given digest and size. pageTokens are the pages that show
// it. Everybody who can open one of these pages can open the attachment, so its key depends on the
// links to them.
func (s *Sealer) File(digest []byte, size int64, pageTokens []string) *seal.File {
	var links [][]byte
	for _, token := range pageTokens {
		links = append(links, s.Place(token).Links...)
	}
	return s.ck.File(s.portal, size, digest, links)
}
