package portal

import (
	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A DateRow is one of the dates of a commitment, from the first that was asked for on.
type DateRow struct {
	// Kind is asked (before anything was promised, and another came of it), gone (agreed, and
	// replaced), agreed (the last one), proposed, or delivered.
	Kind string
	Day  civil.Moment
	// By is who asked for this date or, of one that is gone, for another; Asked is when: on that day
	// the date that stood then was Ahead days ahead.
	By    Person
	Asked civil.Moment
	Ahead int
	// On is when it was agreed.
	On civil.Moment
	// SentBack says that it is gone because something was sent back.
	SentBack bool
}

// Dates returns all dates of a commitment that somebody named, in the order of what was said.
func (c *Commitment) Dates() []DateRow {
	var rows []DateRow
	if first, ok := c.askedFirst(); ok {
		rows = append(rows, first)
	}
	for i, m := range c.Moved {
		row := DateRow{Kind: "gone", Day: m.Due, On: c.conv.AgreedDates[0].On, By: m.AskedBy, Asked: m.Asked, SentBack: m.SentBack}
		if i > 0 {
			row.On = c.Moved[i-1].On
		}
		if !m.Asked.IsZero() {
			row.Ahead = m.Due.Sub(m.Asked.Date)
		}
		rows = append(rows, row)
	}
	if n := len(c.conv.AgreedDates); n > 0 {
		rows = append(rows, DateRow{Kind: "agreed", Day: c.Agreed, On: c.conv.AgreedDates[n-1].On})
	}
	if !c.Proposed.IsZero() && c.open {
		rows = append(rows, c.proposedRow())
	}
	if !c.Delivered.IsZero() {
		rows = append(rows, DateRow{Kind: "delivered", Day: c.Delivered, By: c.lastOf(loop.Deliver).By})
	}
	return rows
}

// askedFirst returns the date with which it began, where another one came of it.
func (c *Commitment) askedFirst() (DateRow, bool) {
	if len(c.Moves) == 0 || c.Moves[0].Due.IsZero() {
		return DateRow{}, false
	}
	stands := c.Proposed
	if c.promised() {
		stands = c.conv.AgreedDates[0].Due
	}
	m := c.Moves[0]
	return DateRow{Kind: "asked", Day: m.Due, By: m.By, Asked: m.On}, m.Due != stands
}

// proposedRow returns the date on the table.
func (c *Commitment) proposedRow() DateRow {
	row := DateRow{Kind: "proposed", Day: c.Proposed, By: c.ProposedBy}
	for i := len(c.replayed.Steps) - 1; i >= 0 && c.replayed.Steps[i].State == loop.Resetting; i-- {
		row.Asked = c.Moves[i].On
		row.Ahead = c.Agreed.Sub(row.Asked.Date)
	}
	return row
}

// Offered reports whether it began with an offer: then nobody asked.
func (p Progress) Offered() bool { return p.offered }

// Answerer returns whose turn it is below an open question.
func (p Progress) Answerer() Person {
	if p.Question != nil {
		return p.Beneath.Person
	}
	return p.Turn.Person
}

// Handover returns the delivery that stands; nil if none was made.
func (c *Commitment) Handover() *Move { return c.lastOf(loop.Deliver) }

// Handed returns the results on the way that have a link or a file.
func (c *Commitment) Handed() []*Deliverable {
	return filter(c.Deliverables, func(d *Deliverable) bool { return d.Href != "" || d.File != nil })
}
