package seal

import (
	"bytes"
	"testing"
)

// Whatever the bytes: no panic, a known error or the very content, and never
// more than the limit.

func FuzzOpenEnvelope(f *testing.F) {
	for _, v := range readVectors(f).Envelopes {
		if len(v.Envelope) < 1<<14 {
			f.Add(v.Envelope)
		}
	}
	p := pageAt(vPortal, "")
	key := vKey.PageKey(p)
	f.Fuzz(func(t *testing.T, envelope []byte) {
		content, err := key.Open(p, envelope)
		if err != nil && len(code(err)) > len("version") {
			t.Fatalf("an error of no known kind: %v", err)
		}
		if err == nil {
			if again := must(key.Seal(p, content)); !bytes.Equal(again, envelope) {
				t.Fatal("opened what Seal did not make")
			}
		}
	})
}

func FuzzOpenSlots(f *testing.F) {
	for _, v := range readVectors(f).Slots {
		f.Add(v.Block)
	}
	f.Fuzz(func(t *testing.T, block []byte) {
		s, err := ParseSlots(block)
		if err == nil {
			_, _, err = s.OpenPerson(vTheo, vPortal)
		}
		if err != nil && len(code(err)) > len("version") {
			t.Fatalf("an error of no known kind: %v", err)
		}
	})
}

// What is within the authenticated bytes is not trusted either.
func FuzzUnpack(f *testing.F) {
	d := deflaters.New().(*deflater)
	f.Add(bytes.Clone(d.pack([]byte("<p>text</p>"))))
	f.Add(bytes.Clone(d.pack(deterministicNoise(5000))))
	for _, m := range malformed([]byte("small"), deterministicNoise(5000)) {
		if len(m.plain) < 1<<14 {
			f.Add(m.plain)
		}
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		content, err := unpack(plain)
		if err != nil && code(err) != "format" || len(content) > maxInflated {
			t.Fatalf("%d bytes, %v", len(content), err)
		}
		if err == nil {
			if again, err := unpack(d.pack(content)); err != nil || !bytes.Equal(again, content) {
				t.Fatalf("does not pack again: %v", err)
			}
		}
	})
}
