package today

import (
	"cmp"
	"fmt"
	"slices"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/portal"
)

// A Standing is the state of one client, as on their Home.
type Standing struct {
	// Colour is "" if it is unknown, or if all work is over; Finished is then the day it ended.
	Colour   portal.Colour
	Finished civil.Moment
	// Headline is the headline of the latest note, in Language; "" if there is no note.
	Headline, Language string
}

// StandingOf returns the state of a client from the view that they see.
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

// A WeekLoad is how many dates one person owes in one week.
type WeekLoad struct {
	Owes, Late int
	// Over says that it is more than the rule capacity allows.
	Over bool
}

// A PersonWeeks is how many dates one person owes, week by week.
type PersonWeeks struct {
	Person, Who string
	Weeks       []WeekLoad
}

// byWeek returns how much each person owes in each of n weeks, beginning with the week of today; late dates
// count in the first. The person who owes most comes first.
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

// When says in words by when i should be done; late says that this has passed. words is "" without a date.
// date is the provider's day.
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
