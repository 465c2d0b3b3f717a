package portal

import (
	"fmt"
	"strings"
	"time"

	"portalgen/internal/civil"
)

// Strings are the strings of a portal's language, and how it writes days.
type Strings interface {
	// Get returns the string of a name, filled with data; data may be nil.
	Get(name string, data map[string]any) string
	// Format returns a day as a layout of package time has it, with the names of the language.
	Format(layout string, day time.Time) string
}

// noStrings are the strings of a portal of which nothing is shown.
type noStrings struct{}

func (noStrings) Get(name string, _ map[string]any) string { return name }

func (noStrings) Format(_ string, day time.Time) string { return day.Format(time.DateOnly) }

// A form is a day, and how it is written.
type form struct {
	day                  civil.Date
	year, short, weekday bool
}

// FormatDay returns a day in words. It takes a Date, a Moment, or a dict of one (of) and of the date of
// the entry that it stands in (in). The year is said where it is not the present one or not the
// entry's, and always where year in the dict is true; the month is in short where short is; where
// weekday is, the day of the week comes first too. The first of a month is written otherwise in some
// languages.
func (v *View) FormatDay(of any) (string, error) {
	f, _, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	return v.written(f), nil
}

// FormatMoment is FormatDay with the time of day, where there is one.
func (v *View) FormatMoment(of any) (string, error) {
	f, m, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	said := v.written(f)
	if m.Timed {
		said = v.opt.Strings.Get("at_hour", map[string]any{"Day": said, "Hour": v.FormatClock(m)})
	}
	return said, nil
}

// FormatBy returns the day of a Date or a Moment as a layout of package time has it, with the names of the
// language.
func (v *View) FormatBy(layout string, of any) (string, error) {
	_, m, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	return v.opt.Strings.Format(layout, civil.On(m.Date).Wall()), nil
}

// FormatClock returns the time of day of a moment in words. In some languages it is written otherwise
// on the hour, and before ten.
func (v *View) FormatClock(m civil.Moment) string {
	wall, layout := m.Wall(), "layout_clock"
	if wall.Minute() == 0 {
		layout = "layout_clock_full"
	}
	form := v.opt.Strings.Get(layout, nil)
	if hour := wall.Hour(); hour > 0 && hour < 10 {
		form = strings.Replace(form, "15", v.opt.Strings.Get("layout_clock_early", nil), 1)
	}
	return v.opt.Strings.Format(form, wall)
}

// formOf returns what of, as FormatDay takes it, asks for.
func (v *View) formOf(of any) (form, civil.Moment, error) {
	dict, _ := of.(map[string]any)
	if dict != nil {
		of = dict["of"]
	}
	m, ok := momentOf(of)
	if !ok || m.IsZero() {
		return form{}, m, fmt.Errorf("%v (%T) is not a date", of, of)
	}
	year, _ := dict["year"].(bool)
	short, _ := dict["short"].(bool)
	weekday, _ := dict["weekday"].(bool)
	if in, _ := momentOf(dict["in"]); !in.IsZero() {
		year = in.Year != m.Year
	}
	return form{m.Date, year || m.Year != v.Today.Year, short, weekday}, m, nil
}

func momentOf(of any) (civil.Moment, bool) {
	switch of := of.(type) {
	case civil.Moment:
		return of, true
	case civil.Date:
		return civil.On(of), true
	}
	return civil.Moment{}, false
}

// written returns a day in a form; each is made once.
func (v *View) written(f form) string {
	if known, ok := v.days.Load(f); ok {
		return known.(string)
	}
	layout := "layout_day"
	if f.year {
		layout = "layout_day_year"
	}
	said := v.opt.Strings.Get(layout, nil)
	if f.day.Day == 1 {
		said = strings.Replace(said, "2", v.opt.Strings.Get("layout_first", nil), 1)
	}
	if f.short || f.weekday {
		said = strings.ReplaceAll(said, "January", v.opt.Strings.Get("layout_month_short", nil))
	}
	if f.weekday {
		said = v.opt.Strings.Get("layout_weekday_day", map[string]any{"Day": said})
	}
	said = v.opt.Strings.Format(said, civil.On(f.day).Wall())
	v.days.Store(f, said)
	return said
}
