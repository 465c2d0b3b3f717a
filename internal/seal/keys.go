package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"slices"
)

// secret is 32 bytes that are never printed. It is a pointer for two reasons: fmt shows an address
// even if a key is an unexported field of another type, and using a key that was never set panics
// and does not seal under zeros.
type secret struct{ b *[keySize]byte }

func newSecret(b []byte) secret {
	k := [keySize]byte(b)
	return secret{&k}
}

// Format prints "(secret)" whatever the verb.
func (secret) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(secret)") }

// IsZero reports whether the key was never set. Any other use of such a key panics.
func (s secret) IsZero() bool { return s.b == nil }

func (s secret) raw() []byte { return s.b[:] }

// derive returns the key for the given label and fields: HKDF-SHA256 without salt.
func (s secret) derive(what string, fields ...[]byte) secret {
	return newSecret(s.bytes(keySize, what, fields...))
}

// bytes derives n bytes in the same way as derive.
func (s secret) bytes(n int, what string, fields ...[]byte) []byte {
	out, err := hkdf.Key(sha256.New, s.raw(), nil, string(labelled(what, fields...)), n)
	if err != nil {
		panic(fmt.Sprintf("hkdf of %d bytes: %v", n, err)) // only lengths of over 255 hashes fail
	}
	return out
}

// mac returns the HMAC-SHA256 of the labelled fields.
func (s secret) mac(what string, fields ...[]byte) []byte {
	h := hmac.New(sha256.New, s.raw())
	writeLabelled(h, what, fields...)
	return h.Sum(nil)
}

func (s secret) gcm() cipher.AEAD {
	block, err := aes.NewCipher(s.raw())
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES has blocks of 16 bytes
	}
	return gcm
}

// The keys. Each is only an input of HKDF; the keys that encrypt derive from it.
type (
	// A Master is the provider's key. docs/envelope.md calls it M.
	Master struct{ secret }
	// A Root is the key of a credential, a passphrase or a link. It opens a slot. Also called R.
	Root struct{ secret }
	// A ClientKey is the key from which all keys of one client in one epoch derive. Also called CK.
	ClientKey struct{ secret }
	// A PageKey opens the body of one page. Also called PK.
	PageKey struct{ secret }
	// A NavKey opens the navigation of one page. Also called NK.
	NavKey struct{ secret }
)

// Equal reports whether m and n are the same key.
func (m Master) Equal(n Master) bool {
	return subtle.ConstantTimeCompare(m.raw(), n.raw()) == 1
}

// Equal reports whether r and s are the same root.
func (r Root) Equal(s Root) bool {
	return subtle.ConstantTimeCompare(r.raw(), s.raw()) == 1
}

// Access holds the values on which the key of a client depends.
type Access struct {
	// Client is the client's id, Portal the first part of its addresses.
	Client, Portal string
	Salt, Epoch    []byte
	// Entries are the people and portal links of the access file, in any order.
	Entries []Entry
}

// An Entry is one credential of an access file; it may have ended.
type Entry struct {
	ID ID
	// Person is the id of the person; "" for a link.
	Person string
	// Live says that the entry has access. An ended entry stays in the list, so that ending an
	// access never gives an earlier key again.
	Live bool
}

func (e Entry) bytes() []byte {
	state := []byte{0}
	if e.Live {
		state[0] = 1
	}
	return lp(e.ID[:], []byte(e.Person), state)
}

func entryList(entries []Entry) []byte {
	list := make([][]byte, len(entries))
	for i, e := range entries {
		list[i] = e.bytes()
	}
	return sortedList(list)
}

// ClientKey returns the key of a client. It depends on everything on which the client's slots
// depend. So any such change gives a new key and new slots.
func (m Master) ClientKey(a Access) ClientKey {
	return ClientKey{m.derive("client-key", []byte(a.Client), []byte(a.Portal), a.Salt, a.Epoch, entryList(a.Entries))}
}

// EpochToken returns the public name of the epoch of k. All pages and slots of one build have the
// same one.
func (k ClientKey) EpochToken() []byte { return k.bytes(tokenSize, "epoch-token") }

// PageKey returns the key of the body of p.
func (k ClientKey) PageKey(p PageContext) PageKey {
	return PageKey{k.derive("page-key", []byte(p.Token), sortedList(p.Links))}
}

// NavKey returns the key of the navigation of p.
func (k ClientKey) NavKey(p PageContext) NavKey {
	return NavKey{k.derive("nav-key", []byte(p.Token))}
}

// EpochToken returns the token in the slots of the links to this page. It changes when those links
// change.
func (k PageKey) EpochToken() []byte { return k.bytes(tokenSize, "epoch-token") }

// LinkToken returns the token for PageContext.Links of a page that has or had its own links. One
// token depends on all of them, so that it does not reveal their number. It derives from the
// client's key, so it changes whenever access changes.
func (k ClientKey) LinkToken(pageToken string, links []Entry) []byte {
	return k.bytes(tokenSize, "link-token", []byte(pageToken), entryList(links))
}

// sortedList returns lp of the items, sorted by their bytes.
func sortedList(items [][]byte) []byte {
	return lp(slices.SortedFunc(slices.Values(items), bytes.Compare)...)
}
