package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// Files are all results, by commitment, and all that was handed over for reading.
type Files struct {
	Groups []ResultGroup
	Papers []Paper // newest first
}

// A ResultGroup is one commitment with its results: the interim ones, and the whole
// once it was delivered.
type ResultGroup struct {
	Link
	Results []Result
}

// A Result is something that is delivered.
type Result struct {
	Title string
	// Whole says that it is the commitment itself, and no interim result.
	Whole bool
	// Due is the date in force, or the planned one. Link and File are where it is; "" and
	// nil where they are not.
	Due  civil.Moment
	Link string
	File *Attachment
	// Begun is false before the commitment was promised.
	Begun bool
	Progress
	Deliveries []Delivery // newest first
}

// A Delivery is one time at which something was handed over, and what was said to it.
type Delivery struct {
	On   civil.Moment
	By   Person
	Note Text
	// Answer is accepted, rejected or retracted; "" while there is none.
	Answer     string
	AnsweredOn civil.Moment
	AnsweredBy Person
	// Reason is what was said with the answer.
	Reason Text
	Review *MoveReview
}

// A Paper is something handed over for reading.
type Paper struct {
	ID, Title string
	On        civil.Moment
	Link      string
	File      *Attachment
	Note      Text
}

// filesPage is nil where nothing is to be delivered on the way, nothing was
// delivered, and nothing was handed over.
func (v *View) filesPage() *Files {
	f := &Files{Papers: v.papers()}
	for _, c := range v.commitments {
		g := ResultGroup{Link: *c.Link()}
		for _, d := range c.Deliverables {
			g.Results = append(g.Results, Result{
				Title: d.Title, Due: d.Due, Link: d.Href, File: d.File, Begun: d.Begun,
				Progress: d.Progress, Deliveries: v.deliveries(d.source.Moves, d.replayed),
			})
		}
		if all := v.deliveries(c.source.Moves, c.replayed); len(all) > 0 {
			g.Results = append(g.Results, Result{
				Title: c.Title, Whole: true, Due: c.Agreed, Begun: true, Progress: c.Progress, Deliveries: all,
			})
		}
		if len(g.Results) > 0 {
			f.Groups = append(f.Groups, g)
		}
	}
	if len(f.Groups)+len(f.Papers) == 0 {
		return nil
	}
	return f
}

func (v *View) papers() []Paper {
	var all []Paper
	for _, p := range v.c.Files {
		all = append(all, Paper{p.ID, p.Title, p.On, p.Link, v.attachment(p.File), Text(p.Note)})
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b Paper) int { return compareMoments(b.On, a.On, false) })
	return all
}

// deliveries returns each time that something was delivered, with the answer.
func (v *View) deliveries(moves []client.Move, r client.Replayed) []Delivery {
	var all []Delivery
	answer := func(word string, m client.Move) {
		if n := len(all); n > 0 && all[n-1].Answer == "" {
			d := &all[n-1]
			d.Answer, d.AnsweredOn, d.AnsweredBy, d.Reason = word, m.On, v.people[m.By], Text(m.Note)
			d.Review = review(m)
		}
	}
	for i, m := range moves[:len(r.Steps)] {
		switch loop.Did(m.Did) {
		case loop.Deliver:
			all = append(all, Delivery{On: m.On, By: v.people[m.By], Note: Text(m.Note)})
		case loop.AcceptWork:
			answer("accepted", m)
		case loop.Reject:
			answer("rejected", m)
		case loop.Retract:
			if i > 0 && r.Steps[i-1].State == loop.Delivered {
				answer("retracted", m)
			}
		}
	}
	slices.Reverse(all)
	return all
}
