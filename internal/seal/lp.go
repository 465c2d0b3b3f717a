package seal

import (
	"encoding/binary"
	"io"
)

// prefix begins every label, so that no other scheme or version derives the same keys.
const prefix = "portalgen/v1/"

// lp joins fields in a way that no two lists give the same bytes: before each field stands its
// length, as a big-endian 32-bit number.
func lp(fields ...[]byte) []byte {
	n := 0
	for _, f := range fields {
		n += 4 + len(f)
	}
	out := make([]byte, 0, n)
	for _, f := range fields {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	return out
}

// labelled returns lp of the label and the fields. Bytes reach HKDF, HMAC or the additional data of
// AES-GCM only in this form.
func labelled(what string, fields ...[]byte) []byte {
	all := make([][]byte, 0, 1+len(fields))
	all = append(all, []byte(prefix+what))
	return lp(append(all, fields...)...)
}

// writeLabelled writes the bytes of labelled to a hash without joining them first.
func writeLabelled(w io.Writer, what string, fields ...[]byte) {
	var length [4]byte
	write := func(f []byte) {
		binary.BigEndian.PutUint32(length[:], uint32(len(f)))
		w.Write(length[:])
		w.Write(f)
	}
	write([]byte(prefix + what))
	for _, f := range fields {
		write(f)
	}
}
