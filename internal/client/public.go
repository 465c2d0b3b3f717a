package client

import (
	"maps"
	"slices"
)

// Public returns c without everything private and without every reference to it, as if it had never been
// written. It returns c itself if nothing is private. The reader guarantees that the rest is still a valid
// client.
func (c *Client) Public() *Client {
	p, private := *c, false
	p.People = maps.Clone(c.People)
	maps.DeleteFunc(p.People, func(_ string, x Person) bool { return isPrivate(&x.Item, &private) })
	if c.PublicPromises != nil {
		p.Promises, private = *c.PublicPromises, true
	}
	if isPrivate(&p.About.Item, &private) {
		p.About = About{}
	}
	if p.Review != nil && isPrivate(&p.Review.Item, &private) {
		p.Review = nil
	}
	p.Goals = keep(&private, c.Goals, func(x *Goal) *Item { return &x.Item })
	p.Commitments = keep(&private, c.Commitments, func(x *Commitment) *Item { return &x.Item })
	p.Risks = keep(&private, c.Risks, func(x *Risk) *Item { return &x.Item })
	p.Statuses = keep(&private, c.Statuses, func(x *Status) *Item { return &x.Item })
	p.Questions = keep(&private, c.Questions, func(x *Question) *Item { return &x.Item })
	p.Messages = keep(&private, c.Messages, func(x *Message) *Item { return &x.Item })
	p.Decisions = keep(&private, c.Decisions, func(x *Decision) *Item { return &x.Item })
	p.Assumptions = keep(&private, c.Assumptions, func(x *Assumption) *Item { return &x.Item })
	p.Changes = keep(&private, c.Changes, func(x *Change) *Item { return &x.Item })
	p.CheckIns = keep(&private, c.CheckIns, func(x *CheckIn) *Item { return &x.Item })
	p.Pulses = keep(&private, c.Pulses, func(x *Pulse) *Item { return &x.Item })
	p.Terms = keep(&private, c.Terms, func(x *Term) *Item { return &x.Item })
	p.Files = keep(&private, c.Files, func(x *File) *Item { return &x.Item })
	dropReferences(&p, &private, p.Limits() != c.Limits())
	if !private {
		return c
	}
	return &p
}

// isPrivate reports whether an item is private, and then sets private.
func isPrivate(item *Item, private *bool) bool {
	*private = *private || item.Private
	return item.Private
}

// keep returns the items of all that are not private, and sets private if one is.
func keep[T any](private *bool, all []T, item func(*T) *Item) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return isPrivate(item(&x), private) })
}

// dropReferences removes references to what is gone, and private parts of public items; it sets private if it
// removes any. A commitment with a private customer or performer, and a question, change or message by or to
// a private person, is removed as a whole. A commitment is replayed again if some of its moves are gone, or
// if otherLimits says that the public promises give other default dates.
func dropReferences(p *Client, private *bool, otherLimits bool) {
	person := func(id string) bool { _, ok := p.People[id]; return id == "" || ok }
	p.Commitments = slices.DeleteFunc(p.Commitments, func(x Commitment) bool { return p.Hides(&x) })
	p.Questions = slices.DeleteFunc(p.Questions, func(x Question) bool { return p.Hidden(x.Item, x.By, x.To) })
	p.Changes = slices.DeleteFunc(p.Changes, func(x Change) bool { return p.Hidden(x.Item, x.By) })
	p.Messages = slices.DeleteFunc(p.Messages, func(x Message) bool { return p.Hidden(x.Item, x.By) })

	goals, commitments := map[string]bool{"": true}, map[string]bool{"": true}
	for _, g := range p.Goals {
		goals[g.ID] = true
	}
	for _, c := range p.Commitments {
		commitments[c.ID] = true
	}
	clearGone := func(id *string, known func(string) bool) {
		if !known(*id) {
			*id = ""
		}
	}
	commitment := func(id string) bool { return commitments[id] }
	for i := range p.Commitments {
		c := &p.Commitments[i]
		clearGone(&c.Goal, func(id string) bool { return goals[id] })
		clearGone(&c.Reopens, commitment)
		c.Needs = slices.DeleteFunc(slices.Clone(c.Needs), func(id string) bool { return !commitments[id] })
		hidden := len(c.Moves) + len(c.Deliverables)
		c.Moves = publicMoves(private, c.Moves, person)
		c.Deliverables = keep(private, c.Deliverables, func(x *Deliverable) *Item { return &x.Item })
		hidden -= len(c.Moves) + len(c.Deliverables)
		for j := range c.Deliverables {
			d := &c.Deliverables[j]
			hidden += len(d.Moves)
			d.Moves = publicMoves(private, d.Moves, person)
			hidden -= len(d.Moves)
		}
		if hidden > 0 || otherLimits {
			c.Replay = p.Replay(c)
		}
	}
	clearGone(&p.Lead, person)
	for i := range p.Risks {
		r := &p.Risks[i]
		clearGone(&r.Owner, person)
		clearGone(&r.RaisedBy, person)
		r.Affects = slices.DeleteFunc(slices.Clone(r.Affects), func(id string) bool { return !commitments[id] })
		r.Log = keep(private, r.Log, func(x *RiskEntry) *Item { return &x.Item })
	}
	for i := range p.Questions {
		clearGone(&p.Questions[i].Commitment, commitment)
	}
	for i := range p.Messages {
		clearGone(&p.Messages[i].Commitment, commitment)
	}
	for i := range p.Decisions {
		clearGone(&p.Decisions[i].Commitment, commitment)
		clearGone(&p.Decisions[i].By, person)
	}
	for i := range p.Assumptions {
		clearGone(&p.Assumptions[i].Commitment, commitment)
		clearGone(&p.Assumptions[i].ConfirmedBy, person)
	}
	for i := range p.Changes {
		clearGone(&p.Changes[i].Commitment, commitment)
	}
	for i := range p.CheckIns {
		x := &p.CheckIns[i]
		x.With = slices.DeleteFunc(slices.Clone(x.With), func(id string) bool { return !person(id) })
	}
}

// publicMoves returns the moves that are public. The reader guarantees that they are a legal conversation
// without the private ones.
func publicMoves(private *bool, all []Move, person func(string) bool) []Move {
	return slices.DeleteFunc(slices.Clone(all), func(m Move) bool {
		return isPrivate(&m.Item, private) || !person(m.By)
	})
}
