package seal

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn is one client with a page, all drawn at random.
type drawn struct {
	master  Master
	client  string
	access  Access
	ck      ClientKey
	page    PageContext
	content []byte
}

var genID = rapid.Custom(func(t *rapid.T) ID {
	return ID(rapid.SliceOfN(rapid.Byte(), idSize, idSize).Draw(t, "id"))
})

var genEntry = rapid.Custom(func(t *rapid.T) Entry {
	return Entry{genID.Draw(t, "id"), rapid.StringMatching(`[a-z]{0,3}`).Draw(t, "person"), rapid.Bool().Draw(t, "live")}
})

func drawKey(t *rapid.T, label string) secret {
	return newSecret(rapid.SliceOfN(rapid.Byte(), keySize, keySize).Draw(t, label))
}

func draw(t *rapid.T) drawn {
	d := drawn{master: Master{drawKey(t, "master")}, client: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "client")}
	d.access = Access{
		Client: d.client, Portal: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "portal"),
		Salt:    rapid.SliceOfN(rapid.Byte(), SaltSize, SaltSize).Draw(t, "salt"),
		Epoch:   rapid.SliceOfN(rapid.Byte(), EpochSize, EpochSize).Draw(t, "epoch"),
		Entries: rapid.SliceOfN(genEntry, 0, 4).Draw(t, "entries"),
	}
	d.ck = d.master.ClientKey(d.access)
	d.page = PageContext{Portal: d.access.Portal, Token: rapid.StringMatching(`[a-z]{0,8}`).Draw(t, "token")}
	d.page.Slots = must(SlotsMaker{d.master, d.client, d.page.Portal, d.access.Salt}.Seal(d.ck, nil))
	d.page.Nav = must(d.ck.NavKey(d.page).Seal(d.page, []byte("nav")))
	d.content = rapid.SliceOfN(rapid.Byte(), 0, 6000).Draw(t, "content")
	return d
}

func wantRefused(t *rapid.T, what string, err error) {
	t.Helper()
	if err == nil {
		t.Fatalf("it opens with %s", what)
	}
	for _, known := range []error{ErrFormat, ErrVersion, ErrKDF, ErrNoSlot, ErrRefused} {
		if errors.Is(err, known) {
			return
		}
	}
	t.Fatalf("with %s: an error of no known kind: %v", what, err)
}

func TestEnvelopeRoundTripIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		key := d.ck.PageKey(d.page)
		one, two := must(key.Seal(d.page, d.content)), must(key.Seal(d.page, slices.Clone(d.content)))
		if !bytes.Equal(one, two) {
			t.Fatal("the same input gave two envelopes")
		}
		if got, err := key.Open(d.page, one); err != nil || !bytes.Equal(got, d.content) {
			t.Fatalf("did not open: %v", err)
		}
		if n := len(one) - envelopeHeader - tagSize; paddedSize(n) != n {
			t.Fatalf("%d bytes are not a padded length", n)
		}
	})
}

func TestAnyChangedByteOfAnEnvelopeIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		key := d.ck.PageKey(d.page)
		envelope := must(key.Seal(d.page, d.content))
		at := rapid.IntRange(0, len(envelope)-1).Draw(t, "at")
		envelope[at] ^= rapid.ByteRange(1, 255).Draw(t, "by")
		_, err := key.Open(d.page, envelope)
		wantRefused(t, "a changed byte", err)
	})
}

func TestAnyChangedPlaceIsRefused(t *testing.T) {
	changes := map[string]func(*PageContext){
		"portal":         func(p *PageContext) { p.Portal += "x" },
		"token":          func(p *PageContext) { p.Token += "x" },
		"border":         func(p *PageContext) { p.Portal, p.Token = p.Portal+"/"+p.Token, "" },
		"slot":           func(p *PageContext) { p.Slots = flipped(p.Slots, len(p.Slots)-1) },
		"shorter slots":  func(p *PageContext) { p.Slots = p.Slots[1:] },
		"navigation":     func(p *PageContext) { p.Nav = flipped(p.Nav, 0) },
		"end of the nav": func(p *PageContext) { p.Nav = p.Nav[:len(p.Nav)-1] },
		"link":           func(p *PageContext) { p.Links = [][]byte{make([]byte, tokenSize)} },
		"empty link":     func(p *PageContext) { p.Links = [][]byte{{}} },
		"link slots":     func(p *PageContext) { p.LinkSlots = []byte{0} },
		"slots to links": func(p *PageContext) { p.Links, p.LinkSlots = [][]byte{p.Slots}, p.Slots },
	}
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		key := d.ck.PageKey(d.page)
		envelope := must(key.Seal(d.page, d.content))
		for what, change := range changes {
			p := d.page
			change(&p)
			_, err := key.Open(p, envelope)
			wantRefused(t, "another "+what, err)
		}
	})
}

