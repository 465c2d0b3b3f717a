package seal

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// pageAt is a page of the vectors' portal, with its navigation.
func pageAt(portal, token string) PageContext {
	return withNav(PageContext{Portal: portal, Token: token, Slots: vBlock})
}

func withNav(p PageContext) PageContext {
	p.Nav = must(vKey.NavKey(p).Seal(p, []byte("<nav>Acme Dental</nav>")))
	return p
}

// linkedPage is a page that has one live link of its own.
func linkedPage() PageContext {
	p := PageContext{Portal: vPortal, Token: vToken, Slots: vBlock}
	p.Links = [][]byte{vKey.LinkToken(vToken, vOfPage)}
	p.LinkSlots = must(vMaker.SealPage(vKey.PageKey(p), p.Path(), []Root{vPageRef.Root()}))
	return withNav(p)
}

func envelopeVectors() []envelopeVector {
	home, inner := pageAt(vPortal, ""), pageAt("acme", vToken)
	linked := linkedPage()
	small := []byte("<h1>Acme Dental</h1><p>On track. Zwölf — 十二.</p>")
	noise := deterministicNoise(9000)

	var all []envelopeVector
	good := func(name, kind string, p PageContext, content []byte) envelopeVector {
		v := envelopeVector{
			Name: name, Kind: kind, ClientKey: vKey.raw(), Portal: p.Portal, Token: p.Token, Slots: p.Slots,
			LinkSlots: p.LinkSlots, Nav: p.Nav, Length: len(content),
		}
		for _, link := range p.Links {
			v.Links = append(v.Links, link)
		}
		sum := sha256.Sum256(content)
		v.SHA256 = sum[:]
		if v.Envelope = must(vKey.PageKey(p).Seal(p, content)); kind == "nav" {
			v.Envelope, v.Nav = must(vKey.NavKey(p).Seal(p, content)), nil
		}
		return v
	}
	all = append(all,
		good("home", "page", home, small),
		good("navigation of home", "nav", home, small),
		good("page under a friendly name", "page", inner, small),
		good("empty", "page", home, nil),
		good("over 4 KiB", "page", inner, noise),
		good("page with a link, by the client's key", "page", linked, small))
	byLink := good("page with a link, by the page's key", "page", linked, small)
	byLink.ClientKey, byLink.PageKey = nil, vKey.PageKey(linked).raw()
	all = append(all, byLink)

	bad := func(name, code string, change func(*envelopeVector)) {
		v := good(name, "page", inner, small)
		v.Error, v.Length, v.SHA256 = code, 0, nil
		change(&v)
		all = append(all, v)
	}
	bad("empty envelope", "format", func(v *envelopeVector) { v.Envelope = nil })
	bad("unknown version", "version", func(v *envelopeVector) { v.Envelope[0] = 2 })
	bad("page read as navigation", "format", func(v *envelopeVector) { v.Kind = "nav" })
	bad("kind changed to navigation", "refused", func(v *envelopeVector) { v.Kind, v.Envelope[1] = "nav", kindNav })
	bad("reserved kind", "format", func(v *envelopeVector) { v.Envelope[1] = 3 })
	bad("shorter than any", "format", func(v *envelopeVector) { v.Envelope = v.Envelope[:len(v.Envelope)-1] })
	bad("a byte cut off", "refused", func(v *envelopeVector) {
		v.Envelope = must(vKey.PageKey(inner).Seal(inner, noise))
		v.Envelope = v.Envelope[:len(v.Envelope)-1]
	})
	bad("a byte too many", "refused", func(v *envelopeVector) { v.Envelope = append(v.Envelope, 0) })
	bad("bit of the nonce", "refused", func(v *envelopeVector) { v.Envelope[2] ^= 1 })
	bad("bit of the ciphertext", "refused", func(v *envelopeVector) { v.Envelope[envelopeHeader] ^= 1 })
	bad("bit of the tag", "refused", func(v *envelopeVector) { v.Envelope[len(v.Envelope)-1] ^= 0x80 })
	bad("wrong portal", "refused", func(v *envelopeVector) { v.Portal = "acmf" })
	bad("wrong page", "refused", func(v *envelopeVector) { v.Token = vPathKey.PageToken("commitment", "photos") })
	bad("token as part of the portal", "refused", func(v *envelopeVector) { v.Portal, v.Token = "acme/"+vToken, "" })
	bad("bit of the salt in the slots", "refused", func(v *envelopeVector) { v.Slots = flipped(v.Slots, 2) })
	bad("bit of the epoch token in the slots", "refused", func(v *envelopeVector) { v.Slots = flipped(v.Slots, 18) })
	bad("bit of somebody's slot", "refused", func(v *envelopeVector) { v.Slots = flipped(v.Slots, slotsHeader+slotSize-1) })
	bad("slots of another build", "refused", func(v *envelopeVector) { v.Slots = must(vMaker.Seal(vKey, nil)) })
	bad("bit of the navigation", "refused", func(v *envelopeVector) { v.Nav = flipped(v.Nav, len(v.Nav)-1) })
	bad("navigation of another build", "refused", func(v *envelopeVector) {
		v.Nav = must(vKey.NavKey(inner).Seal(inner, []byte("<nav>Acme Dental, later</nav>")))
	})
	bad("navigation of another page", "refused", func(v *envelopeVector) { v.Nav = home.Nav })
	bad("no navigation", "refused", func(v *envelopeVector) { v.Nav = nil })
	bad("wrong client key", "refused", func(v *envelopeVector) { v.ClientKey = fixed("other", keySize) })
	bad("a link too many", "refused", func(v *envelopeVector) { v.Links = []hexed{fixed("other", tokenSize)} })
	bad("link slots added", "refused", func(v *envelopeVector) { v.LinkSlots = linked.LinkSlots })
	for _, m := range malformed(small, noise) {
		bad(m.name, "format", func(v *envelopeVector) {
			v.Envelope = vKey.PageKey(inner).sealPacked(kindPage, inner, m.plain)
		})
	}
	return all
}

