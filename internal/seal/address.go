package seal

import (
	"encoding/hex"
	"fmt"
)

// An ID is the random id of a credential. It is never reused.
type ID [idSize]byte

// NewID draws an id.
func NewID() ID { return ID(random(idSize)) }

// String returns the id in lower-case base32, 26 characters.
func (id ID) String() string { return base32Lower.EncodeToString(id[:]) }

// ParseID parses an id that String returned.
func ParseID(s string) (ID, error) {
	b, err := base32Lower.DecodeString(s)
	if err != nil || len(b) != idSize || base32Lower.EncodeToString(b) != s {
		return ID{}, fmt.Errorf("%q is not the id of a credential", s)
	}
	return ID(b), nil
}

// The lengths of tokens in addresses, in bytes before base32.
const (
	portalTokenSize = 16
	pageTokenSize   = 10
)

// A PathKey is the key from which the addresses of a client's portal derive. A change of the
// master key leaves it unchanged.
type PathKey struct{ secret }

// PortalToken returns the first part of a client's addresses: 26 characters.
func (k PathKey) PortalToken(clientID string) string {
	return base32Lower.EncodeToString(k.mac("portal-path", []byte(clientID))[:portalTokenSize])
}

// PageToken returns the second part of the address of a page: 16 characters.
func (k PathKey) PageToken(kind, item string) string {
	return base32Lower.EncodeToString(k.mac("page-path", []byte(kind), []byte(item))[:pageTokenSize])
}

// stableKeySize is the length of a stable key in bytes.
const stableKeySize = 6

// StableKey returns an identifier for a thing on pages, derived from its name: 12 hexadecimal
// digits. Without the path key nobody can tell the name. It stays the same when access changes.
func (k PathKey) StableKey(name string) string {
	return hex.EncodeToString(k.derive("mark-key").mac("mark", []byte(name))[:stableKeySize])
}
