package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// TimelineWidth is the width of the timeline in its units, from its first day to the end of its last.
const TimelineWidth = 1000

// A Timeline is the picture of commitments over time.
type Timeline struct {
	From, To civil.Date
	// Labels name months along the axis.
	Labels []Label
	// Today is the position of today.
	Today int
	// Groups are those that have rows: what waits for the client, what is being worked on, what is not
	// promised yet, what is over.
	Groups []Group
	// Keys explain the marks in the picture.
	Keys []Key
	// Count counts all commitments, including those not in this picture.
	Count Count
}

// A Count counts commitments: All of them, in You those of which something waits for the client, in Work the others
// that are being worked on, in Asked those not promised yet, in Kept those that were kept, and in Ended those that
// ended in another way. Who are the people for whom those in You wait, where the client has several people: one of them
// reads "you" as themself.
type Count struct {
	All, You, Work, Asked, Kept, Ended int
	Who                                []Person
}

// Over is how many are closed.
func (c Count) Over() int { return c.Kept + c.Ended }

// The groups of a timeline.
const (
	GroupYou   = "you"
	GroupWork  = "work"
	GroupAsked = "asked" // requested or offered, and not promised yet
	GroupOver  = "over"
)

// A Group is a part of the rows.
type Group struct {
	Kind string
	Rows []*Row
}

// A Key explains a mark. The mark appears after the day After, until the day Until; zero is no limit.
type Key struct {
	Mark         string
	After, Until civil.Date
}

// The marks of a row. The first ones are spans, the others points.
const (
	markWord     = "word"     // from the first event to the last one
	markQuiet    = "quiet"    // nothing was said since
	markYours    = "yours"    // waits for the client
	markLate     = "late"     // late with the provider
	markAhead    = "ahead"    // from today to the agreed date
	markAsked    = "asked"    // from there to the proposed date
	markOver     = "over"     // from the first event to the end
	markInterim  = "interim"  // an interim result
	markStepWas  = "step-was" // an earlier date of an interim result
	markMoved    = "moved"    // an earlier agreed date
	markDate     = "date"     // the agreed date
	markProposed = "proposed" // the proposed date
	markKept     = "kept"
	markDone     = "done" // delivered late, and accepted
	markStop     = "stop" // closed without being kept
)

// marks is the order in which they are explained. A dotted span, and an earlier date of an interim result,
// need no explanation.
var marks = []string{
	markWord, markQuiet, markYours, markLate, markAhead, markOver, markInterim, markMoved, markDate,
	markProposed, markKept, markDone, markStop,
}

// A Row is one commitment of the timeline.
type Row struct {
	Commitment *Commitment
	Chip       Chip
	Spans      []Span
	Points     []Point
}

// A Span is a line in a row from the middle of one day to the middle of another.
type Span struct {
	Mark     string
	From, To civil.Date
	// Clip is "past" if it is drawn up to today at most, "ahead" if it is drawn from today on, and "" if it
	// does not change.
	Clip string
	X, W int
	// After is the date that has to pass before it is drawn; zero for none.
	After civil.Moment
}

// A Point is a mark at a date.
type Point struct {
	Mark string
	X    int
}

// A Label is the name of a month, at its first day.
type Label struct {
	Day civil.Date
	X   int
	// Year says that the label includes the year. On is "narrow" or "wide" if only that axis has room for it;
	// else "".
	Year bool
	On   string
}

// timelines draws the open commitments, and those that are closed in a picture of its own: on one axis, years of what
// is done would leave no room for what is not. Each is nil if it has nothing to show.
func (v *View) timelines() (open, over *Timeline) {
	if v.drawn == nil {
		rows := map[string][]*Row{}
		for _, c := range v.commitments {
			if len(c.Moves) > 0 {
				kind := new(Count).add(c)
				rows[kind] = append(rows[kind], &Row{Commitment: c, Chip: c.chip()})
			}
		}
		v.drawn = &[2]*Timeline{v.picture(rows, GroupYou, GroupWork, GroupAsked), v.picture(rows, GroupOver)}
	}
	return v.drawn[0], v.drawn[1]
}

