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
	ck      ClientKey
	page    Page
	content []byte
}

var genID = rapid.Custom(func(t *rapid.T) ID {
	return ID(rapid.SliceOfN(rapid.Byte(), IDSize, IDSize).Draw(t, "id"))
})

func drawKey(t *rapid.T, label string) secret {
	return newSecret(rapid.SliceOfN(rapid.Byte(), keySize, keySize).Draw(t, label))
}

func draw(t *rapid.T) drawn {
	d := drawn{master: Master{drawKey(t, "master")}, client: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "client")}
	live := rapid.SliceOfN(genID, 0, 4).Draw(t, "live")
	d.ck = d.master.ClientKey(d.client, rapid.SliceOfN(rapid.Byte(), EpochSize, EpochSize).Draw(t, "epoch"), live)
	d.page = Page{
		Portal: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "portal"),
		Token:  rapid.StringMatching(`[a-z]{0,8}`).Draw(t, "token"),
		Epoch:  d.ck.EpochToken(),
	}
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
		if n := len(one) - envelopeHeader - tagSize; Padded(n) != n {
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
	changes := map[string]func(*Page){
		"portal":         func(p *Page) { p.Portal += "x" },
		"token":          func(p *Page) { p.Token += "x" },
		"border":         func(p *Page) { p.Portal, p.Token = p.Portal+"/"+p.Token, "" },
		"epoch":          func(p *Page) { p.Epoch = slices.Clone(p.Epoch); p.Epoch[0] ^= 1 },
		"shorter epoch":  func(p *Page) { p.Epoch = p.Epoch[1:] },
		"link":           func(p *Page) { p.Links = [][]byte{make([]byte, TokenSize)} },
		"empty link":     func(p *Page) { p.Links = [][]byte{{}} },
		"link slots":     func(p *Page) { p.LinkSlots = []byte{0} },
		"slots to links": func(p *Page) { p.Links, p.LinkSlots = [][]byte{p.Epoch}, p.Epoch },
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
		withLink.Links = [][]byte{d.page.Epoch}
		_, err = d.ck.PageKey(withLink).Open(d.page, envelope)
		wantRefused(t, "the key of the page with another link", err)
		_, err = PageKey(d.ck.NavKey(d.page)).Open(d.page, envelope)
		wantRefused(t, "the key of the navigation", err)
		live := rapid.SliceOfN(genID, 1, 3).Draw(t, "other live")
		for _, ck := range []ClientKey{
			d.master.ClientKey(d.client+"x", make([]byte, EpochSize), live),
			d.master.ClientKey(d.client, make([]byte, EpochSize), live),
			d.master.ClientKey(d.client, make([]byte, EpochSize), live[1:]),
		} {
			_, err = ck.PageKey(d.page).Open(d.page, envelope)
			wantRefused(t, "another client's key", err)
		}
	})
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
		salt := rapid.SliceOfN(rapid.Byte(), SaltSize, SaltSize).Draw(t, "salt")
		maker := SlotsMaker{Master: d.master, Client: d.client, Portal: d.page.Portal, Salt: salt}
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

// A changed byte of another's slot is none of a reader's business; one in the
// header or the own slot is refused.
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
		ids := rapid.SliceOfNDistinct(genID, 2, 5, rapid.ID).Draw(t, "links")
		token := d.master.LinkToken(d.client, d.page.Token, ids)
		fewer := d.master.LinkToken(d.client, d.page.Token, ids[1:])
		slices.Reverse(ids)
		if !bytes.Equal(token, d.master.LinkToken(d.client, d.page.Token, ids)) {
			t.Fatal("the order of links shows")
		}
		with, without := d.page, d.page
		with.Links, without.Links = [][]byte{token}, [][]byte{fewer}
		if bytes.Equal(d.ck.PageKey(with).raw(), d.ck.PageKey(without).raw()) {
			t.Fatal("a link ended and the key stayed")
		}
	})
}
