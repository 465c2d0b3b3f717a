package portal

import (
	"maps"
	"slices"
	"time"

	"portalgen/internal/civil"
)

// Figures are the provider's record in three numbers.
type Figures struct {
	// Kept is how many promises were delivered by the date that counts. Due is how many were due, as of
	// different moments: the first entry that applies now counts.
	Kept int
	Due  []DuePromises
	// Passed is how many open promises are past the date that counts, NewDate for how many of these a later
	// date is proposed that has not passed too, both as Due has it.
	Passed, NewDate []DuePromises
	// Moved is how many dates of promises were replaced by others, without those that the client asked to replace.
	Moved int
	// FirstWord is the working time in minutes within which half of the answered messages got their first
	// answer, rounded up; 0 if none passed until then. Messages is the number of these messages.
	FirstWord, Messages int
	// Unseen counts the messages that have no answer yet.
	Unseen int
}

// DuePromises is how many promises were due between two moments; a zero moment is no limit.
type DuePromises struct {
	After, Until civil.Moment
	N            int
}

// Figures returns the figures; nil if there will be nothing to count as long as nothing is written.
func (v *View) Figures() *Figures { return v.figures }

// From returns the moment after which there is something to count; zero if there is now.
func (f *Figures) From() civil.Moment {
	if f.Moved > 0 || f.FirstWord > 0 || len(f.Due) == 0 {
		return civil.Moment{}
	}
	return f.Due[0].After
}

func (v *View) counted() *Figures {
	k := v.Kept
	f := &Figures{
		Kept: k.OnTime + k.Moved + k.Waited,
		Due:  passing(len(k.Rows)-k.Open, k.Rows, nil), Passed: passing(0, k.Rows, nil),
	}
	dated := filter(k.Rows, func(r KeptRow) bool { return !r.NewDate.IsZero() })
	f.NewDate = passing(0, dated, func(r KeptRow) civil.Moment { return r.NewDate })
	for _, r := range k.Rows {
		f.Moved += r.MovedByUs
	}
	f.FirstWord, f.Messages = v.Replies.firstWord()
	if !v.ended() {
		f.Unseen = len(filter(v.Replies.All, func(r Reply) bool { return r.Acknowledged.IsZero() }))
	}
	if len(k.Rows) == 0 || len(f.Due) == 0 && f.Moved == 0 && f.FirstWord == 0 {
		return nil
	}
	return f
}

// passing returns how many promises count from which moment on: n, and each open one of rows once its date that
// counts has passed and, if until is not nil, as long as the moment that until gives has not. Its first entry has one
// promise at least.
func passing(n int, rows []KeptRow, until func(KeptRow) civil.Moment) []DuePromises {
	steps := map[civil.Moment]int{}
	for _, r := range rows {
		if r.Passes.IsZero() {
			continue
		}
		steps[r.Passes]++
		if until != nil {
			steps[until(r)]--
		}
	}
	all := []DuePromises{{N: n}}
	byDay := func(a, b civil.Moment) int { return compareMoments(a, b, true) }
	for _, m := range slices.SortedFunc(maps.Keys(steps), byDay) {
		last := &all[len(all)-1]
		last.Until = m
		all = append(all, DuePromises{After: m, N: last.N + steps[m]})
	}
	return slices.DeleteFunc(all, func(d DuePromises) bool { return d.N == 0 })
}

// firstWord returns the median working time to the first answer of messages, in minutes, and for how many
// messages it is known.
func (r Replies) firstWord() (minutes, n int) {
	var took []time.Duration
	for _, m := range r.All {
		if m.Received.Timed && m.Acknowledged.Timed {
			took = append(took, m.Took)
		}
	}
	if n = len(took); n == 0 {
		return 0, 0
	}
	slices.Sort(took)
	median := (took[(n-1)/2] + took[n/2]) / 2
	return int((median + time.Minute - 1) / time.Minute), n
}
