package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A DateRow is one date in the story of a commitment.
type DateRow struct {
	// Kind is asked (requested before the promise, and then replaced), gone (agreed, and then replaced),
	// agreed (the last agreed one), said (delivered, sent back or taken back, before the delivery in force), proposed, or
	// delivered.
	Kind string
	Day  civil.Moment
	// By is who asked for this date; for one that is gone, who asked for another. Asked is the day of that,
	// and Ahead the number of days from that day to the date in force then. Came says that something had been
	// delivered by that day, so that Ahead tells nothing about the date in force.
	By    Person
	Asked civil.Moment
	Ahead int
	Came  bool
	// On is when it was agreed, Agreer whose move that was.
	On     civil.Moment
	Agreer Person
	// Slip is how many days later than the first agreed date the agreed one is or, once it was delivered, the
	// delivery; 0 if it is not, or if no agreed date has moved.
	Slip int
	// SentBack says that it was replaced because a delivery was sent back.
	SentBack bool
	// Promised says that the performer alone named it, in the promise: nobody had asked for this date.
	Promised bool
	// Move is the move of a row of the kind said.
	Move *Move
}

// Dates returns all dates of a commitment, in the order in which they were named.
func (c *Commitment) Dates() []DateRow {
	var rows []DateRow
	if first, ok := c.askedFirst(); ok {
		rows = append(rows, first)
	}
	asked := len(rows)
	for i, m := range c.Moved {
		row := DateRow{
			Kind: "gone", Day: m.Due, On: c.conv.AgreedDates[0].On, By: m.AskedBy, Asked: m.Asked, SentBack: m.SentBack,
		}
		if i > 0 {
			row.On = c.Moved[i-1].On
		}
		row.Agreer = c.agreer(row.Day, row.On)
		if !m.Asked.IsZero() {
			row.Ahead, row.Came = m.Due.Sub(m.Asked.Date), c.cameBy(m.Asked)
		}
		rows = append(rows, row)
	}
	if n := len(c.conv.AgreedDates); n > 0 {
		row := DateRow{Kind: "agreed", Day: c.Agreed, On: c.conv.AgreedDates[n-1].On}
		row.Agreer = c.agreer(row.Day, row.On)
		if c.Delivered.IsZero() {
			row.Slip = c.slip()
		}
		rows = append(rows, row)
		rows[asked].Promised = c.promisedAlone(rows[asked].Day)
	}
	rows = append(rows, c.handedBefore()...)
	if !c.Proposed.IsZero() && c.open {
		rows = append(rows, c.proposedRow())
	}
	if !c.Delivered.IsZero() {
		row := DateRow{Kind: "delivered", Day: c.Delivered, By: c.lastOf(loop.Deliver).By, Slip: c.slip()}
		rows = append(rows, row)
	}
	return rows
}

// handedBefore returns the deliveries other than the one in force, and that they were sent back or taken back, since the
// last date was agreed. Of those before it, a date that is gone says why it is.
func (c *Commitment) handedBefore() []DateRow {
	n := len(c.conv.AgreedDates)
	from := slices.IndexFunc(c.replayed.Steps, func(s loop.Conversation) bool { return len(s.AgreedDates) == n })
	var rows []DateRow
	for i := range c.Moves {
		m := &c.Moves[i]
		if i > from && n > 0 && c.handing(i) != "" && (c.Delivered.IsZero() || m != c.Handover()) {
			rows = append(rows, DateRow{Kind: "said", Day: m.On, Move: m})
		}
	}
	return rows
}

// handing returns the key of the line that a receipt has for the move i, if it delivers, sends a delivery back, or takes
// it back; else "".
func (c *Commitment) handing(i int) string {
	switch did := loop.Did(c.source.Moves[i].Did); {
	case did == loop.Deliver:
		return "delivered"
	case did == loop.Reject:
		return "sent_back"
	case did == loop.Retract && c.replayed.Before(i).State == loop.Delivered:
		return "taken_back"
	}
	return ""
}

// slip returns DateRow.Slip of the last row.
func (p Progress) slip() int {
	if p.SlipDays > 0 && !p.Delivered.IsZero() {
		return max(0, p.Delivered.Sub(p.conv.AgreedDates[0].Due.Date))
	}
	return max(0, p.SlipDays)
}

// agreer returns whose move on that day made this the agreed date.
func (c *Commitment) agreer(due, on civil.Moment) Person { return agreer(c.Moves, c.replayed, due, on) }

func (d *Deliverable) agreer(due, on civil.Moment) Person {
	return agreer(d.Moves, d.replayed, due, on)
}

func agreer(moves []Move, r client.Replayed, due, on civil.Moment) Person {
	i := slices.IndexFunc(r.Steps, func(s loop.Conversation) bool {
		n := len(s.AgreedDates)
		return n > 0 && s.AgreedDates[n-1].Due == due && s.AgreedDates[n-1].On == on
	})
	return moves[i].By
}

// askedFirst returns the date of the first move, and whether another date replaced it.
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

// promisedAlone reports whether a promise named this date and no move before it did.
func (c *Commitment) promisedAlone(day civil.Moment) bool {
	i := slices.IndexFunc(c.Moves, func(m Move) bool { return m.Due == day })
	return i > 0 && c.replayed.Steps[i].State == loop.Promised && c.Moves[i].By.Side == c.Performer.Side
}

// proposedRow returns the row of the proposed date.
func (c *Commitment) proposedRow() DateRow {
	row := DateRow{Kind: "proposed", Day: c.Proposed, By: c.ProposedBy}
	names := func(s loop.Conversation) bool { return s.State == loop.Resetting && s.NewDate() == c.Proposed }
	for i, s := range slices.Backward(c.replayed.Steps) {
		if s.Proposed.Due != c.Proposed {
			break
		}
		row.By = c.Moves[i].By
		if names(s) {
			row.Asked = c.Moves[i].On
			row.Ahead, row.Came = c.Agreed.Sub(row.Asked.Date), c.cameBy(row.Asked)
		}
	}
	return row
}

// cameBy reports whether there was a delivery on the day on or before.
func (c *Commitment) cameBy(on civil.Moment) bool {
	return slices.ContainsFunc(c.did(loop.Deliver), func(m client.Move) bool { return !m.On.Date.After(on.Date) })
}

// Stands returns the proposed date while the agreed one stands until an answer; zero if none is proposed.
func (c *Commitment) Stands() civil.Moment {
	if !c.open || c.conv.State != loop.Resetting {
		return civil.Moment{}
	}
	if c.Proposed.IsZero() || c.Agreed.Before(c.Proposed) {
		return c.Agreed
	}
	return c.Proposed
}

// Offered reports whether it began with an offer, so that nobody asked for it.
func (p Progress) Offered() bool { return p.offered }

// Answerer returns whose turn it is without the open question.
func (p Progress) Answerer() Person {
	if p.Question != nil {
		return p.Beneath.Person
	}
	return p.Turn.Person
}

// Handover returns the delivery in force; nil if there is none.
func (c *Commitment) Handover() *Move { return c.lastOf(loop.Deliver) }

// Handed returns the interim results that have a link or a file.
func (c *Commitment) Handed() []*Deliverable {
	return filter(c.Deliverables, func(d *Deliverable) bool { return d.Href != "" || d.File != nil })
}
