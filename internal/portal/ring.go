package portal

import (
	"slices"

	"portalgen/internal/loop"
)

// A Ring is the picture of one conversation: four arcs from asking to accepting.
type Ring struct {
	Arcs []Arc
	// Asker says that a token is on the customer's side, Doer on the performer's; neither once it is
	// closed. Holder is whose turn it is, or for whom it waits; With is set if it is the turn of both sides,
	// and is then the provider's.
	Asker, Doer  bool
	Holder, With Person
	// Return says that something went back: a counter-offer, a new date, a rejection.
	Return bool
	Stage  string
}

// An Arc is one stage of a ring.
type Arc struct {
	Stage string
	// Mark is "done", "now" or "ahead"; if it closed without being kept, "last" for the stage that it
	// reached, and "never" for the stages after it.
	Mark string
}

var stages = []loop.Stage{loop.Initiate, loop.Negotiate, loop.Perform, loop.Accept}

// Ring returns the picture of the conversation. If it closed without being kept, it shows how far it came and
// nothing ahead.
func (c *Commitment) Ring() Ring {
	conv := c.conv
	r := Ring{
		Stage:  c.Stage,
		Holder: c.Next().Person,
		Return: conv.State == loop.Countered || conv.State == loop.Resetting || !conv.RejectedOn.IsZero(),
	}
	all := c.Holders()
	for _, t := range all {
		doer := t.Person.Ours() == c.ours
		r.Doer, r.Asker = r.Doer || doer, r.Asker || !doer
	}
	if len(all) > 1 {
		r.With = all[0].Person
	}
	for i, s := range stages {
		r.Arcs = append(r.Arcs, Arc{string(s), c.mark(i)})
	}
	return r
}

// mark returns the mark of stage i.
func (p Progress) mark(i int) string {
	at, here, beyond := slices.Index(stages, p.conv.Stage()), "now", "ahead"
	if p.conv.Stage() == loop.Closed {
		at, here, beyond = p.reached, "last", "never"
	}
	switch {
	case p.conv.State == loop.Kept || i < at:
		return "done"
	case i == at:
		return here
	}
	return beyond
}
