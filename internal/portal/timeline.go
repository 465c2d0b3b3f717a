package portal

import (
	"cmp"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// TimelineWidth is the number of units in which places on the timeline are
// counted, from its first day to the end of its last.
const TimelineWidth = 1000

// A Timeline is the picture of all commitments over time.
type Timeline struct {
	From, To civil.Date
	Months   []Tick
	Rows     []Row
}

// A Tick is the first day of a month.
type Tick struct {
	Day civil.Date
	X   int
	// Named says that the axis has room for the name of the month, Year that its year is
	// said: with the first month that is named, and with each January.
	Named, Year bool
}

// A Row is one commitment of the timeline.
type Row struct {
	Commitment *Commitment
	// Bars are the stages it went through, split at the moves that changed the
	// stage; the last one, planned, leads to the date in force or on the table.
	Bars []Bar
	// Ghosts are dates that moved.
	Ghosts []Ghost
	// Diamonds are the interim deliverables.
	Diamonds []Diamond
	// Due and Proposed are the places of the two dates; -1 if there is none.
	Due, Proposed int
}

// A Bar is a span in one stage.
type Bar struct {
	Stage   string
	Planned bool
	X, W    int
}

// A Ghost is an agreed date that was replaced.
type Ghost struct {
	Due   civil.Moment
	X, To int
}

// A Diamond is an interim deliverable.
type Diamond struct {
	Deliverable *Deliverable
	X           int
}

// timeline lays all commitments out, those that end soonest first, closed ones
// last. It is nil where there is nothing to draw.
func (v *View) timeline() *Timeline {
	t := &Timeline{}
	for _, c := range v.commitments {
		if len(c.Moves) > 0 {
			t.Rows = append(t.Rows, Row{Commitment: c})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		return cmp.Or(compareBool(!a.Commitment.open, !b.Commitment.open),
			compareBool(a.Commitment.leads().IsZero(), b.Commitment.leads().IsZero()),
			a.Commitment.leads().Compare(b.Commitment.leads()))
	})
	t.span(v.Today)
	for i := range t.Rows {
		t.draw(&t.Rows[i])
	}
	return t
}

// leads returns the date that orders and names a commitment: the agreed one, else
// the proposed one.
func (p Progress) leads() civil.Moment {
	if p.Agreed.IsZero() {
		return p.Proposed
	}
	return p.Agreed
}

// span makes room for every date of the rows and for today, in whole months.
func (t *Timeline) span(today civil.Date) {
	first, last := today, today
	grow := func(m civil.Moment) {
		if m.IsZero() {
			return
		}
		if m.Date.Before(first) {
			first = m.Date
		}
		if m.Date.After(last) {
			last = m.Date
		}
	}
	for _, r := range t.Rows {
		for _, m := range r.Commitment.Moves {
			grow(m.On)
		}
		for _, m := range r.Commitment.Moved {
			grow(m.Due)
		}
		for _, d := range r.Commitment.Deliverables {
			grow(d.Due)
		}
		grow(r.Commitment.Agreed)
		grow(r.Commitment.Proposed)
	}
	t.From = civil.Date{Year: first.Year, Month: first.Month, Day: 1}
	t.To = civil.DateOf(time.Date(last.Year, last.Month+1, 1, 0, 0, 0, 0, time.UTC))
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		t.Months = append(t.Months, Tick{Day: d, X: t.X(d)})
	}
	t.nameMonths()
}

// nameRoom is how much of TimelineWidth the name of a month, or a year, takes on the
// narrowest screen.
const nameRoom = 110

// nameMonths names as many months as there is room for, each January among them.
func (t *Timeline) nameMonths() {
	every := 12
	for _, n := range []int{6, 3, 1} {
		if TimelineWidth*n/len(t.Months) >= nameRoom {
			every = n
		}
	}
	for i := range t.Months {
		m := &t.Months[i]
		m.Year = m.Day.Month == time.January
		m.Named = (int(m.Day.Month)-1)%every == 0
	}
	// The first month is named too, unless the next name would stand on it.
	next := slices.IndexFunc(t.Months, func(m Tick) bool { return m.Named })
	if next < 0 || t.Months[next].X >= nameRoom {
		next = 0
	}
	t.Months[next].Named, t.Months[next].Year = true, true
}

func nextMonth(d civil.Date) civil.Date {
	return civil.DateOf(time.Date(d.Year, d.Month+1, 1, 0, 0, 0, 0, time.UTC))
}

// X returns the place of the beginning of a day.
func (t *Timeline) X(d civil.Date) int {
	return d.Sub(t.From) * TimelineWidth / max(t.To.Sub(t.From), 1)
}

func (t *Timeline) draw(r *Row) {
	c := r.Commitment
	r.Bars = t.bars(c.source.Moves, c.replayed, c.leads())
	for _, m := range c.Moved {
		r.Ghosts = append(r.Ghosts, Ghost{m.Due, t.middle(m.Due), t.middle(m.To)})
	}
	for _, d := range c.Deliverables {
		r.Diamonds = append(r.Diamonds, Diamond{d, t.middle(d.Due)})
	}
	r.Due, r.Proposed = t.middle(c.Agreed), t.middle(c.Proposed)
}

// middle returns the place of the middle of a day, -1 for none.
func (t *Timeline) middle(m civil.Moment) int {
	if m.IsZero() {
		return -1
	}
	return (t.X(m.Date) + t.X(m.AddDays(1))) / 2
}

// minBar is the width that a bar has at least, so that a stage of one day is seen.
const minBar = TimelineWidth / 250

func (t *Timeline) bars(moves []client.Move, r client.Replayed, until civil.Moment) []Bar {
	var bars []Bar
	add := func(stage loop.Stage, from, to civil.Date, planned bool) {
		x := t.X(from)
		bars = append(bars, Bar{string(stage), planned, x, t.X(to) - x})
	}
	stage, from := loop.Stage(""), civil.Date{}
	for i, step := range r.Steps {
		if on := moves[i].On.Date; step.Stage() != stage {
			if stage != "" {
				add(stage, from, on, false)
			}
			stage, from = step.Stage(), on
		}
	}
	if stage == "" || stage == loop.Closed {
		return side(bars)
	}
	last := moves[len(r.Steps)-1].On.Date
	add(stage, from, last, false)
	if until.Date.After(last) {
		add(stage, last, until.AddDays(1), true)
	}
	return side(bars)
}

// side gives each bar its least width and lays them side by side: short stages push
// later ones to the right, and those at the end are pushed back into the picture.
func side(bars []Bar) []Bar {
	least := min(minBar, TimelineWidth/max(len(bars), 1))
	end := 0
	for i := range bars {
		b := &bars[i]
		right := b.X + b.W
		b.X = max(b.X, end)
		b.W = max(right-b.X, least)
		end = b.X + b.W
	}
	end = TimelineWidth
	for i := len(bars) - 1; i >= 0; i-- {
		b := &bars[i]
		right := min(b.X+b.W, end)
		b.X = min(b.X, right-least)
		b.W = right - b.X
		end = b.X
	}
	return bars
}
