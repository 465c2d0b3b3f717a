// Package letters cuts texts, and knows the characters that turn them. What it counts are letters as a reader sees them: one
// with its accents, an emoji of several parts or a flag is one (a grapheme cluster of
// UAX #29), and no cut goes through it.
//
// It must not know which text it is, nor why it is too long.
package letters

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Turns reports whether r makes what follows it read from the other side.
func Turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

// ends returns where each letter of s ends, in bytes.
func ends(s string) []int {
	var at []int
	for all := graphemes.FromString(s); all.Next(); {
		at = append(at, all.End())
	}
	return at
}

// First returns the first letter as a reader sees it, with what stands on it; "" of "".
func First(s string) string {
	for _, end := range ends(s) {
		if end > 0 {
			return s[:end]
		}
	}
	return s
}

// Cut returns s where it has no more than most letters, which must be 2 at least.
// Otherwise it returns the beginning of s and an ellipsis, most letters together at
// most. It cuts behind a word where one ends in the second half of what fits, else
// behind a letter.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	at := ends(s)
	if len(at) <= most {
		return s
	}
	end := at[most-2]
	for i := most - 1; i > most/2; i-- {
		if strings.HasPrefix(s[at[i-1]:], " ") {
			end = at[i-1]
			break
		}
	}
	return trimmed(s[:end]) + "…"
}

// Shorter returns s without its last letters, and with an ellipsis in their place: the
// longest such text of which fits is true, or "" where it is true of none.
func Shorter(s string, fits func(string) bool) string {
	at := ends(s)
	for i := len(at) - 2; i >= 0; i-- {
		if short := trimmed(s[:at[i]]) + "…"; fits(short) {
			return short
		}
	}
	return ""
}

// BoundaryBefore returns the last place in s, at i or before it, that is between two letters.
func BoundaryBefore(s string, i int) int {
	last := 0
	for _, end := range ends(s) {
		if end > i {
			break
		}
		last = end
	}
	return last
}

// trimmed returns s without the punctuation and the blanks at its end.
func trimmed(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
}
