package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Kept is the provider's record of promises. There is none of a client's: it would
// shame.
type Kept struct {
	OnTime, Late, Broken, Open int
	// Reopened are those among the ones kept, on time or late, that were taken up again later.
	Reopened int
	// Rows are oldest first.
	Rows []KeptRow
}

// A KeptRow is one promise of the provider's.
type KeptRow struct {
	Title, Href string
	Interim     bool
	// Agreed is the date in force, or the last one; Delivered when the delivery that
	// stands was made; Closed when all ended.
	Agreed, Delivered, Closed civil.Moment
	// Moved is how often the agreed date was replaced.
	Moved int
	// Verdict is on-time, late or broken; "" while open.
	Verdict string
	// Reopened says that it was kept, and another commitment took it up again.
	Reopened bool
}

// kept counts the promises of the provider's side, interim results among them. A
// promise is kept when the work was accepted, judged by the day of its delivery, and
// broken when it was taken back. What was only asked for or offered is no promise,
// and what was declined, withdrawn, or closed without an answer is neither kept nor
// broken.
//
// An interim result ends with its commitment. Where it was not delivered until then,
// it has lost its object and counts for nothing, unless the commitment was taken
// back: then that promise was broken with it. Where it was delivered, but not accepted
// before the commitment closed, nobody has judged it.
func (v *View) kept() Kept {
	type row struct {
		KeptRow
		since civil.Moment
	}
	var rows []row
	add := func(title, href string, interim bool, p Progress, verdict string) {
		rows = append(rows, row{KeptRow{
			Title: title, Href: href, Interim: interim, Agreed: p.Agreed, Delivered: p.Delivered,
			Closed: p.Closed, Moved: len(p.Moved), Verdict: verdict,
		}, p.conv.PromisedOn})
	}
	for _, c := range v.commitments {
		if !c.Ours() {
			continue
		}
		if verdict, ok := c.judged(); ok {
			add(c.Title, c.Href, false, c.Progress, verdict)
			rows[len(rows)-1].Reopened = len(c.ReopenedBy) > 0 && c.conv.State == loop.Kept
		}
		for _, d := range c.Deliverables {
			if verdict, ok := d.judged(c); ok {
				p := d.Progress
				if d.Ended {
					p.Closed = c.Closed
				}
				add(d.Title, c.Href, true, p, verdict)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(compareMoments(a.since, b.since, false), compareMoments(a.Agreed, b.Agreed, true))
	})
	var k Kept
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
	return p.Verdict, p.Verdict != "" || p.open && !p.conv.PromisedOn.IsZero()
}

func (d *Deliverable) judged(c *Commitment) (verdict string, ok bool) {
	if d.Ended {
		return "broken", c.Verdict == "broken" && d.Delivered.IsZero()
	}
	return d.Progress.judged()
}
