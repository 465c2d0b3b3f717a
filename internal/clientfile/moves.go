package clientfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
	"portalgen/internal/rule"
	"portalgen/internal/tomltext"
)

func (c *validator) commitments(root *tomltext.Node) {
	for i := range c.c.Commitments {
		cm := &c.c.Commitments[i]
		cm.Replay = c.c.Replay(cm)
		n := root.Child("commitment").Item(i)
		if n == nil || n.Shape != tomltext.Table && n.Shape != tomltext.Inline {
			continue // not a table, which is already reported
		}
		c.sides(n, cm)
		moves := n.Child("moves")
		switch {
		case moves == nil && misspelt(n):
		case moves == nil, !moves.Flawed && len(cm.Moves) == 0:
			c.value(n.Field("moves"), rule.MissingField, "a commitment without a move has not been asked or offered",
				`write moves = [ { on = 2026-10-01, by = "maria", did = "request" } ]`)
		}
		c.moves(n, cm)
	}
}

// misspelt reports whether a key of n may be a misspelt "moves".
func misspelt(n *tomltext.Node) bool {
	return n == nil || slices.ContainsFunc(n.Names,
		func(key string) bool { return key != "moves" && diag.Closest(key, []string{"moves"}) != "" })
}

// sides checks that the customer and the performer are of different sides.
func (c *validator) sides(n *tomltext.Node, cm *client.Commitment) {
	customer, performer := c.people[cm.Customer], c.people[cm.Performer]
	if customer.Side == "" || customer.Side != performer.Side {
		return
	}
	c.value(n.Field("performer"), rule.WrongSide,
		fmt.Sprintf("%q and the customer, %q, are both of the %s's side", cm.Performer, cm.Customer, customer.Side),
		"a commitment is between the client's side and the provider's")
}

// moves reports the first illegal move of each conversation of cm, unless an earlier problem may be its
// cause.
func (c *validator) moves(n *tomltext.Node, cm *client.Commitment) {
	flawed := func(moves *tomltext.Node, upTo int) bool {
		for i := 0; i <= upTo; i++ {
			if item := moves.Item(i); item != nil && item.Flawed {
				return true
			}
		}
		return false
	}
	told := map[*tomltext.Node]bool{}
	whole := n.Child("moves")
	wholeFlawed := n.HasProblem("moves") || n.HasProblem("customer") || n.HasProblem("performer")
	for _, f := range cm.Replay.Faults {
		table, moves := n, whole
		if f.Deliverable >= 0 {
			table = n.Child("deliverable").Item(f.Deliverable)
			moves = table.Child("moves")
			if wholeFlawed || table.HasProblem("due") {
				continue
			}
		}
		if moves == nil || flawed(moves, f.Move) {
			continue
		}
		told[moves.Item(f.Move)] = true
		c.illegal(moves.Item(f.Move), cm, f)
	}
	c.verbs(n, cm, told)
	c.withInterim(whole, cm)
}

// withInterim reports moves that have with_interim while no interim result is left to deliver.
func (c *validator) withInterim(moves *tomltext.Node, cm *client.Commitment) {
	for i := range cm.Replay.Whole.Steps {
		at := moves.Item(i).Child("with_interim")
		if m := cm.Moves[i]; m.WithInterim && at != nil && !cm.Replay.AwaitsInterim(cm, m.On.Date) {
			c.value(at, rule.IllegalMove, "no interim result is still to be delivered that could move with it",
				"take with_interim out")
		}
	}
}

// verbs reports the words that are not a move, everywhere except at the nodes in told, which are already
// reported.
func (c *validator) verbs(n *tomltext.Node, cm *client.Commitment, told map[*tomltext.Node]bool) {
	check := func(list *tomltext.Node, moves []client.Move) {
		for i, m := range moves {
			move := list.Item(i)
			if m.Did == "" || move == nil || told[move] || slices.Contains(loop.AllDids, loop.Did(m.Did)) {
				continue
			}
			hint := didYouMean(verb(m.Did))
			if hint == "" {
				hint = "the moves are: " + strings.Join(allVerbs(), ", ")
			}
			c.value(move.Field("did"), rule.IllegalMove, fmt.Sprintf("%q is not a move", m.Did), hint)
		}
	}
	check(n.Child("moves"), cm.Moves)
	for i, d := range cm.Deliverables {
		check(n.Child("deliverable").Item(i).Child("moves"), d.Moves)
	}
}

