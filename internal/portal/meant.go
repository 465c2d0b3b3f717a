package portal

import (
	"fmt"

	"portalgen/internal/client"
)

// A Meant is what the stable key of something that waits, or waited, for the client is made from.
type Meant struct {
	// Table is "move", or the table in which a key has to be set: question, check-in, term, assumption,
	// change or pulse. Kind is the second part of the key.
	Table, Kind string
	// Ref is the conversation of a move. For other tables, ID is the id of the table, or the word of a term.
	Ref client.Ref
	ID  string
	// Commitment is the id of the commitment that the table is about; "" if none, or for a move.
	Commitment string

	place string // of a summary among the moves
}

// AllYours returns everything that waits for the client.
func AllYours(v *View) []Waiting { return v.yours }

// Todo returns what waits for the client and has this stable key; nil if nothing does.
func Todo(v *View, key string) *Waiting { return v.todoOf(key) }

// MeantBy returns what a stable key is made from, whether or not it waits now. ok is false if nothing that
// the client can see has this key.
func MeantBy(v *View, key string) (Meant, bool) {
	for _, m := range v.allMeant() {
		if key != "" && v.todo(m.Table, m.Kind, m.ids()...) == key {
			return m, true
		}
	}
	return Meant{}, false
}

// ids returns the ids in the key.
func (m Meant) ids() []string {
	if m.Table != "move" {
		return []string{m.ID}
	}
	ids := []string{m.Ref.ID}
	for _, id := range []string{m.Ref.Part, m.place} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// turnKinds are the kinds of turn of a conversation. Summaries are separate, since each has its own index.
var turnKinds = []string{"agree", "promise", "decide", "decide_terms", "accept", "deliver", "answer", "help"}

// allMeant returns everything that can wait, or have waited, for the client.
func (v *View) allMeant() []Meant {
	var all []Meant
	conversation := func(ref client.Ref, moves []client.Move) {
		for _, kind := range turnKinds {
			all = append(all, Meant{Table: "move", Kind: kind, Ref: ref})
		}
		for i := range moves {
			all = append(all, Meant{Table: "move", Kind: "confirm", Ref: ref, place: fmt.Sprint(i)})
		}
	}
	for i := range v.c.Commitments {
		cm := &v.c.Commitments[i]
		conversation(cm.Ref(), cm.Moves)
		for j := range cm.Deliverables {
			conversation(cm.PartRef(&cm.Deliverables[j]), cm.Deliverables[j].Moves)
		}
	}
	for _, q := range v.c.Questions {
		all = append(all, Meant{Table: "question", Kind: "answer", ID: q.ID, Commitment: q.Commitment})
	}
	for _, c := range v.c.CheckIns {
		all = append(all, Meant{Table: "check-in", Kind: "confirm", ID: c.ID})
	}
	for _, t := range v.c.Terms {
		all = append(all, Meant{Table: "term", Kind: "confirm", ID: t.Word})
	}
	for _, a := range v.c.Assumptions {
		all = append(all, Meant{Table: "assumption", Kind: "confirm", ID: a.ID, Commitment: a.Commitment})
	}
	for _, c := range v.c.Changes {
		all = append(all, Meant{Table: "change", Kind: "decide", ID: c.ID, Commitment: c.Commitment})
	}
	for _, p := range v.c.Pulses {
		all = append(all, Meant{Table: "pulse", Kind: "rate", ID: p.ID})
	}
	return all
}

// CommitmentAt returns the commitment whose page has this token; nil if none that the client can see has it.
func CommitmentAt(v *View, token string) *client.Commitment {
	for i := range v.c.Commitments {
		if token != "" && v.path(KindCommitment, v.c.Commitments[i].ID) == token {
			return &v.c.Commitments[i]
		}
	}
	return nil
}
