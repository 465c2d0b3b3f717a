package keyring

import (
	"fmt"
	"slices"

	"portalgen/internal/access"
	"portalgen/internal/clientfile"
	"portalgen/internal/sample"
	"portalgen/internal/seal"
	"portalgen/internal/site"
)

// SealedUnder returns the ids of the clients whose access is sealed under m: all clients except the
// samples, and removed clients that still have an access file. It fails if a file is sealed under
// another key.
func SealedUnder(s *site.Site, m seal.Master) ([]string, error) {
	clients, err := s.Clients()
	if err != nil {
		return nil, err
	}
	files, err := access.Sealed(s.Dir)
	if err != nil {
		return nil, err
	}
	provider, ps := clientfile.ReadFile(s.Root, site.ProviderFile)
	if ps.Err() != nil {
		return nil, ps
	}
	var ids []string
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(clients, files)))) {
		if slices.Contains(clients, id) {
			src, ps := clientfile.ReadFile(s.Root, site.ClientFile(id))
			if ps.Err() != nil {
				return nil, ps
			}
			if sample.Is(id, src.Text, provider.Text) {
				continue
			}
		} else if _, err := access.Load(s.Dir, id, access.SampleMaster()); err == nil {
			continue // a removed sample
		}
		if _, err := access.Load(s.Dir, id, m); err != nil {
			return nil, fmt.Errorf("nothing is changed: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}