func TestNoKeyOpensAnothersPage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		other := d.page
		other.Token += "x"
		envelope := must(d.ck.PageKey(d.page).Seal(d.page, d.content))
		_, err := d.ck.PageKey(other).Open(d.page, envelope)
		wantRefused(t, "the key of another page", err)
		withLink := d.page
		withLink.Links = [][]byte{make([]byte, tokenSize)}
		_, err = d.ck.PageKey(withLink).Open(d.page, envelope)
		wantRefused(t, "the key of the page with another link", err)
		_, err = PageKey(d.ck.NavKey(d.page)).Open(d.page, envelope)
		wantRefused(t, "the key of the navigation", err)
		for what, ck := range moved(d) {
			_, err = ck.PageKey(d.page).Open(d.page, envelope)
			wantRefused(t, "the key of another "+what, err)
		}
	})
}

// moved returns the keys of the client after each change of one thing that it is made of.
func moved(d drawn) map[string]ClientKey {
	keys := map[string]ClientKey{}
	for what, change := range map[string]func(*Access){
		"client":       func(a *Access) { a.Client += "x" },
		"portal":       func(a *Access) { a.Portal += "x" },
		"border":       func(a *Access) { a.Client, a.Portal = a.Client+a.Portal, "" },
		"salt":         func(a *Access) { a.Salt = flipped(a.Salt, 0) },
		"epoch":        func(a *Access) { a.Epoch = flipped(a.Epoch, 0) },
		"salt's place": func(a *Access) { a.Salt, a.Epoch = append(slices.Clone(a.Salt), a.Epoch[0]), a.Epoch[1:] },
		"entry more":   func(a *Access) { a.Entries = append(slices.Clone(a.Entries), Entry{Person: "zoe"}) },
	} {
		a := d.access
		change(&a)
		keys[what] = d.master.ClientKey(a)
	}
	for i := range d.access.Entries {
		for what, change := range map[string]func(*Entry){
			"id": func(e *Entry) { e.ID[0] ^= 1 }, "person": func(e *Entry) { e.Person += "x" }, "state": func(e *Entry) { e.Live = !e.Live },
		} {
			a := d.access
			a.Entries = slices.Clone(a.Entries)
			change(&a.Entries[i])
			keys[what] = d.master.ClientKey(a)
		}
		a := d.access
		a.Entries = slices.Delete(slices.Clone(a.Entries), i, i+1)
		keys["entry less"] = d.master.ClientKey(a)
	}
	return keys
}

func TestNoncesDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		other := rapid.SliceOfN(rapid.Byte(), 0, 6000).Filter(func(b []byte) bool {
			return !bytes.Equal(b, d.content)
		}).Draw(t, "other content")
		key := d.ck.PageKey(d.page)
		one, two := must(key.Seal(d.page, d.content)), must(key.Seal(d.page, other))
		if bytes.Equal(one[2:envelopeHeader], two[2:envelopeHeader]) {
			t.Fatal("two contents have one nonce")
		}
	})
}

func TestSlotsOpenForTheirHoldersAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		maker := SlotsMaker{Master: d.master, Client: d.client, Portal: d.page.Portal, Salt: d.access.Salt}
		person, link := Root{drawKey(t, "person")}, Root{drawKey(t, "link")}
		name := rapid.StringN(1, 16, MaxPerson).Draw(t, "name")
		holders := []Holder{{person, name}, {link, ""}}
		block, err := maker.Seal(d.ck, holders)
		if person.Equal(link) {
			if !errors.Is(err, ErrSameRoot) {
				t.Fatal("two holders have one root")
			}
			return
		}
		slices.Reverse(holders)
		if again := must(maker.Seal(d.ck, holders)); err != nil || !bytes.Equal(block, again) {
			t.Fatalf("the order of holders shows (%v)", err)
		}
		s := must(ParseSlots(block))
		ck, who, err := s.OpenPerson(person, d.page.Portal)
		if err != nil || who != name || !bytes.Equal(ck.raw(), d.ck.raw()) {
			t.Fatalf("the person's slot: %q, %v", who, err)
		}
		if ck, err := s.OpenLink(link, d.page.Portal); err != nil || !bytes.Equal(ck.raw(), d.ck.raw()) {
			t.Fatalf("the link's slot: %v", err)
		}
		_, _, err = s.OpenPerson(Root{d.master.derive("somebody")}, d.page.Portal)
		wantRefused(t, "another root", err)
	})
}

