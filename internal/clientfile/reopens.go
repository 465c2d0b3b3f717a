package clientfile

import (
	"fmt"

	"portalgen/internal/client"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

// reopened checks each reopens: the named commitment must be closed, and before this one began.
func (c *validator) reopened(root *tomltext.Node) {
	byID := map[string]*client.Commitment{}
	for i := range c.c.Commitments {
		byID[c.c.Commitments[i].ID] = &c.c.Commitments[i]
	}
	for i := range c.c.Commitments {
		cm := &c.c.Commitments[i]
		n := root.Child("commitment").Item(i).Child("reopens")
		before := byID[cm.Reopens]
		if n == nil || n.Flawed || before == nil || len(before.Replay.Faults) > 0 {
			continue
		}
		whole := before.Replay.Whole
		switch {
		case before == cm:
			c.value(n, rule.UnknownReference, fmt.Sprintf("%q cannot take itself up again", cm.ID),
				"name the one that was closed")
		case whole.State.Stage() != loop.Closed:
			c.value(n, rule.UnknownReference, fmt.Sprintf("%q is not closed: %s", before.ID, whole.State.Sentence()),
				"write the move into its own moves, or take this line out")
		case len(cm.Moves) > 0 && cm.Moves[0].On.Before(whole.ClosedOn):
			c.value(n, rule.DateOrder, fmt.Sprintf("%q was closed on %s, after this one began, %s", before.ID,
				whole.ClosedOn, cm.Moves[0].On), hintOrder)
		}
	}
}
