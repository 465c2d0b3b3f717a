package portal

import (
	"slices"

	"portalgen/internal/civil"
)

// roomAhead is how many days the picture shows after today at least, so that it can move on in the browser.
const roomAhead = 14

// span sets From, To and Today so that every date of the rows and today are within whole months.
func (t *Timeline) span(today civil.Date, rows map[string][]*Row) {
	first, last := today, today.AddDays(roomAhead)
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
	for _, r := range slices.Concat(rows[GroupYou], rows[GroupWork], rows[GroupAsked], rows[GroupOver]) {
		c := r.Commitment
		for _, m := range c.Moves {
			grow(m.On)
		}
		grow(c.Closed)
		grow(c.Counts)
		grow(c.Agreed)
		grow(c.Proposed)
		for _, m := range c.Moved {
			grow(m.Due)
		}
		for _, d := range c.Deliverables {
			grow(d.Due)
			for _, m := range d.Moved {
				grow(m.Due)
			}
		}
	}
	t.From = civil.Date{Year: first.Year, Month: first.Month, Day: 1}
	t.To = nextMonth(last)
	t.Today = t.middle(today)
}

// nextMonth returns the first day of the month after that of d.
func nextMonth(d civil.Date) civil.Date {
	next := civil.Date{Year: d.Year, Month: d.Month, Day: 28}.AddDays(4)
	return civil.Date{Year: next.Year, Month: next.Month, Day: 1}
}

// X returns the position of the beginning of a day.
func (t *Timeline) X(d civil.Date) int {
	return d.Sub(t.From) * TimelineWidth / max(t.To.Sub(t.From), 1)
}

// middle returns the position of the middle of a day, or of the nearest end if it is outside.
func (t *Timeline) middle(d civil.Date) int {
	return min(max((t.X(d)+t.X(d.AddDays(1)))/2, 0), TimelineWidth)
}

// The least width of the axis in pixels: on the narrowest screen, and on a wide one.
const (
	narrowAxis = 288
	wideAxis   = 560
)

// labelRoom is the least number of pixels from the beginning of a label to the next one, in any language and
// with the year; lastRoom that from the last label to the end.
const (
	labelRoom = 72
	lastRoom  = 48
)

// label sets as many labels as there is room for.
func (t *Timeline) label() {
	narrow, wide := t.labels(narrowAxis), t.labels(wideAxis)
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		n, inNarrow := narrow[d]
		w, inWide := wide[d]
		x := t.X(d)
		if inNarrow && inWide && n == w {
			t.Labels = append(t.Labels, Label{d, x, n, ""})
			continue
		}
		if inNarrow {
			t.Labels = append(t.Labels, Label{d, x, n, "narrow"})
		}
		if inWide {
			t.Labels = append(t.Labels, Label{d, x, w, "wide"})
		}
	}
}

// labels returns the months that an axis of this width in pixels can name, and whether the label includes the
// year: the first one and each January do.
func (t *Timeline) labels(width int) map[civil.Date]bool {
	var months []civil.Date
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		months = append(months, d)
	}
	steps := []int{1, 2, 3, 6, 12, 24, 60}
	i := slices.IndexFunc(steps, func(n int) bool { return width*n/len(months) >= labelRoom })
	if i < 0 {
		i = len(steps) - 1
	}
	place := func(d civil.Date) int { return t.X(d) * width / TimelineWidth }
	named := slices.DeleteFunc(slices.Clone(months), func(d civil.Date) bool {
		return (d.Year*12+int(d.Month)-1)%steps[i] != 0 || width-place(d) < lastRoom
	})
	// The first month is named too, unless the next label would overlap it.
	if len(named) == 0 || named[0] != months[0] && place(named[0]) >= labelRoom {
		named = slices.Insert(named, 0, months[0])
	}
	all := map[civil.Date]bool{}
	for i, d := range named {
		all[d] = i == 0 || d.Month == 1
	}
	return all
}
