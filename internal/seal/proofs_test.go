package seal

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// smallest is the smallest envelope that there is, with the page that it is of, which
// has everything that a page can be bound to.
func smallest() (PageContext, PageKey, []byte) {
	p := linkedPage()
	key := vKey.PageKey(p)
	return p, key, must(key.Seal(p, []byte("<p>text</p>")))
}

// Each byte by itself, in three ways; the random tests draw from larger ones.
func TestEachByteOfASmallEnvelopeIsHeld(t *testing.T) {
	p, key, envelope := smallest()
	if got, err := key.Open(p, envelope); err != nil || string(got) != "<p>text</p>" {
		t.Fatalf("unchanged: %q, %v", got, err)
	}
	for at := range envelope {
		for _, by := range []byte{0x01, 0x80, 0xff} {
			envelope[at] ^= by
			if _, err := key.Open(p, envelope); code(err) == "" || len(code(err)) > len("version") {
				t.Fatalf("byte %d changed by %#x: %v", at, by, err)
			}
			envelope[at] ^= by
		}
	}
	for n := range envelope {
		if _, err := key.Open(p, envelope[:n]); err == nil {
			t.Fatalf("it opens cut off after %d bytes", n)
		}
	}
	if _, err := key.Open(p, append(slices.Clone(envelope), 0)); err == nil {
		t.Error("it opens with a byte more")
	}
}

// Each byte of what an envelope is bound to: changed, left out, or there twice.
func TestEachByteOfAPlaceIsHeld(t *testing.T) {
	p, key, envelope := smallest()
	parts := map[string]func(p *PageContext, change func([]byte) []byte) int{
		"portal": func(p *PageContext, change func([]byte) []byte) int {
			defer func(n string) { p.Portal = string(change([]byte(n))) }(p.Portal)
			return len(p.Portal)
		},
		"token": func(p *PageContext, change func([]byte) []byte) int {
			defer func(n string) { p.Token = string(change([]byte(n))) }(p.Token)
			return len(p.Token)
		},
		"slots": func(p *PageContext, change func([]byte) []byte) int {
			defer func() { p.Slots = change(p.Slots) }()
			return len(p.Slots)
		},
		"navigation": func(p *PageContext, change func([]byte) []byte) int {
			defer func() { p.Nav = change(p.Nav) }()
			return len(p.Nav)
		},
		"link token": func(p *PageContext, change func([]byte) []byte) int {
			defer func() { p.Links = [][]byte{change(p.Links[0])} }()
			return len(p.Links[0])
		},
		"link slots": func(p *PageContext, change func([]byte) []byte) int {
			defer func() { p.LinkSlots = change(p.LinkSlots) }()
			return len(p.LinkSlots)
		},
	}
	for what, part := range parts {
		same := func(b []byte) []byte { return b }
		whole := p
		for at := range part(&whole, same) {
			for how, change := range map[string]func([]byte) []byte{
				"changed":  func(b []byte) []byte { b = slices.Clone(b); b[at] ^= 1; return b },
				"left out": func(b []byte) []byte { return slices.Delete(slices.Clone(b), at, at+1) },
				"doubled":  func(b []byte) []byte { return slices.Insert(slices.Clone(b), at, b[at]) },
			} {
				moved := p
				part(&moved, change)
				for whose, k := range map[string]PageKey{"the page's key": key, "the key of that place": vKey.PageKey(moved)} {
					if _, err := k.Open(moved, envelope); code(err) != "refused" {
						t.Fatalf("byte %d of the %s %s, with %s: %v", at, what, how, whose, err)
					}
				}
			}
		}
	}
}

