package seal

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// A pageVector is a whole page as published, and what a reader comes to.
type pageVector struct {
	Name string `json:"name"`
	// Attributes are those of the element "sealed" in which this page differs from the first
	// of the list; nil for one that it does not have.
	Attributes map[string]*string `json:"attributes"`
	Address    string             `json:"address"`
	Root       hexed              `json:"root"`
	// Holder is "person", or "link" for one of either kind.
	Holder string `json:"holder"`
	Person string `json:"person,omitempty"`
	Nav    string `json:"nav,omitempty"`
	Title  string `json:"title,omitempty"`
	Error  string `json:"error,omitempty"`
}

// has returns the attributes of a page of which the first of the list has those of first.
func (v pageVector) has(first map[string]*string) map[string]string {
	all := map[string]string{}
	for _, from := range []map[string]*string{first, v.Attributes} {
		for name, value := range from {
			if delete(all, name); value != nil {
				all[name] = *value
			}
		}
	}
	return all
}

// A bodyVector is the content of a page's body at p/t/.
type bodyVector struct {
	Name  string `json:"name"`
	Text  string `json:"text,omitempty"`
	Bytes []byte `json:"bytes,omitempty"` // in place of Text, where it is not UTF-8
	Title string `json:"title,omitempty"`
	Files int    `json:"files"`
	Error string `json:"error,omitempty"`
}

// A fragmentVector is the fragment of an address, and the secret that it holds.
type fragmentVector struct {
	Fragment string `json:"fragment"`
	IsLink   bool   `json:"is_link"`
	Secret   string `json:"secret"`
}

// A readPage is what a reader has of a page before any key is used.
type readPage struct {
	PageContext
	body       []byte
	block, own *Slots
}

// read is the reader of attributes for tests; the program itself has none in Go.
func readAttributes(a map[string]string) (readPage, error) {
	for _, name := range []string{"data-prefix", "data-portal", "data-slots", "data-nav", "data-body"} {
		if a[name] == "" {
			return readPage{}, fmt.Errorf("no %s: %w", name, ErrFormat)
		}
	}
	if _, ok := a["data-token"]; !ok || (a["data-links"] == "") != (a["data-link-slots"] == "") {
		return readPage{}, fmt.Errorf("an attribute is missing: %w", ErrFormat)
	}
	p := readPage{PageContext: PageContext{Portal: a["data-portal"], Token: a["data-token"]}}
	var links []byte
	for name, into := range map[string]*[]byte{
		"data-slots": &p.Slots, "data-nav": &p.Nav, "data-body": &p.body,
		"data-links": &links, "data-link-slots": &p.LinkSlots,
	} {
		b, err := base64.StdEncoding.DecodeString(a[name])
		if err != nil || base64.StdEncoding.EncodeToString(b) != a[name] {
			return readPage{}, fmt.Errorf("%s: %w", name, ErrFormat)
		}
		*into = b
	}
	var err error
	if p.Links, err = parseLinkTokens(links); err != nil {
		return readPage{}, err
	}
	block, err := ParseSlots(p.Slots)
	if err != nil {
		return readPage{}, err
	}
	p.block = &block
	if len(p.LinkSlots) > 0 {
		own, err := ParseSlots(p.LinkSlots)
		if err != nil {
			return readPage{}, err
		}
		p.own = &own
	}
	return p, nil
}

// unlock returns the person, the key of the body and, unless the root is that of a link to
// the page, the key of the navigation.
func (v pageVector) unlock(p readPage) (string, PageKey, NavKey, error) {
	root := Root{newSecret(v.Root)}
	if v.Holder == "person" {
		ck, person, err := p.block.OpenPerson(root, p.Portal)
		if err != nil {
			return "", PageKey{}, NavKey{}, err
		}
		return person, ck.PageKey(p.PageContext), ck.NavKey(p.PageContext), nil
	}
	ck, err := p.block.OpenLink(root, p.Portal)
	switch {
	case err == nil:
		return "", ck.PageKey(p.PageContext), ck.NavKey(p.PageContext), nil
	case p.own == nil || !errors.Is(err, ErrNoSlot):
		return "", PageKey{}, NavKey{}, err
	}
	pk, err := p.own.OpenPageLink(root, p.Portal, p.Path())
	return "", pk, NavKey{}, err
}

// open returns the person, the navigation and the title.
func (v pageVector) open(attributes map[string]string) (got pageVector, err error) {
	p, err := readAttributes(attributes)
	if err != nil {
		return got, err
	}
	person, pk, nk, err := v.unlock(p)
	if err != nil {
		return got, err
	}
	var nav []byte
	if !nk.IsZero() {
		if nav, err = nk.Open(p.PageContext, p.Nav); err != nil {
			return got, err
		}
		if !utf8.Valid(nav) {
			return got, fmt.Errorf("navigation: %w", ErrFormat)
		}
	}
	body, err := pk.Open(p.PageContext, p.body)
	if err != nil {
		return got, err
	}
	// Enough for these vectors; those of bodies are for the browser alone.
	var content struct{ Path, Title string }
	if err := json.Unmarshal(body, &content); err != nil {
		return got, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	address := v.Address
	if rest, ok := strings.CutSuffix(address, "/index.html"); ok {
		address = rest
	}
	address, err = url.PathUnescape(strings.TrimSuffix(address, "/") + "/")
	want, wantErr := url.PathUnescape(attributes["data-prefix"] + p.Path())
	if errors.Join(err, wantErr) != nil || !utf8.ValidString(address) || content.Path != p.Path() || address != want {
		return got, fmt.Errorf("at %s: %w", v.Address, ErrRefused)
	}
	return pageVector{Person: person, Nav: string(nav), Title: content.Title}, nil
}

func TestPageVectors(t *testing.T) {
	t.Parallel()
	pages := readVectors(t).Pages
	for _, v := range pages {
		got, err := v.open(v.has(pages[0].Attributes))
		if code(err) != v.Error || got.Person != v.Person || got.Nav != v.Nav || got.Title != v.Title {
			t.Errorf("%s: got %+v, error %v; want %q", v.Name, got, err, v.Error)
		}
	}
}

// One secret has one written form, also where a decoder skips line breaks.
func TestASecretHasOneForm(t *testing.T) {
	t.Parallel()
	good := vLink.Fragment()
	if _, err := parseFileKey(good); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{good + "\n", "\r\n" + good, good[:20] + "\n" + good[20:], good + "=", good[:42]} {
		if _, err := parseFileKey(text); !errors.Is(err, ErrFormat) {
			t.Errorf("key %q: %v", text, err)
		}
		if _, err := ParseLink(text); err == nil {
			t.Errorf("link %q is accepted", text)
		}
	}
}
