package portal

import (
	"slices"
	"strings"

	"portalgen/internal/civil"
)

// A Saying is one thing that was said or done about a commitment.
type Saying struct {
	*Event
	// Reply is the message with its answer, Question a question that is not answered yet; else nil.
	Reply    *Reply
	Question *Question
	// Answers is the question, or the call for help, that this answers, if another entry stands between them or
	// above it on the same day; else nil.
	Answers *Move
}

// Thread returns what was said and done about the commitment, newest first: its moves, and the messages,
// questions, decisions, changes and assumptions about it. What was said about its interim results is shown
// with them.
func (c *Commitment) Thread() []*Saying { return c.thread }

// Recent returns how many entries of the thread stand unfolded, the newest: all, if there are no more than
// five, else four, and after an answer the one before it, which it answers.
func (c *Commitment) Recent() int {
	n := len(c.thread)
	if n <= 5 {
		return n
	}
	answers := func(s *Saying) bool {
		return s.Move != nil && slices.Contains([]string{"answer", "confirm", "correct"}, s.Move.Key)
	}
	n = 4
	for n < len(c.thread) && answers(c.thread[n-1]) {
		n++
	}
	return n
}

// threadOf returns the thread of c. When a message was acknowledged or resolved is part of the message.
func (v *View) threadOf(c *Commitment) []*Saying {
	var all []*Saying
	for _, e := range v.History {
		own := e.Kind != "move" || strings.Count(e.ID, "/") == 2
		if e.Href != c.Href || !own || e.Kind == "acknowledged" || e.Kind == "resolved" {
			continue
		}
		entry := &Saying{Event: e}
		switch e.Kind {
		case "message":
			entry.Reply = find(c.Messages, func(r Reply) bool { return e.ID == "message/"+r.ID })
		case "question":
			entry.Question = find(c.Questions, func(q Question) bool {
				return q.Waits && q.Asked == e.On && q.Text == e.What
			})
		}
		all = append(all, entry)
	}
	for i, entry := range all {
		asked := c.answered(entry.Move)
		below := asked != nil && i+1 < len(all) && all[i+1].Move == asked
		if among := i > 0 && all[i-1].On.Date == entry.On.Date; !below || among {
			entry.Answers = asked
		}
	}
	return all
}

// answered returns the question, or the call for help, that m, a move of c, answers; nil if it answers none.
func (c *Commitment) answered(m *Move) *Move {
	if m == nil || m.Key != "answer" {
		return nil
	}
	i := slices.IndexFunc(c.Moves, func(of Move) bool { return of.Key == m.Key && of.On == m.On && of.Note == m.Note })
	before, after := c.replayed.Before(i), c.replayed.Steps[i]
	var on civil.Moment
	var note string
	if q := before.OpenQuestion; q != nil && after.OpenQuestion == nil {
		on, note = q.On, q.Note
	}
	for _, h := range before.HelpAsked {
		if !slices.Contains(after.HelpAsked, h) {
			on, note = h.On, h.Note
		}
	}
	j := slices.IndexFunc(c.Moves[:i], func(of Move) bool { return of.On == on && string(of.Note) == note })
	if j < 0 {
		return nil
	}
	return &c.Moves[j]
}

// find returns the first of all for which is is true; nil if there is none.
func find[T any](all []T, is func(T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}
