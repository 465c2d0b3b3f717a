package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// benchPage is some 12 KB that deflate about as well as a page does.
var benchPage = func() []byte {
	var b strings.Builder
	for i := 0; b.Len() < 12_000; i++ {
		fmt.Fprintf(&b, "<li class=\"move\"><time datetime=\"2026-%02d-%02d\">%x</time> "+
			"<span class=\"who\">Person %d</span> asked for a new date: %x</li>\n", i%12+1, i%28+1, fixed(fmt.Sprint(i), 6), i%5, fixed(fmt.Sprint("b", i), 9))
	}
	return []byte(b.String())
}()

// The two are to be read side by side: Seal may cost at most one and a half times
// as much as its parts.

func BenchmarkSealPage(b *testing.B) {
	p := pageAt(vPortal, vToken)
	b.SetBytes(int64(len(benchPage)))
	b.ReportAllocs()
	for b.Loop() {
		must(vKey.PageKey(p).Seal(p, benchPage))
	}
}

func BenchmarkRawParts(b *testing.B) {
	var out bytes.Buffer
	w := must(flate.NewWriter(&out, level))
	gcm, macKey := vKey.gcm(), vTheo.raw()
	b.SetBytes(int64(len(benchPage)))
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		w.Reset(&out)
		must(w.Write(benchPage))
		_ = w.Close()
		mac := hmac.New(sha256.New, macKey)
		mac.Write(out.Bytes())
		nonce := mac.Sum(nil)[:nonceSize]
		gcm.Seal(nil, nonce, out.Bytes(), nil)
	}
}

func BenchmarkSealSlots(b *testing.B) {
	holders := manyHolders(5, Holder{vTheo, "theo"})
	b.ReportAllocs()
	for b.Loop() {
		must(vMaker.Seal(vKey, holders))
	}
}

// BenchmarkPersonRoot is what one guess of a passphrase costs on one core of this
// machine. docs/security.md works out what that comes to for whoever attacks.
func BenchmarkPersonRoot(b *testing.B) {
	salt := fixed("salt", SaltSize)
	for b.Loop() {
		must(PersonRoot("abacus abdomen abide ablaze able", salt))
	}
}
