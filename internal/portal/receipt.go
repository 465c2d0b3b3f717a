package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A Receipt says of a commitment that it was kept, and how.
type Receipt struct {
	Href string
	// Lines are who did what, on which day.
	Lines []ReceiptLine
	// Times is how often the agreed date moved, InterimTimes how often that of a result on the way
	// did by itself.
	Times, InterimTimes int
	// AcceptedBy is who accepted it, and Review what they said; nil if nothing.
	AcceptedBy Person
	Review     *MoveReview

	of *Commitment // which leads here too: what a page can reach must not run in a circle
}

// Of returns the commitment that was kept.
func (r *Receipt) Of() *Commitment { return r.of }

// A ReceiptLine is one line, the string receipt_Key of i18n with a Name. First is the date that was
// agreed first, where On came in its place.
type ReceiptLine struct {
	Key, Name string
	On, First civil.Moment
}

// receipt is nil where the commitment was not kept.
func (v *View) receipt(c *Commitment) *Receipt {
	if !c.kept() {
		return nil
	}
	accepted := c.lastOf(loop.AcceptWork)
	r := &Receipt{
		Href: v.href(KindReceipt, c.ID), of: c, Times: len(c.Moved),
		AcceptedBy: accepted.By, Review: accepted.Review,
	}
	for _, d := range c.Deliverables {
		for _, m := range d.Moved {
			if !m.WithWhole {
				r.InterimTimes++
			}
		}
	}
	line := func(key string, m *Move) {
		r.Lines = append(r.Lines, ReceiptLine{Key: key, Name: m.By.Short(), On: m.On})
	}
	began, gave := "asked", "promised"
	if c.offered {
		began = "offered"
	}
	promise := c.promising()
	if promise.By.Side == c.Customer.Side {
		gave = "agreed"
	}
	line(began, &c.Moves[0])
	line(gave, promise)
	due := ReceiptLine{Key: "due", On: c.Agreed}
	if first := c.conv.AgreedDates[0].Due; first != c.Agreed {
		due.First = first
	}
	r.Lines = append(r.Lines, due)
	line("delivered", c.lastOf(loop.Deliver))
	line("accepted", accepted)
	return r
}

// A Condition is a condition of satisfaction and, once it is kept, what became of it.
type Condition struct {
	Text Text
	// State is open, met or unmet; "" where it closed, and nothing was said of this one.
	State string
	// Word is what was said of it on accepting; "" if nothing.
	Word Text
}

// Conditions returns the conditions of satisfaction. What was said to be met is in their order
// where there is as much of it. Where nothing was said to be not met, all were.
func (c *Commitment) Conditions() []Condition {
	var said MoveReview
	if m := c.lastOf(loop.AcceptWork); m != nil && m.Review != nil {
		said = *m.Review
	}
	all := make([]Condition, len(c.SatisfiedWhen))
	for i, text := range c.SatisfiedWhen {
		x := Condition{Text: text}
		switch {
		case c.open:
			x.State = "open"
		case !c.kept():
		case slices.Contains(said.Unmet, text):
			x.State = "unmet"
		case len(said.Met) == len(all):
			x.State, x.Word = "met", said.Met[i]
		case len(said.Unmet) == 0 || slices.Contains(said.Met, text):
			x.State = "met"
		}
		if x.Word == text {
			x.Word = ""
		}
		all[i] = x
	}
	return all
}

// Paired reports whether each of the words about what was met stands with its condition.
func (r *MoveReview) Paired(conditions []Condition) bool { return len(r.Met) == len(conditions) }
