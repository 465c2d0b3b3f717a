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
	// Format returns a day in a layout of package time, with the names of the language.
	Format(layout string, day time.Time) string
}

// noStrings are the strings of a portal that is not shown.
type noStrings struct{}

func (noStrings) Get(name string, _ map[string]any) string { return name }

func (noStrings) Format(_ string, day time.Time) string { return day.Format(time.DateOnly) }

// A form is a day, and how it is written.
type form struct {
	day                  civil.Date
	year, short, weekday bool
}

// FormatDay returns a day in words. It takes a Date, a Moment, or a dict with a date (of) and the date of the
// entry around it (in). It writes the year if it is not the current one, not the entry's, or if year in the
// dict is true. It shortens the month if short is true, and begins with a short day of the week if weekday
// is. Some languages write the first of a month in another way. No line breaks it.
func (v *View) FormatDay(of any) (string, error) {
	f, _, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	return v.written(f), nil
}

// FormatMoment is FormatDay with the time of day, if there is one.
func (v *View) FormatMoment(of any) (string, error) {
	f, m, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	said := v.written(f)
	if m.Timed {
		said = unbroken(v.opt.Strings.Get("at_hour", map[string]any{"Day": said, "Hour": v.FormatClock(m)}))
	}
	return said, nil
}

// FormatDays returns d in words. It says a month or a year that both days share only once.
func (v *View) FormatDays(d Days) string {
	first, last := form{day: d.First}, form{day: d.Last}
	last.year = d.Last.Year != v.Today.Year
	first.year = d.First.Year != v.Today.Year && d.First.Year != d.Last.Year
	from, to := v.written(first), v.written(last)
	if d.First.Year == d.Last.Year && d.First.Month == d.Last.Month {
		from = v.opt.Strings.Format(v.layout("layout_day_alone", d.First), civil.On(d.First).Wall())
	}
	return v.joined(d, from, to)
}

// FormatWeekdays returns the days of the week of d in words.
func (v *View) FormatWeekdays(d Days) string {
	weekday := func(day civil.Date) string {
		return v.opt.Strings.Format(v.opt.Strings.Get("layout_weekday", nil), civil.On(day).Wall())
	}
	return v.joined(d, weekday(d.First), weekday(d.Last))
}

// joined returns the words for the first and the last of some days as the words for all of them.
func (v *View) joined(d Days, from, to string) string {
	switch d.Last.Sub(d.First) {
	case 0:
		return to
	case 1:
		return v.opt.Strings.Get("days_and", map[string]any{"From": from, "To": to})
	}
	return v.opt.Strings.Get("days_to", map[string]any{"From": from, "To": to})
}

// FormatBy returns the day of a Date or a Moment in a layout of package time, with the names of the language.
func (v *View) FormatBy(layout string, of any) (string, error) {
	_, m, err := v.formOf(of)
	if err != nil {
		return "", err
	}
	return v.opt.Strings.Format(layout, civil.On(m.Date).Wall()), nil
}

// FormatClock returns the time of day of a moment in words. Some languages write a full hour, or an hour
// before ten, in another way.
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

// formOf reads of, an argument of FormatDay.
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

// written returns a day in a form; the result is cached.
func (v *View) written(f form) string {
	if known, ok := v.days.Load(f); ok {
		return known.(string)
	}
	name := "layout_day"
	if f.year {
		name = "layout_day_year"
	}
	said := v.layout(name, f.day)
	if f.short || f.weekday {
		said = strings.ReplaceAll(said, "January", v.opt.Strings.Get("layout_month_short", nil))
	}
	if f.weekday {
		said = v.opt.Strings.Get("layout_weekday_day", map[string]any{"Day": said})
	}
	said = unbroken(v.opt.Strings.Format(said, civil.On(f.day).Wall()))
	v.days.Store(f, said)
	return said
}

// unbroken returns a date in words as one that is not broken over two lines.
func unbroken(said string) string { return strings.ReplaceAll(said, " ", "\u00a0") }

// layout returns the layout of a day, which some languages write otherwise for the first of a month.
func (v *View) layout(name string, day civil.Date) string {
	layout := v.opt.Strings.Get(name, nil)
	if day.Day == 1 {
		layout = strings.Replace(layout, "2", v.opt.Strings.Get("layout_first", nil), 1)
	}
	return layout
}
