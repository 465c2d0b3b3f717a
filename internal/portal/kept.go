package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// Kept is the provider's record of promises. There is no such record of the client's: it would put them to
// shame.
type Kept struct {
	// OnTime were delivered by the first agreed date, Moved by the last agreed one, Waited later than that
	// but within the days lost by waiting for the client, Late later still. Broken were taken back.
	OnTime, Moved, Waited, Late, Broken, Open int
	// Reopened are those among the kept ones, on time or late, that were taken up again later.
	Reopened int
	// Rows are oldest first.
	Rows []KeptRow
	// Updates are the promised status notes.
	Updates UpdateRecord
}

// A KeptRow is one promise of the provider.
type KeptRow struct {
	Title, Href string
	Interim     bool
	// Agreed is the date in force, or the last one; Delivered is when the delivery in force was made; Closed
	// is when it closed.
	Agreed, Delivered, Closed civil.Moment
	// Moved is how often the agreed date was replaced. SlipDays is as DateRow.Slip.
	Moved, SlipDays int
	// MovedByUs is how often it was replaced other than on a wish of the client's. A date after a delivery was sent
	// back is no wish.
	MovedByUs int
	// AskedBy is who asked for the new dates.
	AskedBy []Person
	// LateDays is how many days late the delivery was.
	LateDays int
	// Verdict is on-time, moved, waited, late or broken; "" while open.
	Verdict string
	// Due is the moment after which an open promise is late, as LateFrom has it; zero if it waits for the client, or has no
	// date. Facts are the facts about an open promise that is not going well, as on Home.
	Due   civil.Moment
	Facts []FloorFact
	// Passes is the date after which an open promise counts as due: the one that counts; zero if it waits for
	// the client. NewDate is a later one that is proposed, until that has passed too; zero if there is none.
	Passes, NewDate civil.Moment
	// Waits is what an open promise waits for.
	Waits []Wait
	// Reopened says that it was kept, and that another commitment took it up again.
	Reopened bool
}

// An UpdateRecord counts the status notes promised by earlier notes: Kept of Of came in time. Next is the
// date promised by the latest note: once it has passed, Of grows by one that did not come.
type UpdateRecord struct {
	Kept, Of int
	Next     civil.Moment
}

// kept counts the promises of the provider's side, including interim results. A delivery is judged by its
// day, whether or not it was accepted. A promise is broken if it was taken back. A request or an offer is not
// a promise yet, and a withdrawn promise is neither kept nor broken.
//
// An interim result ends with its commitment. If it was not delivered until then, or until the whole was
// delivered, it does not count, except that it is broken if the commitment was taken back.
func (v *View) kept() Kept {
	type row struct {
		KeptRow
		since civil.Moment
	}
	var rows []row
	add := func(title, href string, interim bool, p Progress, replayed client.Replayed, verdict string) {
		r := KeptRow{
			Title: title, Href: href, Interim: interim, Agreed: p.Agreed, Delivered: p.Delivered,
			Closed: p.Closed, Moved: len(p.Moved), SlipDays: p.slip(), Verdict: verdict,
			AskedBy: p.AskedBy(), Waits: p.Waits,
		}
		for _, m := range p.Moved {
			if m.SentBack || m.AskedBy.Side != client.ClientSide {
				r.MovedByUs++
			}
		}
		if verdict == "late" {
			r.LateDays = p.DaysLate
		}
		if verdict == "" && p.Awaited() {
			r.Due, r.Facts = p.LateFrom(), v.floor(replayed, p.dates, title, true)
			r.Passes, r.NewDate = p.Counts, p.OnTable
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

// judged returns the verdict on a promise, "" while it is open; ok is false if there is no promise to judge.
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

// updatesKept judges each promised update by the next note: it is kept if that note is not later. Updates
// promised for a day after the end of the work do not count, and the last one counts only once it has passed.
func (v *View) updatesKept() UpdateRecord {
	var r UpdateRecord
	ended := v.finished()
	for i, s := range v.statuses {
		if s.NextUpdate.IsZero() || !ended.IsZero() && s.NextUpdate.After(ended) {
			continue
		}
		switch last := i == len(v.statuses)-1; {
		case !last && v.statuses[i+1].PromisedFor.IsZero():
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
