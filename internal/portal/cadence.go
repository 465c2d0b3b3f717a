package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Cadence is how often the two sides promised to meet, and whether they did.
type Cadence struct {
	// Every is daily, weekly, twice-monthly or monthly; "" if none is promised.
	Every string
	Why   Text
	// Last is the latest check-in up to the moment of the build; zero if there was none.
	Last civil.Moment
	// Next is the date set for the next check-in, whether or not it was missed; zero if none is set.
	Next civil.Moment
	// Expected is when the next check-in is due: Next, else Last (or the first promise, if there was no
	// check-in) plus the interval. Zero if nothing is promised or set.
	Expected civil.Moment
	// Missed says that Expected has passed in the client's zone (its time, or its whole day if it has no
	// time) and no check-in was held on that day or later.
	Missed bool
	// NextUpdate is what the latest note promised; UpdateMissed says that it has passed without another note.
	NextUpdate   civil.Moment
	UpdateMissed bool
	// LastUpdate is the date of the latest note.
	LastUpdate civil.Moment
	// Active says that something is open between the two sides. If nothing is open and the closing review was
	// held, nothing is promised any more: only Last and LastUpdate are set.
	Active bool
}

func (v *View) cadence() Cadence {
	c := Cadence{Active: v.active()}
	held := v.lastCheckIn()
	if held != nil {
		c.Last = held.On
	}
	n := len(v.statuses)
	if n > 0 {
		c.LastUpdate = v.statuses[n-1].On
	}
	if v.ended() {
		return c
	}
	c.Every, c.Why = v.c.Promises.CheckIn, Text(v.c.Promises.CheckInWhy)
	if held != nil {
		c.Next = held.NextCheckIn
	}
	c.Expected = c.Next
	if c.Expected.IsZero() {
		c.Expected = v.expected(c)
	}
	if n > 0 {
		c.NextUpdate = v.statuses[n-1].NextUpdate
	}
	c.Missed = v.Passed(c.Expected) && c.Last.Date.Before(c.Expected.Date)
	c.UpdateMissed = v.Passed(c.NextUpdate)
	return c
}

// active reports whether a commitment is open.
func (v *View) active() bool {
	open := func(cm client.Commitment) bool { return cm.Replay.Whole.Open() }
	return slices.ContainsFunc(v.c.Commitments, open)
}

// ended reports whether no commitment is open and the closing review was held: then no update, check-in,
// reply or rating is due any more.
func (v *View) ended() bool { return !v.active() && v.reviewed() }

// over reports whether the work has ended and nothing else waits: no question, no message and no change. Then
// nothing more is expected of anybody.
func (v *View) over() bool {
	return v.ended() &&
		!slices.ContainsFunc(v.c.Questions, v.c.Waits) && !slices.ContainsFunc(v.c.Messages, isUnresolved) &&
		!slices.ContainsFunc(v.c.Changes, v.Waits)
}

// JustBegun reports whether nothing was delivered or closed yet.
func (v *View) JustBegun() bool {
	return !slices.ContainsFunc(v.commitments, func(c *Commitment) bool {
		return !c.open || c.Handover() != nil
	})
}

func isUnresolved(m client.Message) bool { return m.Resolved.IsZero() }

// finished returns the day on which all was over: the day of the closing review, or of the last thing settled
// after it. It is zero while something is expected.
func (v *View) finished() civil.Moment {
	if !v.over() {
		return civil.Moment{}
	}
	on := v.c.Review.On
	settled := func(days ...civil.Moment) {
		for _, m := range days {
			if compareMoments(m, on, false) > 0 {
				on = m
			}
		}
	}
	for i := range v.c.Commitments {
		settled(v.c.Commitments[i].Replay.Whole.ClosedOn)
	}
	for _, q := range v.c.Questions {
		settled(q.Answered)
	}
	for _, m := range v.c.Messages {
		settled(m.Resolved)
	}
	for _, c := range v.c.Changes {
		settled(c.Agreed, c.Declined)
	}
	return civil.On(on.Date)
}

func (v *View) reviewed() bool {
	return v.c.Review != nil && !v.c.Review.On.Date.After(v.Today)
}

// now returns the moment of the build on the client's clock; the whole day if time stands still, as in the
// browser.
func (v *View) now() civil.Moment {
	if !v.Frozen.IsZero() {
		return civil.On(v.Frozen)
	}
	return civil.MomentOf(v.opt.Now.In(v.zone))
}

// past reports whether the whole day of m has passed.
func (v *View) past(m civil.Moment) bool { return !m.IsZero() && m.Date.Before(v.Today) }

// Passed reports whether m has certainly passed on the client's clock: its time or, if it has none, its whole
// day.
func (v *View) Passed(m civil.Moment) bool {
	return !m.IsZero() && FloorFact{From: end(m)}.holds(v.now())
}

// lastCheckIn returns the latest check-in held by now; of two at the same time, the one further down in the
// file; nil if there is none.
func (v *View) lastCheckIn() *client.CheckIn {
	var last *client.CheckIn
	for i := range v.c.CheckIns {
		c := &v.c.CheckIns[i]
		if v.ahead(c.On) || last != nil && compareMoments(c.On, last.On, false) < 0 {
			continue
		}
		last = c
	}
	return last
}

// ahead reports whether m is certainly later than the moment of the build.
func (v *View) ahead(m civil.Moment) bool { return m.In(v.zone).After(v.opt.Now) }

// expected returns when the next check-in is due if no date is set: one interval after the last one, else
// after the first promise, on a working day of the provider.
func (v *View) expected(c Cadence) civil.Moment {
	from := c.Last
	if from.IsZero() {
		from = v.firstPromise()
	}
	if c.Every == "" || from.IsZero() {
		return civil.Moment{}
	}
	due := after(from.Date, c.Every)
	if day, ok := v.work.OnOrAfter(due); ok {
		due = day
	}
	return civil.On(due)
}

// after returns the day one interval after d. For "daily" the caller moves it to the next working day.
func after(d civil.Date, every string) civil.Date {
	switch every {
	case "daily":
		return d.AddDays(1)
	case "weekly":
		return d.AddDays(7)
	case "twice-monthly":
		return d.AddDays(15)
	}
	return monthAfter(d)
}

// monthAfter returns the same day of the next month, or its last day if it is shorter.
func monthAfter(d civil.Date) civil.Date {
	next := nextMonth(d)
	last := nextMonth(next).AddDays(-1)
	next.Day = min(d.Day, last.Day)
	return next
}

// firstPromise returns when either side made its first promise; zero if neither has.
func (v *View) firstPromise() civil.Moment {
	var first civil.Moment
	for i := range v.c.Commitments {
		if on := v.c.Commitments[i].Replay.Whole.PromisedOn; !on.IsZero() && (first.IsZero() || on.Before(first)) {
			first = on
		}
	}
	return first
}
