package portal

import (
	"cmp"
	"strings"

	"portalgen/internal/civil"
)

// A History is what happened, by month and day.
type History struct {
	Months []Month // newest first
	// Kinds are the groups that have entries, in the order of the choice.
	Kinds []KindCount
	// N is the number of entries, First the day of the oldest.
	N     int
	First civil.Date
}

// A KindCount is the number of entries of a group.
type KindCount struct {
	Kind string
	N    int
}

// A Month is what happened in a month.
type Month struct {
	// First is its first day.
	First civil.Date
	N     int
	Days  []Day // newest first
}

// A Year is the months of a year in which something happened.
type Year struct {
	Year, N int
	Months  []Month // newest first
}

// enough is how many entries of the newest months are shown at once.
const enough = 12

// Newest returns the months that are shown at once: the newest, and those before it until there are enough
// entries.
func (h *History) Newest() []Month {
	n := 0
	for i, m := range h.Months {
		if n += m.N; n >= enough {
			return h.Months[:i+1]
		}
	}
	return h.Months
}

// Earlier returns the other months, by year.
func (h *History) Earlier() []Year {
	var years []Year
	for _, m := range h.Months[len(h.Newest()):] {
		if n := len(years); n == 0 || years[n-1].Year != m.First.Year {
			years = append(years, Year{Year: m.First.Year})
		}
		y := &years[len(years)-1]
		y.N, y.Months = y.N+m.N, append(y.Months, m)
	}
	return years
}

// A Day is what happened on a day.
type Day struct {
	On      civil.Date
	Entries []*Entry // newest first
}

// An Entry is an event together with related ones: a message with the days on which it was acknowledged and
// resolved, an answer with its question.
type Entry struct {
	*Event
	// Group is promises, messages, notes, agreed, risks or files.
	Group string
	// Seen and Settled are when a message was acknowledged and resolved; zero if it was not.
	Seen, Settled civil.Moment
	// Asked is when the question of an answer was asked; AskedBy may be nobody.
	Asked   civil.Moment
	AskedBy Person
}

// icons are the icons of entries by their kind, and of moves by their verb; all others have "turn".
var icons = map[string]string{
	"message": "mail", "status": "note", "check-in": "person", "decision": "done", "file": "file",
	"deliver": "file", "accept": "done", "confirm": "done", "progress": "note", "summarize": "note", "correct": "note",
	"promise": "date", "agree": "date", "counter": "date", "renegotiate": "date", "commit": "date",
	"decline": "back", "withdraw": "back", "revoke": "back", "retract": "back", "reject": "back", "close": "back",
}

// Icon names the icon of the entry.
func (e *Entry) Icon() string {
	what := e.Kind
	if e.Move != nil {
		what, _, _ = strings.Cut(e.Move.Key, "_")
	} else if e.Group == "risks" {
		return "risk"
	}
	return cmp.Or(icons[what], "turn")
}

// groups are the groups of entries in the order of the choice.
var groups = []string{"promises", "messages", "notes", "agreed", "risks", "files"}

func groupOf(kind string) string {
	switch kind {
	case "move":
		return "promises"
	case "message", "acknowledged", "resolved":
		return "messages"
	case "status":
		return "notes"
	case "risk", "risk-log", "risk-closed":
		return "risks"
	case "file":
		return "files"
	}
	return "agreed"
}

// historyPage is nil if nothing has happened.
func (v *View) historyPage() *History {
	all := merged(v.History)
	if len(all) == 0 {
		return nil
	}
	h := &History{N: len(all), First: all[len(all)-1].On.Date}
	for _, e := range all {
		first := civil.Date{Year: e.On.Year, Month: e.On.Month, Day: 1}
		if n := len(h.Months); n == 0 || h.Months[n-1].First != first {
			h.Months = append(h.Months, Month{First: first})
		}
		h.Months[len(h.Months)-1].add(e)
	}
	for _, g := range groups {
		if n := len(filter(all, func(e *Entry) bool { return e.Group == g })); n > 0 {
			h.Kinds = append(h.Kinds, KindCount{g, n})
		}
	}
	return h
}

func (m *Month) add(e *Entry) {
	m.N++
	if n := len(m.Days); n == 0 || m.Days[n-1].On != e.On.Date {
		m.Days = append(m.Days, Day{On: e.On.Date})
	}
	d := &m.Days[len(m.Days)-1]
	d.Entries = append(d.Entries, e)
}

// merged returns the events as entries, in the same order. A message includes when it was acknowledged and
// resolved, an answer its question, and an answered pulse when it was asked.
func merged(events []*Event) []*Entry {
	known := map[string]*Event{}
	for _, e := range events {
		known[e.ID] = e
	}
	of := func(kind string, e *Event) (*Event, bool) {
		other, ok := known[kind+strings.TrimPrefix(e.ID, e.Kind)]
		return cmp.Or(other, &Event{}), ok
	}
	within := map[string]string{
		"acknowledged": "message", "resolved": "message", "question": "answer", "pulse": "pulse-answered",
	}
	var all []*Entry
	for _, e := range events {
		if _, ok := of(within[e.Kind], e); ok && within[e.Kind] != "" {
			continue
		}
		out := &Entry{Event: e, Group: groupOf(e.Kind)}
		switch e.Kind {
		case "message":
			seen, _ := of("acknowledged", e)
			settled, _ := of("resolved", e)
			out.Seen, out.Settled = seen.On, settled.On
		case "answer":
			asked, _ := of("question", e)
			out.Asked, out.AskedBy = asked.On, asked.By
		case "pulse-answered":
			asked, _ := of("pulse", e)
			out.Asked = asked.On
		}
		all = append(all, out)
	}
	return all
}

// stableKey returns the key by which a page identifies an event. An ID counts moves, and its words can be
// guessed; the key is just as stable, but tells nothing to anyone without the client's own key. The browser
// remembers these keys to know what it has shown.
func (v *View) stableKey(id string) string {
	if v.opt.StableKey == nil {
		return ""
	}
	return v.opt.StableKey(id)
}
