package cli

import (
	"portalgen/internal/grant"
	"portalgen/internal/pipeline"
	"portalgen/internal/ui"
)

// portals returns the addresses of the clients' portals, for at most ui.MostPortals clients, and
// the number of further clients. It omits unknown addresses, such as without a key.
func portals(b *pipeline.Builder, ids []string) (all []ui.Portal, more int) {
	few := ids[:min(ui.MostPortals, len(ids))]
	for _, id := range few {
		address := b.PublishedAt(id)
		if address == "" {
			address, _ = grant.AddressOf(b, id)
		}
		if address != "" {
			all = append(all, ui.Portal{Client: id, Address: address})
		}
	}
	if len(all) == 0 {
		return nil, 0
	}
	return all, len(ids) - len(few)
}
