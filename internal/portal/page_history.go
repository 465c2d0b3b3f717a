package portal

import (
	"crypto/sha256"
	"encoding/hex"

	"portalgen/internal/civil"
)

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

// markLength is the number of characters of a mark.
const markLength = 12

// mark returns what a page calls an event by. An ID counts moves, and so could tell
// that something private lies between two of them; the mark tells nothing, and is as
// stable. The browser's memory of what it has shown is made of marks.
func (v *View) mark(id string) string {
	sum := sha256.Sum256([]byte(v.Client + "\n" + id))
	return hex.EncodeToString(sum[:])[:markLength]
}
