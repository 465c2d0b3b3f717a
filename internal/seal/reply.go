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

// The holders of a reply: what kind of credential it is sealed under.
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

// MaxReply is the greatest length of the content of a reply, in bytes; MaxSealedReply that of a
// sealed one.
const (
	MaxReply       = maxReplyPlain - lengthSize
	MaxSealedReply = replyHeader + maxReplyPlain + tagSize
)

// ReplyKeys seal and open the replies that are made with one credential in one portal.
type ReplyKeys struct {
	portal, holder string
	key            secret
	hint           *hinter
}

// ReplyKeys returns the keys for replies of the credential with root r, which is of the kind
// holder, in a portal.
func (r Root) ReplyKeys(portal, holder string) ReplyKeys {
	of := [][]byte{[]byte(portal), []byte(holder)}
	return ReplyKeys{portal, holder, r.derive("reply-key", of...), newHinter(r.derive("reply-hint-key", of...))}
}

// A hinter makes the hints of one key. It keeps what the key alone decides, since each reply is tried
// with the keys of all credentials. It may be used from several goroutines.
type hinter struct {
	mu   sync.Mutex
	mac  hash.Hash
	text []byte // what is hashed, ending in the nonce
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

// ValidateReply reports what is wrong with the form of a sealed reply, as far as it can be seen
// without a key: ErrVersion or ErrFormat.
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

// Seal returns a reply with the content, under a random nonce. It fails only for one of over
// MaxReply bytes.
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

// hintOf returns what the nonce of a reply gives under the hint key. It names the credential to
// whoever has the key, and to nobody else.
func (k ReplyKeys) hintOf(nonce []byte) []byte {
	hint := k.hint.of(nonce)
	return hint[:]
}

func (k ReplyKeys) aad(hint []byte) []byte {
	return labelled("reply", []byte{Version}, []byte{kindReply}, []byte(k.portal), []byte(k.holder), hint)
}

// Made reports whether a sealed reply, whose form ValidateReply has accepted, says that it was made
// with these keys. Whether that is so, only Open shows.
func (k ReplyKeys) Made(sealed []byte) bool {
	hint, nonce := sealed[2:2+hintSize], sealed[2+hintSize:replyHeader]
	is := k.hint.of(nonce)
	return subtle.ConstantTimeCompare(hint, is[:]) == 1
}

// Open returns the content of a sealed reply. The error is ErrNoSlot where it was made with
// other keys, ErrRefused where it was changed, and else that of ValidateReply.
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

// ReplyText returns the text form of a sealed reply, for mail and chat. It ends with a line end.
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

// checkLetters is how many letters of base32 the checksum of the text form has.
const checkLetters = 6

// ReplyCheck returns the checksum of a sealed reply that stands in its text form.
func ReplyCheck(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return base32Lower.EncodeToString(sum[:])[:checkLetters]
}

// InboxTokens are what opens an inbox: Post to leave a reply there, Fetch to take replies out.
type InboxTokens struct{ Post, Fetch string }

// postTokenSize is short of a key: whoever guesses it can fill an inbox, and read nothing.
const postTokenSize = 16

// InboxTokens returns the tokens of the inbox of a site. They change with its key.
func (m Master) InboxTokens() InboxTokens {
	return InboxTokens{
		Post:  base64URL.EncodeToString(m.bytes(postTokenSize, "inbox-post-token")),
		Fetch: base64URL.EncodeToString(m.bytes(keySize, "inbox-fetch-token")),
	}
}
