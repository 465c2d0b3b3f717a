package portal

import (
	"slices"

	"portalgen/internal/civil"
)

// Turns counts what waits for the client now, in total and by person.
type Turns struct {
	All int
	By  []PersonTurns // in the order in which it waits
	// Ahead are the changes of these counts that come by themselves.
	Ahead []TurnAhead
}

// A TurnAhead changes the count of a person by N once After has passed.
type TurnAhead struct {
	Person Person
	N      int
	After  civil.Moment
}

// PersonTurns is how many things wait for one person; nobody in particular has no ID.
type PersonTurns struct {
	Person Person
	N      int
}

// Turns returns the counts; nil if nothing waits for the client, and nothing will by itself.
func (v *View) Turns() *Turns {
	t := &Turns{}
	for _, w := range v.yours {
		if !w.Turns.IsZero() {
			n := 1
			if w.Now() {
				n = -1
			}
			t.Ahead = append(t.Ahead, TurnAhead{w.Person, n, w.Turns})
		}
		if !w.Now() {
			continue
		}
		t.All++
		i := slices.IndexFunc(t.By, func(p PersonTurns) bool { return p.Person.ID == w.Person.ID })
		if i < 0 {
			i = len(t.By)
			t.By = append(t.By, PersonTurns{Person: w.Person})
		}
		t.By[i].N++
	}
	if t.All == 0 && len(t.Ahead) == 0 {
		return nil
	}
	return t
}

func later(w Waiting) bool { return !w.Now() }
