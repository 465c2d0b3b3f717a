package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Hang is an open commitment that cannot be done before another one.
type Hang struct {
	Link
	// Due is its agreed date, else the proposed one; zero if there is neither. Agreed says that it is agreed.
	Due    civil.Moment
	Agreed bool
}

// hanging returns the open commitments that need one of those with the ids, directly or through other open
// ones, in the order of the file.
func (v *View) hanging(ids ...string) []*client.Commitment {
	held, all := map[string]bool{}, []*client.Commitment{}
	for _, id := range ids {
		held[id] = true
	}
	for grown := true; grown; {
		grown = false
		for i := range v.c.Commitments {
			cm := &v.c.Commitments[i]
			needs := slices.ContainsFunc(cm.Needs, func(id string) bool { return held[id] })
			if needs && !held[cm.ID] && cm.Replay.Whole.Open() {
				held[cm.ID], grown = true, true
			}
		}
	}
	for i := range v.c.Commitments {
		if cm := &v.c.Commitments[i]; held[cm.ID] && !slices.Contains(ids, cm.ID) {
			all = append(all, cm)
		}
	}
	return all
}

// hang returns all with their dates, the soonest first.
func (v *View) hang(all []*client.Commitment) []Hang {
	var hangs []Hang
	for _, cm := range all {
		agreed := cm.Replay.Whole.LastAgreed().Due
		due := cmp.Or(agreed, cm.Replay.Whole.NewDate())
		hangs = append(hangs, Hang{v.linkTo(cm), due, !agreed.IsZero()})
	}
	slices.SortStableFunc(hangs, func(a, b Hang) int {
		return cmp.Or(compareBool(a.Due.IsZero(), b.Due.IsZero()), compareMoments(a.Due, b.Due, true))
	})
	return hangs
}

// hangOn returns what cannot be done before a commitment; nothing once that is closed.
func (v *View) hangOn(cm *client.Commitment) []Hang {
	if !cm.Replay.Whole.Open() {
		return nil
	}
	return v.hang(v.hanging(cm.ID))
}

// hangOnRisk returns the open commitments that a risk affects, and those that cannot be done before these;
// nothing once the risk is closed.
func (v *View) hangOnRisk(r *client.Risk) []Hang {
	if !r.Closed.IsZero() {
		return nil
	}
	var all []*client.Commitment
	var open []string
	for i := range v.c.Commitments {
		if cm := &v.c.Commitments[i]; slices.Contains(r.Affects, cm.ID) && cm.Replay.Whole.Open() {
			all, open = append(all, cm), append(open, cm.ID)
		}
	}
	return v.hang(append(all, v.hanging(open...)...))
}
