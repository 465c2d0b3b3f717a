package portal

import (
	"maps"
	"slices"
	"unicode/utf8"

	"portalgen/internal/civil"
)

// roomAhead is how many days the picture shows after today at least, so that it can move on in the browser.
const roomAhead = 14

// span sets From, To and Today so that every date of the rows and today are within whole months.
func (t *Timeline) span(today civil.Date, rows []*Row) {
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
	for _, r := range rows {
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
	wideAxis   = 528
)

// labelRoom is the least number of pixels from the beginning of a label to the next one, lastRoom that from the
// last label to the end, and labelGap that from the end of a label to the next one.
const (
	labelRoom = 72
	lastRoom  = 48
	labelGap  = 8
)

// letterWidth is how many pixels a letter of a label takes in a wide font, yearWidth those of a space and a
// year.
const (
	letterWidth = 7
	yearWidth   = 36
)

// labelWidth returns how many pixels the label of a month takes.
func (v *View) labelWidth(month civil.Date, year bool) int {
	name := v.opt.Strings.Format(v.opt.Strings.Get("layout_month_short", nil), civil.On(month).Wall())
	width := utf8.RuneCountInString(name) * letterWidth
	if year {
		width += yearWidth
	}
	return width
}

// label sets as many labels as there is room for; size returns the width of one, with the year or without.
func (t *Timeline) label(size func(month civil.Date, year bool) int) {
	narrow, wide := t.labels(narrowAxis, size), t.labels(wideAxis, size)
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
func (t *Timeline) labels(width int, size func(month civil.Date, year bool) int) map[civil.Date]bool {
	var months []civil.Date
	for d := t.From; d.Before(t.To); d = nextMonth(d) {
		months = append(months, d)
	}
	place := func(d civil.Date) int { return t.X(d) * width / TimelineWidth }
	all := map[civil.Date]bool{}
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60} {
		named := slices.DeleteFunc(slices.Clone(months), func(d civil.Date) bool {
			return (d.Year*12+int(d.Month)-1)%step != 0 || width-place(d) < max(lastRoom, size(d, d.Month == 1))
		})
		// The first month is named too, unless the next label would overlap it.
		if len(named) == 0 ||
			named[0] != months[0] && place(named[0]) >= max(labelRoom, size(months[0], true)+labelGap) {
			named = slices.Insert(named, 0, months[0])
		}
		clear(all)
		fits := width*step/len(months) >= labelRoom
		for i, d := range named {
			all[d] = i == 0 || d.Month == 1
			fits = fits && (i == len(named)-1 || place(named[i+1])-place(d) >= size(d, all[d])+labelGap)
		}
		if fits {
			break
		}
	}
	// Where no month after today is named, the last one that there is room for is: what is ahead lies there.
	last := slices.MaxFunc(slices.Collect(maps.Keys(all)), civil.Date.Compare)
	for i := len(months) - 1; i >= 0 && t.X(last) <= t.Today; i-- {
		d := months[i]
		if !d.After(last) || place(d)-place(last) < size(last, all[last])+labelGap {
			break
		}
		if width-place(d) >= max(lastRoom, size(d, d.Month == 1)) {
			all[d] = d.Month == 1
			break
		}
	}
	return all
}
