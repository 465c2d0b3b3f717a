package seal

import (
	"sync"

	"github.com/sethvargo/go-diceware/diceware"
)

// IsDrawn reports whether a word is one of those that NewPassphrase draws from.
func IsDrawn(word string) bool { return drawnWords()[word] }

var drawnWords = sync.OnceValue(func() map[string]bool {
	list := diceware.WordListEffLarge()
	rolls := []int{0}
	for range list.Digits() {
		var next []int
		for _, roll := range rolls {
			for face := 1; face <= 6; face++ {
				next = append(next, 10*roll+face)
			}
		}
		rolls = next
	}
	all := make(map[string]bool, len(rolls))
	for _, roll := range rolls {
		all[list.WordAt(roll)] = true
	}
	return all
})
