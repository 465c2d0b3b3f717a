package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Silence returns since when nothing was heard from the client, and for how many days. If they were never
// heard from, ever is false and since is the first move. It is zero while nothing is open, and while the
// client waits for an answer of the provider.
func (v *View) Silence() (since civil.Moment, ever bool, days int) {
	waits := slices.ContainsFunc(v.ours, func(w Waiting) bool { return !w.Stopped })
	since, ever = v.lastHeard()
	if !v.Cadence.Active || since.IsZero() || waits {
		return civil.Moment{}, false, 0
	}
	return since, ever, v.Today.Sub(since.Date)
}

// lastHeard returns when the client's side last did or said anything; if they never did, when the first move
// was made.
func (v *View) lastHeard() (last civil.Moment, ever bool) {
	c := v.c
	var begun civil.Moment
	theirs := func(id string) bool { return c.People[id].Side == client.ClientSide }
	heard := func(m civil.Moment, by string) {
		if !m.IsZero() && theirs(by) && !m.Date.After(v.Today) && (last.IsZero() || m.Date.After(last.Date)) {
			last, ever = m, true
		}
	}
	moves := func(ms []client.Move) {
		for _, m := range ms {
			heard(m.On, m.By)
			if begun.IsZero() || m.On.Before(begun) {
				begun = m.On
			}
		}
	}
	for _, cm := range c.Commitments {
		moves(cm.Moves)
		for _, d := range cm.Deliverables {
			moves(d.Moves)
		}
	}
	for _, m := range c.Messages {
		heard(m.Received, m.By)
	}
	for _, q := range c.Questions {
		heard(q.Asked, q.By)
		heard(q.Answered, q.To)
	}
	for _, x := range c.CheckIns {
		for _, id := range x.With {
			heard(x.On, id)
		}
		heard(x.Confirmed, v.anyone())
	}
	for _, x := range c.Pulses {
		heard(x.Answered, v.anyone())
	}
	for _, x := range c.Decisions {
		heard(x.On, x.By)
	}
	for _, x := range c.Assumptions {
		heard(x.Confirmed, x.ConfirmedBy)
		if x.Via != "" {
			heard(x.Wrong, v.anyone())
		}
	}
	for _, x := range c.Changes {
		heard(x.On, x.By)
		if !theirs(x.By) {
			heard(x.Agreed, v.anyone()) // the client agrees to, or declines, what the provider proposed
			heard(x.Declined, v.anyone())
		}
	}
	for _, x := range c.Risks {
		heard(x.Opened, x.RaisedBy)
	}
	for _, x := range c.Terms {
		if len(c.Commitments) > 0 && !x.Inherited {
			heard(x.Confirmed, v.anyone())
		}
	}
	if !ever {
		return begun, false
	}
	return last, true
}

// anyone returns a person of the client's side; "" if there is nobody.
func (v *View) anyone() string {
	for id, person := range v.c.People {
		if person.Side == client.ClientSide {
			return id
		}
	}
	return ""
}
