package seal

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// A Holder is a person or a link to which a slots block gives access.
type Holder struct {
	Root Root
	// Person is the id of the person, at most MaxPerson bytes; "" for a link.
	Person string
}

// A SlotsMaker makes the slots blocks of one client.
type SlotsMaker struct {
	// Master is the key from which the dummy slots derive.
	Master Master
	Client string
	Portal string
	Salt   []byte
}

// MaxHolders is the greatest number of holders of a slots block.
const MaxHolders = maxSlots

// ErrSameRoot says that two holders have the same root, such as two people with the same
// passphrase.
var ErrSameRoot = errors.New("two have the same passphrase or link")

// Seal returns the slots block of a portal: a slot with ck for each holder.
func (m SlotsMaker) Seal(ck ClientKey, holders []Holder) ([]byte, error) {
	at := portalSlots(m.Portal, Slots{salt: m.Salt, token: ck.EpochToken()})
	return m.seal(at, ck.secret, holders)
}

// SealPage returns the slots block of the links to the page at path: a slot with
// pk for each root.
func (m SlotsMaker) SealPage(pk PageKey, path string, links []Root) ([]byte, error) {
	at := pageSlots(m.Portal, path, Slots{salt: m.Salt, token: pk.EpochToken()})
	holders := make([]Holder, len(links))
	for i, root := range links {
		holders[i].Root = root
	}
	return m.seal(at, pk.secret, holders)
}

func (m SlotsMaker) seal(at slotPlace, key secret, holders []Holder) ([]byte, error) {
	if len(m.Salt) != SaltSize {
		return nil, fmt.Errorf("salt of %d bytes, not %d", len(m.Salt), SaltSize)
	}
	count := minSlots
	for count < len(holders) {
		count *= 2
	}
	if count > maxSlots {
		return nil, fmt.Errorf("%d people and links; at most %d are possible", len(holders), maxSlots)
	}
	slots := make([][]byte, 0, count)
	for _, h := range holders {
		if len(h.Person) > MaxPerson {
			return nil, fmt.Errorf("the id %q has %d bytes; at most %d "+
				"are possible", h.Person, len(h.Person), MaxPerson)
		}
		slots = append(slots, at.seal(key, h))
	}
	for i := len(slots); i < count; i++ {
		slots = append(slots, m.Master.bytes(slotSize, "dummy-slot", []byte(m.Client), []byte(m.Portal),
			at.use(), at.token, uint32Bytes(i)))
	}
	slices.SortFunc(slots, bytes.Compare)
	for i := 1; i < count; i++ {
		if bytes.Equal(slots[i-1][:slotIDSize], slots[i][:slotIDSize]) {
			return nil, ErrSameRoot
		}
	}
	block := slices.Concat([]byte{Version, kdfPBKDF2}, m.Salt, at.token, []byte{byte(count)})
	return append(block, slices.Concat(slots...)...), nil
}

func (p slotPlace) seal(key secret, h Holder) []byte {
	k := p.keys(h.Root, h.Person != "")
	payload := makePayload(p.holds(), key, h.Person)
	nonce := k.nonce.mac("slot-nonce", k.aad, payload)[:nonceSize]
	slot := slices.Concat(k.id, nonce)
	return k.wrap.gcm().Seal(slot, nonce, payload, k.aad)
}
