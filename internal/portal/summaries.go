package portal

import (
	"fmt"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Summary is a "this is what we said, right?" of a commitment or a check-in.
type Summary struct {
	On civil.Moment
	By Person // nobody for a check-in
	// Corrects says that it corrected the one before it.
	Corrects bool
	With     []Person // who took part in the check-in; empty for a commitment's summary
	Note     Text
	// About is the commitment that it sums up; nil for a check-in.
	About *Link
	// Settled is when it stopped waiting, zero while it waits. How is confirmed, corrected, closed (its
	// commitment closed first) or open. SettledBy is nobody for a check-in, and if its commitment closed.
	Settled   civil.Moment
	SettledBy Person
	How       string
	// To is who should confirm it, AnswerBy the day, while it is open and of a commitment; else nobody, and zero.
	To       Person
	AnswerBy civil.Moment
	// Todo is what the client has to decide; nil if nothing.
	Todo *Waiting
}

func (v *View) summaries() []Summary {
	var all []Summary
	for _, c := range v.commitments {
		all = append(all, v.summed(c, c.source.Moves, c.replayed, c.ID)...)
		for _, d := range c.Deliverables {
			all = append(all, v.summed(c, d.source.Moves, d.replayed, c.ID, d.source.ID)...)
		}
	}
	for _, c := range v.c.CheckIns {
		if c.Recap == "" || c.On.Date.After(v.Today) {
			continue
		}
		s := Summary{
			On: c.On, Note: Text(c.Recap), Settled: c.Confirmed, How: "open",
			Todo: v.todoOf(v.todo("check-in", "confirm", c.ID)),
		}
		for _, id := range c.With {
			s.With = append(s.With, v.people[id])
		}
		if !c.Confirmed.IsZero() {
			s.How = "confirmed"
		}
		all = append(all, s)
	}
	newest(all, func(s Summary) civil.Moment { return s.On })
	return all
}

// summed returns the summaries among the moves of a conversation. A summary waits while the conversation has
// it open; the move that ends this says how it was settled. id is that of the conversation.
func (v *View) summed(c *Commitment, moves []client.Move, r client.Replayed, id ...string) []Summary {
	var all []Summary
	for i, m := range moves[:len(r.Steps)] {
		if did := loop.Did(m.Did); did != loop.Summarize && did != loop.Correct {
			continue
		}
		held := r.Steps[i].OpenSummaries
		own := held[len(held)-1]
		s := Summary{
			On: m.On, By: v.people[m.By], Corrects: loop.Did(m.Did) == loop.Correct, Note: Text(m.Note),
			About: c.Link(), How: "open",
		}
		if r.Ended {
			s.How, s.Settled = "closed", c.Closed
		}
		for j := i + 1; j < len(r.Steps); j++ {
			if slices.Contains(r.Steps[j].OpenSummaries, own) {
				continue
			}
			s.How, s.Settled = settledBy(moves[j]), moves[j].On
			if s.How != "closed" {
				s.SettledBy = v.people[moves[j].By]
			}
			break
		}
		if s.How == "open" {
			s.To, s.AnswerBy = v.sidePerson(c.source, own.By.Other()), own.AnswerBy
			s.Todo = v.todoOf(v.todo("move", "confirm", append(slices.Clone(id), fmt.Sprint(i))...))
		}
		all = append(all, s)
	}
	return all
}

func settledBy(m client.Move) string {
	switch loop.Did(m.Did) {
	case loop.Confirm:
		return "confirmed"
	case loop.Correct:
		return "corrected"
	}
	return "closed"
}
