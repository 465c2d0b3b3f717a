package pipeline

import (
	"testing"
	"time"

	"portalgen/internal/civil"
)

// A page holds until the first thing that may change it: a time of day in a file, a moment by which a
// reply is due, the next day of either side, or another offset of a zone.
func TestUntil(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	due := civil.Moment{Date: civil.Date{Year: 2026, Month: 11, Day: 20}, Clock: 12*time.Hour + 30*time.Minute, Timed: true}
	for _, tt := range []struct {
		name, now, want string
		dues            []civil.Moment
		text            string
	}{
		{"a time in the file", "2026-11-20T09:00:00+01:00", "2026-11-20T15:45:00+01:00", nil, "on = 2026-11-24T15:45:00"},
		{"its minute", "2026-11-20T15:45:00+01:00", "2026-11-20T15:46:00+01:00", nil, "on = 2026-11-20T15:45:00"},
		{"a reply", "2026-11-20T09:00:00+01:00", "2026-11-20T12:30:00+01:00", []civil.Moment{due}, "on = 2026-11-20T15:45:00"},
		{"no time of day", "2026-11-20T09:00:00+01:00", "2026-11-20T23:59:00+01:00", nil, "3:1, 24:00, 12:60, 1:23, :, 23:59"},
		{"their midnight", "2026-11-20T22:00:00+01:00", "2026-11-21T00:00:00+01:00", nil, ""},
		{"our midnight", "2026-11-21T00:30:00+01:00", "2026-11-21T06:00:00+01:00", nil, ""},
		{"summer time ends", "2026-10-25T01:30:00+02:00", "2026-10-25T03:00:00+02:00", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			want, err := time.Parse(time.RFC3339, tt.want)
			if err != nil {
				t.Fatal(err)
			}
			here := time.FixedZone("five hours behind", -5*60*60)
			if tt.name == "summer time ends" {
				here = berlin
			}
			if got := until(now.In(berlin), here, tt.dues, []byte(tt.text)); !got.Equal(want) {
				t.Errorf("until %v, want %v", got, want)
			}
		})
	}
}
