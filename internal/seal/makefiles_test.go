package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"testing"
)

type fileVector struct {
	Name      string  `json:"name"`
	ClientKey hexed   `json:"client_key,omitempty"`
	Portal    string  `json:"portal"`
	Links     []hexed `json:"links,omitempty"`
	Digest    hexed   `json:"digest,omitempty"`
	FileKey   hexed   `json:"file_key"`
	Path      string  `json:"path,omitempty"`
	File      []byte  `json:"file"`
	Length    int     `json:"length"`
	SHA256    hexed   `json:"sha256,omitempty"`
	Error     string  `json:"error,omitempty"`
}

func fileVectors() []fileVector {
	var all []fileVector
	good := func(name, portal string, content []byte, links ...[]byte) fileVector {
		size := int64(len(content))
		digest := must(vKey.Digest(bytes.NewReader(content), size))
		f := vKey.File(portal, size, digest, links)
		var sealed bytes.Buffer
		if err := f.Seal(&sealed, bytes.NewReader(content)); err != nil {
			panic(err)
		}
		sum := sha256.Sum256(content)
		v := fileVector{
			Name: name, ClientKey: vKey.raw(), Portal: portal, Digest: digest, FileKey: f.Key().raw(),
			Path: f.Path(), File: sealed.Bytes(), Length: len(content), SHA256: sum[:],
		}
		for _, link := range links {
			v.Links = append(v.Links, link)
		}
		return v
	}
	small, noise := []byte("Zwölf Bogen — 十二.\r\n"), deterministicNoise(66_000)
	all = append(all,
		good("small", vPortal, small),
		good("empty, under a friendly name", "acme", nil),
		good("fills its padding", vPortal, deterministicNoise(minPadded-fileLength)),
		good("two chunks", vPortal, noise),
		good("one whole chunk", vPortal, deterministicNoise(chunkSize-fileLength)),
		good("shown by pages with links", vPortal, small, fixed("one link", tokenSize), fixed("another link", tokenSize)),
		good("shown by two pages with one link token", vPortal, small, fixed("one link", tokenSize), fixed("one link", tokenSize)))

	bad := func(name, code string, content []byte, change func(*fileVector)) {
		v := good(name, vPortal, content)
		v.ClientKey, v.Digest, v.Path, v.Length, v.SHA256, v.Error = nil, nil, "", 0, nil, code
		change(&v)
		all = append(all, v)
	}
	const border = fileHeader + chunkSize + chunkExtra
	bad("nothing", "format", small, func(v *fileVector) { v.File = nil })
	bad("half a header", "format", small, func(v *fileVector) { v.File = v.File[:1] })
	bad("no chunk", "format", small, func(v *fileVector) { v.File = v.File[:fileHeader] })
	bad("a tag alone", "format", small, func(v *fileVector) { v.File = v.File[:fileHeader+tagSize] })
	bad("nonce and tag alone", "format", small, func(v *fileVector) { v.File = v.File[:fileHeader+chunkExtra] })
	bad("unknown version", "version", small, func(v *fileVector) { v.File[0] = 2 })
	bad("a page's kind", "format", small, func(v *fileVector) { v.File[1] = kindPage })
	bad("bit of the nonce", "refused", small, func(v *fileVector) { v.File[fileHeader] ^= 1 })
	bad("bit of the ciphertext", "refused", small, func(v *fileVector) { v.File[fileHeader+nonceSize] ^= 1 })
	bad("bit of the tag", "refused", small, func(v *fileVector) { v.File[len(v.File)-1] ^= 0x80 })
	bad("a byte cut off", "refused", small, func(v *fileVector) { v.File = v.File[:len(v.File)-1] })
	bad("a byte too many", "refused", small, func(v *fileVector) { v.File = append(v.File, 0) })
	bad("wrong path: another portal", "refused", small, func(v *fileVector) { v.Portal = "acme" })
	bad("wrong key", "refused", small, func(v *fileVector) { v.FileKey = fixed("other", keySize) })
	bad("cut off after the first chunk", "refused", noise, func(v *fileVector) { v.File = v.File[:border] })
	bad("first chunk left out", "refused", noise, func(v *fileVector) { v.File = slices.Delete(v.File, fileHeader, border) })
	bad("chunks swapped", "refused", noise, func(v *fileVector) {
		v.File = slices.Concat(v.File[:fileHeader], v.File[border:], v.File[fileHeader:border])
	})
	bad("bit of the second chunk", "refused", noise, func(v *fileVector) { v.File[border+nonceSize] ^= 1 })
	bad("a chunk doubled", "refused", noise, func(v *fileVector) {
		v.File = slices.Concat(v.File[:border], v.File[fileHeader:])
	})
	bad("28 bytes of the second chunk", "format", noise, func(v *fileVector) { v.File = v.File[:border+chunkExtra] })
	bad("29 bytes of the second chunk", "refused", noise, func(v *fileVector) { v.File = v.File[:border+chunkExtra+1] })
	bad("28 bytes of the second chunk, and a bit of the first", "refused", noise, func(v *fileVector) {
		v.File = v.File[:border+chunkExtra]
		v.File[fileHeader] ^= 1
	})
	bad("length of more than 2 GiB in the first chunk, and a damaged second", "format", small, func(v *fileVector) {
		plain := binary.BigEndian.AppendUint64(make([]byte, nonceSize), MaxFile+1)
		plain = append(plain, make([]byte, nonceSize+chunkSize-len(plain))...)
		v.File = slices.Concat(v.File[:fileHeader], FileKey{newSecret(v.FileKey)}.chunks(vPortal).seal(plain, false), make([]byte, minPadded))
	})
	for _, m := range malformedFiles(small) {
		bad(m.name, "format", small, func(v *fileVector) {
			v.File = sealLast(FileKey{newSecret(v.FileKey)}, m.plain)
		})
	}
	return all
}

