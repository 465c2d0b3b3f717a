package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// A Pulse is one question about the working relationship: the provider's score
// beside the client's, each 1 to 5, 0 until it is given.
type Pulse struct {
	ID                  string
	Question, GapAction Text
	Asked, Answered     civil.Moment
	Ours, Theirs        int
	// Gap is how far the scores lie apart; 0 until both are given.
	Gap int
	Pos diag.Pos
}

// pulses returns all pulses, newest first; those of one time as further down in the
// file, first.
func (v *View) pulses() []Pulse {
	var all []Pulse
	for _, p := range v.c.Pulses {
		pulse := Pulse{
			ID: p.ID, Question: Text(p.Question), GapAction: Text(p.GapAction),
			Asked: p.Asked, Answered: p.Answered, Ours: p.Ours, Theirs: p.Theirs, Pos: p.Pos,
		}
		if p.Ours > 0 && p.Theirs > 0 {
			pulse.Gap = max(p.Ours-p.Theirs, p.Theirs-p.Ours)
		}
		all = append(all, pulse)
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b Pulse) int { return compareMoments(b.Asked, a.Asked, false) })
	return all
}
