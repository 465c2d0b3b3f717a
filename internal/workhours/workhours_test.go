package workhours_test

import (
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/workhours"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// at reads an instant as it stands on the wall in loc.
func at(t testing.TB, loc *time.Location, s string) time.Time {
	t.Helper()
	i, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// office is open from nine to five on Monday to Friday in a zone, except on Thursday
// the 24th and Friday the 25th of December 2026.
func office(t testing.TB, name string) workhours.Schedule {
	t.Helper()
	closed := []civil.Date{date(t, "2026-12-24"), date(t, "2026-12-25")}
	return workhours.New(workhours.DefaultDays(), workhours.DefaultFrom, workhours.DefaultTo, closed, zone(t, name))
}

// 20 November 2026 is a Friday.
func TestAdd(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		add        time.Duration
		want       string
	}{
		{"within a day", "2026-11-20 10:00", 3 * time.Hour, "2026-11-20 13:00"},
		{"up to the end of a day", "2026-11-20 14:00", 3 * time.Hour, "2026-11-20 17:00"},
		{"over a weekend", "2026-11-20 16:00", 3 * time.Hour, "2026-11-23 11:00"},
		{"over several days", "2026-11-18 16:00", 20 * time.Hour, "2026-11-23 12:00"},
		{"from before the hours", "2026-11-20 07:00", time.Hour, "2026-11-20 10:00"},
		{"from after the hours", "2026-11-20 23:30", time.Hour, "2026-11-23 10:00"},
		{"from the last moment", "2026-11-20 17:00", time.Minute, "2026-11-23 09:01"},
		{"from a day off", "2026-11-22 12:00", 0, "2026-11-23 09:00"},
		{"over closed days", "2026-12-23 16:30", time.Hour, "2026-12-28 09:30"},
		{"nothing, within hours", "2026-11-20 10:00", 0, "2026-11-20 10:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, loc := office(t, "Europe/Berlin"), zone(t, "Europe/Berlin")
			got, ok := s.Add(at(t, loc, tt.from), tt.add)
			if want := at(t, loc, tt.want); !ok || !got.Equal(want) {
				t.Errorf("got %v, %v, want %v", got, ok, want)
			}
		})
	}
}

func TestEndOfDay(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"the day itself", "2026-11-20 10:00", 0, "2026-11-20 17:00"},
		{"before the hours", "2026-11-20 03:00", 0, "2026-11-20 17:00"},
		{"after the hours", "2026-11-20 17:00", 0, "2026-11-23 17:00"},
		{"a day off", "2026-11-21 12:00", 0, "2026-11-23 17:00"},
		{"the next", "2026-11-20 10:00", 1, "2026-11-23 17:00"},
		{"the next, from a day off", "2026-11-21 10:00", 1, "2026-11-24 17:00"},
		{"over closed days", "2026-12-22 10:00", 2, "2026-12-28 17:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, loc := office(t, "Europe/Berlin"), zone(t, "Europe/Berlin")
			got, ok := s.EndOfDay(at(t, loc, tt.from), tt.n)
			if want := at(t, loc, tt.want); !ok || !got.Equal(want) {
				t.Errorf("got %v, %v, want %v", got, ok, want)
			}
		})
	}
}

