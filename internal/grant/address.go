package grant

import (
	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
)

// AddressOf returns the address of a client's published portal, with a slash at the end. Where
// provider.toml has no base_url it is the path alone, which begins with a slash. It is "" where
// it cannot be told, as without a key; the problems say why.
func AddressOf(b *pipeline.Builder, id string) (string, diag.Problems) {
	a, ps := b.Address(id)
	if a.Folder == "" {
		return "", ps.Errors()
	}
	return b.Published(a.Folder), ps.Errors()
}
