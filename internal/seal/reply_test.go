package seal

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

const replyVectorsFile = "testdata/replies.json"

// replyVectors is testdata/replies.json. docs/replies.md tells what each field is.
type replyVectors struct {
	About   string        `json:"about"`
	Replies []replyVector `json:"replies"`
	Tokens  []tokenVector `json:"tokens"`
}

type replyVector struct {
	Name    string `json:"name"`
	Root    hexed  `json:"root"`
	Holder  string `json:"holder"`
	Portal  string `json:"portal"`
	Nonce   hexed  `json:"nonce,omitempty"`
	Content string `json:"content"`
	Sealed  []byte `json:"sealed"`
	Text    string `json:"text,omitempty"`
	Error   string `json:"error,omitempty"`
}

type tokenVector struct {
	Master hexed  `json:"master"`
	Post   string `json:"post"`
	Fetch  string `json:"fetch"`
}

const vReply = `{"id":"AAECAwQFBgcICQoLDA0ODw","at":"2026-11-20T09:30:00+01:00","portal":"` + "PORTAL" + `","by":"",` +
	`"about":"5d3f0a9c11e2","kind":"decide_due","version":"q83vASNFZ4mr","seen":"2026-12-04","choice":"yes_due","date":"","texts":{},` +
	`"sentence":"Maria agreed to 4 December.","lang":"en"}`

func makeReplyVectors() replyVectors {
	v := replyVectors{About: "Test vectors of docs/replies.md, which tells what each field is. A vector with an error must be refused, with that code."}
	maria := must(PersonRoot(vPassphrase, vSalt))
	content := strings.ReplaceAll(vReply, "PORTAL", vPortal)
	good := func(name string, root Root, holder, content string) replyVector {
		nonce := fixed("nonce of "+name, nonceSize)
		sealed := sealedWith(root.ReplyKeys(vPortal, holder), nonce, []byte(content))
		return replyVector{
			Name: name, Root: root.raw(), Holder: holder, Portal: vPortal,
			Nonce: nonce, Content: content, Sealed: sealed, Text: ReplyText(sealed),
		}
	}
	person := good("person", maria, HolderPerson, content)
	v.Replies = []replyVector{
		person,
		good("portal link", vLink.Root(), HolderLink, content),
		good("page link", vPageRef.Root(), HolderPageLink, content),
		good("empty", maria, HolderPerson, ""),
		good("fills the least length", maria, HolderPerson, strings.Repeat("a", minReplyPlain-lengthSize)),
		good("one byte more", maria, HolderPerson, strings.Repeat("a", minReplyPlain-lengthSize+1)),
		good("letters of four bytes", maria, HolderPerson, strings.Repeat("😀", 200)),
		good("longest", maria, HolderPerson, strings.Repeat("z", MaxReply)),
	}
	bad := func(name, code string, change func(*replyVector)) {
		b := person
		b.Name, b.Error, b.Nonce, b.Content, b.Text = name, code, nil, "", ""
		b.Sealed = slices.Clone(b.Sealed)
		change(&b)
		v.Replies = append(v.Replies, b)
	}
	bad("nothing", "format", func(b *replyVector) { b.Sealed = nil })
	bad("unknown version", "version", func(b *replyVector) { b.Sealed[0] = 2 })
	bad("kind of an attachment", "format", func(b *replyVector) { b.Sealed[1] = kindFile })
	bad("one byte short", "format", func(b *replyVector) { b.Sealed = b.Sealed[:len(b.Sealed)-1] })
	bad("one byte too many", "format", func(b *replyVector) { b.Sealed = append(b.Sealed, 0) })
	bad("three times the least length", "format", func(b *replyVector) {
		b.Sealed = append(b.Sealed, make([]byte, 2*minReplyPlain)...)
	})
	bad("bit of the hint", "no-slot", func(b *replyVector) { b.Sealed[2] ^= 1 })
	bad("bit of the nonce", "no-slot", func(b *replyVector) { b.Sealed[2+hintSize] ^= 1 })
	bad("bit of the ciphertext", "refused", func(b *replyVector) { b.Sealed[replyHeader] ^= 1 })
	bad("bit of the tag", "refused", func(b *replyVector) { b.Sealed[len(b.Sealed)-1] ^= 1 })
	bad("another portal", "no-slot", func(b *replyVector) { b.Portal = "acme" })
	bad("another holder", "no-slot", func(b *replyVector) { b.Holder = HolderLink })
	bad("another root", "no-slot", func(b *replyVector) { b.Root = fixed("nobody", keySize) })
	padded := func(name string, plain []byte) {
		bad(name, "format", func(b *replyVector) {
			b.Sealed = maria.ReplyKeys(vPortal, HolderPerson).seal(fixed(name, nonceSize), plain)
		})
	}
	padded("length beyond the end", slices.Concat([]byte{0, 0, 2, 0}, make([]byte, minReplyPlain-lengthSize)))
	padded("padded to more than is needed", make([]byte, 2*minReplyPlain))
	padded("something in the padding", slices.Concat(make([]byte, minReplyPlain-1), []byte{1}))
	tokens := vMaster.InboxTokens()
	v.Tokens = []tokenVector{{vMaster.raw(), tokens.Post, tokens.Fetch}}
	return v
}

// sealedWith is Seal under a given nonce.
func sealedWith(k ReplyKeys, nonce, content []byte) []byte {
	return k.seal(nonce, packReply(content))
}

func TestReplyVectorsAreCurrent(t *testing.T) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(makeReplyVectors()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(replyVectorsFile, text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if had, err := os.ReadFile(replyVectorsFile); err != nil || !bytes.Equal(had, text.Bytes()) {
		t.Errorf("%s is not what this program makes (%v); see -update", replyVectorsFile, err)
	}
}

func TestReplyVectors(t *testing.T) {
	text, err := os.ReadFile(replyVectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var v replyVectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	for _, r := range v.Replies {
		content, err := Root{newSecret(r.Root)}.ReplyKeys(r.Portal, r.Holder).Open(r.Sealed)
		if code(err) != r.Error || string(content) != r.Content {
			t.Errorf("%s: got %q, %v; want the error %q", r.Name, content, err, r.Error)
		}
	}
}

func TestSealedReplyOpens(t *testing.T) {
	k := vLink.Root().ReplyKeys(vPortal, HolderLink)
	one, another := must(k.Seal([]byte("yes"))), must(k.Seal([]byte("yes")))
	if got, err := k.Open(one); err != nil || string(got) != "yes" {
		t.Errorf("got %q, %v", got, err)
	}
	if bytes.Equal(one[2:replyHeader], another[2:replyHeader]) {
		t.Error("two replies have the same hint and nonce")
	}
	if _, err := k.Seal(make([]byte, MaxReply+1)); err == nil {
		t.Error("a reply that is too long was sealed")
	}
	if len(must(k.Seal(make([]byte, MaxReply)))) != MaxSealedReply {
		t.Error("the longest reply does not have MaxSealedReply bytes")
	}
}
