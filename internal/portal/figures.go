package portal

import (
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Figures are the provider's record in three numbers.
type Figures struct {
	// Kept are the promises that came by the date that counts, of the Due ones: the first of
	// those whose time is now.
	Kept int
	Due  []DuePromises
	// Moved is how many dates of promises were replaced by others.
	Moved int
	// FirstWord is within what working time half of the Messages that were answered had a first
	// word back, not less than that; zero where it is not known of any.
	FirstWord client.Duration
	Messages  int
}

// DuePromises is how many promises were due between two moments; zero for no limit.
type DuePromises struct {
	After, Until civil.Moment
	N            int
}

// Figures is nil where nothing was promised yet.
func (v *View) Figures() *Figures { return v.figures }

func (v *View) counted() *Figures {
	k := v.Kept
	if len(k.Rows) == 0 {
		return nil
	}
	f := &Figures{Kept: k.OnTime + k.Moved + k.Waited, Due: k.due()}
	for _, r := range k.Rows {
		f.Moved += r.Moved
	}
	f.FirstWord, f.Messages = v.Replies.firstWord()
	return f
}

// due counts what has ended, and from its date on what is open too. Nothing is due before the first
// of them.
func (k Kept) due() []DuePromises {
	all := []DuePromises{{N: len(k.Rows) - k.Open}}
	var ahead []civil.Moment
	for _, r := range k.Rows {
		if !r.Due.IsZero() {
			ahead = append(ahead, r.Due)
		}
	}
	slices.SortFunc(ahead, func(a, b civil.Moment) int { return compareMoments(a, b, true) })
	for _, m := range ahead {
		last := &all[len(all)-1]
		if last.After == m {
			last.N++
			continue
		}
		last.Until = m
		all = append(all, DuePromises{After: m, N: last.N + 1})
	}
	return slices.DeleteFunc(all, func(d DuePromises) bool { return d.N == 0 })
}

// firstWord returns the working time within which half of the messages had a first word back, and
// of how many messages it is known.
func (r Replies) firstWord() (client.Duration, int) {
	var took []time.Duration
	for _, m := range r.All {
		if m.Received.Timed && m.Acknowledged.Timed {
			took = append(took, m.Took)
		}
	}
	n := len(took)
	if n == 0 {
		return client.Duration{}, 0
	}
	slices.Sort(took)
	median := (took[(n-1)/2] + took[n/2]) / 2
	minutes := max(1, int((median+time.Minute-1)/time.Minute))
	if minutes < 90 {
		return client.Duration{N: minutes, Unit: client.Minutes}, n
	}
	return client.Duration{N: (minutes + 59) / 60, Unit: client.Hours}, n
}
