// Package workhours counts working time, in which promises run. Hours are on the wall clock of their zone, so
// that work goes from nine to five also on a day on which the clocks change.
//
// It must not know what a promise is about, nor how hours are written in a file.
package workhours

import (
	"time"

	"portalgen/internal/civil"
)

// A Schedule is when somebody works: on some days of the week, from one time of day to another, except on
// closed days. The zero Schedule has no working hours.
//
// An instant belongs to the working day whose hours contain it, else to the next one. The end of a day's
// hours is not part of them.
type Schedule struct {
	days     [7]bool
	from, to time.Duration
	closed   map[civil.Date]bool
	zone     *time.Location
}

// The default hours are nine to five, Monday to Friday.
const (
	DefaultFrom = 9 * time.Hour
	DefaultTo   = 17 * time.Hour
)

func DefaultDays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
}

// New returns the Schedule of work on these days of the week, except on the days closed. from and to are
// times since midnight on the wall clock in zone, at most 24 hours. Without days, or if to is not later than
// from, there are no working hours.
func New(days []time.Weekday, from, to time.Duration, closed []civil.Date, zone *time.Location) Schedule {
	s := Schedule{from: from, to: to, closed: map[civil.Date]bool{}, zone: zone}
	for _, d := range days {
		s.days[d] = from < to
	}
	for _, d := range closed {
		s.closed[d] = true
	}
	return s
}

// Zone returns the zone of the clock that the hours are on.
func (s Schedule) Zone() *time.Location { return s.zone }

// Working reports whether d is a working day.
func (s Schedule) Working(d civil.Date) bool { return s.days[d.Weekday()] && !s.closed[d] }

// Hours returns the instants at which the working hours of the day d begin and end. ok is false if it has
// none: it is not a working day, or the clocks skip all its hours.
func (s Schedule) Hours(d civil.Date) (from, to time.Time, ok bool) {
	if !s.Working(d) {
		return from, to, false
	}
	from, to = wall(d, s.from, s.zone), wall(d, s.to, s.zone)
	return from, to, from.Before(to)
}

// OnOrAfter returns the first working day that is not before d; false if there is none.
func (s Schedule) OnOrAfter(d civil.Date) (civil.Date, bool) {
	day, _, _, ok := s.search(d)
	return day, ok
}

// search returns the first day with hours that is not before d, and its hours.
func (s Schedule) search(d civil.Date) (day civil.Date, from, to time.Time, ok bool) {
	if s.days == [7]bool{} {
		return d, from, to, false
	}
	// In any seven days at least one has hours, unless it is closed or the clocks skip its hours, which
	// happens a few times a year at most.
	for range 7 * (len(s.closed) + 10) {
		if from, to, ok = s.Hours(d); ok {
			return d, from, to, true
		}
		d = d.AddDays(1)
	}
	return d, from, to, false
}

// belongs returns the working day that t belongs to, and its hours.
func (s Schedule) belongs(t time.Time) (day civil.Date, from, to time.Time, ok bool) {
	if s.zone == nil {
		return day, from, to, false
	}
	day, from, to, ok = s.search(civil.DateOf(t.In(s.zone)))
	if ok && !t.Before(to) {
		return s.search(day.AddDays(1))
	}
	return day, from, to, ok
}

// Add returns the instant at which the working time d after t has passed: within hours or at their end. It is
// false if there is none.
func (s Schedule) Add(t time.Time, d time.Duration) (time.Time, bool) {
	day, from, to, ok := s.belongs(t)
	for ok {
		if t.After(from) {
			from = t
		}
		left := to.Sub(from)
		if d <= left {
			return from.Add(d), true
		}
		d -= left
		day, from, to, ok = s.search(day.AddDays(1))
	}
	return time.Time{}, false
}

// EndOfDay returns the end of the nth working day after the one that t belongs to; n = 0 is that day itself.
// It is false if there is none.
func (s Schedule) EndOfDay(t time.Time, n int) (time.Time, bool) {
	day, _, to, ok := s.belongs(t)
	for ; ok && n > 0; n-- {
		day, _, to, ok = s.search(day.AddDays(1))
	}
	return to, ok
}

// Between returns the working time from a to b; 0 if b is not later.
func (s Schedule) Between(a, b time.Time) time.Duration {
	var sum time.Duration
	day, from, to, ok := s.belongs(a)
	for ok && from.Before(b) {
		if a.After(from) {
			from = a
		}
		if to.After(b) {
			to = b
		}
		sum += max(to.Sub(from), 0)
		day, from, to, ok = s.search(day.AddDays(1))
	}
	return sum
}

// wall returns the instant at which a clock in zone shows this time on the day d: the first, if it shows it
// twice; the instant at which it skips it, if it never shows it.
func wall(d civil.Date, clock time.Duration, zone *time.Location) time.Time {
	for ; clock >= 24*time.Hour; clock -= 24 * time.Hour {
		d = d.AddDays(1)
	}
	m := civil.Moment{Date: d, Clock: clock, Timed: true}
	t := m.In(zone)
	begins, ends := t.ZoneBounds()
	switch c := civil.MomentOf(t).Compare(m); {
	case c < 0:
		return ends
	case c > 0:
		return begins
	case begins.IsZero():
		return t
	}
	_, before := begins.Add(-1).Zone()
	_, now := t.Zone()
	if earlier := t.Add(time.Duration(now-before) * time.Second); earlier.Before(begins) && now < before {
		return earlier
	}
	return t
}
