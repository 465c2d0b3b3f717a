package seal

import (
	"bytes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"sync"
)

const (
	kindFile = 3

	fileHeader = 1 + 1
	// fileLength is the length in bytes of the size field that begins a file's plaintext.
	fileLength = 8

	// chunkSize is the length of the plaintext of each chunk except the last, in bytes.
	chunkSize = 64 << 10
	// MaxFile is the greatest length of an attachment, in bytes. The digest is made of a list whose
	// lengths have 32 bits.
	MaxFile = 2 << 30
)

// FilesFolder is the folder of a portal with its attachments.
const FilesFolder = "files"

// ErrChanged says that a file has changed after its digest was made.
var ErrChanged = errors.New("the file changed while it was read")

// A FileKey opens one attachment. docs/envelope.md calls it FK.
type FileKey struct{ secret }

// Encode returns the key as it stands in the body of a page: base64url without padding.
func (k FileKey) Encode() string { return base64URL.EncodeToString(k.raw()) }

// parseFileKey parses a key that Encode returned.
func parseFileKey(s string) (FileKey, error) {
	k, ok := parseSecret(s)
	if !ok {
		return FileKey{}, fmt.Errorf("key of an attachment: %w", ErrFormat)
	}
	return FileKey{k}, nil
}

// Path returns the path of the attachment below the root of the site. It derives from the key, so
// it changes with the bytes of the file and with who can open it.
func (k FileKey) Path(portal string) string {
	token := base32Lower.EncodeToString(k.bytes(pageTokenSize, "file-token"))
	return portal + "/" + FilesFolder + "/" + token + ".bin"
}

// A File is one attachment of a client that is to be sealed.
type File struct {
	portal string
	size   int64
	digest []byte
	digests
	key FileKey
}

// digests makes the digests of a client's attachments.
type digests struct{ secret }

// Digest reads all of r, which must have size bytes, and returns the digest from which the key of
// the attachment derives. The error is ErrChanged if r has more or fewer bytes, and the error of r
// if reading fails.
func (k ClientKey) Digest(r io.Reader, size int64) ([]byte, error) {
	d := digests{k.derive("file-digest-key")}
	h, err := d.begin(size)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(h, padded(r, size)); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// begin returns an HMAC of the labelled list of header and plaintext. The caller must still write
// the plaintext.
func (d digests) begin(size int64) (hash.Hash, error) {
	if size > MaxFile {
		return nil, fmt.Errorf("%d bytes; an attachment has at most %d", size, int64(MaxFile))
	}
	h := hmac.New(sha256.New, d.raw())
	writeLabelled(h, "file-digest", []byte{Version, kindFile})
	_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(plainSize(size)))) // the length of the next field
	return h, nil
}

// File returns the attachment with the given digest and size in a portal. links are the link tokens
// of all pages that show it, in any order, repetitions allowed. The key depends on them, so it
// depends on who can open the attachment.
func (k ClientKey) File(portal string, size int64, digest []byte, links [][]byte) *File {
	set := slices.CompactFunc(slices.SortedFunc(slices.Values(links), bytes.Compare), bytes.Equal)
	return &File{
		portal: portal, size: size, digest: digest,
		digests: digests{k.derive("file-digest-key")},
		key:     FileKey{k.derive("file-key", []byte(portal), digest, lp(set...))},
	}
}

// Key returns the key that opens the attachment.
func (f *File) Key() FileKey { return f.key }

// Path returns its path below the root of the site.
func (f *File) Path() string { return f.key.Path(f.portal) }

// SealedSize returns its published length, in bytes.
func (f *File) SealedSize() int64 {
	n := plainSize(f.size)
	return fileHeader + n + chunkExtra*((n+chunkSize-1)/chunkSize)
}

// chunkExtra is the number of bytes that sealing adds to a chunk.
const chunkExtra = nonceSize + tagSize

