package client

import (
	"fmt"
	"regexp"
	"strconv"
)

// A Duration is a length of time as people write it in a promise: "3 hours", "2 days", "same business day".
// The zero Duration means "none given".
type Duration struct {
	// N is the number of Units; 0 with SameBusinessDay.
	N    int
	Unit Unit
}

// A Unit is what a Duration counts.
type Unit string

// The units. In a promise to reply, minutes and hours are working time, days are working days, and a week is
// five working days. Everywhere else days are calendar days.
const (
	Minutes         Unit = "minute"
	Hours           Unit = "hour"
	Days            Unit = "day"
	Weeks           Unit = "week"
	SameBusinessDay Unit = "same business day"
)

var durationForm = regexp.MustCompile(`^([0-9]{1,4}) (minute|hour|day|week)s?$`)

// ParseDuration reads a Duration.
func ParseDuration(s string) (Duration, error) {
	if s == string(SameBusinessDay) {
		return Duration{Unit: SameBusinessDay}, nil
	}
	m := durationForm.FindStringSubmatch(s)
	if m == nil {
		return Duration{}, fmt.Errorf("%q is not a duration", s)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n == 0 {
		return Duration{}, fmt.Errorf("%q is not a duration of one or more", s)
	}
	return Duration{n, Unit(m[2])}, nil
}

func (d Duration) IsZero() bool { return d == Duration{} }

// String returns the duration as a file writes it.
func (d Duration) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Unit == SameBusinessDay:
		return string(d.Unit)
	case d.N == 1:
		return "1 " + string(d.Unit)
	}
	return fmt.Sprintf("%d %ss", d.N, d.Unit)
}

// CalendarDays returns the number of whole days of the duration, rounded down: less than a day is 0.
func (d Duration) CalendarDays() int {
	switch d.Unit {
	case Days:
		return d.N
	case Weeks:
		return 7 * d.N
	case Hours:
		return d.N / 24
	case Minutes:
		return d.N / (24 * 60)
	}
	return 0
}
