// Package civil holds dates and times of day as people write them, without a time zone. A provider writes
// 2026-12-04; In and End return the instant for a given zone.
//
// It must not know what a date is for.
package civil

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a day of the Gregorian calendar. The zero Date means "none given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a date written as 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date such as 2026-12-04", s)
	}
	return DateOf(t), nil
}

func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as 2006-01-02, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare returns -1, 0 or +1 as d is before, the same as or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n)) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.utc().Sub(e.utc()) / (24 * time.Hour)) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// A Moment is a date, with or without a time of day. The zero Moment means "none given".
type Moment struct {
	Date
	// Clock is the time since midnight on the wall clock; it is only meaningful if Timed is set.
	Clock time.Duration
	Timed bool
}

// On returns the Moment of a whole day.
func On(d Date) Moment { return Moment{Date: d} }

// MomentOf returns the date and time of day that t shows in its own location.
func MomentOf(t time.Time) Moment {
	h, m, s := t.Clock()
	clock := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	return Moment{Date: DateOf(t), Clock: clock, Timed: true}
}

// Later returns the moment this number of days after m, at the same time of day; the zero Moment stays zero.
func (m Moment) Later(days int) Moment {
	if !m.IsZero() {
		m.Date = m.AddDays(days)
	}
	return m
}

// String returns 2006-01-02 or 2006-01-02T15:04:05, or "" for the zero Moment.
func (m Moment) String() string {
	if !m.Timed {
		return m.Date.String()
	}
	s := int(m.Clock / time.Second)
	return fmt.Sprintf("%sT%02d:%02d:%02d", m.Date, s/3600, s/60%60, s%60)
}

// Compare orders two moments. A whole day and a time on that day are neither
// before nor after each other.
func (m Moment) Compare(n Moment) int {
	if c := m.Date.Compare(n.Date); c != 0 || !m.Timed || !n.Timed {
		return c
	}
	return cmp.Compare(m.Clock, n.Clock)
}

// Before reports whether m is certainly earlier than n.
func (m Moment) Before(n Moment) bool { return m.Compare(n) < 0 }

// After reports whether m is certainly later than n.
func (m Moment) After(n Moment) bool { return m.Compare(n) > 0 }

// In returns the instant at which m begins in loc.
func (m Moment) In(loc *time.Location) time.Time {
	s := 0
	if m.Timed {
		s = int(m.Clock / time.Second)
	}
	return time.Date(m.Year, m.Month, m.Day, 0, 0, s, 0, loc)
}

// Wall returns m as an instant in UTC, for formatting without a zone.
func (m Moment) Wall() time.Time { return m.In(time.UTC) }

// End returns the instant at which m has passed in loc: the time itself, or the end of the day if there is no
// time.
func (m Moment) End(loc *time.Location) time.Time {
	if m.Timed {
		return m.In(loc)
	}
	return On(m.AddDays(1)).In(loc)
}
