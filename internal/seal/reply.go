package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash"
	"strings"
	"sync"
)

// kindReply is the second byte of a sealed reply.
const kindReply = 4

// The kinds of credential under which a reply is sealed.
const (
	HolderPerson   = "person"
	HolderLink     = "link"
	HolderPageLink = "page-link"
)

const (
	hintSize      = 16
	replyHeader   = 1 + 1 + hintSize + nonceSize
	minReplyPlain = 512
	maxReplyPlain = 64 * minReplyPlain
)

// MaxReply is the greatest length of the content of a reply, MaxSealedReply that of a sealed reply,
// both in bytes.
const (
	MaxReply       = maxReplyPlain - lengthSize
	MaxSealedReply = replyHeader + maxReplyPlain + tagSize
)

// ReplyKeys seal and open the replies of one credential in one portal.
type ReplyKeys struct {
	portal, holder string
	key            secret
	hint           *hinter
}

// ReplyKeys returns the keys for replies in a portal under the credential with root r. holder is
// its kind, such as HolderPerson.
func (r Root) ReplyKeys(portal, holder string) ReplyKeys {
	of := [][]byte{[]byte(portal), []byte(holder)}
	return ReplyKeys{portal, holder, r.derive("reply-key", of...), newHinter(r.derive("reply-hint-key", of...))}
}

// A hinter makes the hints of one key. It keeps the state that depends only on the key, since each
// reply is tried with the keys of all credentials. It is safe for concurrent use.
type hinter struct {
	mu   sync.Mutex
	mac  hash.Hash
	text []byte // the text to hash; its last bytes are the nonce
	sum  [sha256.Size]byte
}

func newHinter(key secret) *hinter {
	return &hinter{mac: hmac.New(sha256.New, key.raw()), text: labelled("reply-hint", make([]byte, nonceSize))}
}

func (h *hinter) of(nonce []byte) [hintSize]byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	copy(h.text[len(h.text)-nonceSize:], nonce)
	h.mac.Reset()
	h.mac.Write(h.text)
	return [hintSize]byte(h.mac.Sum(h.sum[:0])[:hintSize])
}

// Holder returns the kind of the credential.
func (k ReplyKeys) Holder() string { return k.holder }

// ValidateReply checks the form of a sealed reply, as far as this is possible without a key. The
// error is ErrVersion or ErrFormat.
func ValidateReply(sealed []byte) error {
	switch {
	case len(sealed) < 2:
		return fmt.Errorf("reply of %d bytes: %w", len(sealed), ErrFormat)
	case sealed[0] != Version:
		return fmt.Errorf("reply of version %d: %w", sealed[0], ErrVersion)
	case sealed[1] != kindReply:
		return fmt.Errorf("reply of kind %d: %w", sealed[1], ErrFormat)
	}
	plain := len(sealed) - replyHeader - tagSize
	if plain < minReplyPlain || plain > maxReplyPlain || paddedReply(plain) != plain {
		return fmt.Errorf("reply of %d bytes: %w", len(sealed), ErrFormat)
	}
	return nil
}

// paddedReply returns the length to which a plaintext of n bytes is padded.
func paddedReply(n int) int {
	padded := minReplyPlain
	for padded < n {
		padded *= 2
	}
	return padded
}

// Seal returns a sealed reply with the content, under a random nonce. It fails only if content has
// more than MaxReply bytes.
func (k ReplyKeys) Seal(content []byte) ([]byte, error) {
	if len(content) > MaxReply {
		return nil, fmt.Errorf("reply: %d bytes; at most %d are possible", len(content), MaxReply)
	}
	return k.seal(random(nonceSize), packReply(content)), nil
}

// packReply returns the plaintext of a reply: the length of its content, the content, and zeros.
func packReply(content []byte) []byte {
	plain := make([]byte, paddedReply(lengthSize+len(content)))
	binary.BigEndian.PutUint32(plain, uint32(len(content)))
	copy(plain[lengthSize:], content)
	return plain
}

