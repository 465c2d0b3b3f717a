package today

import (
	"fmt"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/portal"
)

// silentAfter is how many days without a word make a client a silent one.
const silentAfter = 14

// silence is a client from whom nothing was heard for long, while something is open. One
// who waits for an answer of ours is not silent.
func (p *pile) silence() {
	last, ever := p.lastHeard()
	ours := p.view.Pages[0].Home.Ours
	waits := slices.ContainsFunc(ours, func(w portal.Waiting) bool { return !w.Stopped })
	if !p.view.Cadence.Active || last.IsZero() || waits {
		return
	}
	quiet := p.view.Today.Sub(last.Date)
	if quiet < silentAfter {
		return
	}
	what := fmt.Sprintf("nothing heard since %s (%d days): call", p.day(civil.On(last.Date)), quiet)
	if !ever {
		what = fmt.Sprintf("nothing heard since it began on %s (%d days): call", p.day(civil.On(last.Date)), quiet)
	}
	id, name := p.lead()
	p.add(Item{Group: Waiting, Kind: "silent", Person: id, Who: name, What: what, Since: last})
}

// lastHeard returns when the client's side last did or said anything; where they
// never have, when the first move was made.
func (p *pile) lastHeard() (last civil.Moment, ever bool) {
	c := p.Client
	var begun civil.Moment
	theirs := func(id string) bool { return c.People[id].Side == client.ClientSide }
	heard := func(m civil.Moment, by string) {
		if !m.IsZero() && theirs(by) && !m.Date.After(p.view.Today) && (last.IsZero() || m.Date.After(last.Date)) {
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
		heard(x.Confirmed, p.anyone())
	}
	for _, x := range c.Pulses {
		heard(x.Answered, p.anyone())
	}
	for _, x := range c.Decisions {
		heard(x.On, x.By)
	}
	for _, x := range c.Assumptions {
		heard(x.Confirmed, x.ConfirmedBy)
	}
	for _, x := range c.Changes {
		heard(x.On, x.By)
		if !theirs(x.By) {
			heard(x.Agreed, p.anyone()) // what we propose is theirs to agree to, or to decline
			heard(x.Declined, p.anyone())
		}
	}
	for _, x := range c.Risks {
		heard(x.Opened, x.RaisedBy)
	}
	for _, x := range c.Terms {
		if len(c.Commitments) > 0 && !x.Inherited {
			heard(x.Confirmed, p.anyone())
		}
	}
	if !ever {
		return begun, false
	}
	return last, true
}

// anyone returns somebody of the client's side; "" if there is nobody.
func (p *pile) anyone() string {
	for id, person := range p.Client.People {
		if person.Side == client.ClientSide {
			return id
		}
	}
	return ""
}
