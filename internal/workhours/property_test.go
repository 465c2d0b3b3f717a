package workhours_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/workhours"
)

// zones have clocks that change on either half of the earth, by an hour, by half an
// hour or never, and offsets of whole, half and quarter hours.
var zones = []string{
	"UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "Asia/Kathmandu",
	"Australia/Lord_Howe", "Pacific/Chatham", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia",
}

// drawn is a schedule and what it was made of.
type drawn struct {
	workhours.Schedule
	days     map[time.Weekday]bool
	from, to time.Duration
	closed   map[civil.Date]bool
	zone     *time.Location
}

func draw(t *rapid.T) drawn {
	loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	d := drawn{days: map[time.Weekday]bool{}, closed: map[civil.Date]bool{}, zone: loc}
	days := rapid.SliceOfNDistinct(rapid.SampledFrom([]time.Weekday{0, 1, 2, 3, 4, 5, 6}), 1, 7, rapid.ID).Draw(t, "days")
	for _, day := range days {
		d.days[day] = true
	}
	from := rapid.IntRange(0, 47).Draw(t, "from")
	d.from = time.Duration(from) * 30 * time.Minute
	d.to = time.Duration(rapid.IntRange(from+1, 48).Draw(t, "to")) * 30 * time.Minute
	var closed []civil.Date
	for range rapid.IntRange(0, 10).Draw(t, "closed") {
		day := civil.DateOf(instant(t, "a closed day").In(loc))
		closed, d.closed[day] = append(closed, day), true
	}
	d.Schedule = workhours.New(days, d.from, d.to, closed, loc)
	return d
}

// instant draws one out of a year and a half, with both changes of the clocks.
func instant(t *rapid.T, label string) time.Time {
	minutes := rapid.IntRange(0, 18*30*24*60).Draw(t, label)
	return time.Date(2017, 9, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

func TestAddingIsMeasured(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, from := draw(t), instant(t, "from")
		d := time.Duration(rapid.IntRange(0, 6000).Draw(t, "minutes")) * time.Minute
		to, ok := s.Add(from, d)
		if !ok || to.Before(from) {
			t.Fatalf("%v after %v is %v, %v", d, from, to, ok)
		}
		if got := s.Between(from, to); got != d {
			t.Errorf("%v after %v is %v, and between them lie %v", d, from, to, got)
		}
		s.within(t, to)
	})
}

// within makes sure that an instant lies in the hours of its day, or at their end.
// It asks the clock on the wall alone, and so not on a day on which that jumps.
func (d drawn) within(t *rapid.T, i time.Time) {
	m := civil.MomentOf(i.In(d.zone))
	_, before := civil.On(m.AddDays(-1)).In(d.zone).Zone()
	_, after := civil.On(m.AddDays(2)).In(d.zone).Zone()
	if before != after {
		return
	}
	lies := func(day civil.Date, clock time.Duration) bool {
		return d.days[day.Weekday()] && !d.closed[day] && d.from <= clock && clock <= d.to
	}
	// Midnight is the end of a day as well as the beginning of the next.
	if !lies(m.Date, m.Clock) && !(m.Clock == 0 && lies(m.AddDays(-1), 24*time.Hour)) {
		t.Errorf("%v lies outside of the hours", i.In(d.zone))
	}
}

func TestMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, a, b := draw(t), instant(t, "one"), instant(t, "another")
		if b.Before(a) {
			a, b = b, a
		}
		minutes := rapid.IntRange(0, 3000).Draw(t, "minutes")
		d, more := time.Duration(minutes)*time.Minute, time.Duration(rapid.IntRange(0, 900).Draw(t, "more"))*time.Minute
		ofA, _ := s.Add(a, d)
		ofB, _ := s.Add(b, d)
		if longer, _ := s.Add(a, d+more); ofB.Before(ofA) || longer.Before(ofA) {
			t.Errorf("%v from %v is %v, from %v it is %v, and %v more are %v", d, a, ofA, b, ofB, more, longer)
		}
		n := rapid.IntRange(0, 9).Draw(t, "days")
		endA, _ := s.EndOfDay(a, n)
		endB, _ := s.EndOfDay(b, n)
		if later, _ := s.EndOfDay(a, n+1); endB.Before(endA) || !later.After(endA) || !endA.After(a) {
			t.Errorf("day %d after %v ends %v, after %v it ends %v, and the next %v", n, a, endA, b, endB, later)
		}
		if sum := s.Between(a, ofA) + s.Between(ofA, ofB); ofB.After(ofA) && sum != s.Between(a, ofB) {
			t.Errorf("%v and %v are not the whole from %v to %v", s.Between(a, ofA), s.Between(ofA, ofB), a, ofB)
		}
	})
}

// What is worked is what lies in the hours of each day, added up.
func TestDaysOffGiveNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		first := civil.DateOf(instant(t, "first").In(s.zone))
		var sum time.Duration
		n := rapid.IntRange(1, 30).Draw(t, "days")
		for i := range n {
			day := first.AddDays(i)
			got := s.Between(civil.On(day).In(s.zone), civil.On(day).End(s.zone))
			if off := !s.days[day.Weekday()] || s.closed[day]; off && got != 0 || off == s.Working(day) {
				t.Errorf("%v were worked on %s, a day off", got, day)
			}
			sum += got
		}
		if got := s.Between(civil.On(first).In(s.zone), civil.On(first.AddDays(n)).In(s.zone)); got != sum {
			t.Errorf("in %d days from %s %v were worked, a day at a time %v", n, first, got, sum)
		}
	})
}
