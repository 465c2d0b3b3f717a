package portal

import (
	"slices"
	"strings"
)

// A Saying is one thing that was said or done about a commitment.
type Saying struct {
	*Event
	// Reply is the message with its answer, Question a question that is not answered yet; else nil.
	Reply    *Reply
	Question *Question
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
				return q.Answered.IsZero() && q.Asked == e.On && q.Text == e.What
			})
		}
		all = append(all, entry)
	}
	return all
}

// find returns the first of all for which is is true; nil if there is none.
func find[T any](all []T, is func(T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}
