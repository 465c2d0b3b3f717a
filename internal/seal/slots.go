package seal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Sizes of a slots block, in bytes.
const (
	slotsHeader  = 1 + 1 + SaltSize + tokenSize + 1
	slotIDSize   = 16
	payloadSize  = 128
	slotSize     = slotIDSize + nonceSize + payloadSize + tagSize
	minSlots     = 8
	maxSlots     = 128
	payloadFixed = 1 + keySize + 1
)

// The kinds of key in a slot: the first byte of its payload.
const (
	holdsClientKey = 1
	holdsPageKey   = 2
)

// Slots is a parsed slots block. It shares memory with the bytes from which it was parsed.
type Slots struct {
	salt, token []byte
	slots       []byte
}

// ParseSlots parses a slots block. It checks the form, but no key: version, key derivation, a count
// that is a power of two and at least eight, the exact length, and ids in rising order.
func ParseSlots(b []byte) (Slots, error) {
	switch {
	case len(b) < slotsHeader:
		return Slots{}, fmt.Errorf("slots block of %d bytes: %w", len(b), ErrFormat)
	case b[0] != Version:
		return Slots{}, fmt.Errorf("slots block of version %d: %w", b[0], ErrVersion)
	case b[1] != kdfPBKDF2:
		return Slots{}, fmt.Errorf("slots block with key derivation %d: %w", b[1], ErrKDF)
	}
	count := int(b[slotsHeader-1])
	if count < minSlots || count&(count-1) != 0 || len(b) != slotsHeader+count*slotSize {
		return Slots{}, fmt.Errorf("slots block with %d slots in %d bytes: %w", count, len(b), ErrFormat)
	}
	s := Slots{salt: b[2 : 2+SaltSize], token: b[2+SaltSize : slotsHeader-1], slots: b[slotsHeader:]}
	for i := 1; i < count; i++ {
		if bytes.Compare(s.at(i - 1)[:slotIDSize], s.at(i)[:slotIDSize]) >= 0 {
			return Slots{}, fmt.Errorf("slots %d and %d are out of order: %w", i-1, i, ErrFormat)
		}
	}
	return s, nil
}

// parseLinkTokens parses the list of link tokens that a page publishes: tokenSize bytes each.
func parseLinkTokens(b []byte) ([][]byte, error) {
	if len(b)%tokenSize != 0 {
		return nil, fmt.Errorf("link tokens of %d bytes: %w", len(b), ErrFormat)
	}
	return slices.Collect(slices.Chunk(b, tokenSize)), nil
}

// Salt returns the salt for PersonRoot.
func (s Slots) Salt() []byte { return s.salt }

// EpochToken returns the token of the epoch in which the block was made.
func (s Slots) EpochToken() []byte { return s.token }

func (s Slots) at(i int) []byte { return s.slots[i*slotSize : (i+1)*slotSize] }

func (s Slots) find(id []byte) []byte {
	for i := range len(s.slots) / slotSize {
		if slot := s.at(i); bytes.Equal(slot[:slotIDSize], id) {
			return slot
		}
	}
	return nil
}

// OpenPerson opens the slot of a person at a portal and returns the client's key
// and the person's id.
func (s Slots) OpenPerson(root Root, portal string) (ClientKey, string, error) {
	k, person, err := s.open(root, portalSlots(portal, s), true)
	return ClientKey{k}, person, err
}

// OpenLink opens the slot of a portal link and returns the client's key.
func (s Slots) OpenLink(root Root, portal string) (ClientKey, error) {
	k, _, err := s.open(root, portalSlots(portal, s), false)
	return ClientKey{k}, err
}

// OpenPageLink opens the slot of a link to the page at path, in the block of that
// page's own links, and returns the page's key.
func (s Slots) OpenPageLink(root Root, portal, path string) (PageKey, error) {
	k, _, err := s.open(root, pageSlots(portal, path, s), false)
	return PageKey{k}, err
}

func (s Slots) open(root Root, at slotPlace, person bool) (secret, string, error) {
	k := at.keys(root, person)
	slot := s.find(k.id)
	if slot == nil {
		return secret{}, "", ErrNoSlot
	}
	sealed := slot[slotIDSize:]
	payload, err := k.wrap.gcm().Open(nil, sealed[:nonceSize], sealed[nonceSize:], k.aad)
	if err != nil {
		return secret{}, "", fmt.Errorf("slot: %w", ErrRefused)
	}
	return parsePayload(payload, at.holds(), person)
}

// A slotPlace is the context to which a slots block is bound.
type slotPlace struct {
	portal string
	// path is the path of the page for whose links the slots are, if page is true.
	path string
	page bool
	Slots
}

func portalSlots(portal string, s Slots) slotPlace { return slotPlace{portal: portal, Slots: s} }

func pageSlots(portal, path string, s Slots) slotPlace {
	return slotPlace{portal: portal, path: path, page: true, Slots: s}
}

func (p slotPlace) kind() []byte {
	if p.page {
		return []byte("page")
	}
	return []byte("portal")
}

func (p slotPlace) use() []byte {
	if p.page {
		return lp(p.kind(), []byte(p.path))
	}
	return lp(p.kind())
}

func (p slotPlace) holds() byte {
	if p.page {
		return holdsPageKey
	}
	return holdsClientKey
}

// slotKeys are the keys that a root has for its slot in one block.
type slotKeys struct {
	id, aad     []byte
	wrap, nonce secret
}

func (p slotPlace) keys(root Root, person bool) slotKeys {
	use, portal := p.use(), []byte(p.portal)
	k := slotKeys{
		id:    root.bytes(slotIDSize, "slot-id", use, portal, p.token),
		wrap:  root.derive("slot-key", use, portal, p.token),
		nonce: root.derive("slot-nonce-key", use, portal, p.token),
	}
	kdf, salt := []byte{kdfNone}, []byte(nil)
	if person {
		kdf, salt = []byte{kdfPBKDF2}, p.salt
	}
	k.aad = labelled("slot", []byte{Version}, p.kind(), portal, []byte(p.path), p.token, kdf, salt, k.id)
	return k
}

func makePayload(holds byte, key secret, person string) []byte {
	b := make([]byte, payloadSize)
	b[0] = holds
	copy(b[1:], key.raw())
	b[1+keySize] = byte(len(person))
	copy(b[payloadFixed:], person)
	return b
}

func parsePayload(b []byte, holds byte, person bool) (secret, string, error) {
	n := int(b[1+keySize])
	if b[0] != holds || n > MaxPerson || (n > 0) != person ||
		!allZero(b[payloadFixed+n:]) || !utf8.Valid(b[payloadFixed:payloadFixed+n]) {
		return secret{}, "", fmt.Errorf("payload of a slot: %w", ErrFormat)
	}
	return newSecret(b[1 : 1+keySize]), string(b[payloadFixed : payloadFixed+n]), nil
}

func allZero(b []byte) bool {
	var any byte
	for _, c := range b {
		any |= c
	}
	return any == 0
}

func uint32Bytes(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
