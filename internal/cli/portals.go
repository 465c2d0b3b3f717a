package cli

import (
	"portalgen/internal/grant"
	"portalgen/internal/pipeline"
	"portalgen/internal/ui"
)

// portals returns where the portals of clients are published, of at most ui.MostPortals, and how
// many more there are. It leaves out what cannot be told, as without a key.
func portals(b *pipeline.Builder, ids []string) (all []ui.Portal, more int) {
	few := ids[:min(ui.MostPortals, len(ids))]
	for _, id := range few {
		if address, _ := grant.AddressOf(b, id); address != "" {
			all = append(all, ui.Portal{Client: id, Address: address})
		}
	}
	if len(all) == 0 {
		return nil, 0
	}
	return all, len(ids) - len(few)
}
