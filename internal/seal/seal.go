// Package seal makes and opens the sealed bytes of a portal: keys, slots and envelopes.
// docs/envelope.md defines every byte. testdata/vectors.json has examples that both this package
// and the browser's modules open.
//
// To seal a portal:
//
//  1. Derive the client's key from the [Master] with [Master.ClientKey]. It depends on
//     the [Access]: everything on which the slots depend.
//  2. Make the block of slots with [SlotsMaker.Seal], one slot for each [Holder]. The root of
//     a person comes from a passphrase ([PersonRoot]). The root of a link is its secret
//     ([Link.Root]).
//  3. For each [PageContext], seal the navigation with its [NavKey], put the result into the
//     field Nav, and then seal the body with its [PageKey].
//
// To open a page, find the slot of a root with [Slots.OpenPerson] or [Slots.OpenLink]. The slot
// holds the [ClientKey], from which the keys of the page derive. A [Link] to one page opens only
// that page's key ([Slots.OpenPageLink]). A [File] seals an attachment in chunks, and
// [FileKey.OpenFile] opens it. [SealSecret] and [OpenSecret] are for secrets in access files.
//
// The package must not know what a portal or a person is: it sees strings and bytes. The same
// input always gives the same bytes, except for [SealSecret] and functions named New.
package seal

import (
	"encoding/base32"
	"encoding/base64"
	"errors"
)

// The errors of opening. The browser's modules use the same five names: format, version, kdf,
// no-slot, refused.
var (
	// ErrFormat says that the bytes do not have the form that docs/envelope.md defines.
	ErrFormat = errors.New("not well formed")
	// ErrVersion says that the bytes have a version that this program does not know.
	ErrVersion = errors.New("unknown version")
	// ErrKDF says that the bytes name a key derivation that is not in the table.
	ErrKDF = errors.New("unknown key derivation")
	// ErrNoSlot says that no slot belongs to the root: a wrong passphrase or link.
	ErrNoSlot = errors.New("no slot for this passphrase or link")
	// ErrRefused says that authentication failed: a wrong key, context or byte.
	ErrRefused = errors.New("does not open with this key at this place")
)

// Version is the first byte of every slots block and every envelope.
const Version = 1

// Lengths in bytes.
const (
	keySize   = 32
	nonceSize = 12
	tagSize   = 16

	// SaltSize is the length of a client's salt.
	SaltSize = 16
	// EpochSize is the length of a client's epoch value.
	EpochSize = 16
	// idSize is the length of the id of a credential.
	idSize = 16
	// tokenSize is the length of an epoch token and of a link token.
	tokenSize = 16
	// MaxPerson is the greatest length of a person's id.
	MaxPerson = 64
)

// base32Lower encodes ids and tokens: RFC 4648 in lower case.
var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// base64URL encodes the secrets of links and the keys of attachments.
var base64URL = base64.RawURLEncoding.Strict()

// parseSecret reads 32 bytes of base64url. It accepts only one text for each key; the decoder by
// itself skips line breaks.
func parseSecret(s string) (secret, bool) {
	b, err := base64URL.DecodeString(s)
	if err != nil || len(b) != keySize || base64URL.EncodeToString(b) != s {
		return secret{}, false
	}
	return newSecret(b), true
}
