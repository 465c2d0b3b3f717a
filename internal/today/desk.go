package today

import (
	"cmp"
	"fmt"
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

// A Standing is how one client stands, as their Home tells it.
type Standing struct {
	// Colour is "" where nothing is known, and where all is over, since Finished.
	Colour   portal.Colour
	Finished civil.Moment
	// Headline is that of the latest note, in Language; "" where there is none.
	Headline, Language string
}

// StandingOf returns how a client stands, of the view that they see.
func StandingOf(view *portal.View) Standing {
	home := view.Pages[0].Home
	out := Standing{Colour: home.Standing.Colour, Finished: home.Finished, Language: view.Language}
	if !out.Finished.IsZero() {
		out.Colour = ""
	}
	if home.Note != nil {
		out.Headline = home.Note.Headline
	}
	return out
}

// A WeekLoad is what one person owes in one week.
type WeekLoad struct {
	Owes, Late int
	// Over says that it is more than the rule capacity allows.
	Over bool
}

// A PersonWeeks is what one person owes, week by week.
type PersonWeeks struct {
	Person, Who string
	Weeks       []WeekLoad
}

// byWeek returns who owes how much in each of n weeks, of which the first is that of the day
// today; what is late is in the first one. Who owes most comes first.
func byWeek(owed []check.Owed, over []check.Overload, today civil.Date, n int) []PersonWeeks {
	at := func(week civil.Date) int { return week.Sub(check.Monday(today)) / 7 }
	by := map[string]*PersonWeeks{}
	for _, o := range owed {
		i := at(o.Week)
		if i >= n {
			continue
		}
		if by[o.Person] == nil {
			by[o.Person] = &PersonWeeks{o.Person, o.Name, make([]WeekLoad, n)}
		}
		w := &by[o.Person].Weeks[i]
		w.Owes++
		if o.Late {
			w.Late++
		}
	}
	for _, o := range over {
		if i := at(o.Week); i < n {
			by[o.Person].Weeks[i].Over = true
		}
	}
	var rows []PersonWeeks
	for _, r := range by {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b PersonWeeks) int {
		return cmp.Or(cmp.Compare(b.owes(), a.owes()), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Person, b.Person))
	})
	return rows
}

func (r PersonWeeks) owes() int {
	n := 0
	for _, w := range r.Weeks {
		n += w.Owes
	}
	return n
}

// When says by when i is to be done, in words; late says that it has passed. It is "" where there is
// no date. date is the provider's day.
func (i Item) When(date civil.Date) (words string, late bool) {
	switch {
	case i.Due.IsZero():
		return "", false
	case i.Late == 1:
		return "1 day late, was due " + FormatDate(i.Due, date), true
	case i.Late > 0:
		return fmt.Sprintf("%d days late, was due %s", i.Late, FormatDate(i.Due, date)), true
	case i.Due.Date == date && i.Passed:
		return "was due today by " + i.Due.Wall().Format("15:04"), true
	case i.Due.Date == date && i.Due.Timed:
		return "today by " + i.Due.Wall().Format("15:04"), false
	case i.Due.Date == date:
		return "today", false
	}
	return "by " + i.Due.Wall().Format("Mon ") + FormatDate(i.Due, date), false
}
