package portal

import "portalgen/internal/civil"

// A History holds every event by its month.
type History struct {
	Months []Month // newest first
}

// A Month holds what happened in it.
type Month struct {
	// First is its first day.
	First  civil.Date
	Events []Event // newest first
}

// historyPage is nil where nothing has happened.
func (v *View) historyPage() *History {
	if len(v.History) == 0 {
		return nil
	}
	h := &History{}
	for _, e := range v.History {
		first := civil.Date{Year: e.On.Year, Month: e.On.Month, Day: 1}
		if n := len(h.Months); n == 0 || h.Months[n-1].First != first {
			h.Months = append(h.Months, Month{First: first})
		}
		m := &h.Months[len(h.Months)-1]
		m.Events = append(m.Events, e)
	}
	return h
}

// mark returns what a page calls an event by. An ID counts moves, and its words can be
// guessed; the mark tells nothing of it to whoever has not the client's own key, and is as
// stable. The browser's memory of what it has shown is made of marks.
func (v *View) mark(id string) string {
	if v.opt.StableKey == nil {
		return ""
	}
	return v.opt.StableKey(id)
}
