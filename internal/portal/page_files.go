package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// Files are what a client can keep, and what was handed over.
type Files struct {
	Items []FileItem // newest first, what has no date last
	// Handed is each time at which something was delivered, newest first.
	Handed []Handed
}

// A FileItem is something to save or to open.
type FileItem struct {
	Title string
	// On is when it was handed over; zero where it is at hand already, and not delivered.
	On civil.Moment
	// Link and File are where it is: one of them, or both.
	Link string
	File *Attachment
	Note Text
	// About is the commitment that it is a result of; nil for a paper.
	About *Link
}

// A Handed is one delivery of a commitment or of an interim result.
type Handed struct {
	Title string
	// About is the commitment, or its receipt where it is kept.
	About Link
	// Whole says that it is the commitment itself, Ours that it is the provider's promise.
	Whole, Ours bool
	Delivery
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

// filesPage is nil where nothing was delivered, and nothing was handed over.
func (v *View) filesPage() *Files {
	f := &Files{Items: v.papers()}
	for _, c := range v.commitments {
		about := *c.Link()
		about.Href = cmp.Or(c.Receipt, about.Href)
		handed := func(title string, whole bool, all []Delivery) {
			for _, d := range all {
				f.Handed = append(f.Handed, Handed{title, about, whole, c.Ours(), d})
			}
		}
		for _, d := range c.Deliverables {
			if d.Href != "" || d.File != nil {
				f.Items = append(f.Items, FileItem{Title: d.Title, On: d.Delivered, Link: d.Href, File: d.File, About: c.Link()})
			}
			handed(d.Title, false, v.deliveries(d.source.Moves, d.replayed))
		}
		handed(c.Title, true, v.deliveries(c.source.Moves, c.replayed))
	}
	if len(f.Items)+len(f.Handed) == 0 {
		return nil
	}
	slices.SortStableFunc(f.Items, func(a, b FileItem) int {
		return cmp.Or(compareBool(a.On.IsZero(), b.On.IsZero()), compareMoments(b.On, a.On, false))
	})
	slices.SortStableFunc(f.Handed, func(a, b Handed) int { return compareMoments(b.On, a.On, false) })
	return f
}

// papers are what was handed over for reading; of one day, what stands further down in the file
// comes first.
func (v *View) papers() []FileItem {
	var all []FileItem
	for _, p := range v.c.Files {
		all = append(all, FileItem{Title: p.Title, On: p.On, Link: p.Link, File: v.attachment(p.File), Note: Text(p.Note)})
	}
	slices.Reverse(all)
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
