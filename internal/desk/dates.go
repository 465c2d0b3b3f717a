package desk

import (
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/today"
)

// before is how many days before the current week the axis begins.
const before = 7

// A tick is the beginning of a week on the axis.
type tick struct {
	Day civil.Date
	X   float64
	// Month says that it is the first tick of its month, or of the axis.
	Month bool
}

// A track is the dates of one client on the axis.
type track struct {
	Client
	Lines []line
	Marks []mark
	// Late is how many of the provider's dates have passed.
	Late int
}

// A mark is a date, or several of one kind on the same day. Kind is ours, late (also the provider's), theirs,
// or meet (a check-in or an update).
type mark struct {
	Kind string
	X    float64
}

// span returns the first day of the axis, and the number of its days.
func (l *deskView) span() (first civil.Date, days int) {
	return check.Monday(l.Today).AddDays(-before), before + 7*weeks
}

// place returns the position of a day on the axis in percent; earlier days are at its beginning.
func (l *deskView) place(d civil.Date) float64 {
	first, days := l.span()
	return round(100 * (float64(max(0, d.Sub(first))) + 0.5) / float64(days))
}

func (l *deskView) axis() {
	first, days := l.span()
	l.Now = l.place(l.Today)
	for i := range days / 7 {
		day := first.AddDays(7 * i)
		if i > 0 {
			l.Mondays = append(l.Mondays, day)
		}
		l.Axis = append(l.Axis, tick{day, round(700 * float64(i) / float64(days)), i == 0 || day.Day <= 7})
	}
}

// track adds the dates of a client within the axis, if there are any.
func (l *deskView) track(r row, items []line) {
	first, days := l.span()
	t := track{Client: r.Client}
	for _, i := range items {
		if i.Due.IsZero() || !i.Due.Date.Before(first.AddDays(days)) {
			continue
		}
		t.Lines = append(t.Lines, i)
		m := mark{kindOf(i), l.place(i.Due.Date)}
		if m.Kind == "late" {
			t.Late++
		}
		if !slices.Contains(t.Marks, m) {
			t.Marks = append(t.Marks, m)
		}
	}
	if len(t.Lines) > 0 {
		slices.SortStableFunc(t.Lines, compareDue)
		l.Dates = append(l.Dates, t)
	}
}

func kindOf(i line) string {
	switch {
	case i.Group == today.Waiting:
		return "theirs"
	case i.Passed:
		return "late"
	case i.Kind == "check-in" || i.Kind == "update":
		return "meet"
	}
	return "ours"
}

// round keeps one digit, which is more exact than the eye.
func round(x float64) float64 { return float64(int(10*x+0.5)) / 10 }

// A key explains a mark.
type key struct{ Kind, Title string }

var keys = []key{{"ours", "yours"}, {"late", "yours, late"}, {"theirs", "theirs"}, {"meet", "check-in or note"}}
