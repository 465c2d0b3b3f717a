package portal

import (
	"slices"

	"portalgen/internal/loop"
)

// A Ring is the picture of one conversation: four arcs from asking to accepting.
type Ring struct {
	Arcs []Arc
	// Asker says that the token lies on the asker's side, Doer on the doer's;
	// neither once it is closed.
	Asker, Doer bool
	// Return says that something went back: a counter-offer, a new date, a
	// rejection.
	Return bool
	Stage  string
}

// An Arc is one stage of a ring.
type Arc struct {
	Stage string
	// Mark is "done", "now" or "ahead".
	Mark string
}

var stages = []loop.Stage{loop.Initiate, loop.Negotiate, loop.Perform, loop.Accept}

// Ring returns the picture of how the conversation stands. A commitment that was
// closed before it was kept has no arc that is done.
func (p Progress) Ring() Ring {
	c := p.conv
	now := slices.Index(stages, c.Stage())
	r := Ring{
		Stage:  p.Stage,
		Asker:  p.open && c.Turn() == loop.Customer,
		Doer:   p.open && c.Turn() == loop.Performer,
		Return: c.State == loop.Countered || c.State == loop.Resetting || !c.RejectedOn.IsZero(),
	}
	for i, s := range stages {
		mark := "ahead"
		switch {
		case c.State == loop.Kept || i < now:
			mark = "done"
		case i == now:
			mark = "now"
		}
		r.Arcs = append(r.Arcs, Arc{string(s), mark})
	}
	return r
}
