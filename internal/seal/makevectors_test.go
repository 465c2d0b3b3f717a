package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

// TestVectorsAreCurrent makes the vectors anew from fixed keys and compares. It
// holds the program to "the same input gives the same bytes", over time and from
// machine to machine. A new release of Go may deflate differently; then, and only
// then, is -update the answer to a difference in envelopes.
func TestVectorsAreCurrent(t *testing.T) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(makeVectors()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(vectorsFile, text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if had, err := os.ReadFile(vectorsFile); err != nil || !bytes.Equal(had, text.Bytes()) {
		t.Errorf("%s is not what this program makes (%v); see -update", vectorsFile, err)
	}
}

// The fixed input of the vectors.
var (
	vSalt    = fixed("salt", SaltSize)
	vMaster  = Master{newSecret(fixed("master", keySize))}
	vPathKey = PathKey{newSecret(fixed("path key", keySize))}
	vPortal  = vPathKey.PortalToken("acme-dental")
	vToken   = vPathKey.PageToken("commitment", "booking")
	vAccess  = Access{
		Client: "acme-dental", Portal: vPortal, Salt: vSalt, Epoch: fixed("epoch", EpochSize),
		Entries: []Entry{
			{ID(fixed("maria's id", idSize)), "maria", true},
			{ID(fixed("theo's id", idSize)), "theo", true},
			{ID(fixed("the link's id", idSize)), "", true},
			{ID(fixed("bo's id", idSize)), "bo", false},
		},
	}
	vKey     = vMaster.ClientKey(vAccess)
	vTheo    = Root{newSecret(fixed("theo", keySize))}
	vLink    = Link{newSecret(fixed("link", keySize))}
	vOfPage  = []Entry{{ID: ID(fixed("the page link's id", idSize)), Live: true}}
	vPageRef = Link{newSecret(fixed("page link", keySize))}
	vBlock   = must(vMaker.Seal(vKey, []Holder{{vTheo, "theo"}, {vLink.Root(), ""}}))
	vMaker   = SlotsMaker{Master: vMaster, Client: "acme-dental", Portal: vPortal, Salt: vSalt}
)

const vPassphrase = "correct horse battery staple again"

// fixed returns n bytes that are always the same for what.
func fixed(what string, n int) []byte {
	sum := sha256.Sum256([]byte("portalgen vectors: " + what))
	return slices.Clone(sum[:n])
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func makeVectors() vectors {
	v := vectors{About: "Test vectors of docs/envelope.md, which tells what each field is. A vector with an error must be refused, with that code."}
	for _, typed := range normalizationCases {
		v.Normalization = append(v.Normalization, normalVector{typed, must(normalizePassphrase(typed))})
	}
	for _, typed := range []string{vPassphrase, "  Correct\tHORSE battery\u00a0staple\u3000again ", "ŻÓŁW ΟΔΟΣ İstanbul ﬁve"} {
		v.PersonRoots = append(v.PersonRoots, rootVector{typed, vSalt, must(PersonRoot(typed, vSalt)).raw()})
	}
	v.Links = []linkVector{
		{Secret: vLink.Fragment(), Root: vLink.raw()},
		{Secret: vLink.Fragment()[:42], Error: "format"},
		{Secret: vLink.Fragment() + "A", Error: "format"},
		{Secret: vLink.Fragment()[:42] + "*", Error: "format"},
		{Secret: strings.Repeat("A", 42) + "B", Error: "format"}, // bits after the last byte
		{Secret: vLink.Fragment() + "\n", Error: "format"},
		{Secret: "", Error: "format"},
	}
	v.Fragments = fragmentVectors()
	v.Addresses = []addressVector{
		{vPathKey.raw(), "acme-dental", vPortal, "commitment", "booking", vToken},
		{vPathKey.raw(), "über", vPathKey.PortalToken("über"), "status", "2026-11-10", vPathKey.PageToken("status", "2026-11-10")},
	}
	nobody, named := vAccess, vAccess
	nobody.Entries, named.Portal = nil, "acme"
	for _, a := range []Access{vAccess, nobody, named} {
		v.ClientKeys = append(v.ClientKeys, clientKeyVector(a))
	}
	for n, refused := range map[int]string{0: "", tokenSize: "", 3 * tokenSize: "", 1: "format", tokenSize + 1: "format", 2*tokenSize - 1: "format"} {
		v.LinkTokens = append(v.LinkTokens, linkTokensVector{deterministicNoise(n), n / tokenSize, refused})
	}
	slices.SortFunc(v.LinkTokens, func(a, b linkTokensVector) int { return len(a.List) - len(b.List) })
	v.Slots = slotVectors(must(PersonRoot(vPassphrase, vSalt)))
	v.Envelopes = envelopeVectors()
	v.Files = fileVectors()
	v.Pages, v.Bodies = pageVectors(), bodyVectors()
	return v
}

func clientKeyVector(a Access) keyVector {
	key := vMaster.ClientKey(a)
	v := keyVector{
		Master: vMaster.raw(), Client: a.Client, Portal: a.Portal, Salt: a.Salt, Epoch: a.Epoch,
		Entries: []entryVector{}, ClientKey: key.raw(), EpochToken: key.EpochToken(),
	}
	for _, e := range a.Entries {
		v.Entries = append(v.Entries, entryVector{e.ID[:], e.Person, e.Live})
	}
	return v
}

var normalizationCases = []string{
	vPassphrase, "  two\t\r\nspaces  ", "\ufeffleading mark", "CAPITALS", "ΟΔΟΣ ΟΔΟΣ", "İstanbul I ı",
	"ﬁve ﬀ", "Ａｂｃ １２", "é e\u0301 E\u0301", "a\u00a0b\u2003c\u3000d", "\u0085a\u2028b\u2029",
	"Straße ẞ", "Ǆ ǅ ǆ", "ἈΡΧΉ ᾈ", "한글 한글", "𐐀𐐨", "K Å Ω", "می\u200cخواهم", "x\u200bx", "drop-down yo-yo", "¨ ½ ²",
}

func slotVectors(maria Root) []slotVector {
	holders := []Holder{{maria, "maria"}, {vTheo, strings.Repeat("t", MaxPerson)}, {vLink.Root(), ""}}
	block := must(vMaker.Seal(vKey, holders))
	page := linkedPage()
	pk := vKey.PageKey(page)
	good := func(name string, block []byte, root Root, holder string, key secret, person string) slotVector {
		return slotVector{
			Name: name, Block: block, Root: root.raw(), Holder: holder, Portal: vPortal,
			Key: key.raw(), Token: key.bytes(tokenSize, "epoch-token"), Person: person,
		}
	}
	mariaSlot := good("person", block, maria, "person", vKey.secret, "maria")
	all := []slotVector{
		mariaSlot,
		good("person with the longest id", block, vTheo, "person", vKey.secret, holders[1].Person),
		good("portal link", block, vLink.Root(), "link", vKey.secret, ""),
		good("page link", page.LinkSlots, vPageRef.Root(), "page-link", pk.secret, ""),
		good("sixteen slots", must(vMaker.Seal(vKey, manyHolders(9, holders[0]))), maria, "person", vKey.secret, "maria"),
	}
	all[3].Path = page.Path()
	bad := func(name, code string, change func(*slotVector)) {
		v := mariaSlot
		v.Name, v.Error = name, code
		v.Block, v.Key, v.Token, v.Person = slices.Clone(block), nil, nil, ""
		change(&v)
		all = append(all, v)
	}
	own := bytes.Index(block, portalSlots(vPortal, must(ParseSlots(block))).keys(maria, true).id)
	bad("unknown version", "version", func(v *slotVector) { v.Block[0] = 2 })
	bad("unknown key derivation", "kdf", func(v *slotVector) { v.Block[1] = 2 })
	bad("key derivation none", "kdf", func(v *slotVector) { v.Block[1] = 0 })
	bad("empty", "format", func(v *slotVector) { v.Block = nil })
	bad("header alone", "format", func(v *slotVector) { v.Block = v.Block[:slotsHeader] })
	bad("one byte short", "format", func(v *slotVector) { v.Block = v.Block[:len(v.Block)-1] })
	bad("one byte too many", "format", func(v *slotVector) { v.Block = append(v.Block, 0) })
	bad("four slots", "format", func(v *slotVector) {
		v.Block = v.Block[:slotsHeader+4*slotSize]
		v.Block[slotsHeader-1] = 4
	})
	bad("seven slots", "format", func(v *slotVector) {
		v.Block = v.Block[:slotsHeader+7*slotSize]
		v.Block[slotsHeader-1] = 7
	})
	bad("no slots", "format", func(v *slotVector) {
		v.Block = v.Block[:slotsHeader]
		v.Block[slotsHeader-1] = 0
	})
	bad("out of order", "format", func(v *slotVector) {
		slots := v.Block[slotsHeader:]
		v.Block = slices.Concat(v.Block[:slotsHeader], slots[slotSize:2*slotSize], slots[:slotSize], slots[2*slotSize:])
	})
	bad("another salt", "refused", func(v *slotVector) { v.Block[2] ^= 1 })
	bad("another epoch token", "no-slot", func(v *slotVector) { v.Block[18] ^= 1 })
	bad("bit of the slot's id", "no-slot", func(v *slotVector) { v.Block[own+slotIDSize-1] ^= 1 })
	bad("bit of the nonce", "refused", func(v *slotVector) { v.Block[own+slotIDSize] ^= 1 })
	bad("bit of the ciphertext", "refused", func(v *slotVector) { v.Block[own+slotIDSize+nonceSize] ^= 0x80 })
	bad("bit of the tag", "refused", func(v *slotVector) { v.Block[own+slotSize-1] ^= 1 })
	bad("wrong portal", "no-slot", func(v *slotVector) { v.Portal = "acme" })
	bad("wrong root", "no-slot", func(v *slotVector) { v.Root = fixed("nobody", keySize) })
	bad("person opened as a link", "refused", func(v *slotVector) { v.Holder = "link" })
	bad("link opened as a person", "refused", func(v *slotVector) { v.Root = vLink.raw() })
	bad("portal's slot for a page", "no-slot", func(v *slotVector) { v.Holder, v.Path = "page-link", vPortal+"/" })
	bad("page link at another page", "no-slot", func(v *slotVector) {
		v.Block, v.Root, v.Holder, v.Path = page.LinkSlots, vPageRef.raw(), "page-link", vPortal+"/"
	})
	payload := func(name string, change func([]byte)) {
		bad("payload: "+name, "format", func(v *slotVector) { v.Block = withPayload(v.Block, holders[0], change) })
	}
	payload("a page's key for a portal", func(b []byte) { b[0] = holdsPageKey })
	payload("id too long", func(b []byte) { b[1+keySize] = MaxPerson + 1 })
	payload("padding not zero", func(b []byte) { b[payloadSize-1] = 1 })
	payload("id not UTF-8", func(b []byte) { b[payloadFixed] = 0xff })
	payload("a person without an id", func(b []byte) { clear(b[1+keySize:]) })
	bad("payload: a link with an id", "format", func(v *slotVector) {
		v.Root, v.Holder = vLink.raw(), "link"
		v.Block = withPayload(v.Block, holders[2], func(b []byte) { b[1+keySize], b[payloadFixed] = 1, 'x' })
	})
	return all
}

func manyHolders(n int, first Holder) []Holder {
	holders := []Holder{first}
	for i := 1; i < n; i++ {
		holders = append(holders, Holder{Root{newSecret(fixed(fmt.Sprint("holder ", i), keySize))}, fmt.Sprint("p", i)})
	}
	return holders
}

// withPayload seals the slot of a holder anew with a payload that Seal would not make.
func withPayload(block []byte, h Holder, change func([]byte)) []byte {
	place := portalSlots(vPortal, must(ParseSlots(block)))
	payload := makePayload(holdsClientKey, vKey.secret, h.Person)
	change(payload)
	k := place.keys(h.Root, h.Person != "")
	at := bytes.Index(block, k.id)
	nonce := k.nonce.mac("slot-nonce", k.aad, payload)[:nonceSize]
	slot := k.wrap.gcm().Seal(slices.Concat(k.id, nonce), nonce, payload, k.aad)
	return slices.Concat(block[:at], slot, block[at+slotSize:])
}
