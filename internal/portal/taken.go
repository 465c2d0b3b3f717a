package portal

import (
	"slices"

	"portalgen/internal/civil"
)

// A Taken is a sealed reply of the client's that was taken in: its id, and the day of that.
type Taken struct {
	ID string
	On civil.Moment
}

// takenFor is how many days a page says of a reply that it was taken in. A device that was not
// opened for longer has forgotten it by then.
const takenFor = 90

// Taken returns the replies that were taken in lately, each once.
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