// A buffer holds one sealed chunk.
type buffer [chunkSize + chunkExtra]byte

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// Seal reads the file from r and writes the sealed attachment to w. It holds one chunk in memory.
// The error is ErrChanged if the digest of the file differs. Seal then does not write the last
// chunk, so the written part does not open and should be deleted. That part reveals nothing of the
// file, since the nonce of each chunk derives from the chunk.
func (f *File) Seal(w io.Writer, r io.Reader) error {
	h, err := f.begin(f.size)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte{Version, kindFile}); err != nil {
		return err
	}
	c := f.key.chunks(f.portal)
	plain := io.TeeReader(padded(r, f.size), h)
	buf := buffers.Get().(*buffer)
	defer buffers.Put(buf)
	for left := plainSize(f.size); left > 0; {
		part := buf[nonceSize : nonceSize+min(left, chunkSize)]
		if _, err := io.ReadFull(plain, part); err != nil {
			return err
		}
		if left -= int64(len(part)); left == 0 {
			if err := f.verify(h, plain); err != nil {
				return err
			}
		}
		if _, err := w.Write(c.seal(buf[:nonceSize+len(part)], left == 0)); err != nil {
			return err
		}
	}
	return nil
}

// verify returns ErrChanged if the digest of the bytes read differs, or if there are bytes beyond
// the size.
func (f *File) verify(h hash.Hash, rest io.Reader) error {
	if _, err := io.Copy(io.Discard, rest); err != nil { // reads bytes beyond the size
		return err
	}
	if !hmac.Equal(h.Sum(nil), f.digest) {
		return ErrChanged
	}
	return nil
}

// OpenFile opens the sealed attachment r and writes the file to w. All that it writes is authentic,
// but the file is complete only if OpenFile returns nil.
func (k FileKey) OpenFile(portal string, w io.Writer, r io.Reader) error {
	var head [fileHeader]byte
	n, err := readChunk(r, head[:])
	switch {
	case err != nil:
		return err
	case n < fileHeader:
		return fmt.Errorf("attachment of %d bytes: %w", n, ErrFormat)
	case head[0] != Version:
		return fmt.Errorf("attachment of version %d: %w", head[0], ErrVersion)
	case head[1] != kindFile:
		return fmt.Errorf("envelope of kind %d, not %d: %w", head[1], kindFile, ErrFormat)
	}
	c := k.chunks(portal)
	out := &unpadder{w: w}
	one, two := buffers.Get().(*buffer), buffers.Get().(*buffer)
	defer buffers.Put(one)
	defer buffers.Put(two)
	now, next := one[:], two[:]
	n, err = readChunk(r, now)
	for last := false; !last; {
		switch {
		case err != nil:
			return err
		case n <= chunkExtra:
			return fmt.Errorf("attachment cut off: %w", ErrFormat)
		}
		ahead, aheadErr := readChunk(r, next)
		last = ahead == 0 && aheadErr == nil
		plain, openErr := c.open(now[:n], last)
		if openErr != nil {
			return openErr
		}
		if _, err := out.Write(plain); err != nil {
			return err
		}
		now, next, n, err = next, now, ahead, aheadErr
	}
	return out.close()
}

