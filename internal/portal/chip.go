package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Chip says in a word or two what is next, or how it ended.
type Chip struct {
	// Kind is you, us, waits, kept, done (late) or ended.
	Kind string
	// Day is its date; zero if there is none. Says names the string chip_Says for it: due for a delivery,
	// reply for any answer; "" if the date stands alone.
	Day  civil.Moment
	Says string
	// Person is who has the turn or, for waits, for whom the provider waits.
	Person Person
	Late
}

// A Late tells since when something of LateBy, of the provider's side, is late: the whole, an interim result
// or an answer. It is late once Until has passed; Until is zero if nothing can be late.
type Late struct {
	LateSince, Until civil.Moment
	LateBy           Person
}

func (c *Commitment) chip() Chip {
	turn := c.Next()
	switch {
	case c.kept() && c.Late():
		return Chip{Kind: "done", Day: c.Delivered, Person: c.Performer}
	case c.kept():
		return Chip{Kind: "kept", Day: c.Delivered, Person: c.Performer}
	case !c.open:
		return Chip{Kind: "ended", Day: c.Closed}
	case turn.Kind == "waits":
		return Chip{Kind: "waits", Person: turn.Person, Late: c.late()}
	case turn.Side == "":
		return Chip{Kind: "us", Day: c.leads(), Says: "due", Late: c.late()}
	case !turn.Person.Ours():
		return Chip{Kind: "you", Day: turn.By, Says: turn.says(), Person: turn.Person, Late: c.late()}
	}
	day := turn.By
	if turn.Kind == "deliver" && c.Awaited() {
		day = c.Agreed
	}
	return Chip{Kind: "us", Day: day, Says: turn.says(), Person: turn.Person, Late: c.late()}
}

// says names the kind of date of a turn.
func (t Turn) says() string {
	if t.Kind == "deliver" {
		return "due"
	}
	return "reply"
}

// Next returns the turn that all pages show: first what waits for the client, then what the conversation
// expects. If the time of a turn stands still, the turn is the other side's. If nothing can go on, it is of
// the kind waits, and of the person it waits for. It is nobody's once the commitment is closed.
func (c *Commitment) Next() Turn {
	if w := c.yourTurn(); w != nil {
		side := w.Person.Side
		if side == "" {
			side = client.ClientSide
		}
		return Turn{Side: side, Person: w.Person, Since: w.Since, By: w.By, Kind: w.Kind}
	}
	for _, t := range c.Turns() {
		if !t.Stopped {
			return t
		}
	}
	for _, w := range c.Waits {
		return Turn{Side: w.Person.Side, Person: w.Person, Since: w.Since, By: w.Due, Kind: "waits"}
	}
	for _, q := range c.Questions {
		if q.Answered.IsZero() && q.To.Ours() {
			return Turn{Side: q.To.Side, Person: q.To, Since: q.Asked, By: q.AnswerBy, Kind: "answer"}
		}
	}
	for _, t := range c.Turns() {
		return c.other(t)
	}
	return Turn{}
}

// other returns the turn of the other side, instead of one whose time stands still.
func (c *Commitment) other(t Turn) Turn {
	person := c.Customer
	if t.Person.ID == person.ID {
		person = c.Performer
	}
	return Turn{Side: person.Side, Person: person, Since: t.Since, Kind: "answer"}
}

// yourTurn returns the first thing that waits for the client; nil if nothing does. An assumption does not
// count, since the work goes on while it waits.
func (c *Commitment) yourTurn() *Waiting {
	i := slices.IndexFunc(c.Yours, func(w Waiting) bool { return !w.Stopped && w.Kind != "confirm_assumption" })
	if i < 0 || !c.open {
		return nil
	}
	return &c.Yours[i]
}

// kept reports whether it was delivered and accepted.
func (p Progress) kept() bool { return p.conv.State == loop.Kept }

// leads returns the date that names a commitment and sorts it: the agreed one, else the proposed one.
func (p Progress) leads() civil.Moment {
	if p.Agreed.IsZero() {
		return p.Proposed
	}
	return p.Agreed
}

// late returns what becomes late first with the provider.
func (c *Commitment) late() Late {
	var first Late
	add := func(since, until civil.Moment, by Person) {
		if !until.IsZero() && (first.Until.IsZero() || compareMoments(until, first.Until, true) < 0) {
			first = Late{since, until, by}
		}
	}
	for _, turn := range c.Turns() {
		if turn.Person.Ours() && turn.Kind != "deliver" && !turn.Stopped {
			add(turn.By, turn.By, turn.Person)
		}
	}
	if c.ours && c.Awaited() {
		add(c.Counts, c.Until, c.Performer)
	}
	for _, d := range c.Deliverables {
		if d.ours && d.Awaited() {
			add(d.Counts, d.Until, c.Performer)
		}
	}
	return first
}
