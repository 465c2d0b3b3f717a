package seal

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"sync"
)

// MaxInflated is the greatest length of the content of an envelope, in bytes. A reader
// inflates no more than that.
const MaxInflated = 16 << 20

const (
	lengthSize = 4
	// minPadded is the least length of a plaintext, so that all small pages are of
	// one size.
	minPadded = 4096
)

// Padded returns the length to which n bytes are padded: the Padmé length, which reveals only
// O(log log n) bits of n and adds at most 12 %, and at least 4 KiB.
//
// Source: Nikitin, Barman, Lueks, Underwood, Hubaux, Ford, "Reducing Metadata
// Leakage from Encrypted Files and Communication with PURBs" (2019).
func Padded[N int | int64](n N) N {
	if n <= minPadded {
		return minPadded
	}
	e := bits.Len64(uint64(n)) - 1 // floor(log2 n)
	s := bits.Len64(uint64(e))     // floor(log2 e) + 1
	mask := N(1)<<(e-s) - 1
	return (n + mask) &^ mask
}

// A deflater packs contents, one after the other.
type deflater struct {
	buf bytes.Buffer
	w   *flate.Writer
}

// deflaters keeps deflaters for reuse: a new one allocates more than the length of a page.
var deflaters = sync.Pool{New: func() any {
	d := new(deflater)
	w, err := flate.NewWriter(&d.buf, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	d.w = w
	return d
}}

var zeros [minPadded]byte

// pack returns the plaintext of an envelope: the length of the deflate stream,
// the stream, and zeros. It is valid until the next call.
func (d *deflater) pack(content []byte) []byte {
	d.buf.Reset()
	d.buf.Write(zeros[:lengthSize])
	d.w.Reset(&d.buf)
	_, _ = d.w.Write(content) // a bytes.Buffer never fails
	_ = d.w.Close()
	n := d.buf.Len()
	for fill := Padded(n) - n; fill > 0; {
		part := min(fill, len(zeros))
		d.buf.Write(zeros[:part])
		fill -= part
	}
	plain := d.buf.Bytes()
	binary.BigEndian.PutUint32(plain, uint32(n-lengthSize))
	return plain
}

// Packed is content made small and padded, for more than one envelope.
type Packed struct{ plain []byte }

// Pack packs content; it fails only for one of over MaxInflated bytes.
func Pack(content []byte) (Packed, error) {
	if len(content) > MaxInflated {
		return Packed{}, fmt.Errorf("pack: %d bytes; at most %d are possible", len(content), MaxInflated)
	}
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	return Packed{bytes.Clone(d.pack(content))}, nil
}

// unpack undoes pack. It accepts only what pack can have made, with any deflate encoder.
func unpack(plain []byte) ([]byte, error) {
	if len(plain) < minPadded {
		return nil, fmt.Errorf("plaintext of %d bytes: %w", len(plain), ErrFormat)
	}
	n := uint64(binary.BigEndian.Uint32(plain))
	end := lengthSize + n
	if end > uint64(len(plain)) || Padded(int(end)) != len(plain) || !allZero(plain[end:]) {
		return nil, fmt.Errorf("padding of an envelope: %w", ErrFormat)
	}
	stream := bytes.NewReader(plain[lengthSize:end])
	content, err := io.ReadAll(io.LimitReader(flate.NewReader(stream), MaxInflated+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("deflate stream: %w: %w", ErrFormat, err)
	case len(content) > MaxInflated:
		return nil, fmt.Errorf("more than %d bytes: %w", MaxInflated, ErrFormat)
	case stream.Len() > 0:
		return nil, fmt.Errorf("%d bytes after the deflate stream: %w", stream.Len(), ErrFormat)
	}
	return content, nil
}