// inOrder returns all commitments in the order of the timelines: what waits for the client, what is in work, what is not
// promised yet, what is closed, and last those without a move.
func (v *View) inOrder() []*Commitment {
	var all []*Commitment
	open, over := v.timelines()
	for _, t := range []*Timeline{open, over} {
		if t == nil {
			continue
		}
		for _, g := range t.Groups {
			for _, r := range g.Rows {
				all = append(all, r.Commitment)
			}
		}
	}
	return append(all, filter(v.commitments, func(c *Commitment) bool { return len(c.Moves) == 0 })...)
}

// picture draws the rows of some groups; it is nil if there are none.
func (v *View) picture(rows map[string][]*Row, groups ...string) *Timeline {
	var all []*Row
	for _, kind := range groups {
		all = append(all, rows[kind]...)
	}
	if len(all) == 0 {
		return nil
	}
	t := &Timeline{Count: v.count()}
	t.span(v.Today, all)
	t.label(v.labelWidth)
	words := v.lastWords()
	for _, kind := range groups {
		group := Group{Kind: kind, Rows: rows[kind]}
		if len(group.Rows) == 0 {
			continue
		}
		slices.SortStableFunc(group.Rows, func(a, b *Row) int {
			if kind == GroupOver {
				return b.Commitment.Closed.Compare(a.Commitment.Closed) // the newest first
			}
			return compareNext(a.Commitment, b.Commitment)
		})
		for _, row := range group.Rows {
			t.draw(row, words[row.Commitment.Href], v.Today)
		}
		t.Groups = append(t.Groups, group)
	}
	t.Keys = keys(all)
	return t
}

// compareNext orders open commitments: what is late with the provider first, since its earliest day, then the others by
// the day on which each can move. It is as of the build. What becomes late in an open page says so where it stands; as the
// order is one of dates, that is mostly right below what was late already, and with the next build it is there.
func compareNext(a, b *Commitment) int {
	x, y := a.lateNow(), b.lateNow()
	if x.IsZero() && y.IsZero() {
		x, y = a.moves(), b.moves()
	}
	return cmp.Or(compareBool(x.IsZero(), y.IsZero()), compareMoments(x, y, true))
}

// lateNow returns since when c is late with the provider; zero if it is not.
func (c *Commitment) lateNow() civil.Moment {
	if late := c.late(); c.passed(late.Until) {
		return late.LateSince
	}
	return civil.Moment{}
}

// moves returns the day on which c can move: its date or, where that has passed and it waits for another commitment or
// for an answer, the date of these. A date that has passed while c waits for something without a date says nothing:
// then it is zero.
func (c *Commitment) moves() civil.Moment {
	on := c.leads()
	if c.passed(on) && !c.Proposed.IsZero() {
		on = c.Proposed
	}
	for _, w := range c.Waits {
		switch {
		case w.Due.IsZero() && c.passed(on):
			return civil.Moment{}
		case compareMoments(on, w.Due, true) < 0:
			on = w.Due
		}
	}
	return on
}

// count counts the commitments that have begun.
func (v *View) count() Count {
	var n Count
	several := len(v.peopleOf(client.ClientSide)) > 1
	for _, c := range v.commitments {
		if len(c.Moves) == 0 || n.add(c) != GroupYou || !several {
			continue
		}
		for _, w := range c.Yours {
			if w.Now() && w.Person.Name != "" && !slices.Contains(n.Who, w.Person) {
				n.Who = append(n.Who, w.Person)
			}
		}
	}
	return n
}

// add counts c and returns its group.
func (n *Count) add(c *Commitment) string {
	n.All++
	switch {
	case c.open && c.yourTurn() != nil:
		n.You++
		return GroupYou
	case c.open && !c.promised():
		n.Asked++
		return GroupAsked
	case c.open:
		n.Work++
		return GroupWork
	case c.kept():
		n.Kept++
	default:
		n.Ended++
	}
	return GroupOver
}

// lastWords returns the day of the latest word about each commitment, by its address: its latest event, or the latest
// status note, which is about all of them.
func (v *View) lastWords() map[string]civil.Date {
	last := map[string]civil.Date{}
	var note civil.Date
	if n := len(v.statuses); n > 0 {
		note = v.statuses[n-1].On.Date
	}
	for _, e := range v.History {
		if _, told := last[e.Href]; !told {
			last[e.Href] = e.On.Date
		}
	}
	for href, day := range last {
		if day.Before(note) {
			last[href] = note
		}
	}
	return last
}
