package seal

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// sealFile seals content as an attachment that no link reaches.
func sealFile(t testing.TB, ck ClientKey, portal string, content []byte, links ...[]byte) (*File, []byte) {
	t.Helper()
	digest, err := ck.Digest(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	f := ck.File(portal, int64(len(content)), digest, links)
	var out bytes.Buffer
	if err := f.Seal(&out, bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	return f, out.Bytes()
}

func openFile(k FileKey, portal string, sealed []byte) ([]byte, error) {
	var out bytes.Buffer
	err := k.OpenFile(portal, &out, iotest.OneByteReader(bytes.NewReader(sealed)))
	return out.Bytes(), err
}

func TestFilesOfEveryLengthOpen(t *testing.T) {
	for _, n := range []int{
		0, 1, minPadded - fileLength, minPadded - fileLength + 1, 70_000,
		chunkSize - fileLength - 1, chunkSize - fileLength, chunkSize - fileLength + 1, chunkSize, 2*chunkSize - fileLength, 3_400_000,
	} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			content := deterministicNoise(n)
			f, sealed := sealFile(t, vKey, vPortal, content)
			if int64(len(sealed)) != f.SealedSize() {
				t.Errorf("%d bytes sealed, %d were foretold", len(sealed), f.SealedSize())
			}
			var got bytes.Buffer
			if err := f.Key().OpenFile(vPortal, &got, bytes.NewReader(sealed)); err != nil || !bytes.Equal(got.Bytes(), content) {
				t.Errorf("opened %d bytes, %v", got.Len(), err)
			}
			again, _ := parseFileKey(f.Key().Encode())
			if again.Path(vPortal) != f.Path() {
				t.Error("the key that a page holds leads elsewhere")
			}
		})
	}
}

func TestAnyChangedByteOfAFileIsRefused(t *testing.T) {
	f, sealed := sealFile(t, vKey, vPortal, deterministicNoise(5000))
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := openFile(f.Key(), vPortal, changed); err == nil {
			t.Fatalf("opened with byte %d changed", i)
		}
	}
}

// Chunks are left out, swapped, doubled and cut off at every border.
func TestOtherChunksAreRefused(t *testing.T) {
	const whole = chunkSize + chunkExtra
	content := deterministicNoise(3*chunkSize + 1000)
	f, sealed := sealFile(t, vKey, vPortal, content)
	_, shorter := sealFile(t, vKey, vPortal, content[:2*chunkSize])
	part := func(i int) []byte { return sealed[fileHeader+i*whole : min(fileHeader+(i+1)*whole, len(sealed))] }
	head := sealed[:fileHeader]
	for name, changed := range map[string][]byte{
		"swapped":            bytes.Join([][]byte{head, part(1), part(0), part(2), part(3)}, nil),
		"doubled":            bytes.Join([][]byte{head, part(0), part(0), part(1), part(2), part(3)}, nil),
		"first left out":     bytes.Join([][]byte{head, part(1), part(2), part(3)}, nil),
		"middle left out":    bytes.Join([][]byte{head, part(0), part(2), part(3)}, nil),
		"last left out":      bytes.Join([][]byte{head, part(0), part(1), part(2)}, nil),
		"only the last":      bytes.Join([][]byte{head, part(3)}, nil),
		"no chunk":           head,
		"one byte":           head[:1],
		"nothing":            nil,
		"last one doubled":   append(bytes.Clone(sealed), part(3)...),
		"a byte too many":    append(bytes.Clone(sealed), 0),
		"a byte too few":     sealed[:len(sealed)-1],
		"another file's end": bytes.Join([][]byte{head, part(0), shorter[fileHeader+whole:]}, nil),
	} {
		var out bytes.Buffer
		if err := f.Key().OpenFile(vPortal, &out, bytes.NewReader(changed)); code(err) != "refused" && code(err) != "format" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := openFile(f.Key(), "acme", sealed[:0]); code(err) != "format" {
		t.Errorf("another portal, nothing there: %v", err)
	}
}

func TestFilesAreBoundToTheirReadersAndPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 9000).Draw(t, "content")
		ck, other := ClientKey{drawKey(t, "client key")}, ClientKey{drawKey(t, "other client key")}
		link, another := []byte("link token one.."), []byte("link token two..")
		seal := func(k ClientKey, portal string, content []byte, links ...[]byte) (FileKey, []byte) {
			digest, err := k.Digest(bytes.NewReader(content), int64(len(content)))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			f := k.File(portal, int64(len(content)), digest, links)
			if err := f.Seal(&out, bytes.NewReader(content)); err != nil {
				t.Fatal(err)
			}
			return f.Key(), out.Bytes()
		}
		key, sealed := seal(ck, "acme", content)
		if again, same := seal(ck, "acme", content); again.Encode() != key.Encode() || !bytes.Equal(same, sealed) {
			t.Fatal("the same input gives other bytes")
		}
		for name, k := range map[string]FileKey{
			"another client":      first(seal(other, "acme", content)),
			"another portal name": first(seal(ck, "acmf", content)),
			"a link more":         first(seal(ck, "acme", content, link)),
			"other links":         first(seal(ck, "acme", content, link, another)),
			"other bytes":         first(seal(ck, "acme", append(bytes.Clone(content), 0))),
		} {
			if k.Encode() == key.Encode() {
				t.Fatalf("%s: the same key", name)
			}
			if k.Path("acme") == key.Path("acme") {
				t.Fatalf("%s: the same address", name)
			}
			if _, err := openFile(k, "acme", sealed); !errors.Is(err, ErrRefused) {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if _, err := openFile(key, "acmf", sealed); !errors.Is(err, ErrRefused) {
			t.Fatalf("moved to another portal: %v", err)
		}
	})
}

