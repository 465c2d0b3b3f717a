package portal

import (
	"slices"

	"portalgen/internal/loop"
)

// A Ring is the picture of one conversation: four arcs from asking to accepting.
type Ring struct {
	Arcs []Arc
	// Asker says that the token lies on the asker's side, Doer on the doer's;
	// neither once it is closed. Holder is whose turn it is, or from whom something is waited for.
	Asker, Doer bool
	Holder      Person
	// Return says that something went back: a counter-offer, a new date, a
	// rejection.
	Return bool
	Stage  string
}

// An Arc is one stage of a ring.
type Arc struct {
	Stage string
	// Mark is "done", "now" or "ahead"; where it was closed before it was kept, "last" for
	// the stage that it came to, and "never" for those that it did not.
	Mark string
}

var stages = []loop.Stage{loop.Initiate, loop.Negotiate, loop.Perform, loop.Accept}

// Ring returns the picture of how the conversation stands. One that was closed before it
// was kept tells how far it came, and has nothing ahead of it.
func (c *Commitment) Ring() Ring {
	conv := c.conv
	r := Ring{
		Stage:  c.Stage,
		Holder: c.Next().Person,
		Return: conv.State == loop.Countered || conv.State == loop.Resetting || !conv.RejectedOn.IsZero(),
	}
	if r.Holder.Side != "" {
		r.Doer = r.Holder.Ours() == c.ours
		r.Asker = !r.Doer
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
