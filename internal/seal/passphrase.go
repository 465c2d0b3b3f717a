package seal

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sethvargo/go-diceware/diceware"
	"golang.org/x/text/unicode/norm"
)

// The table of key derivations. A slots block names one of them. A reader refuses any other, so
// that a published block cannot make it run a weak or an endless one.
const (
	// kdfNone is the derivation of a link: its secret is already the root. It is never published.
	kdfNone = 0
	// kdfPBKDF2 is PBKDF2 with HMAC-SHA256 and a million rounds, 32 bytes.
	kdfPBKDF2 = 1

	pbkdf2Rounds = 1_000_000
)

// The number of words of a passphrase. LeastWords, the default, gives 64.3 bits: 7,476 words of the
// EFF's large list can be drawn.
const (
	LeastWords = 5
	MostWords  = 12
)

// maxPassphrase is the greatest length of a passphrase, in bytes.
const maxPassphrase = 1024

// NewPassphrase draws a passphrase of the given number of words, with single spaces between them.
// All possible passphrases are equally likely. It fails for fewer than LeastWords or more than
// MostWords.
func NewPassphrase(words int) (string, error) {
	if words < LeastWords || words > MostWords {
		return "", fmt.Errorf("a passphrase has %d to %d words, not %d", LeastWords, MostWords, words)
	}
	return firstOf(func() ([]string, error) {
		return diceware.GenerateWithWordList(words, diceware.WordListEffLarge())
	})
}

// firstOf draws until no word is left out. It draws all words again, not one, so that all
// passphrases stay equally likely.
func firstOf(draw func() ([]string, error)) (string, error) {
	for {
		words, err := draw()
		if err != nil {
			return "", fmt.Errorf("draw a passphrase: %w", err)
		}
		if allDrawn(words) {
			return strings.Join(words, " "), nil
		}
	}
}

// PersonRoot returns the root of a person: PBKDF2 of the normal form of the passphrase under the
// client's salt. It takes some tenths of a second. It fails only if normalizePassphrase fails.
func PersonRoot(passphrase string, salt []byte) (Root, error) {
	text, err := normalizePassphrase(passphrase)
	if err != nil {
		return Root{}, err
	}
	b, err := pbkdf2.Key(sha256.New, text, salt, pbkdf2Rounds, keySize)
	if err != nil {
		return Root{}, fmt.Errorf("derive a root: %w", err)
	}
	return Root{newSecret(b)}, nil
}

// normalizePassphrase returns the form of a passphrase from which the root is made, so that
// different ways to type it give the same root: NFKC, white space trimmed and each run of it one
// space, lower case. docs/envelope.md defines it.
//
// It refuses characters for which another program may give another result: control and private
// characters, those that Unicode 15 does not define, and the combining grapheme joiner, which
// normalization itself may insert. A browser need not refuse them, since no slot is made from such
// a passphrase.
func normalizePassphrase(s string) (string, error) {
	switch {
	case !utf8.ValidString(s):
		return "", errors.New("the passphrase is not text in UTF-8")
	case len(s) > maxPassphrase:
		return "", fmt.Errorf("the passphrase has %d bytes; at most %d are allowed", len(s), maxPassphrase)
	}
	s = strings.Join(strings.FieldsFunc(norm.NFKC.String(s), isSpace), " ")
	var out strings.Builder
	for _, r := range s {
		if !passphraseRune(r) {
			return "", fmt.Errorf("the passphrase holds %U, which cannot be typed the same way everywhere", r)
		}
		if r == 'İ' {
			out.WriteString("i\u0307") // the one code point whose lower case is two
			continue
		}
		out.WriteRune(unicode.ToLower(r))
	}
	if out.Len() == 0 {
		return "", errors.New("the passphrase is empty")
	}
	return out.String(), nil
}

// isSpace reports whether r is white space in a passphrase. The list is part of the format:
// docs/envelope.md and kdf.js have the same list.
func isSpace(r rune) bool {
	switch {
	case r >= 0x09 && r <= 0x0d, r == 0x20, r == 0x85, r == 0xa0, r == 0x1680,
		r >= 0x2000 && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f,
		r == 0x205f, r == 0x3000, r == 0xfeff:
		return true
	}
	return false
}

func passphraseRune(r rune) bool {
	const graphemeJoiner = 0x34f
	return r != graphemeJoiner && (unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r))
}
