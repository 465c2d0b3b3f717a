package clientfile

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// fillIDs gives an id to every item written without one: its date, with -2, -3 and so on for further items of
// the same date in the file's order. So an item of another date does not change any other item's address.
// Without a date that stays the same, the id is the item's number, as in goal-1. Items for the provider alone
// are numbered separately, with private- before their ids, and private parts of an item do not give it its
// date: no id that a client can see depends on them.
func fillIDs(c *client.Client) {
	fill(c.Goals, "goal", func(g *client.Goal) numbered { return numbered{&g.ID, civil.Moment{}, g.Private} })
	fill(c.Commitments, "commitment", func(cm *client.Commitment) numbered {
		hides := c.Hides(cm)
		for _, m := range cm.Moves {
			if hides || !c.Hidden(m.Item, m.By) {
				return numbered{&cm.ID, m.On, hides}
			}
		}
		return numbered{&cm.ID, civil.Moment{}, hides}
	})
	for i := range c.Commitments {
		fill(c.Commitments[i].Deliverables, "deliverable", func(d *client.Deliverable) numbered {
			return numbered{&d.ID, d.Due, d.Private}
		})
	}
	fill(c.Risks, "risk", func(r *client.Risk) numbered {
		on := r.Opened
		for _, e := range r.Log {
			if on.IsZero() && (r.Private || !e.Private) {
				on = e.On
			}
		}
		return numbered{&r.ID, on, r.Private}
	})
	fill(c.Statuses, "status", func(s *client.Status) numbered { return numbered{&s.ID, s.On, s.Private} })
	fill(c.Questions, "question", func(q *client.Question) numbered {
		return numbered{&q.ID, q.Asked, c.Hidden(q.Item, q.By, q.To)}
	})
	fill(c.Messages, "message", func(m *client.Message) numbered {
		return numbered{&m.ID, m.Received, c.Hidden(m.Item, m.By)}
	})
	fill(c.Decisions, "decision", func(d *client.Decision) numbered { return numbered{&d.ID, d.On, d.Private} })
	fill(c.Assumptions, "assumption", func(a *client.Assumption) numbered { return numbered{&a.ID, a.On, a.Private} })
	fill(c.Changes, "change", func(ch *client.Change) numbered {
		return numbered{&ch.ID, ch.On, c.Hidden(ch.Item, ch.By)}
	})
	fill(c.CheckIns, "check-in", func(ci *client.CheckIn) numbered { return numbered{&ci.ID, ci.On, ci.Private} })
	fill(c.Pulses, "pulse", func(p *client.Pulse) numbered { return numbered{&p.ID, p.Asked, p.Private} })
	fill(c.Files, "file", func(f *client.File) numbered { return numbered{&f.ID, f.On, f.Private} })
}

// A numbered has what the id of an item is made from.
type numbered struct {
	id     *string
	on     civil.Moment
	hidden bool
}

// fill gives ids to items: to the public ones independently of the private ones.
func fill[T any](items []T, name string, of func(*T) numbered) {
	fillSome(items, name, "", func(x *T) (numbered, bool) { n := of(x); return n, !n.hidden })
	fillSome(items, name, privateID, func(x *T) (numbered, bool) { n := of(x); return n, n.hidden })
}

// privateID begins the id of an item that is for the provider alone and was written without an id.
const privateID = "private-"

// fillSome gives ids to those items for which of returns true.
func fillSome[T any](items []T, name, prefix string, of func(*T) (numbered, bool)) {
	taken := map[string]bool{}
	for i := range items {
		if n, mine := of(&items[i]); mine {
			taken[*n.id] = true
		}
	}
	next, place := map[string]int{}, 0
	for i := range items {
		n, mine := of(&items[i])
		if !mine {
			continue
		}
		place++
		if *n.id != "" {
			continue
		}
		base := prefix + n.on.Date.String()
		if n.on.IsZero() {
			base = fmt.Sprintf("%s%s-%d", prefix, name, place)
		}
		*n.id = base
		for taken[*n.id] {
			next[base] = max(next[base]+1, 2)
			*n.id = fmt.Sprintf("%s-%d", base, next[base])
		}
		taken[*n.id] = true
	}
}
