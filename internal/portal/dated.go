package portal

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// dated counts the moves that set a date, so that a calendar replaces an earlier version of the date.
type dated struct {
	moves int
	last  civil.Moment
}

func datedBy(moves []client.Move) (d dated) {
	for _, m := range moves {
		if !m.Due.IsZero() || !m.AnswerBy.IsZero() {
			d.moves++
			d.last = m.On
		}
	}
	return d
}

// Revised returns how many moves set a date, and the day of the last one, such as "2 2026-11-18"; "" if none
// did.
func (d dated) Revised() string {
	if d.moves == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", d.moves, d.last.Date)
}
