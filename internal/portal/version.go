package portal

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"

	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// asking are the moves that are answered, by the kind of what waits.
var asking = map[string][]loop.Did{
	"agree": putsTerms, "promise": putsTerms, "decide": putsTerms, "decide_terms": putsTerms,
	"accept": {loop.Deliver}, "answer": {loop.Ask}, "help": {loop.AskHelp},
}

// putsTerms are the moves that propose terms or a date.
var putsTerms = []loop.Did{loop.Request, loop.Offer, loop.Promise, loop.Counter, loop.Renegotiate}

// lastAsked returns the content of the latest move that a kind of what waits for a side answers, with its
// number among such moves; none if no move is answered.
func (v *View) lastAsked(moves []client.Move, kind, side string) []string {
	var said []string
	n := 0
	for _, m := range moves {
		if v.people[m.By].Side != side && slices.Contains(asking[kind], loop.Did(m.Did)) {
			n++
			said = []string{fmt.Sprint(n), m.Did, m.On.String(), m.Due.String(), m.Note}
		}
	}
	return said
}

// versionLetters is how many letters a version has.
const versionLetters = 12

// Version identifies the current state of what waits: it is made from the question, its move, words and
// dates. A page sends it with the answer.
func (w Waiting) Version() string {
	said := []string{w.Kind, string(w.Said), w.Shown().String(), string(w.Effect)}
	if w.Ref == (client.Ref{}) { // otherwise What is a title
		said = append(said, string(w.What))
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", append(said, w.asked...)))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:versionLetters]
}
