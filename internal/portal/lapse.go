package portal

import "portalgen/internal/civil"

// A Lapse says when a proposed date lapses: once On has passed, nobody can say yes to it. What was agreed stands then
// until Needed has passed, the later one of the two dates; from then on a new date is needed. Both are zero if no date is
// proposed.
type Lapse struct{ On, Needed civil.Moment }

func lapse(proposed, agreed civil.Moment) Lapse {
	if !proposed.IsZero() && agreed.After(proposed) {
		return Lapse{proposed, agreed}
	}
	return Lapse{proposed, proposed}
}

// Lapse says when the proposed date lapses.
func (p Progress) Lapse() Lapse { return lapse(p.Proposed, p.Agreed) }

// Lapse says when the proposed date lapses.
func (n Need) Lapse() Lapse { return lapse(n.Proposed, n.Due) }

// Lapse says when the proposed date lapses.
func (w Waiting) Lapse() Lapse { return lapse(w.Proposed, w.Agreed) }
