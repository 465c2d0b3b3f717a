package desk

import (
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/today"
)

// before is how many days before the present week the axis begins.
const before = 7

// A tick is the beginning of a week on the axis.
type tick struct {
	Day civil.Date
	X   float64
	// Month says that it is the first one of its month, or of the axis.
	Month bool
}

// A track is the dates of one client on the axis.
type track struct {
	Client
	Lines []line
	Marks []mark
}

// A mark is one date or, where several of a kind fall on one day, all of them.
type mark struct {
	// Kind is ours, theirs, or meet, which is a check-in or an update; Late says of ours that it
	// has passed.
	Kind string
	Late bool
	X    float64
	N    int
}

// span returns the first day of the axis, and how many days it has.
func (l *look) span() (first civil.Date, days int) {
	return check.Monday(l.Today).AddDays(-before), before + 7*weeks
}

// place returns where a day is on the axis, in percent; what lies before it stands at its beginning.
func (l *look) place(d civil.Date) float64 {
	first, days := l.span()
	return round(100 * (float64(max(0, d.Sub(first))) + 0.5) / float64(days))
}

func (l *look) axis() {
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

// track adds a client who has a date within the weeks of the axis.
func (l *look) track(r row, items []line) {
	first, days := l.span()
	t := track{Client: r.Client}
	for _, i := range items {
		if i.Due.IsZero() || !i.Due.Date.Before(first.AddDays(days)) {
			continue
		}
		t.Lines = append(t.Lines, i)
		m := mark{Kind: kindOf(i), Late: i.Passed && i.Group != today.Waiting, X: l.place(i.Due.Date), N: 1}
		same := func(x mark) bool { return x.Kind == m.Kind && x.Late == m.Late && x.X == m.X }
		if n := slices.IndexFunc(t.Marks, same); n >= 0 {
			t.Marks[n].N++
		} else {
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
	case i.Kind == "check-in" || i.Kind == "update":
		return "meet"
	}
	return "ours"
}

// round keeps one digit, which is finer than what is seen.
func round(x float64) float64 { return float64(int(10*x+0.5)) / 10 }

// A key explains a mark.
type key struct {
	mark
	Title string
}

var keys = []key{
	{mark{Kind: "ours"}, "yours"},
	{mark{Kind: "ours", Late: true}, "yours, late"},
	{mark{Kind: "theirs"}, "theirs"},
	{mark{Kind: "meet"}, "check-in or note"},
}
