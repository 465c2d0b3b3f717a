package grant

import (
	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
)

// AddressOf returns the address of a client's published portal, with a slash at the end. If
// provider.toml has no base_url, it is only the path, which begins with a slash. It is "" for an
// example, and if it is not known, such as without a key; the problems say why.
func AddressOf(b *pipeline.Builder, id string) (string, diag.Problems) {
	a, ps := b.Address(id)
	if a.Folder == "" || a.Example {
		return "", ps.Errors()
	}
	return b.Published(a.Folder), ps.Errors()
}
