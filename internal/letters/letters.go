// Package letters cuts texts between letters, and knows the characters that change the direction of a text. A
// letter is what a reader sees as one: one with its accents, an emoji of several parts or a flag (a grapheme
// cluster of UAX #29).
//
// It must not know which text it is, nor why it is too long.
package letters

import (
	"sort"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Turns reports whether r changes the direction in which the text after it reads.
func Turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

// ends returns the offset in bytes at which each letter of s ends.
func ends(s string) []int {
	var at []int
	for all := graphemes.FromString(s); all.Next(); {
		at = append(at, all.End())
	}
	return at
}

// First returns the first letter of s with its accents; "" if s is empty.
func First(s string) string {
	for _, end := range ends(s) {
		if end > 0 {
			return s[:end]
		}
	}
	return s
}

// Cut returns s if it has at most most letters; most must be at least 2. Otherwise it returns the beginning
// of s with an ellipsis, together at most most letters. It cuts after a word if one ends in the second half
// of what fits, else after a letter.
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

// Shorter returns the longest text for which fits is true, made from s by replacing at least its last letter
// with an ellipsis; "" if there is none. Where fits is true of a text, it must be true of each shorter one.
func Shorter(s string, fits func(string) bool) string {
	at := ends(s)
	short := func(i int) string { return trimmed(s[:at[i]]) + "…" }
	if n := sort.Search(max(len(at)-1, 0), func(i int) bool { return !fits(short(i)) }); n > 0 {
		return short(n - 1)
	}
	return ""
}

// BoundaryBefore returns the last offset in s, at i or before it, that is between two letters.
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
