package access

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"portalgen/internal/seal"
)

// What a chosen passphrase must come to. A guess costs a million rounds of PBKDF2,
// which is worth another 20 bits; a generated passphrase has 64.3.
const (
	enoughBits    = 60
	enoughLetters = 16
)

// How many bits the parts of a passphrase are worth to someone who guesses.
const (
	letterBits = 4.7
	digitBits  = 3.3
	signBits   = 5
	wordBits   = 12.9 // one of the list that generated passphrases are drawn from
	commonBits = 4    // a word that everybody chooses
	nameBits   = 2    // a name that the guesser knows
	yearBits   = 6
	runBits    = 6 // where in the alphabet or the keyboard a run begins, and which way
	againBits  = 2 // what stood before, once more
	spaceBits  = 0.5
)

// CheckChosen refuses a passphrase that someone chose and that is too easy to guess:
// too short, or made of names, words, years, runs and repeats. names are those that
// whoever guesses will try, such as the client's and the person's. What passes may
// still be weak, as a line of a song is: a generated one is always better.
func CheckChosen(passphrase string, names []string) error {
	text, err := seal.NormalizePassphrase(passphrase)
	if err != nil {
		return err
	}
	letters := []rune(text)
	if n := len(letters); n < enoughLetters {
		return fmt.Errorf("the passphrase has %d letters and signs; at least %d are needed, and several unrelated words are easiest to keep", n, enoughLetters)
	}
	if bits := guessBits(letters, names); bits < enoughBits {
		return errors.New("the passphrase is too easy to guess: names, common words, years, runs and repeats count for little; use five unrelated words, or leave --ask away and have them drawn")
	}
	return nil
}

// wordWorth returns what a word is worth, 0 where it is none.
func wordWorth(word string) float64 {
	switch {
	case commonWords()[word]:
		return commonBits
	case seal.IsListed(word):
		return wordBits
	}
	return 0
}

var commonWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(common) {
		all[word] = true
	}
	return all
})

// common are words that stand in lists of passwords that were stolen, and the ones
// that are at hand for whoever has to think of a sentence.
const common = `password passwort passphrase passwd secret welcome willkommen letmein login admin administrator
root user guest test demo master access portal client customer project company studio office business hello
dragon monkey football baseball soccer basketball sunshine princess iloveyou love lovely trustno superman batman
shadow michael jennifer jordan hunter killer freedom whatever starwars pokemon flower summer winter spring autumn
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december berlin london paris oslo correct horse battery staple the and for with you are this that
from have not your very good best please open sesame change changeme default internet computer google facebook
qwerty qwertz azerty asdf zxcv one two three four five six seven eight nine ten black white green blue red orange
house happy money mother father family baby dog cat coffee chocolate cheese pizza`

// rows are the runs that fingers make.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm"}

// looksLike are signs that stand for letters.
var looksLike = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', '$': 's', '!': 'i'}

// guessBits returns what the cheapest way to put the text together costs.
func guessBits(text []rune, names []string) float64 {
	plain := make([]rune, len(text))
	for i, r := range text {
		plain[i] = r
		if as, ok := looksLike[r]; ok {
			plain[i] = as
		}
	}
	known := nameWords(names)
	best := make([]float64, len(text)+1)
	for end := 1; end <= len(text); end++ {
		best[end] = math.Inf(1)
		for start := range end {
			best[end] = min(best[end], best[start]+partBits(text, plain, start, end, known))
		}
	}
	return best[len(text)]
}

// partBits returns what one part of the text is worth, infinity where it is no such
// part.
func partBits(text, plain []rune, start, end int, known map[string]bool) float64 {
	part, as := string(text[start:end]), string(plain[start:end])
	n := end - start
	if n == 1 {
		return signOf(text[start])
	}
	bits := math.Inf(1)
	for _, word := range []string{part, as} {
		disguise := 0.0
		if word != part {
			disguise = 1
		}
		if known[word] {
			bits = min(bits, nameBits+disguise)
		}
		if worth := wordWorth(word); worth > 0 && n > 2 {
			bits = min(bits, worth+disguise)
		}
	}
	if n > 2 && isRun(part) {
		bits = min(bits, runBits)
	}
	if n > 2 && strings.Contains(string(text[:start]), part) {
		bits = min(bits, againBits+math.Log2(float64(n)))
	}
	if n > 2 && !slices.ContainsFunc(text[start:end], func(r rune) bool { return r != text[start] }) {
		bits = min(bits, signOf(text[start])+math.Log2(float64(n)))
	}
	if n == 4 && (strings.HasPrefix(part, "19") || strings.HasPrefix(part, "20")) && strings.Trim(part, "0123456789") == "" {
		bits = min(bits, yearBits)
	}
	return bits
}

func signOf(r rune) float64 {
	switch {
	case r == ' ':
		return spaceBits
	case r >= '0' && r <= '9':
		return digitBits
	case r >= 'a' && r <= 'z':
		return letterBits
	}
	return signBits
}

func isRun(part string) bool {
	back := []rune(part)
	slices.Reverse(back)
	return slices.ContainsFunc(rows, func(row string) bool {
		return strings.Contains(row, part) || strings.Contains(row, string(back))
	})
}

// nameWords returns the words of names, each by itself, and the names without space.
func nameWords(names []string) map[string]bool {
	all := map[string]bool{}
	for _, name := range names {
		text, err := seal.NormalizePassphrase(name)
		if err != nil {
			continue // no name that could be typed
		}
		parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" .,-_@&'’/", r) })
		for _, part := range append(parts, strings.Join(parts, ""), text) {
			all[part] = all[part] || len([]rune(part)) > 1
		}
	}
	return all
}
