package clientfile

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// fillIDs gives an id to everything that was written without one: its date, with
// -2, -3 and so on for further items of the date in the file's order, so that an
// item of another date moves nobody's address. Where there is no date that stays,
// the id is the item's place, as in goal-1.
func fillIDs(c *client.Client) {
	fill(c.Goals, "goal", func(g *client.Goal) (*string, civil.Moment) { return &g.ID, civil.Moment{} })
	fill(c.Commitments, "commitment", func(cm *client.Commitment) (*string, civil.Moment) {
		if len(cm.Moves) == 0 {
			return &cm.ID, civil.Moment{}
		}
		return &cm.ID, cm.Moves[0].On
	})
	for i := range c.Commitments {
		fill(c.Commitments[i].Deliverables, "deliverable", func(d *client.Deliverable) (*string, civil.Moment) { return &d.ID, d.Due })
	}
	fill(c.Risks, "risk", func(r *client.Risk) (*string, civil.Moment) {
		if r.Opened.IsZero() && len(r.Log) > 0 {
			return &r.ID, r.Log[0].On
		}
		return &r.ID, r.Opened
	})
	fill(c.Statuses, "status", func(s *client.Status) (*string, civil.Moment) { return &s.ID, s.On })
	fill(c.Questions, "question", func(q *client.Question) (*string, civil.Moment) { return &q.ID, q.Asked })
	fill(c.Messages, "message", func(m *client.Message) (*string, civil.Moment) { return &m.ID, m.Received })
	fill(c.Decisions, "decision", func(d *client.Decision) (*string, civil.Moment) { return &d.ID, d.On })
	fill(c.Assumptions, "assumption", func(a *client.Assumption) (*string, civil.Moment) { return &a.ID, a.On })
	fill(c.Changes, "change", func(ch *client.Change) (*string, civil.Moment) { return &ch.ID, ch.On })
	fill(c.CheckIns, "check-in", func(ci *client.CheckIn) (*string, civil.Moment) { return &ci.ID, ci.On })
	fill(c.Pulses, "pulse", func(p *client.Pulse) (*string, civil.Moment) { return &p.ID, p.Asked })
	fill(c.Files, "file", func(f *client.File) (*string, civil.Moment) { return &f.ID, f.On })
}

// fill gives ids to items; of returns where an item keeps its id, and its date.
func fill[T any](items []T, name string, of func(*T) (*string, civil.Moment)) {
	taken := map[string]bool{}
	for i := range items {
		id, _ := of(&items[i])
		taken[*id] = true
	}
	next := map[string]int{}
	for i := range items {
		id, on := of(&items[i])
		if *id != "" {
			continue
		}
		base := on.Date.String()
		if base == "" {
			base = fmt.Sprintf("%s-%d", name, i+1)
		}
		*id = base
		for taken[*id] {
			next[base] = max(next[base]+1, 2)
			*id = fmt.Sprintf("%s-%d", base, next[base])
		}
		taken[*id] = true
	}
}
