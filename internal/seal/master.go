package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// masterPrefix begins the printed form of a master key. The number is the version of the form.
const masterPrefix = "portalgen-key-1-"

const (
	masterGroup = 7
	checkSize   = 3
)

// Errors of ParseMaster. None of them contains a part of the text.
var (
	errNotMaster = fmt.Errorf("not a key: a key begins with %q and has 56 letters and digits after it", masterPrefix)
	errMistyped  = errors.New("mistyped: the key's checksum does not fit, so at least one letter is wrong")
)

// NewMaster draws a master key.
func NewMaster() Master { return Master{newSecret(random(keySize))} }

// Reveal returns m as text for a key file: the prefix, then three bytes of checksum and the key in
// base32, in eight groups of seven.
func (m Master) Reveal() string {
	text := base32Lower.EncodeToString(append(m.checksum(), m.raw()...))
	groups := make([]string, 0, len(text)/masterGroup)
	for ; text != ""; text = text[masterGroup:] {
		groups = append(groups, text[:masterGroup])
	}
	return masterPrefix + strings.Join(groups, "-")
}

// ParseMaster parses a key that Reveal returned. It ignores case, white space, and where the
// hyphens between groups are.
func ParseMaster(s string) (Master, error) {
	s = strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s))
	text, ok := strings.CutPrefix(s, masterPrefix)
	if !ok {
		return Master{}, errNotMaster
	}
	text = strings.ReplaceAll(text, "-", "")
	if len(text) != base32Lower.EncodedLen(checkSize+keySize) {
		return Master{}, fmt.Errorf("mistyped: the key has %d letters and digits after %q, not %d",
			len(text), masterPrefix, base32Lower.EncodedLen(checkSize+keySize))
	}
	b, err := base32Lower.DecodeString(text)
	if err != nil {
		return Master{}, errors.New("mistyped: a key holds only the letters a to z and the digits 2 to 7")
	}
	m := Master{newSecret(b[checkSize:])}
	if subtle.ConstantTimeCompare(m.checksum(), b[:checkSize]) != 1 {
		return Master{}, errMistyped
	}
	return m, nil
}

func (m Master) checksum() []byte {
	sum := sha256.Sum256(labelled("key-check", m.raw()))
	return sum[:checkSize:checkSize]
}

// random returns n random bytes. crypto/rand returns no error: it stops the program instead.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
