package client

import (
	"strings"

	"portalgen/internal/civil"
)

// Sent is the part of a table that tells which sealed reply it was taken in from.
type Sent struct {
	// The id of the client's sealed reply, and the day on which you took it in: portalgen replies writes it,
	// so that no reply is taken in twice and the client sees that it arrived.
	Via string `toml:"via"`
	// The name given by a sender who used a link. Nobody has checked it.
	Called string `toml:"called"`
}

// Taken returns the id of the reply and the day on which it was taken in; "" if there was no reply.
func (s Sent) Taken() (id string, on civil.Moment) {
	id, day, _ := strings.Cut(s.Via, " ")
	d, err := civil.ParseDate(day)
	if err != nil {
		return "", civil.Moment{}
	}
	return id, civil.On(d)
}

// Via returns the value of the key via for the reply with this id, taken in on this day.
func Via(id string, on civil.Date) string { return id + " " + on.String() }

// AllSent returns everything that was taken in from replies, in the order of the tables in the format.
func (c *Client) AllSent() []Sent {
	var all []Sent
	add := func(s Sent) {
		if s.Via != "" {
			all = append(all, s)
		}
	}
	moves := func(ms []Move) {
		for i := range ms {
			add(ms[i].Sent)
		}
	}
	for i := range c.Commitments {
		moves(c.Commitments[i].Moves)
		for _, d := range c.Commitments[i].Deliverables {
			moves(d.Moves)
		}
	}
	each(c.Questions, func(q *Question) { add(q.Sent) })
	each(c.Messages, func(m *Message) { add(m.Sent) })
	each(c.Assumptions, func(a *Assumption) { add(a.Sent) })
	each(c.Changes, func(ch *Change) { add(ch.Sent) })
	each(c.CheckIns, func(ci *CheckIn) { add(ci.Sent) })
	each(c.Pulses, func(p *Pulse) { add(p.Sent) })
	each(c.Terms, func(t *Term) { add(t.Sent) })
	return all
}

func each[T any](all []T, f func(*T)) {
	for i := range all {
		f(&all[i])
	}
}
