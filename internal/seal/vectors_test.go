package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
)

const vectorsFile = "testdata/vectors.json"

// vectors is testdata/vectors.json. docs/envelope.md tells what each field is.
type vectors struct {
	About         string             `json:"about"`
	Normalization []normalVector     `json:"normalization"`
	PersonRoots   []rootVector       `json:"person_roots"`
	Links         []linkVector       `json:"links"`
	Addresses     []addressVector    `json:"addresses"`
	ClientKeys    []keyVector        `json:"client_keys"`
	Fragments     []fragmentVector   `json:"fragments"`
	LinkTokens    []linkTokensVector `json:"link_tokens"`
	Slots         []slotVector       `json:"slots"`
	Envelopes     []envelopeVector   `json:"envelopes"`
	Files         []fileVector       `json:"files"`
	Pages         []pageVector       `json:"pages"`
	Bodies        []bodyVector       `json:"bodies"`
}

type normalVector struct {
	Typed  string `json:"typed"`
	Normal string `json:"normal"`
}

type rootVector struct {
	Passphrase string `json:"passphrase"`
	Salt       hexed  `json:"salt"`
	Root       hexed  `json:"root"`
}

type linkVector struct {
	Secret string `json:"secret"`
	Root   hexed  `json:"root,omitempty"`
	Error  string `json:"error,omitempty"`
}

type addressVector struct {
	PathKey     hexed  `json:"path_key"`
	Client      string `json:"client"`
	PortalToken string `json:"portal_token"`
	Kind        string `json:"kind"`
	Item        string `json:"item"`
	PageToken   string `json:"page_token"`
}

type keyVector struct {
	Master     hexed         `json:"master"`
	Client     string        `json:"client"`
	Portal     string        `json:"portal"`
	Salt       hexed         `json:"salt"`
	Epoch      hexed         `json:"epoch"`
	Entries    []entryVector `json:"entries"`
	ClientKey  hexed         `json:"client_key"`
	EpochToken hexed         `json:"epoch_token"`
}

type entryVector struct {
	ID     hexed  `json:"id"`
	Person string `json:"person,omitempty"`
	Live   bool   `json:"live"`
}

type linkTokensVector struct {
	List  hexed  `json:"list"`
	Count int    `json:"count"`
	Error string `json:"error,omitempty"`
}

type slotVector struct {
	Name   string `json:"name"`
	Block  []byte `json:"block"`
	Root   hexed  `json:"root"`
	Holder string `json:"holder"`
	Portal string `json:"portal"`
	Path   string `json:"path,omitempty"`
	Key    hexed  `json:"key,omitempty"`
	Token  hexed  `json:"token_of_key,omitempty"`
	Person string `json:"person,omitempty"`
	Error  string `json:"error,omitempty"`
}

type envelopeVector struct {
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	ClientKey hexed   `json:"client_key,omitempty"`
	PageKey   hexed   `json:"page_key,omitempty"`
	Portal    string  `json:"portal"`
	Token     string  `json:"token"`
	Slots     []byte  `json:"slots"`
	Links     []hexed `json:"links,omitempty"`
	LinkSlots []byte  `json:"link_slots,omitempty"`
	Nav       []byte  `json:"nav,omitempty"`
	Envelope  []byte  `json:"envelope"`
	Length    int     `json:"length"`
	SHA256    hexed   `json:"sha256,omitempty"`
	Error     string  `json:"error,omitempty"`
}

// hexed is short bytes, as hexadecimal text. Long ones are base64.
type hexed []byte

func (h hexed) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

func (h *hexed) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	*h = b
	return err
}

func (v envelopeVector) page() PageContext {
	p := PageContext{Portal: v.Portal, Token: v.Token, Slots: v.Slots, LinkSlots: v.LinkSlots, Nav: v.Nav}
	for _, link := range v.Links {
		p.Links = append(p.Links, link)
	}
	return p
}

func (v envelopeVector) open() ([]byte, error) {
	p := v.page()
	switch {
	case v.Kind == "nav":
		return ClientKey{newSecret(v.ClientKey)}.NavKey(p).Open(p, v.Envelope)
	case v.PageKey != nil:
		return PageKey{newSecret(v.PageKey)}.Open(p, v.Envelope)
	}
	return ClientKey{newSecret(v.ClientKey)}.PageKey(p).Open(p, v.Envelope)
}

