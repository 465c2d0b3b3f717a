package portal

import (
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Figures are the provider's record in three numbers.
type Figures struct {
	// Kept is how many promises were delivered by the date that counts. Due is how many were due, as of
	// different moments: the first entry that applies now counts.
	Kept int
	Due  []DuePromises
	// Moved is how many dates of promises were replaced by others.
	Moved int
	// FirstWord is the working time within which half of the answered messages got their first answer,
	// rounded up; zero if it is unknown. Messages is the number of these messages.
	FirstWord client.Duration
	Messages  int
}

// DuePromises is how many promises were due between two moments; a zero moment is no limit.
type DuePromises struct {
	After, Until civil.Moment
	N            int
}

// Figures returns the figures; nil if nothing was promised yet.
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

// due counts the promises that have ended, and each open one from its date on. It begins when the first
// promise is due.
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

// firstWord returns the median working time to the first answer of messages, and for how many messages it is
// known.
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
