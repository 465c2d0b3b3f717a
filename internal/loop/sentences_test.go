package loop

import (
	"strings"
	"testing"
)

// Each state is said in a sentence, in which the word of the file stands only where that is
// plain English.
func TestEveryStateHasWords(t *testing.T) {
	for state := range table {
		if state.Sentence() == "" {
			t.Errorf("%s has none", state)
		}
	}
	for _, state := range []State{Resetting, Countered, Kept, Declined, Withdrawn, Revoked, Unanswered} {
		if said := state.Sentence(); said == "" || strings.HasPrefix(said, "it is "+string(state)) {
			t.Errorf("%s is said as %q", state, said)
		}
	}
}