// open returns the key that the slot holds and the person's id.
func (v slotVector) open() (secret, string, error) {
	s, err := ParseSlots(v.Block)
	if err != nil {
		return secret{}, "", err
	}
	root := Root{newSecret(v.Root)}
	switch v.Holder {
	case "person":
		k, person, err := s.OpenPerson(root, v.Portal)
		return k.secret, person, err
	case "link":
		k, err := s.OpenLink(root, v.Portal)
		return k.secret, "", err
	}
	k, err := s.OpenPageLink(root, v.Portal, v.Path)
	return k.secret, "", err
}

// code is the name by which the browser's modules and the vectors call an error.
func code(err error) string {
	for name, e := range map[string]error{
		"format": ErrFormat, "version": ErrVersion, "kdf": ErrKDF, "no-slot": ErrNoSlot, "refused": ErrRefused,
	} {
		if errors.Is(err, e) {
			return name
		}
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func readVectors(t testing.TB) vectors {
	t.Helper()
	text, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// What is made of the vectors' input is theirs, which TestVectorsAreCurrent wants of all; of passphrases no root is
// made here again.
func TestVectorsOpen(t *testing.T) {
	v := readVectors(t)
	for _, n := range v.Normalization {
		if got, err := normalizePassphrase(n.Typed); err != nil || got != n.Normal {
			t.Errorf("normalize %q: got %q, %v; want %q", n.Typed, got, err, n.Normal)
		}
	}
	for _, l := range v.Links {
		if got, err := ParseLink(l.Secret); (err != nil) != (l.Error != "") || err == nil && !bytes.Equal(got.Root().raw(), l.Root) {
			t.Errorf("link %q: %v", l.Secret, err)
		}
	}
	for _, a := range v.Addresses {
		k := PathKey{newSecret(a.PathKey)}
		if p, i := k.PortalToken(a.Client), k.PageToken(a.Kind, a.Item); p != a.PortalToken || i != a.PageToken {
			t.Errorf("addresses of %s: got %s/%s, want %s/%s", a.Client, p, i, a.PortalToken, a.PageToken)
		}
	}
	for _, k := range v.ClientKeys {
		a := Access{Client: k.Client, Portal: k.Portal, Salt: k.Salt, Epoch: k.Epoch}
		for _, e := range slices.Backward(k.Entries) { // in any order
			a.Entries = append(a.Entries, Entry{ID(e.ID), e.Person, e.Live})
		}
		ck := Master{newSecret(k.Master)}.ClientKey(a)
		if !bytes.Equal(ck.raw(), k.ClientKey) || !bytes.Equal(ck.EpochToken(), k.EpochToken) {
			t.Errorf("client key of %s: got %x", k.Client, ck.raw())
		}
	}
}

func TestLinkTokensVectors(t *testing.T) {
	for _, v := range readVectors(t).LinkTokens {
		tokens, err := parseLinkTokens(v.List)
		if code(err) != v.Error || err == nil && (len(tokens) != v.Count || !bytes.Equal(slices.Concat(tokens...), v.List)) {
			t.Errorf("%x: %d tokens, %v", []byte(v.List), len(tokens), err)
		}
	}
}

func TestSlotVectors(t *testing.T) {
	for _, v := range readVectors(t).Slots {
		t.Run(v.Name, func(t *testing.T) {
			key, person, err := v.open()
			if code(err) != v.Error || person != v.Person {
				t.Fatalf("got person %q, error %v; want %q, %q", person, err, v.Person, v.Error)
			}
			if err == nil && !bytes.Equal(key.raw(), v.Key) {
				t.Errorf("got key %x, want %x", key.raw(), []byte(v.Key))
			}
		})
	}
}

func TestEnvelopeVectors(t *testing.T) {
	for _, v := range readVectors(t).Envelopes {
		t.Run(v.Name, func(t *testing.T) {
			content, err := v.open()
			if code(err) != v.Error || len(content) != v.Length {
				t.Fatalf("got %d bytes, error %v; want %d, %q", len(content), err, v.Length, v.Error)
			}
			if sum := sha256.Sum256(content); err == nil && !slices.Equal(sum[:], v.SHA256) {
				t.Errorf("the content has the SHA-256 %x", sum)
			}
		})
	}
}
