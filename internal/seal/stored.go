package seal

import "fmt"

// A Field is the context to which a stored secret is bound: its place in the access file and the
// other fields of its entry. The secret does not open in any other context.
type Field struct {
	// Client is the client's id; Name is the name of the field.
	Client, Name string
	// Associated are the values of the entry's other fields, in a fixed order.
	Associated []string
}

func (f Field) aad() []byte {
	fields := [][]byte{[]byte(f.Client), []byte(f.Name)}
	for _, text := range f.Associated {
		fields = append(fields, []byte(text))
	}
	return labelled("access", fields...)
}

// A StoredSecret is a secret in an access file: a Root, a Link or a PathKey.
type StoredSecret interface {
	Root | Link | PathKey
	raw() []byte
}

// SealSecret seals a secret under m for an access file. The nonce is random: unlike a build, an
// access file need not get the same bytes each time.
func SealSecret[K StoredSecret](m Master, f Field, k K) []byte {
	nonce := random(nonceSize)
	return m.derive("access-key").gcm().Seal(nonce, nonce, k.raw(), f.aad())
}

// OpenSecret opens a secret that SealSecret sealed. The error is ErrRefused if the key or the field
// differs, even in one associated value, and ErrFormat for a wrong length.
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

// The values for a client that has no access file yet. The first access file stores them, so that
// its addresses stay the same.

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
