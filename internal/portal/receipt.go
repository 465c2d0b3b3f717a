package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A Receipt says that a commitment was kept, and how.
type Receipt struct {
	Href string
	// Lines say who did what, on which day.
	Lines []ReceiptLine
	// Times is how often the agreed date moved, InterimTimes how often dates of interim results moved on
	// their own.
	Times, InterimTimes int
	// AcceptedBy is who accepted it, Review what they said; nil if nothing.
	AcceptedBy Person
	Review     *MoveReview

	of *Commitment // unexported, since the commitment leads here too: what a page can reach must not form a circle
}

// Of returns the commitment that was kept.
func (r *Receipt) Of() *Commitment { return r.of }

// A ReceiptLine is one line, the string receipt_Key of i18n with a Name. First is the first agreed date, if
// On replaced it.
type ReceiptLine struct {
	Key, Name string
	On, First civil.Moment
}

// receipt is nil if the commitment was not kept.
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
	for i := range c.Moves {
		if key := c.handing(i); key != "" {
			line(key, &c.Moves[i])
		}
	}
	line("accepted", accepted)
	return r
}

// A Condition is a condition of satisfaction and, once its commitment is kept, how it was judged.
type Condition struct {
	Text Text
	// State is open, met, unmet, or was_met if it was called met and what was accepted did not last (see
	// Lasted); "" if the commitment closed and nothing was said about it.
	State string
}

// Conditions returns the conditions of satisfaction. If as many texts were given for met as there are
// conditions, each condition was met. To accept is not to call each of them met.
func (c *Commitment) Conditions() []Condition {
	var said MoveReview
	if r := c.accepted(); r != nil {
		said = *r
	}
	met := "met"
	if !c.Lasted() {
		met = "was_met"
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
		case len(said.Met) == len(all), slices.Contains(said.Met, text):
			x.State = met
		}
		all[i] = x
	}
	return all
}

// accepted returns what was said on accepting; nil if nothing.
func (c *Commitment) accepted() *MoveReview {
	if m := c.lastOf(loop.AcceptWork); m != nil {
		return m.Review
	}
	return nil
}

// AcceptedWhole returns who accepted it without a word about any of its conditions, nor of what was not met;
// nobody if it has no conditions.
func (c *Commitment) AcceptedWhole() Person {
	all := c.Conditions()
	judged := slices.ContainsFunc(all, func(x Condition) bool { return x.State != "" })
	if r := c.accepted(); !c.kept() || judged || len(all) == 0 || r != nil && len(r.Unmet) > 0 {
		return Person{}
	}
	return c.lastOf(loop.AcceptWork).By
}

// LeftUnmet returns who accepted it although something was not met, where nothing that the file says takes that up again;
// else nobody.
func (c *Commitment) LeftUnmet() Person {
	if len(c.ReopenedBy) > 0 {
		return Person{}
	}
	return leftUnmet(c.Progress, c.lastOf(loop.AcceptWork))
}

// LeftUnmet returns who accepted it although something was not met, as long as the whole is expected; else nobody.
func (d *Deliverable) LeftUnmet() Person {
	if !d.of.open {
		return Person{}
	}
	return leftUnmet(d.Progress, d.accept())
}

func leftUnmet(p Progress, accept *Move) Person {
	if !p.kept() || accept == nil || accept.Review == nil || len(accept.Review.Unmet) == 0 {
		return Person{}
	}
	return accept.By
}

// AcceptedFor says who accepted it for the customer; nil if nobody did, or the customer.
func (d *Deliverable) AcceptedFor() *Clause {
	if !d.kept() {
		return nil
	}
	return d.of.acceptedFor(d.accept())
}

func (d *Deliverable) accept() *Move { return lastOf(d.Moves, d.source.Moves, loop.AcceptWork) }

// Lasted reports whether what was accepted still holds, as far as the file says: no commitment took it up
// again, and no assumption about it proved wrong later.
func (c *Commitment) Lasted() bool {
	return len(c.ReopenedBy) == 0 && !slices.ContainsFunc(c.ProvedWrong(), func(a Assumption) bool {
		return !c.Closed.IsZero() && a.Settled.After(c.Closed)
	})
}

// MetBesides returns what was called met in other words than those of a condition.
func (c *Commitment) MetBesides() []Text {
	r := c.accepted()
	if r == nil {
		return nil
	}
	return filter(r.Met, func(t Text) bool { return !slices.Contains(c.SatisfiedWhen, t) })
}