func TestBetween(t *testing.T) {
	for _, tt := range []struct {
		name, from, to string
		want           time.Duration
	}{
		{"within a day", "2026-11-20 10:00", "2026-11-20 10:40", 40 * time.Minute},
		{"over a night", "2026-11-19 16:00", "2026-11-20 10:00", 2 * time.Hour},
		{"over a weekend", "2026-11-20 16:00", "2026-11-23 10:00", 2 * time.Hour},
		{"a weekend", "2026-11-20 17:00", "2026-11-23 09:00", 0},
		{"closed days", "2026-12-24 00:00", "2026-12-26 00:00", 0},
		{"a night, within one", "2026-11-19 20:00", "2026-11-19 22:00", 0},
		{"backwards", "2026-11-20 12:00", "2026-11-20 10:00", 0},
		{"a week", "2026-11-16 00:00", "2026-11-23 00:00", 40 * time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, "Europe/Berlin")
			if got := office(t, "Europe/Berlin").Between(at(t, loc, tt.from), at(t, loc, tt.to)); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// A day on which clocks change goes from nine to five on the wall, and in the hours
// in which they do it, an hour more or less of it is worked.
func TestClocksChange(t *testing.T) {
	everyDay := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	for _, tt := range []struct {
		name, zone, day string
		from, to        time.Duration
		begins, ends    string // in UTC; "" for no hours
	}{
		{"forward, in the night before", "Europe/Berlin", "2026-03-29", 9 * time.Hour, 17 * time.Hour, "2026-03-29 07:00", "2026-03-29 15:00"},
		{"back, in the night before", "America/Los_Angeles", "2026-11-01", 9 * time.Hour, 17 * time.Hour, "2026-11-01 17:00", "2026-11-02 01:00"},
		{"forward, on the other half", "Pacific/Auckland", "2026-09-27", 9 * time.Hour, 17 * time.Hour, "2026-09-26 20:00", "2026-09-27 04:00"},
		{"back by half an hour", "Australia/Lord_Howe", "2026-04-05", 9 * time.Hour, 17 * time.Hour, "2026-04-04 22:30", "2026-04-05 06:30"},
		{"no change, at half past", "Asia/Kolkata", "2026-03-29", 9 * time.Hour, 17 * time.Hour, "2026-03-29 03:30", "2026-03-29 11:30"},
		{"an hour less within a shift", "Europe/Berlin", "2026-03-29", 0, 6 * time.Hour, "2026-03-28 23:00", "2026-03-29 04:00"},
		{"an hour more within a shift", "Europe/Berlin", "2026-10-25", 0, 6 * time.Hour, "2026-10-24 22:00", "2026-10-25 05:00"},
		{"from an hour that is skipped", "Europe/Berlin", "2026-03-29", 150 * time.Minute, 6 * time.Hour, "2026-03-29 01:00", "2026-03-29 04:00"},
		{"to an hour that is skipped", "America/New_York", "2026-03-08", 0, 150 * time.Minute, "2026-03-08 05:00", "2026-03-08 07:00"},
		{"all of it is skipped", "Europe/Berlin", "2026-03-29", 130 * time.Minute, 150 * time.Minute, "", ""},
		{"from an hour that comes twice", "Europe/Berlin", "2026-10-25", 150 * time.Minute, 6 * time.Hour, "2026-10-25 00:30", "2026-10-25 05:00"},
		{"from an hour that comes twice, to the west", "America/New_York", "2026-11-01", 90 * time.Minute, 6 * time.Hour, "2026-11-01 05:30", "2026-11-01 11:00"},
		{"a day that there never was", "Pacific/Apia", "2011-12-30", 9 * time.Hour, 17 * time.Hour, "", ""},
		{"midnight is skipped", "America/Sao_Paulo", "2018-11-04", 0, 3 * time.Hour, "2018-11-04 03:00", "2018-11-04 05:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := workhours.New(everyDay, tt.from, tt.to, nil, zone(t, tt.zone))
			from, to, ok := s.Hours(date(t, tt.day))
			if ok != (tt.begins != "") {
				t.Fatalf("got %v to %v, %v", from.UTC(), to.UTC(), ok)
			}
			if ok && (!from.Equal(at(t, time.UTC, tt.begins)) || !to.Equal(at(t, time.UTC, tt.ends))) {
				t.Errorf("got %v to %v, want %s to %s", from.UTC(), to.UTC(), tt.begins, tt.ends)
			}
		})
	}
}

func TestOnOrAfter(t *testing.T) {
	s := office(t, "Europe/Berlin")
	for from, want := range map[string]string{
		"2026-11-20": "2026-11-20", "2026-11-21": "2026-11-23", "2026-12-24": "2026-12-28",
	} {
		if got, ok := s.OnOrAfter(date(t, from)); !ok || got.String() != want {
			t.Errorf("after %s: got %s, %v, want %s", from, got, ok, want)
		}
	}
	if s.Working(date(t, "2026-12-24")) || s.Working(date(t, "2026-11-21")) || !s.Working(date(t, "2026-11-20")) {
		t.Error("a day off counts as one of work, or the other way round")
	}
}

// Where nobody ever works there is no deadline, and no search for one without end.
func TestNobodyWorks(t *testing.T) {
	var fridays []civil.Date
	for d := date(t, "2026-11-20"); d.Before(date(t, "2036-11-20")); d = d.AddDays(7) {
		fridays = append(fridays, d)
	}
	utc := func(days []time.Weekday, from, to time.Duration) workhours.Schedule {
		return workhours.New(days, from, to, nil, time.UTC)
	}
	now := at(t, time.UTC, "2026-11-20 10:00")
	for name, s := range map[string]workhours.Schedule{
		"nothing was said": {},
		"no days":          utc(nil, 9*time.Hour, 17*time.Hour),
		"no hours":         utc(workhours.DefaultDays(), 9*time.Hour, 9*time.Hour),
		"hours backwards":  utc(workhours.DefaultDays(), 17*time.Hour, 9*time.Hour),
	} {
		if got, ok := s.Add(now, time.Hour); ok {
			t.Errorf("%s: an hour has passed at %v", name, got)
		}
		if got, ok := s.EndOfDay(now, 1); ok {
			t.Errorf("%s: a day ends at %v", name, got)
		}
		if got := s.Between(now, now.AddDate(1, 0, 0)); got != 0 {
			t.Errorf("%s: %v were worked", name, got)
		}
		if got, ok := s.OnOrAfter(date(t, "2026-11-20")); ok {
			t.Errorf("%s: there is work on %v", name, got)
		}
	}
	tenYears := workhours.New([]time.Weekday{time.Friday}, 9*time.Hour, 17*time.Hour, fridays, time.UTC)
	if got, ok := tenYears.EndOfDay(now, 0); !ok || !got.Equal(at(t, time.UTC, "2036-11-21 17:00")) {
		t.Errorf("after ten years of closed days: %v, %v", got, ok)
	}
}
