package pipeline

import (
	"fmt"
	"sync"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

type wallClock struct{}

func (wallClock) In(loc *time.Location) time.Time { return time.Now().In(loc) }

// dayClock is noon of one day in every zone, so that the day is the same for every client.
type dayClock civil.Date

func (d dayClock) In(loc *time.Location) time.Time {
	return civil.Moment{Date: civil.Date(d), Clock: 12 * time.Hour, Timed: true}.In(loc)
}

type instantClock time.Time

func (i instantClock) In(loc *time.Location) time.Time { return time.Time(i).In(loc) }

// ParseClock reads the moment of a build: a date, which is then noon of that day
// in each client's own zone, or an instant as RFC 3339.
func ParseClock(s string) (Clock, error) {
	if d, err := civil.ParseDate(s); err == nil {
		return dayClock(d), nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return nil, fmt.Errorf("%q is neither a date such as 2026-12-04 nor a time such as 2026-12-04T09:00:00Z", s)
	}
	return instantClock(t), nil
}

// Clock returns what a build goes by: Now, else the provider's frozen date, else the
// clock of the machine.
func (o Options) Clock(p *client.Provider) Clock {
	switch {
	case o.Now != nil:
		return o.Now
	case p != nil && !p.Frozen.IsZero():
		return dayClock(p.Frozen.Date)
	}
	return wallClock{}
}

// Now is the moment of the build, in a zone.
func (b *Builder) Now(loc *time.Location) time.Time { return b.opt.Clock(b.Provider()).In(loc) }

// zones holds each zone by its name: the library reads the file of a zone each time that it is asked for it.
var zones sync.Map

// Location returns the zone of a name that the reader has accepted; UTC for none.
func Location(name string) *time.Location {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, loc)
	return loc
}
