package portal

import (
	"cmp"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/workhours"
)

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// schedule returns the provider's working hours in their zone. Missing values have the defaults of workhours.
func schedule(p *client.Provider, zone *time.Location) workhours.Schedule {
	var closed []civil.Date
	for _, m := range p.Closed {
		closed = append(closed, m.Date)
	}
	days, from, to := worked(p)
	return workhours.New(days, from, to, closed, zone)
}

// worked returns the days on which the provider works, and from when to when.
func worked(p *client.Provider) (days []time.Weekday, from, to time.Duration) {
	for _, d := range p.WorkingHours.Days {
		if i := slices.Index(weekdays, d); i >= 0 {
			days = append(days, time.Weekday(i))
		}
	}
	if len(days) == 0 {
		days = workhours.DefaultDays()
	}
	return days, timeOfDay(p.WorkingHours.From, workhours.DefaultFrom),
		timeOfDay(p.WorkingHours.To, workhours.DefaultTo)
}

// timeOfDay reads a time such as "09:00", or returns orElse.
func timeOfDay(s string, orElse time.Duration) time.Duration {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return orElse
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// compareMoments orders moments for sorting. Moment.Compare cannot: a whole day is neither before nor after a
// time on it. Here a day counts as its beginning or, with late, as its end.
func compareMoments(a, b civil.Moment, late bool) int {
	clock := func(m civil.Moment) time.Duration {
		if !m.Timed && late {
			return 24 * time.Hour
		}
		return m.Clock
	}
	return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(clock(a), clock(b)))
}

// Works reports whether d is a working day of the provider.
func (v *View) Works(d civil.Date) bool { return v.work.Working(d) }

// WorksDuring reports whether the provider works at any time of a day in the client's zone.
func (v *View) WorksDuring(d civil.Date) bool {
	return v.work.Between(civil.On(d).In(v.zone), civil.On(d).End(v.zone)) > 0
}

// Workdays returns the days of the week on which the provider works.
func (v *View) Workdays() []time.Weekday {
	days, _, _ := worked(v.opt.Provider)
	return days
}
