package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// A Pulse is one question about the working relationship, with the scores of the provider and the client: 1
// to 5, 0 if not given.
type Pulse struct {
	ID                  string
	Question, GapAction Text
	Asked, Answered     civil.Moment
	Ours, Theirs        int
	// Gap is the difference between the scores; 0 until both are given.
	Gap int
	Pos diag.Pos
}

// pulses returns all pulses, newest first; at the same time, the one further down in the file comes first.
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