// illegal reports the illegal move at n.
func (c *validator) illegal(n *tomltext.Node, cm *client.Commitment, f client.Fault) {
	e := f.Err
	broken, hint := rule.IllegalMove, ""
	switch e.Reason {
	case loop.NotAllowed, loop.WrongSide:
		if e.State.Stage() == loop.Closed {
			hint = c.hintClosed(cm, f)
			break
		}
		hint = hintMoves(cm, e)
		if e.Reason == loop.WrongSide {
			broken = rule.WrongSide
		}
	case loop.MissingField:
		broken, hint = rule.MissingField, "write "+example(moveField(e.Field))
	case loop.NoDate:
		hint = "write " + example(moveField("due"))
	case loop.OutOfOrder:
		broken, hint = rule.DateOrder, hintAscending
	case loop.UnexpectedField, loop.TooEarly, loop.NotBegun, loop.Ended:
	}
	c.value(n.Field(e.Field), broken, e.Problem(), hint)
}

// moveField returns the spec of a key of a move.
func moveField(key string) *fieldSpec {
	return specOf(reflect.TypeFor[client.Move]()).fields[key]
}

// hintMoves says the state of the commitment and which moves are allowed, with the people of the file.
func hintMoves(cm *client.Commitment, e *loop.IllegalMove) string {
	by := map[loop.Side][]string{}
	for _, l := range e.Allowed {
		switch both := slices.Contains(e.Allowed, loop.Legal{Side: l.Side.Other(), Did: l.Did}); {
		case !both:
			by[l.Side] = append(by[l.Side], string(l.Did))
		case l.Side == loop.Customer:
			by[0] = append(by[0], string(l.Did))
		}
	}
	var parts []string
	for _, who := range []struct {
		side loop.Side
		name string
	}{{loop.Customer, cm.Customer + "'s side"}, {loop.Performer, cm.Performer + "'s side"}, {0, "either side"}} {
		if dids := by[who.side]; len(dids) > 0 {
			parts = append(parts, who.name+": "+strings.Join(dids, ", "))
		}
	}
	allowed := "no move is allowed any more"
	if len(parts) > 0 {
		allowed = "allowed here: " + strings.Join(parts, "; ")
	}
	state := e.State.Sentence() + "; "
	if meant := didYouMean(verb(string(e.Move.Did))); meant != "" {
		return meant + " " + state + allowed
	}
	return state + allowed
}

// hintClosed says what can be done instead of a move of a closed conversation.
func (c *validator) hintClosed(cm *client.Commitment, f client.Fault) string {
	if f.Deliverable >= 0 {
		return f.Err.State.Sentence() + "; to take it up again, write another [[commitment.deliverable]]"
	}
	return f.Err.State.Sentence() + "; " + Closed(c.c, cm)
}

// Closed says what can be done about a closed commitment, which takes no more moves.
func Closed(c *client.Client, cm *client.Commitment) string {
	question := fmt.Sprintf("for a question about it: `portalgen add question %s --commitment %s`; ", c.ID, cm.ID)
	for i := range c.Commitments {
		again := &c.Commitments[i]
		if again.Reopens == cm.ID && again.Replay.Whole.Stage() != loop.Closed {
			return question +
				fmt.Sprintf("%q takes it up again already: `portalgen move %s %s`", again.ID, c.ID, again.ID)
		}
	}
	return question + fmt.Sprintf("to take it up again, write a new [[commitment]] with reopens = %q: "+
		"`portalgen add commitment %s --reopens %s`", cm.ID, c.ID, cm.ID)
}

// verb returns the move that an unknown word probably means: one with a similar spelling, or one that the
// word is a form of, as delivered is of deliver.
func verb(word string) string {
	all := allVerbs()
	if slices.Contains(all, word) {
		return ""
	}
	if meant := diag.Closest(word, all); meant != "" {
		return meant
	}
	best := ""
	for _, did := range all {
		if stem := strings.TrimSuffix(did, "e"); strings.HasPrefix(strings.ToLower(word), stem) &&
			len(did) > len(best) {
			best = did
		}
	}
	return best
}

func allVerbs() []string {
	var all []string
	for _, d := range loop.AllDids {
		all = append(all, string(d))
	}
	return all
}
