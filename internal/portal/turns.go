package portal

import "slices"

// Turns counts what waits for the client now, in total and by person.
type Turns struct {
	All int
	By  []PersonTurns // in the order in which it waits
	// Of is what waits now, and what begins to by itself.
	Of []Waiting
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
		if w.Now() || !w.Turns.IsZero() {
			t.Of = append(t.Of, w)
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
	if len(t.Of) == 0 {
		return nil
	}
	return t
}

// A Place says that something is the Nth of several that wait now for the same person.
type Place struct{ N, Of int }

// Place returns the place of Yours[i] on the commitment's page; nil if it waits for somebody alone, or does not wait
// yet.
func (c *Commitment) Place(i int) *Place {
	var p Place
	for j, w := range c.Yours {
		if w.Now() && w.Person.ID == c.Yours[i].Person.ID {
			if p.Of++; j <= i {
				p.N++
			}
		}
	}
	if p.Of < 2 || !c.Yours[i].Now() {
		return nil
	}
	return &p
}

// later reports whether w will be the client's turn, and is not yet.
func later(w Waiting) bool { return !w.Now() }
