package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
)

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func at(d civil.Date, clock time.Duration) civil.Moment {
	return civil.Moment{Date: d, Clock: clock, Timed: true}
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-12-04", "2024-02-29", "0001-01-01"} {
		if got := date(t, s).String(); got != s {
			t.Errorf("%s reads as %s", s, got)
		}
	}
	for _, s := range []string{"", "2026-13-01", "2025-02-29", "2026-1-1", "4.12.2026", "2026-12-04T00:00:00", " 2026-12-04"} {
		if d, err := civil.ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("%q reads as %v, %v", s, d, err)
		}
	}
	if got := (civil.Date{}).String() + (civil.Moment{}).String(); got != "" {
		t.Errorf("no date is written as %q", got)
	}
}

func TestDays(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		days     int
		weekday  time.Weekday
	}{
		{"2026-02-28", "2026-03-01", 1, time.Saturday},
		{"2024-02-28", "2024-03-01", 2, time.Wednesday},
		{"2026-12-31", "2027-01-01", 1, time.Thursday},
		{"2026-12-04", "2026-11-20", -14, time.Friday},
		{"1900-01-01", "2100-01-01", 73049, time.Monday},
	} {
		from, to := date(t, tt.from), date(t, tt.to)
		if got := to.Sub(from); got != tt.days {
			t.Errorf("from %s to %s: %d days, want %d", from, to, got, tt.days)
		}
		if got := from.AddDays(tt.days); got != to {
			t.Errorf("%d days after %s is %s, want %s", tt.days, from, got, to)
		}
		if got := from.Weekday(); got != tt.weekday {
			t.Errorf("%s is a %s, want %s", from, got, tt.weekday)
		}
	}
}

func TestDatesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := civil.DateOf(time.Unix(rapid.Int64Range(-2e9, 8e9).Draw(t, "seconds"), 0).UTC())
		n := rapid.IntRange(-50000, 50000).Draw(t, "days")
		e := d.AddDays(n)
		if e.Sub(d) != n || e.AddDays(-n) != d || e.Before(d) != (n < 0) || e.After(d) != (n > 0) {
			t.Errorf("%d days after %s is %s", n, d, e)
		}
		if back, err := civil.ParseDate(e.String()); err != nil || back != e {
			t.Errorf("%s reads as %s, %v", e, back, err)
		}
	})
}

func TestMomentOf(t *testing.T) {
	instant := time.Date(2026, 11, 21, 2, 30, 15, 999, time.UTC)
	if got := civil.MomentOf(instant.In(zone(t, "America/Los_Angeles"))).String(); got != "2026-11-20T18:30:15" {
		t.Errorf("got %s", got)
	}
	if got := civil.DateOf(instant.In(zone(t, "Asia/Tokyo"))).String(); got != "2026-11-21" {
		t.Errorf("got %s", got)
	}
}

func TestCompareMoments(t *testing.T) {
	d := date(t, "2026-12-04")
	for _, tt := range []struct {
		name string
		a, b civil.Moment
		want int
	}{
		{"days", civil.On(d), civil.On(d.AddDays(1)), -1},
		{"the same day", civil.On(d), civil.On(d), 0},
		{"hours of a day", at(d, 9*time.Hour), at(d, 10*time.Hour), -1},
		{"a day and an hour of it", civil.On(d), at(d, 9*time.Hour), 0},
		{"an hour and the day after", at(d, 23*time.Hour), civil.On(d.AddDays(1)), -1},
	} {
		if got := tt.a.Compare(tt.b); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
		if got := tt.b.Compare(tt.a); got != -tt.want {
			t.Errorf("%s, the other way: got %d, want %d", tt.name, got, -tt.want)
		}
		if tt.a.Before(tt.b) != (tt.want < 0) || tt.b.After(tt.a) != (tt.want < 0) {
			t.Errorf("%s: before and after disagree", tt.name)
		}
	}
}

// A day is as long as its zone makes it, and nine o'clock is nine on the wall.
func TestInstants(t *testing.T) {
	for _, tt := range []struct{ name, zone, day, begins, nine, ends string }{
		{"a plain day", "America/Los_Angeles", "2026-11-20", "2026-11-20T08:00:00Z", "2026-11-20T17:00:00Z", "2026-11-21T08:00:00Z"},
		{"clocks go forward", "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T07:00:00Z", "2026-03-29T22:00:00Z"},
		{"clocks go back", "Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T08:00:00Z", "2026-10-25T23:00:00Z"},
		{"half an hour", "Asia/Kolkata", "2026-11-20", "2026-11-19T18:30:00Z", "2026-11-20T03:30:00Z", "2026-11-20T18:30:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			loc, d := zone(t, tt.zone), date(t, tt.day)
			for what, got := range map[string][2]string{
				"begins":      {civil.On(d).In(loc).UTC().Format(time.RFC3339), tt.begins},
				"nine":        {at(d, 9*time.Hour).In(loc).UTC().Format(time.RFC3339), tt.nine},
				"ends":        {civil.On(d).End(loc).UTC().Format(time.RFC3339), tt.ends},
				"end of nine": {at(d, 9*time.Hour).End(loc).UTC().Format(time.RFC3339), tt.nine},
			} {
				if got[0] != got[1] {
					t.Errorf("%s: got %s, want %s", what, got[0], got[1])
				}
			}
		})
	}
	if got := at(date(t, "2026-03-29"), 2*time.Hour+30*time.Minute).Wall().Format("15:04"); got != "02:30" {
		t.Errorf("on the wall it says %s", got)
	}
}