func (k ReplyKeys) seal(nonce, plain []byte) []byte {
	hint := k.hintOf(nonce)
	out := make([]byte, 0, replyHeader+len(plain)+tagSize)
	out = append(out, Version, kindReply)
	out = append(out, hint...)
	out = append(out, nonce...)
	return k.key.gcm().Seal(out, nonce, plain, k.aad(hint))
}

// hintOf returns the MAC of a reply's nonce under the hint key. It identifies the credential only
// to those who have the key.
func (k ReplyKeys) hintOf(nonce []byte) []byte {
	hint := k.hint.of(nonce)
	return hint[:]
}

func (k ReplyKeys) aad(hint []byte) []byte {
	return labelled("reply", []byte{Version}, []byte{kindReply}, []byte(k.portal), []byte(k.holder), hint)
}

// Made reports whether the hint of a sealed reply is of these keys. ValidateReply must have
// accepted its form. Only Open shows whether the hint is true.
func (k ReplyKeys) Made(sealed []byte) bool {
	hint, nonce := sealed[2:2+hintSize], sealed[2+hintSize:replyHeader]
	is := k.hint.of(nonce)
	return subtle.ConstantTimeCompare(hint, is[:]) == 1
}

// Open returns the content of a sealed reply. The error is ErrNoSlot if it was made with other
// keys, ErrRefused if it was changed, or an error of ValidateReply.
func (k ReplyKeys) Open(sealed []byte) ([]byte, error) {
	if err := ValidateReply(sealed); err != nil {
		return nil, err
	}
	if !k.Made(sealed) {
		return nil, fmt.Errorf("reply: %w", ErrNoSlot)
	}
	hint, nonce := sealed[2:2+hintSize], sealed[2+hintSize:replyHeader]
	plain, err := k.key.gcm().Open(nil, nonce, sealed[replyHeader:], k.aad(hint))
	if err != nil {
		return nil, fmt.Errorf("reply: %w", ErrRefused)
	}
	end := lengthSize + uint64(binary.BigEndian.Uint32(plain))
	if end > uint64(len(plain)) || paddedReply(int(end)) != len(plain) || !allZero(plain[end:]) {
		return nil, fmt.Errorf("padding of a reply: %w", ErrFormat)
	}
	return plain[lengthSize:end], nil
}

// The lines around the text form of a sealed reply.
const (
	replyBegin = "[portalgen reply 1]"
	replyEnd   = "[portalgen end "
	replyWidth = 64
)

// ReplyText returns the text form of a sealed reply, for mail and chat. It ends with a newline.
func ReplyText(sealed []byte) string {
	var b strings.Builder
	b.WriteString(replyBegin + "\n")
	text := base64.RawStdEncoding.EncodeToString(sealed)
	for len(text) > 0 {
		n := min(len(text), replyWidth)
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	b.WriteString(replyEnd + ReplyCheck(sealed) + "]\n")
	return b.String()
}

// checkLetters is the number of base32 letters in the checksum of the text form.
const checkLetters = 6

// ReplyCheck returns the checksum in the text form of a sealed reply.
func ReplyCheck(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return base32Lower.EncodeToString(sum[:])[:checkLetters]
}

// InboxTokens are the tokens of an inbox. Post allows to leave a reply, Fetch to take replies out.
type InboxTokens struct{ Post, Fetch string }

// postTokenSize is shorter than a key: whoever guesses the token can fill an inbox, but read
// nothing.
const postTokenSize = 16

// InboxTokens returns the tokens of a site's inbox. They change when the master key changes.
func (m Master) InboxTokens() InboxTokens {
	return InboxTokens{
		Post:  base64URL.EncodeToString(m.bytes(postTokenSize, "inbox-post-token")),
		Fetch: base64URL.EncodeToString(m.bytes(keySize, "inbox-fetch-token")),
	}
}
