package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Chip says in a word or two what is next, or how it ended.
type Chip struct {
	// Kind is you, later (of the client, and not yet), us, waits, kept, done (late) or ended.
	Kind string
	// Day is its date; zero if there is none. Says names the string chip_Says for it: due for a delivery,
	// reply for any answer; "" if the date stands alone. Without a date it names what the Person does: first
	// (answers before the client does), terms (makes new ones), turn (has it).
	Day  civil.Moment
	Says string
	// Person is who has the turn or, for waits, for whom the provider waits.
	Person Person
	// Answers is how many answers the client owes. If there are several, Next are the dates of those that have
	// one, the soonest first.
	Answers int
	Next    []civil.Moment
	// Lapses is the moment after which new terms are needed, and Renews is who makes them; zero for none.
	Lapses civil.Moment
	Renews Person
	// Due is the date on which DueBy, of the provider's side, has to deliver although it is the client's turn; zero if
	// there is none.
	Due   civil.Moment
	DueBy Person
	Late
}

// A Late tells since when something of LateBy, of the provider's side, is late: the whole, an interim result
// or an answer. It is late once Until has passed; Until is zero if nothing can be late.
type Late struct {
	LateSince, Until civil.Moment
	LateBy           Person
	// LateOf is what is late: answer, interim, or "" for the whole.
	LateOf string
	// Back is the day on which it was sent back or, if BackPart, the last of its interim results; zero if nothing was.
	Back     civil.Moment
	BackPart bool
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
	case !turn.Person.Ours() && turn.Later != "":
		return Chip{Kind: "later", Day: turn.By, Says: turn.says(turn.By), Person: turn.Person}
	case !turn.Person.Ours():
		chip := Chip{
			Kind: "you", Day: turn.By, Says: turn.says(turn.By),
			Person: turn.Person, Lapses: turn.Lapses, Renews: c.Renews(turn), Late: c.late(),
		}
		if chip.Answers, chip.Next = c.answersOwed(); chip.Answers < 2 {
			chip.Next = nil
		}
		if c.ours && c.Delivered.IsZero() && !c.Rework {
			chip.Due, chip.DueBy = c.Agreed, c.Performer
		}
		return chip
	}
	day := turn.By
	if turn.Kind == "deliver" && c.Awaited() && !c.Rework {
		day = c.Agreed
	}
	return Chip{
		Kind: "us", Day: day, Says: turn.says(day),
		Person: turn.Person, Lapses: turn.Lapses, Renews: c.Renews(turn), Late: c.late(),
	}
}

// Renews returns who makes new terms once those that a turn is to answer have lapsed: the provider, if they proposed
// a date for their own work, else who was to answer. It is nobody if none lapse.
func (c *Commitment) Renews(t Turn) Person {
	switch {
	case t.Lapses.IsZero():
		return Person{}
	case !t.Turns.IsZero():
		return c.Performer
	}
	return t.Person
}

// answersOwed returns how many answers the client owes now, and the dates of those that have one, each once,
// the soonest first.
func (c *Commitment) answersOwed() (n int, by []civil.Moment) {
	for _, w := range c.Yours {
		if w.Now() && w.Kind != "confirm_assumption" {
			n++
			by = append(by, w.By)
		}
	}
	by = slices.DeleteFunc(by, civil.Moment.IsZero)
	slices.SortFunc(by, func(a, b civil.Moment) int { return compareMoments(a, b, true) })
	return n, slices.Compact(by)
}

// says names what a chip says of a turn: its kind of date or, without one, what the person does.
func (t Turn) says(day civil.Moment) string {
	switch {
	case t.Kind == "terms":
		return "terms"
	case day.IsZero() && t.Later == string(client.LaterAnswer):
		return "first"
	case day.IsZero():
		return "turn"
	case t.Kind == "deliver":
		return "due"
	}
	return "reply"
}

// Next returns the first turn that all pages show: the client's or, if they have none, the provider's. It is
// nobody's once the commitment is closed.
func (c *Commitment) Next() Turn {
	all := c.Holders()
	if len(all) == 0 {
		return Turn{}
	}
	return all[len(all)-1]
}

