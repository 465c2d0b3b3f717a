package portal_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

// french are strings in which the first of a month and a full hour are written otherwise.
type french struct{}

func (french) Get(name string, data map[string]any) string {
	words := map[string]string{
		"layout_day": "2 January", "layout_day_year": "2 January 2006", "layout_first": "2er", "layout_month_short": "Jan",
		"layout_weekday_day": "Mon DAY", "layout_clock": "15 h 04", "layout_clock_full": "15 h", "layout_clock_early": "3",
		"at_hour": "DAY à HOUR",
	}
	said := words[name]
	for key, value := range data {
		said = strings.ReplaceAll(said, strings.ToUpper(key), fmt.Sprint(value))
	}
	return said
}

func (french) Format(layout string, day time.Time) string { return day.Format(layout) }

func TestDaysInWords(t *testing.T) {
	t.Parallel()
	opt := options(noon(t, "2026-11-12"))
	opt.Strings = french{}
	v, err := portal.New(read(t, head+status("2026-11-09", "green", "")), opt)
	if err != nil {
		t.Fatal(err)
	}
	day := civil.Date{Year: 2026, Month: 12, Day: 3}
	at := func(clock time.Duration) civil.Moment { return civil.Moment{Date: day, Clock: clock, Timed: true} }
	next := civil.Date{Year: 2027, Month: 1, Day: 1}
	for _, tt := range []struct {
		of         any
		day, whole string
	}{
		{of: day, day: "3 December", whole: "3 December"},
		{of: civil.On(day), day: "3 December", whole: "3 December"},
		{of: next, day: "1er January 2027", whole: "1er January 2027"},
		{of: map[string]any{"of": next, "in": next}, day: "1er January 2027", whole: "1er January 2027"},
		{of: map[string]any{"of": day, "in": civil.On(next)}, day: "3 December 2026", whole: "3 December 2026"},
		{of: map[string]any{"of": day, "in": civil.Moment{}}, day: "3 December", whole: "3 December"},
		{of: map[string]any{"of": day, "in": false, "year": true}, day: "3 December 2026", whole: "3 December 2026"},
		{of: map[string]any{"of": day, "short": true}, day: "3 Dec", whole: "3 Dec"},
		{of: map[string]any{"of": day, "weekday": true}, day: "Thu 3 Dec", whole: "Thu 3 Dec"},
		{of: at(9 * time.Hour), day: "3 December", whole: "3 December à 9 h"},
		{of: at(9*time.Hour + 5*time.Minute), day: "3 December", whole: "3 December à 9 h 05"},
		{of: at(0), day: "3 December", whole: "3 December à 00 h"},
		{of: map[string]any{"of": at(15*time.Hour + 30*time.Minute), "weekday": true}, day: "Thu 3 Dec", whole: "Thu 3 Dec à 15 h 30"},
	} {
		// No line breaks a date.
		tt.day, tt.whole = strings.ReplaceAll(tt.day, " ", "\u00a0"), strings.ReplaceAll(tt.whole, " ", "\u00a0")
		got, err := v.FormatDay(tt.of)
		whole, wholeErr := v.FormatMoment(tt.of)
		if got != tt.day || whole != tt.whole || err != nil || wholeErr != nil {
			t.Errorf("%v: %q and %q (%v, %v), want %q and %q", tt.of, got, whole, err, wholeErr, tt.day, tt.whole)
		}
	}
	for _, of := range []any{nil, "2026-12-03", civil.Moment{}, map[string]any{"of": civil.Date{}}, map[string]any{}} {
		if got, err := v.FormatMoment(of); err == nil {
			t.Errorf("%v is %q", of, got)
		}
		if got, err := v.FormatDay(of); err == nil {
			t.Errorf("%v is %q", of, got)
		}
	}
}

func TestHeading(t *testing.T) {
	t.Parallel()
	v := on(t, "2026-11-12", status("2026-11-09", "green", ""))
	want := `<h3 id="c-a">Fish &amp; &lt;chips&gt;</h3>`
	if got := string(v.Heading(int64(3), "c-a", "Fish & <chips>")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