func flipped(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 1
	return b
}

type badPlain struct {
	name  string
	plain []byte
}

// malformed are plaintexts that Seal would not make.
func malformed(small, noise []byte) []badPlain {
	pack := func(stream []byte, length, size int) []byte {
		plain := binary.BigEndian.AppendUint32(nil, uint32(length))
		plain = append(plain, stream...)
		return append(plain, make([]byte, size-len(plain))...)
	}
	s, n := deflate(small), deflate(noise)
	bomb := deflate(make([]byte, maxInflated+1))
	dirty := pack(s, len(s), minPadded)
	dirty[minPadded-1] = 1
	return []badPlain{
		{"plaintext: padding not zero", dirty},
		{"plaintext: length beyond the end", pack(s, minPadded, minPadded)},
		{"plaintext: length of four gigabytes", pack(s, 0xffffffff, minPadded)},
		{"plaintext: length zero", pack(nil, 0, minPadded)},
		{"plaintext: stream longer than its length", pack(s, len(s)-1, minPadded)},
		{"plaintext: bytes after the stream", pack(append(slices.Clone(s), 0), len(s)+1, minPadded)},
		{"plaintext: not a deflate stream", pack([]byte{0xff, 0xff, 0xff}, 3, minPadded)},
		{"plaintext: padded too little", pack(n, len(n), len(n)+lengthSize)},
		{"plaintext: padded too much", pack(s, len(s), 2*minPadded)},
		{"plaintext: inflates to more than 16 MiB", pack(bomb, len(bomb), paddedSize(len(bomb)+lengthSize))},
	}
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := must(flate.NewWriter(&out, level))
	must(w.Write(b))
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// deterministicNoise returns n bytes that do not deflate.
func deterministicNoise(n int) []byte {
	var out []byte
	for i := 0; len(out) < n; i++ {
		out = append(out, fixed(fmt.Sprint("noise ", i), sha256.Size)...)
	}
	return out[:n]
}
