package takein

import (
	"fmt"
	"testing"

	"portalgen/internal/access"
	"portalgen/internal/seal"
)

// BenchmarkOpen opens one reply among the credentials of 1,000 clients, of three each. The reply
// is of the one in the middle.
func BenchmarkOpen(b *testing.B) {
	var owners []Owner
	for i := range 3000 {
		keys := seal.NewLink().Root().ReplyKeys(fmt.Sprintf("portal-%d", i/3), seal.HolderPerson)
		owners = append(owners, Owner{Client: fmt.Sprint(i / 3), Credential: access.Credential{Keys: keys}})
	}
	sealed, err := owners[1500].Keys.Seal([]byte(`{"id":"` + id + `","at":"2026-11-20T09:30:00Z","kind":"message","texts":{"word":"Hi"}}`))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Open(sealed, owners); err != nil {
			b.Fatal(err)
		}
	}
}
