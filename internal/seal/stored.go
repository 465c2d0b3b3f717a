package seal

import "fmt"

// A Field is what a kept secret is bound to: its place in the access file, and the values of
// the other fields of its entry. It does not open with any other.
type Field struct {
	// Client is the client's id, Name the name of the field.
	Client, Name string
	// Associated are the values of the other fields of its entry, in a fixed order.
	Associated []string
}

func (f Field) aad() []byte {
	fields := [][]byte{[]byte(f.Client), []byte(f.Name)}
	for _, text := range f.Associated {
		fields = append(fields, []byte(text))
	}
	return labelled("access", fields...)
}

// A StoredSecret is one that an access file holds: a Root, a Link or a PathKey.
type StoredSecret interface {
	Root | Link | PathKey
	raw() []byte
}

// SealSecret seals a secret under m for an access file. The nonce is random, since access files are
// not made by builds, which must give the same bytes each time.
func SealSecret[K StoredSecret](m Master, f Field, k K) []byte {
	nonce := random(nonceSize)
	return m.derive("access-key").gcm().Seal(nonce, nonce, k.raw(), f.aad())
}

// OpenSecret opens what SealSecret sealed. The error is ErrRefused for another key or field, also
// where only another field of the entry was changed, and ErrFormat for a wrong length.
func OpenSecret[K StoredSecret](m Master, f Field, sealed []byte) (K, error) {
	if len(sealed) != nonceSize+keySize+tagSize {
		return K{}, fmt.Errorf("kept secret of %d bytes: %w", len(sealed), ErrFormat)
	}
	plain, err := m.derive("access-key").gcm().Open(nil, sealed[:nonceSize], sealed[nonceSize:], f.aad())
	if err != nil {
		return K{}, ErrRefused
	}
	return K{newSecret(plain)}, nil
}

// The values of a client that has no access file yet. The first access file stores the same
// values, so that its addresses stay.

// DefaultSalt returns the salt of such a client.
func (m Master) DefaultSalt(clientID string) []byte {
	return m.bytes(SaltSize, "default-salt", []byte(clientID))
}

// DefaultEpoch returns the epoch value of such a client.
func (m Master) DefaultEpoch(clientID string) []byte {
	return m.bytes(EpochSize, "default-epoch", []byte(clientID))
}

// DefaultPathKey returns the path key of such a client.
func (m Master) DefaultPathKey(clientID string) PathKey {
	return PathKey{m.derive("default-path-key", []byte(clientID))}
}

// NewEpoch draws an epoch value.
func NewEpoch() []byte { return random(EpochSize) }