// Holders returns whose turn it is, as all pages show it: of each side at most one turn, the provider's first.
// A turn that comes later is left out while somebody can act now: if the time of a turn stands still, the
// other side's is shown. If nothing can go on, the turn is of the kind waits, and of the person it waits for.
func (c *Commitment) Holders() []Turn {
	if !c.open {
		return nil
	}
	var all []Turn
	if t := c.ourTurn(); t.Side != "" {
		all = append(all, t)
	}
	if w := c.yourTurn(); w != nil {
		side := cmp.Or(w.Person.Side, client.ClientSide)
		all = append(all, Turn{
			Side: side, Person: w.Person, Since: w.Since, By: w.By, Kind: w.Kind, Turns: w.Turns, Lapses: w.Lapses,
		})
	}
	if len(all) > 0 {
		return all
	}
	for _, w := range c.Waits {
		return []Turn{{Side: w.Person.Side, Person: w.Person, Since: w.Since, By: w.Due, Kind: "waits"}}
	}
	for _, q := range c.Questions {
		if q.Waits && q.To.Ours() {
			return []Turn{{Side: q.To.Side, Person: q.To, Since: q.Asked, By: q.AnswerBy, Kind: "answer"}}
		}
	}
	for _, t := range c.laterTurns() {
		return []Turn{c.instead(t)}
	}
	return nil
}

// ourTurn returns what the provider has to do now; nobody's turn if there is nothing. While a later date that
// the provider proposed waits for the client, the agreed one stands, and is still to be met.
func (c *Commitment) ourTurn() Turn {
	for _, t := range c.Turns() {
		if t.Person.Ours() && t.Later == "" {
			return t
		}
	}
	for _, t := range c.laterTurns() {
		if !t.Person.Ours() && (t.Later == string(client.LaterAnswer) || t.Later == string(client.LaterTerms)) {
			return c.instead(t)
		}
	}
	proposed := c.ours && c.conv.State == loop.Resetting && c.Awaited()
	if proposed && c.yourTurn() != nil && !c.today.After(c.Until.Date) {
		return Turn{Side: c.Performer.Side, Person: c.Performer, Since: c.Agreed, By: c.Agreed, Kind: "deliver"}
	}
	return Turn{}
}

// laterTurns returns the turns that come later, of either side.
func (c *Commitment) laterTurns() []Turn {
	return filter([]Turn{c.Turn, c.Beneath}, func(t Turn) bool { return t.Later != "" })
}

// instead returns whose turn it is instead of one that comes later.
func (c *Commitment) instead(t Turn) Turn {
	person := c.Customer
	if t.Person.ID == person.ID {
		person = c.Performer
	}
	switch t.Later {
	case string(client.LaterFar):
		return t
	case string(client.LaterNeed):
		return Turn{Side: t.First.Person.Side, Person: t.First.Person, Since: t.Since, Kind: "waits"}
	case string(client.LaterTerms):
		return Turn{Side: person.Side, Person: person, Since: c.Proposed, Kind: "terms"}
	}
	first := Turn{Side: person.Side, Person: person, Since: t.Since, Kind: "answer", Later: t.Later}
	for _, q := range c.Questions {
		if q.Waits && q.To.Side == person.Side {
			first.By = q.AnswerBy
		}
	}
	return first
}

// yourTurn returns the first thing that waits for the client; nil if nothing does. An assumption does not
// count, since the work goes on while it waits.
func (c *Commitment) yourTurn() *Waiting {
	i := slices.IndexFunc(c.Yours, func(w Waiting) bool { return w.Now() && w.Kind != "confirm_assumption" })
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

// late returns what becomes late first with the provider or, of what is late already, the earliest.
func (c *Commitment) late() Late {
	var first Late
	add := func(of string, since, until civil.Moment, by Person) {
		switch {
		case until.IsZero():
		case c.passed(until) && c.passed(first.Until): // of what is late now, the earliest day counts
			if compareMoments(since, first.LateSince, true) < 0 {
				first.LateSince, first.LateBy, first.LateOf = since, by, of
			}
		case first.Until.IsZero() || compareMoments(until, first.Until, true) < 0:
			first.LateSince, first.Until, first.LateBy, first.LateOf = since, until, by, of
		}
	}
	for _, turn := range c.Turns() {
		if turn.Person.Ours() && turn.Kind != "deliver" && !turn.Stopped {
			add("answer", turn.By, turn.By, turn.Person)
		}
	}
	first.Back = c.SentBack
	if c.ours && c.Awaited() {
		add("", c.Counts, c.LateFrom(), c.Performer)
	}
	for _, d := range c.Deliverables {
		if d.open && !d.covered && c.SentBack.IsZero() && d.SentBack.After(first.Back) {
			first.Back, first.BackPart = d.SentBack, true
		}
		if d.ours && d.Awaited() {
			add("interim", d.Counts, d.LateFrom(), c.Performer)
		}
	}
	return first
}
