package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// Kept is the provider's record of promises. There is none of a client's: it would
// shame.
type Kept struct {
	// OnTime came by the date that was agreed first, Moved by the one agreed last. Waited came
	// after that, but in the time that something of the client's had left. Late came later still.
	// Broken were taken back.
	OnTime, Moved, Waited, Late, Broken, Open int
	// Reopened are those among the ones kept, on time or late, that were taken up again later.
	Reopened int
	// Rows are oldest first.
	Rows []KeptRow
	// Updates are the promised status notes.
	Updates UpdateRecord
}

// A KeptRow is one promise of the provider's.
type KeptRow struct {
	Title, Href string
	Interim     bool
	// Agreed is the date in force, or the last one; Delivered when the delivery that
	// stands was made; Closed when all ended.
	Agreed, Delivered, Closed civil.Moment
	// Moved is how often the agreed date was replaced, SlipDays the last less the first.
	Moved, SlipDays int
	// AskedBy is who asked for the dates that moved.
	AskedBy []Person
	// LateDays is by how many days the delivery came late.
	LateDays int
	// Verdict is on-time, moved, waited, late or broken; "" while open.
	Verdict string
	// Due is the date at which what is open becomes overdue; zero where it waits for the client,
	// or has no date. Facts tell of what is open as Home does, and is not good.
	Due   civil.Moment
	Facts []FloorFact
	// Reopened says that it was kept, and another commitment took it up again.
	Reopened bool
}

// An UpdateRecord counts the status notes that others promised: Kept of Of came when
// promised. Where the latest note has promised one, Next is by when: once that has passed there
// is one more of Of that did not come.
type UpdateRecord struct {
	Kept, Of int
	Next     civil.Moment
}

// kept counts the promises of the provider's side, interim results among them. A
// delivery is judged by the day on which it came, accepted or not. A promise is
// broken when it was taken back. What was only asked for or offered is no promise,
// and what was withdrawn is neither kept nor broken.
//
// An interim result ends with its commitment. Where it was not delivered until then,
// or until the whole came, it has lost its object and counts for nothing, unless the
// commitment was taken back: then that promise was broken with it.
func (v *View) kept() Kept {
	type row struct {
		KeptRow
		since civil.Moment
	}
	var rows []row
	add := func(title, href string, interim bool, p Progress, replayed client.Replayed, verdict string) {
		r := KeptRow{
			Title: title, Href: href, Interim: interim, Agreed: p.Agreed, Delivered: p.Delivered,
			Closed: p.Closed, Moved: len(p.Moved), SlipDays: p.SlipDays, Verdict: verdict,
			AskedBy: p.AskedBy(),
		}
		if verdict == "late" {
			r.LateDays = p.DaysLate
		}
		if verdict == "" && p.Awaited() {
			r.Due, r.Facts = p.Until, v.floor(replayed, p.dates, title, true)
		}
		rows = append(rows, row{r, p.conv.PromisedOn})
	}
	for _, c := range v.commitments {
		if !c.Ours() {
			continue
		}
		if verdict, ok := c.judged(); ok {
			add(c.Title, c.Href, false, c.Progress, c.replayed, verdict)
			rows[len(rows)-1].Reopened = len(c.ReopenedBy) > 0 && c.conv.State == loop.Kept
		}
		for _, d := range c.Deliverables {
			if verdict, ok := d.judged(c); ok {
				p := d.Progress
				if d.Ended {
					p.Closed = c.Closed
				}
				add(d.Title, c.Href, true, p, d.replayed, verdict)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(compareMoments(a.since, b.since, false), compareMoments(a.Agreed, b.Agreed, true))
	})
	k := Kept{Updates: v.updatesKept()}
	for _, r := range rows {
		k.count(r.Verdict)
		if r.Reopened {
			k.Reopened++
		}
		k.Rows = append(k.Rows, r.KeptRow)
	}
	return k
}

func (k *Kept) count(verdict string) {
	switch verdict {
	case "on-time":
		k.OnTime++
	case "moved":
		k.Moved++
	case "waited":
		k.Waited++
	case "late":
		k.Late++
	case "broken":
		k.Broken++
	default:
		k.Open++
	}
}

// judged returns the verdict on a promise, "" while it is open; false where there is
// none to judge.
func (p Progress) judged() (verdict string, ok bool) {
	switch {
	case p.conv.Broken():
		return "broken", true
	case p.conv.PromisedOn.IsZero() || p.conv.State == loop.Withdrawn:
		return "", false
	case p.Delivered.IsZero():
		return "", p.Awaited() || len(p.Waits) > 0
	case p.Late():
		return "late", true
	case p.Delivered.After(p.Agreed):
		return "waited", true
	case p.Delivered.After(p.conv.AgreedDates[0].Due):
		return "moved", true
	}
	return "on-time", true
}

func (d *Deliverable) judged(c *Commitment) (verdict string, ok bool) {
	if d.Ended && d.Delivered.IsZero() {
		return "broken", c.conv.Broken()
	}
	return d.Progress.judged()
}

// updatesKept judges the update that each note promised by the note after it: it came when it
// is of that day, or that hour, or an earlier one. What was promised for a day after the end of the
// work is not counted, and the last one only once it has passed.
func (v *View) updatesKept() UpdateRecord {
	var r UpdateRecord
	ended := v.finished()
	for i, s := range v.statuses {
		if s.NextUpdate.IsZero() || !ended.IsZero() && s.NextUpdate.After(ended) {
			continue
		}
		switch last := i == len(v.statuses)-1; {
		case !last && !v.statuses[i+1].On.After(s.NextUpdate):
			r.Kept++
			r.Of++
		case !last, v.Passed(s.NextUpdate):
			r.Of++
		default:
			r.Next = s.NextUpdate
		}
	}
	return r
}