// readChunk reads up to len(buf) bytes. At the end of r it returns 0 and no error.
func readChunk(r io.Reader, buf []byte) (int, error) {
	n, err := io.ReadFull(r, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

// chunks seals or opens the chunks of an attachment in order. Each chunk is bound to its number and
// to whether it is the last.
//
// The nonce of a chunk derives from its plaintext and its additional data. So one key and nonce
// never seal two plaintexts, even if a file changes after its digest was made.
type chunks struct {
	gcm    cipher.AEAD
	nonce  secret
	place  [][]byte
	number uint32
}

func (k FileKey) chunks(portal string) *chunks {
	return &chunks{
		gcm:   k.derive("file-encryption-key").gcm(),
		nonce: k.derive("file-nonce-key"),
		place: [][]byte{{Version}, {kindFile}, []byte(portal), []byte(k.Path(portal))},
	}
}

// nextAAD returns the additional data of the next chunk.
func (c *chunks) nextAAD(last bool) []byte {
	end := []byte{0}
	if last {
		end[0] = 1
	}
	number := binary.BigEndian.AppendUint32(nil, c.number)
	c.number++
	return labelled("file", append(slices.Clip(c.place), number, end)...)
}

// seal seals a chunk in place. b begins with nonceSize free bytes, and the plaintext follows.
func (c *chunks) seal(b []byte, last bool) []byte {
	aad, plain := c.nextAAD(last), b[nonceSize:]
	copy(b[:nonceSize], c.nonce.mac("file-nonce", aad, plain))
	return c.gcm.Seal(b[:nonceSize], b[:nonceSize], plain, aad)
}

// open opens a chunk in place.
func (c *chunks) open(b []byte, last bool) ([]byte, error) {
	nonce, sealed := b[:nonceSize], b[nonceSize:]
	plain, err := c.gcm.Open(sealed[:0], nonce, sealed, c.nextAAD(last))
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", ErrRefused)
	}
	return plain, nil
}

// plainSize returns the length of the plaintext of a file of size bytes.
func plainSize(size int64) int64 { return paddedSize(fileLength + size) }

// padded returns the plaintext of a file of size bytes: its length, its bytes, then zeros. Reading
// fails with ErrChanged if r has more or fewer bytes.
func padded(r io.Reader, size int64) io.Reader {
	length := binary.BigEndian.AppendUint64(nil, uint64(size))
	fill := io.LimitReader(zeroReader{}, plainSize(size)-fileLength-size)
	return io.MultiReader(bytes.NewReader(length), &exactReader{r, size}, fill)
}

// zeroReader reads endless zeros.
type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// exactReader reads left bytes. It fails with ErrChanged if r has more or fewer.
type exactReader struct {
	r    io.Reader
	left int64
}

func (e *exactReader) Read(p []byte) (int, error) {
	if e.left == 0 {
		var more [1]byte
		if n, err := io.ReadFull(e.r, more[:]); n > 0 || err != io.EOF {
			return 0, changed(err)
		}
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	switch {
	case err == io.EOF && e.left > 0:
		return n, ErrChanged
	case err == io.EOF:
		return n, nil
	}
	return n, err
}

func changed(err error) error {
	if err == nil {
		return ErrChanged
	}
	return err
}

// An unpadder takes the plaintext of an attachment and writes the file in it to w.
type unpadder struct {
	w    io.Writer
	head []byte // the bytes of the length field so far
	// total is the length of the plaintext so far; size is the length of the file.
	total, size int64
}

func (u *unpadder) Write(p []byte) (int, error) {
	n := len(p)
	u.total += int64(n)
	if missing := fileLength - len(u.head); missing > 0 {
		take := min(missing, n)
		u.head, p = append(u.head, p[:take]...), p[take:]
		if len(u.head) == fileLength {
			size := binary.BigEndian.Uint64(u.head)
			if size > MaxFile {
				return 0, fmt.Errorf("attachment of %d bytes: %w", size, ErrFormat)
			}
			u.size = int64(size)
		}
	}
	seen := u.total - int64(len(p)) - int64(len(u.head))
	content := min(max(u.size-seen, 0), int64(len(p)))
	if !allZero(p[content:]) {
		return 0, fmt.Errorf("padding of an attachment: %w", ErrFormat)
	}
	if _, err := u.w.Write(p[:content]); err != nil {
		return 0, err
	}
	return n, nil
}

// close returns an error if the padding differs from that of padded.
func (u *unpadder) close() error {
	if len(u.head) < fileLength || plainSize(u.size) != u.total {
		return fmt.Errorf("padding of an attachment: %w", ErrFormat)
	}
	return nil
}