// sealLast seals a plaintext as an attachment of one chunk.
func sealLast(k FileKey, plain []byte) []byte {
	chunk := append(make([]byte, nonceSize, len(plain)+chunkExtra), plain...)
	return append([]byte{Version, kindFile}, k.chunks(vPortal).seal(chunk, true)...)
}

// malformedFiles are plaintexts that Seal would not make.
func malformedFiles(content []byte) []badPlain {
	pack := func(length uint64, size int) []byte {
		plain := append(binary.BigEndian.AppendUint64(nil, length), content...)
		return append(plain, make([]byte, size-len(plain))...)
	}
	n := uint64(len(content))
	dirty := pack(n, minPadded)
	dirty[minPadded-1] = 1
	return []badPlain{
		{"plaintext: padding not zero", dirty},
		{"plaintext: shorter length than content", pack(n-1, minPadded)},
		{"plaintext: length beyond the end", pack(minPadded, minPadded)},
		{"plaintext: length of more than 2 GiB", pack(MaxFile+1, minPadded)},
		{"plaintext: length of 2^63", pack(1<<63, minPadded)},
		{"plaintext: padded too little", pack(n, int(fileLength+n))},
		{"plaintext: padded too much", pack(n, 2*minPadded)},
		{"plaintext: less than a length", []byte{0, 0, 0}},
	}
}

func TestFileVectors(t *testing.T) {
	for _, v := range readVectors(t).Files {
		t.Run(v.Name, func(t *testing.T) {
			key := FileKey{newSecret(v.FileKey)}
			var content bytes.Buffer
			err := key.OpenFile(v.Portal, &content, bytes.NewReader(v.File))
			if code(err) != v.Error {
				t.Fatalf("error %v; want %q", err, v.Error)
			}
			if sum := sha256.Sum256(content.Bytes()); err == nil && (!slices.Equal(sum[:], v.SHA256) || content.Len() != v.Length) {
				t.Errorf("%d bytes, of the SHA-256 %x", content.Len(), sum)
			}
			if v.ClientKey == nil {
				return
			}
			ck := ClientKey{newSecret(v.ClientKey)}
			digest, err := ck.Digest(bytes.NewReader(content.Bytes()), int64(v.Length))
			if err != nil || !bytes.Equal(digest, v.Digest) {
				t.Errorf("digest %x, %v", digest, err)
			}
			var links [][]byte
			for _, link := range slices.Backward(v.Links) { // in any order
				links = append(links, link)
			}
			f := ck.File(v.Portal, int64(v.Length), digest, links)
			if !bytes.Equal(f.Key().raw(), v.FileKey) || f.Path() != v.Path {
				t.Errorf("key %x, path %s", f.Key().raw(), f.Path())
			}
		})
	}
}

func FuzzOpenFile(f *testing.F) {
	for _, v := range readVectors(f).Files {
		if len(v.File) < 1<<14 {
			f.Add(v.File)
		}
	}
	key := FileKey{newSecret(fixed("file key", keySize))}
	f.Fuzz(func(t *testing.T, sealed []byte) {
		var content bytes.Buffer
		if err := key.OpenFile(vPortal, &content, bytes.NewReader(sealed)); len(code(err)) > len("version") {
			t.Fatalf("an error of no known kind: %v", err)
		}
	})
}

// What is within the authenticated bytes is not trusted either.
func FuzzUnpadFile(f *testing.F) {
	for _, m := range malformedFiles([]byte("small")) {
		f.Add(m.plain)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		key := FileKey{newSecret(fixed("file key", keySize))}
		sealed := sealLast(key, plain)
		var content bytes.Buffer
		err := key.OpenFile(vPortal, &content, bytes.NewReader(sealed))
		if err != nil && code(err) != "format" && len(plain) <= chunkSize || int64(content.Len()) > MaxFile {
			t.Fatalf("%d bytes, %v", content.Len(), err)
		}
	})
}