// One in the header or the own slot is refused by the block itself, one in another's slot
// by every envelope.
func TestAnyChangedByteOfASlotIsRefused(t *testing.T) {
	block := must(vMaker.Seal(vKey, []Holder{{vTheo, "theo"}}))
	own := bytes.Index(block, portalSlots(vPortal, must(ParseSlots(block))).keys(vTheo, true).id)
	for at := range block {
		inOwn := at >= own && at < own+slotSize
		if at >= slotsHeader && !inOwn {
			continue
		}
		for _, by := range []byte{1, 0x80, 0xff} {
			changed := slices.Clone(block)
			changed[at] ^= by
			s, err := ParseSlots(changed)
			if err == nil {
				_, _, err = s.OpenPerson(vTheo, vPortal)
			}
			if code := code(err); len(code) == 0 || len(code) > 7 {
				t.Errorf("byte %d changed by %#x: %v", at, by, err)
			}
		}
	}
}

func TestPageLinksMoveTheirKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		ids := rapid.SliceOfNDistinct(genEntry, 2, 5, rapid.ID).Draw(t, "links")
		token := d.ck.LinkToken(d.page.Token, ids)
		fewer := d.ck.LinkToken(d.page.Token, ids[1:])
		ended := slices.Clone(ids)
		ended[0].Live = !ended[0].Live
		if bytes.Equal(token, d.ck.LinkToken(d.page.Token, ended)) {
			t.Fatal("that a link ended does not show")
		}
		moved := d.access
		moved.Epoch = append([]byte{^moved.Epoch[0]}, moved.Epoch[1:]...)
		if bytes.Equal(token, d.master.ClientKey(moved).LinkToken(d.page.Token, ids)) {
			t.Fatal("access moved and the token stayed")
		}
		slices.Reverse(ids)
		if !bytes.Equal(token, d.ck.LinkToken(d.page.Token, ids)) {
			t.Fatal("the order of links shows")
		}
		with, without := d.page, d.page
		with.Links, without.Links = [][]byte{token}, [][]byte{fewer}
		if bytes.Equal(d.ck.PageKey(with).raw(), d.ck.PageKey(without).raw()) {
			t.Fatal("a link ended and the key stayed")
		}
	})
}

// A flipped bit in anybody's slot is seen by everybody: the host cannot lock one out and
// have the others notice nothing.
func TestAnotherPersonsSlotIsHeldToo(t *testing.T) {
	t.Parallel()
	p := pageAt(vPortal, vToken)
	envelope := must(vKey.PageKey(p).Seal(p, []byte("body")))
	for i := range len(p.Slots) {
		changed := p
		changed.Slots = flipped(p.Slots, i)
		if _, err := vKey.PageKey(p).Open(changed, envelope); code(err) != "refused" {
			t.Fatalf("byte %d of the slots: the body: %v", i, err)
		}
		if _, err := vKey.NavKey(p).Open(changed, p.Nav); code(err) != "refused" {
			t.Fatalf("byte %d of the slots: the navigation: %v", i, err)
		}
	}
}

// What was sealed at different times does not open together, also where nothing else but
// the navigation has changed.
func TestBodyAndNavigationAreOfOneBuild(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]PageContext{"a page": pageAt(vPortal, vToken), "Home": pageAt(vPortal, ""), "a page with a link": linkedPage()} {
		body := must(vKey.PageKey(p).Seal(p, []byte("body")))
		later := p
		later.Nav = must(vKey.NavKey(p).Seal(p, []byte("<nav>later</nav>")))
		if _, err := vKey.NavKey(later).Open(later, later.Nav); err != nil {
			t.Fatalf("%s: the navigation: %v", name, err)
		}
		if _, err := vKey.PageKey(p).Open(later, body); code(err) != "refused" {
			t.Errorf("%s: the body of one build beside the navigation of another: %v", name, err)
		}
		if _, err := vKey.PageKey(p).Open(p, body); err != nil {
			t.Errorf("%s: beside its own: %v", name, err)
		}
	}
}
