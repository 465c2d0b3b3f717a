package seal

import (
	"crypto/sha256"
	"fmt"
)

// The kinds of envelope: its second byte. The kind of attachments is kindFile.
const (
	kindPage = 1
	kindNav  = 2
)

const envelopeHeader = 1 + 1 + nonceSize

// A PageContext is what an envelope is bound to: it does not open in another context.
type PageContext struct {
	// Portal is the first part of the address: a token, or the friendly name.
	Portal string
	// Token is the second part, empty for the home page.
	Token string
	// Slots is the portal's block of slots as published.
	Slots []byte
	// Links is the published list of link tokens, and LinkSlots the block of slots of those links.
	// Both are empty for a page that never had links.
	Links     [][]byte
	LinkSlots []byte
	// Nav is the envelope of the page's navigation as published. The body is bound to it, so the
	// body is sealed after it. The navigation is not bound to the body.
	Nav []byte
}

// Path returns the path that is sealed with the page: portal/ or portal/token/.
func (p PageContext) Path() string {
	if p.Token == "" {
		return p.Portal + "/"
	}
	return p.Portal + "/" + p.Token + "/"
}

func (p PageContext) aad(kind byte) []byte {
	var nav []byte
	if kind == kindPage {
		sum := sha256.Sum256(p.Nav)
		nav = sum[:]
	}
	return labelled("envelope", []byte{Version}, []byte{kind}, []byte(p.Portal), []byte(p.Path()),
		p.Slots, sortedList(p.Links), p.LinkSlots, nav)
}

// Seal returns the envelope of the body of p. It fails only if body has more than maxInflated
// bytes.
func (k PageKey) Seal(p PageContext, body []byte) ([]byte, error) { return k.seal(kindPage, p, body) }

// Seal returns the envelope of the navigation of p. It fails only if nav has more than maxInflated
// bytes.
func (k NavKey) Seal(p PageContext, nav []byte) ([]byte, error) { return k.seal(kindNav, p, nav) }

// SealPacked is like Seal, for a navigation that is already packed.
func (k NavKey) SealPacked(p PageContext, nav Packed) []byte {
	return k.sealPacked(kindNav, p, nav.plain)
}

// Open returns the body in an envelope of p.
func (k PageKey) Open(p PageContext, envelope []byte) ([]byte, error) {
	return k.open(kindPage, p, envelope)
}

// Open returns the navigation in an envelope of p.
func (k NavKey) Open(p PageContext, envelope []byte) ([]byte, error) {
	return k.open(kindNav, p, envelope)
}

func (s secret) seal(kind byte, p PageContext, content []byte) ([]byte, error) {
	if len(content) > maxInflated {
		return nil, fmt.Errorf("seal %s: %d bytes; at most %d are possible", p.Path(), len(content), maxInflated)
	}
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	return s.sealPacked(kind, p, d.pack(content)), nil
}

func (s secret) sealPacked(kind byte, p PageContext, plain []byte) []byte {
	aad := p.aad(kind)
	nonce := s.derive("envelope-nonce-key", []byte{kind}).mac("envelope-nonce", aad, plain)[:nonceSize]
	out := make([]byte, 0, envelopeHeader+len(plain)+tagSize)
	out = append(out, Version, kind)
	out = append(out, nonce...)
	return s.derive("envelope-key", []byte{kind}).gcm().Seal(out, nonce, plain, aad)
}

func (s secret) open(kind byte, p PageContext, envelope []byte) ([]byte, error) {
	switch {
	case len(envelope) < envelopeHeader+minPadded+tagSize:
		return nil, fmt.Errorf("envelope of %d bytes: %w", len(envelope), ErrFormat)
	case envelope[0] != Version:
		return nil, fmt.Errorf("envelope of version %d: %w", envelope[0], ErrVersion)
	case envelope[1] != kind:
		return nil, fmt.Errorf("envelope of kind %d, not %d: %w", envelope[1], kind, ErrFormat)
	}
	nonce, sealed := envelope[2:envelopeHeader], envelope[envelopeHeader:]
	plain, err := s.derive("envelope-key", []byte{kind}).gcm().Open(nil, nonce, sealed, p.aad(kind))
	if err != nil {
		return nil, fmt.Errorf("envelope: %w", ErrRefused)
	}
	return unpack(plain)
}
