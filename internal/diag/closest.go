package diag

import "strings"

// Closest returns the one of words that s was most likely meant to be, or "" if none is similar: one that is
// spelt almost the same, else one that s begins with or that begins with s. It ignores case and the
// difference between hyphens, blanks and underscores; of equally similar words the first wins.
func Closest(s string, words []string) string {
	const far = 1 << 20
	best, word := far, ""
	key := fold(s)
	for _, w := range words {
		f := fold(w)
		if d := distance(key, f); d < best && d <= tolerance(key, f) {
			best, word = d, w
		}
	}
	for _, w := range words {
		f := fold(w)
		if word == "" && min(len(f), len(key)) >= minStem && (strings.HasPrefix(f, key) || strings.HasPrefix(key, f)) {
			word = w
		}
	}
	return word
}

// minStem is the least number of bytes with which two words must begin alike.
const minStem = 3

func fold(s string) string {
	if len(s) > 64 {
		s = s[:64]
	}
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(s))
}

// tolerance returns how many typing mistakes between a and b still count as similar.
func tolerance(a, b string) int {
	switch n := max(len([]rune(a)), len([]rune(b))); {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	}
	return 2
}

// distance is the number of letters to insert, remove, replace or swap with their neighbour to turn a into b:
// the optimal string alignment distance of Damerau (1964) and Levenshtein.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before := make([]int, len(y)+1)
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
