package portal

import (
	"slices"

	"portalgen/internal/civil"
)

// A Taken is a sealed reply of the client that was taken in: its id, and the day.
type Taken struct {
	ID string
	On civil.Moment
}

// takenFor is for how many days a page says that a reply was taken in. After that the sender's device has
// forgotten the reply.
const takenFor = 90

// Taken returns the replies that were taken in within that time, each once.
func (v *View) Taken() []Taken {
	var all []Taken
	for _, s := range v.c.AllSent() {
		id, on := s.Taken()
		if t := (Taken{id, on}); id != "" && on.Date.AddDays(takenFor).Sub(v.Today) >= 0 && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}