func first(k FileKey, _ []byte) FileKey { return k }

func TestAFileThatChangesIsNotSealed(t *testing.T) {
	content := deterministicNoise(6000)
	digest := must(vKey.Digest(bytes.NewReader(content), 6000))
	f := vKey.File(vPortal, 6000, digest, nil)
	flipped := bytes.Clone(content)
	flipped[5999] ^= 1
	for name, now := range map[string][]byte{
		"longer": append(bytes.Clone(content), 1), "shorter": content[:5999], "empty": nil, "other bytes": flipped,
	} {
		if err := f.Seal(io.Discard, bytes.NewReader(now)); !errors.Is(err, ErrChanged) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := vKey.Digest(bytes.NewReader(now), 6000); name != "other bytes" && !errors.Is(err, ErrChanged) {
			t.Errorf("%s: digest: %v", name, err)
		}
	}
	broken := errors.New("the disk is gone")
	if err := f.Seal(io.Discard, iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("a reader that fails: %v", err)
	}
	if _, err := vKey.Digest(bytes.NewReader(nil), MaxFile+1); err == nil {
		t.Error("more than there may be was taken")
	}
}

// A file that is replaced between its two readings, as long as before, is sealed in part
// before that is noticed. What was written must give nothing away beside what was sealed of
// the file before: no nonce stands before two plaintexts, and no key stream is used twice.
func TestAFileReplacedMeanwhileGivesNothingAway(t *testing.T) {
	t.Parallel()
	const size = 4*chunkSize - fileLength
	before := deterministicNoise(size)
	for name, change := range map[string]func([]byte){
		"all of it":       func(b []byte) { slices.Reverse(b) },
		"one byte":        func(b []byte) { b[chunkSize] ^= 1 },
		"the last byte":   func(b []byte) { b[size-1] ^= 1 },
		"chunks swapped":  func(b []byte) { copy(b[chunkSize:2*chunkSize], before[2*chunkSize:3*chunkSize]) },
		"the first block": func(b []byte) { copy(b, make([]byte, 16)) },
	} {
		digest := must(vKey.Digest(bytes.NewReader(before), size))
		f := vKey.File(vPortal, size, digest, nil)
		after := bytes.Clone(before)
		change(after)
		var one, two bytes.Buffer
		if err := f.Seal(&one, bytes.NewReader(before)); err != nil {
			t.Fatal(err)
		}
		if err := f.Seal(&two, bytes.NewReader(after)); !errors.Is(err, ErrChanged) {
			t.Fatalf("%s: %v", name, err)
		}
		plains := map[string]string{}
		for staged, content := range map[*bytes.Buffer][]byte{&one: before, &two: after} {
			plain := padBefore(content)
			sealed := staged.Bytes()[fileHeader:]
			chunks := slices.Collect(slices.Chunk(sealed, chunkSize+chunkExtra))
			if len(chunks) < 3 {
				t.Fatalf("%s: %d chunks were written", name, len(chunks))
			}
			for i, chunk := range chunks {
				nonce, part := string(chunk[:nonceSize]), string(plain[i*chunkSize:(i+1)*chunkSize])
				if had, known := plains[nonce]; known && had != part {
					t.Errorf("%s: the nonce of chunk %d stands before two plaintexts", name, i)
				}
				plains[nonce] = part
			}
		}
		for i := range 3 {
			at := fileHeader + i*(chunkSize+chunkExtra) + nonceSize
			p, q := padBefore(before)[i*chunkSize:][:chunkSize], padBefore(after)[i*chunkSize:][:chunkSize]
			if !bytes.Equal(p, q) && bytes.Equal(xor(one.Bytes()[at:at+chunkSize], two.Bytes()[at:at+chunkSize]), xor(p, q)) {
				t.Errorf("%s: chunk %d was sealed twice with one key stream", name, i)
			}
		}
	}
}

// padBefore returns what stands in chunks: the length, then the content.
func padBefore(content []byte) []byte {
	return must(io.ReadAll(padded(bytes.NewReader(content), int64(len(content)))))
}

func xor(a, b []byte) []byte {
	out := make([]byte, len(a))
	subtle.XORBytes(out, a, b)
	return out
}

// 256 MiB go through in the memory of a few chunks.
func TestALargeFileInFlatMemory(t *testing.T) {
	const size = 1 << 28
	before := allocated()
	digest, err := vKey.Digest(io.LimitReader(zeroReader{}, size), size)
	if err != nil {
		t.Fatal(err)
	}
	f := vKey.File(vPortal, size, digest, nil)
	r, w := io.Pipe()
	go func() { w.CloseWithError(f.Seal(w, io.LimitReader(zeroReader{}, size))) }()
	var got counter
	if err := f.Key().OpenFile(vPortal, &got, r); err != nil || got != size {
		t.Errorf("opened %d bytes, %v", got, err)
	}
	if used := allocated() - before; used > 8<<20 {
		t.Errorf("%d MiB were allocated on the way", used>>20)
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
