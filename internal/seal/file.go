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
	// fileLength is the length of the length that begins a file's plaintext.
	fileLength = 8

	// ChunkSize is the length of the plaintext of each chunk but the last, in bytes.
	ChunkSize = 64 << 10
	// MaxFile is the greatest length of an attachment, in bytes. The list of which a
	// digest is made has lengths of 32 bits.
	MaxFile = 2 << 30
)

// FilesFolder is the folder of a portal that its attachments lie in.
const FilesFolder = "files"

// ErrChanged says that a file has changed since its digest was made.
var ErrChanged = errors.New("the file changed while it was read")

// A FileKey opens one attachment, FK.
type FileKey struct{ secret }

// Encode returns the key as a page's body holds it: base64url without padding.
func (k FileKey) Encode() string { return base64URL.EncodeToString(k.raw()) }

// ParseFileKey reads what Encode wrote.
func ParseFileKey(s string) (FileKey, error) {
	k, ok := parseSecret(s)
	if !ok {
		return FileKey{}, fmt.Errorf("key of an attachment: %w", ErrFormat)
	}
	return FileKey{k}, nil
}

// Path returns the path of the attachment below the root of the site. It derives from the
// key: other bytes, or the same bytes for other readers, have another path.
func (k FileKey) Path(portal string) string {
	token := base32Lower.EncodeToString(k.bytes(pageTokenSize, "file-token"))
	return portal + "/" + FilesFolder + "/" + token + ".bin"
}

// A File is one attachment of a client, to be sealed.
type File struct {
	portal string
	size   int64
	digest []byte
	digests
	key FileKey
}

// digests makes the digests of a client's attachments.
type digests struct{ secret }

// Digest reads size bytes, all that r has, and returns the digest from which the key of the
// attachment derives. The error is ErrChanged where r has more or fewer bytes, and that of r
// where reading fails.
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

// begin returns the HMAC of the labelled list of header and plaintext, the plaintext
// still to be written.
func (d digests) begin(size int64) (hash.Hash, error) {
	if size > MaxFile {
		return nil, fmt.Errorf("%d bytes; an attachment has at most %d", size, int64(MaxFile))
	}
	h := hmac.New(sha256.New, d.raw())
	writeLabelled(h, "file-digest", []byte{Version, kindFile})
	_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(plainSize(size)))) // the length of the next field
	return h, nil
}

// File returns the attachment of the given digest and size in a portal. links are the link
// tokens of all pages that show it, in any order, with or without repetition. The key depends
// on them, and so on who can open it.
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

// SealedSize returns its length as published, in bytes.
func (f *File) SealedSize() int64 {
	n := plainSize(f.size)
	return fileHeader + n + chunkExtra*((n+ChunkSize-1)/ChunkSize)
}

// chunkExtra is the length that sealing adds to a chunk, in bytes.
const chunkExtra = nonceSize + tagSize

// A buffer holds one sealed chunk.
type buffer [ChunkSize + chunkExtra]byte

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// Seal reads the file from r and writes the sealed attachment to w. It holds one chunk in
// memory. The error is ErrChanged where the file does not have the digest. The last chunk is
// then not written, so the rest does not open, and should be deleted. It reveals nothing of
// the file, since the nonce of each chunk derives from the chunk.
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
		part := buf[nonceSize : nonceSize+min(left, ChunkSize)]
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

// verify returns ErrChanged where the bytes that were read do not have the digest.
func (f *File) verify(h hash.Hash, rest io.Reader) error {
	if _, err := io.Copy(io.Discard, rest); err != nil { // finds bytes beyond the size
		return err
	}
	if !hmac.Equal(h.Sum(nil), f.digest) {
		return ErrChanged
	}
	return nil
}

// OpenFile opens the sealed attachment r and writes the file to w. What it writes is always
// authentic; it is complete only where OpenFile returns nil.
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

// readChunk fills buf as far as there are bytes. At the end of r it returns 0 and no error.
func readChunk(r io.Reader, buf []byte) (int, error) {
	n, err := io.ReadFull(r, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

// chunks seals or opens the chunks of an attachment, one after the other. Each is bound
// to its number and to whether it is the last.
//
// The nonce of a chunk derives from its plaintext and its additional data. So one key and
// nonce never seal two plaintexts, also where a file changes after the digest was made, from
// which the key derives.
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

// step returns the additional data of the next chunk.
func (c *chunks) step(last bool) []byte {
	end := []byte{0}
	if last {
		end[0] = 1
	}
	number := binary.BigEndian.AppendUint32(nil, c.number)
	c.number++
	return labelled("file", append(slices.Clip(c.place), number, end)...)
}

// seal seals a chunk in place. In b its plaintext follows nonceSize free bytes.
func (c *chunks) seal(b []byte, last bool) []byte {
	aad, plain := c.step(last), b[nonceSize:]
	copy(b[:nonceSize], c.nonce.mac("file-nonce", aad, plain))
	return c.gcm.Seal(b[:nonceSize], b[:nonceSize], plain, aad)
}

// open opens a chunk in place.
func (c *chunks) open(b []byte, last bool) ([]byte, error) {
	nonce, sealed := b[:nonceSize], b[nonceSize:]
	plain, err := c.gcm.Open(sealed[:0], nonce, sealed, c.step(last))
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", ErrRefused)
	}
	return plain, nil
}

// plainSize returns the length of the plaintext of a file of size bytes.
func plainSize(size int64) int64 { return Padded(fileLength + size) }

// padded returns the plaintext of a file of size bytes: its length, its bytes, zeros.
// Reading fails with ErrChanged where r has more or fewer bytes.
func padded(r io.Reader, size int64) io.Reader {
	length := binary.BigEndian.AppendUint64(nil, uint64(size))
	fill := io.LimitReader(zeroReader{}, plainSize(size)-fileLength-size)
	return io.MultiReader(bytes.NewReader(length), &exactly{r, size}, fill)
}

// zeroReader reads zeros.
type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// exactly reads left bytes, and fails with ErrChanged where r has more or fewer.
type exactly struct {
	r    io.Reader
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
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

// An unpadder writes the file that a plaintext of an attachment holds to w.
type unpadder struct {
	w    io.Writer
	head []byte // the part of the length that was read
	// total is the length of the plaintext so far, size that of the file.
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

// close returns an error where the plaintext does not have the form that padded gives.
func (u *unpadder) close() error {
	if len(u.head) < fileLength || plainSize(u.size) != u.total {
		return fmt.Errorf("padding of an attachment: %w", ErrFormat)
	}
	return nil
}