// Whatever byte of a block is changed, a holder gets the very same key or none.
func TestEachByteOfABlockOfSlotsIsHeld(t *testing.T) {
	page := linkedPage()
	for name, tt := range map[string]struct {
		block []byte
		open  func(Slots) (secret, error)
		// others is how many bytes of the block are none of the holder's: seven slots, and
		// for a link, which no passphrase made, the salt.
		others int
	}{
		"a person": {
			must(vMaker.Seal(vKey, []Holder{{vTheo, "theo"}})),
			func(s Slots) (secret, error) { k, _, err := s.OpenPerson(vTheo, vPortal); return k.secret, err },
			7 * slotSize,
		},
		"a portal link": {
			must(vMaker.Seal(vKey, []Holder{{Root: vTheo}})),
			func(s Slots) (secret, error) { k, err := s.OpenLink(vTheo, vPortal); return k.secret, err },
			7*slotSize + SaltSize,
		},
		"a page link": {
			page.LinkSlots,
			func(s Slots) (secret, error) {
				k, err := s.OpenPageLink(vPageRef.Root(), page.Portal, page.Path())
				return k.secret, err
			},
			7*slotSize + SaltSize,
		},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := tt.open(must(ParseSlots(tt.block)))
			if err != nil {
				t.Fatal(err)
			}
			opened := 0
			for at := range tt.block {
				for _, by := range []byte{0x01, 0x80, 0xff} {
					changed := slices.Clone(tt.block)
					changed[at] ^= by
					s, err := ParseSlots(changed)
					if err != nil {
						continue
					}
					if got, err := tt.open(s); err == nil {
						opened++
						if !bytes.Equal(got.raw(), want.raw()) {
							t.Fatalf("byte %d changed by %#x: another key", at, by)
						}
					}
				}
			}
			if opened == 0 || opened > 3*tt.others {
				t.Errorf("%d of the changed blocks open, of at most %d", opened, 3*tt.others)
			}
			for n := range tt.block {
				if _, err := ParseSlots(tt.block[:n]); err == nil {
					t.Fatalf("a block of %d bytes is one", n)
				}
			}
		})
	}
}

// Of several clients with several pages each, every key opens what is its own, and
// nothing else wherever it is put.
func TestEveryKeyOpensItsOwnAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type one struct {
			what     string
			key      secret
			kind     byte
			page     PageContext
			envelope []byte
		}
		master := Master{drawKey(t, "master")}
		tokens := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{0,4}`), 2, 4, rapid.ID).Draw(t, "tokens")
		clients := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,3}`), 2, 3, rapid.ID).Draw(t, "clients")
		var all []one
		for _, client := range clients {
			ck := master.ClientKey(Access{Client: client, Portal: "same"})
			for _, token := range tokens {
				p := PageContext{Portal: "same", Token: token, Slots: ck.EpochToken()}
				pk, nk := ck.PageKey(p), ck.NavKey(p)
				p.Nav = must(nk.Seal(p, []byte("same")))
				all = append(all,
					one{client + "/" + token, pk.secret, kindPage, p, must(pk.Seal(p, []byte("same")))},
					one{client + "/" + token + ", navigation", nk.secret, kindNav, p, p.Nav})
			}
		}
		for _, holder := range all {
			for _, sealed := range all {
				for _, kind := range []byte{kindPage, kindNav} {
					_, err := holder.key.open(kind, sealed.page, sealed.envelope)
					if own := holder.what == sealed.what && kind == sealed.kind; own != (err == nil) {
						t.Fatalf("the key of %s, as of kind %d, on %s: %v", holder.what, kind, sealed.what, err)
					}
				}
			}
		}
	})
}

// Under one key no nonce is ever used for two plaintexts or two places, over many that
// are as alike as can be.
func TestNoncesNeverRepeat(t *testing.T) {
	const contents = 4000
	seen := map[string]string{}
	keep := func(what string, nonce []byte) {
		if before, ok := seen[string(nonce)]; ok {
			t.Fatalf("%s and %s have the nonce %s", before, what, hex.EncodeToString(nonce))
		}
		seen[string(nonce)] = what
	}
	p := pageAt(vPortal, vToken)
	key := vKey.PageKey(p)
	for i := range contents {
		envelope := must(key.Seal(p, fmt.Appendf(nil, "%d", i)))
		keep(fmt.Sprint("content ", i), envelope[2:envelopeHeader])
	}
	// The same content under the same key, bound to other places.
	for i := range contents {
		moved := p
		moved.LinkSlots = fmt.Appendf(nil, "%d", i)
		envelope := must(key.Seal(moved, []byte("0")))
		keep(fmt.Sprint("place ", i), envelope[2:envelopeHeader])
	}
	// A root's own slots, of one key after another.
	for i := range contents / 10 {
		ck := vMaster.ClientKey(Access{Client: fmt.Sprint("client ", i)})
		block := must(ParseSlots(must(vMaker.Seal(ck, []Holder{{vTheo, "theo"}}))))
		slot := block.find(portalSlots(vPortal, block).keys(vTheo, true).id)
		keep(fmt.Sprint("slot ", i), slot[slotIDSize:slotIDSize+nonceSize])
	}
	if want := 2*contents + contents/10; len(seen) != want {
		t.Errorf("%d nonces of %d", len(seen), want)
	}
}
