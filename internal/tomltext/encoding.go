package tomltext

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// MaxSize is the greatest length of a file, in bytes: a thousand times the length of a usual
// client's file.
const MaxSize = 1 << 20

const byteOrderMark = "\ufeff"

// Open returns the bytes of a file as a text without its byte-order mark, and the problems of the
// bytes. name is the file's name for messages. ok reports whether the text can be parsed at all.
func Open(name string, b []byte) (t *Text, ps diag.Problems, ok bool) {
	s := string(b)
	if len(s) > MaxSize {
		return NewText(name, ""), diag.Problems{TooLarge(name, int64(len(s)))}, false
	}
	rest := strings.TrimPrefix(s, byteOrderMark) // some editors for Windows write one
	t = NewText(name, rest)
	if utf16(rest) {
		return t, append(ps, t.Problem(Span{0, 1}, rule.Encoding, "the file is in UTF-16", hintEncoding)), false
	}
	broken := badBytes(t)
	return t, append(ps, broken...), len(broken) == 0
}

func utf16(s string) bool {
	return strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") ||
		strings.IndexByte(s[:min(2, len(s))], 0) >= 0
}

// badBytes returns problems of bytes that no TOML file may contain, at most one for each line.
func badBytes(t *Text) diag.Problems {
	var ps diag.Problems
	reported := -1
	add := func(i, width int, rule, message, hint string) {
		if n := t.lineOf(i); n != reported {
			reported = n
			ps = append(ps, t.Problem(Span{i, i + width}, rule, message, hint))
		}
	}
	for i, r := range t.S {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(t.S[i:], "\ufffd"):
			add(i, 1, rule.Encoding, fmt.Sprintf("the byte 0x%02X is not UTF-8 text", t.S[i]), hintEncoding)
		case r == 0:
			add(i, 1, rule.Encoding, "a zero byte stands here", hintControl)
		case r == '\r' && !strings.HasPrefix(t.S[i:], "\r\n"):
			add(i, 1, rule.LineEnding, "a carriage return stands here without a line feed after it", hintLineEnding)
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			add(i, 1, rule.Encoding, fmt.Sprintf("the control character U+%04X stands here", r), hintControl)
		}
	}
	return ps
}

// TooLarge returns the problem of the file called name, whose size in bytes exceeds MaxSize.
func TooLarge(name string, size int64) diag.Problem {
	return diag.Problem{
		Pos: diag.Pos{File: name}, Rule: rule.TooLarge, Severity: diag.Error,
		Message: fmt.Sprintf("the file is larger than %d KiB: it has %d KiB", MaxSize>>10, (size+1023)>>10),
		Hint:    hintTooLarge,
	}
}
