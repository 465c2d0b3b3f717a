package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// A Home answers three questions in five seconds: how are things going, is it my turn, what comes next from
// you.
type Home struct {
	// Finished is the day on which all was over; zero while something is expected. From then on no colour is
	// shown.
	Finished civil.Moment
	// Review is the closing review once it was held; StillOpen is then what is still open.
	Review    *Review
	StillOpen []Link
	Standing  Standing
	// Note is the latest status note; nil if there is none yet.
	Note *Status
	// Lead is what the provider promised for the soonest date, a result on the way too; nil if none. A
	// promise that waits for the client is included until its date has passed, and a result on the way that is not
	// late although its date has passed is not; a delivered one is not included, since its date is met and it is the
	// client's turn. Beside are the others of the same day.
	// Then is what comes next, if the date of Lead has passed; nil if nothing does.
	Lead, Then *Promise
	Beside     []*Promise
	// Yours is what waits for the client, Ours what of the client waits for the provider; the soonest first.
	// Later is what will be the client's turn, and is not yet.
	Yours, Later, Ours []Waiting
	// Late is what comes from the provider and whose date has passed, also where another is proposed and nobody has
	// agreed to it. Next are the next three things that come from the provider, with more if they fall on the same
	// day. Waits is the part of Ours that is in neither, nor in Urgent.
	Late, Next []Coming
	Waits      []Waiting
	// Urgent is what the client called urgent and what is not settled: it stands with how it is, and there alone.
	Urgent []Waiting
	// Timeline shows the open commitments; nil if there are none.
	Timeline *Timeline
	// Over counts the commitments if none of them is open; else zero.
	Over Count
	// Risks are the three worst open ones, none once all is over; Notes are the three latest.
	Risks []Risk
	Notes []*Status
	// Contact is who looks after the client and answers questions.
	Contact Person
}

// A Promise is a date that the provider gave.
type Promise struct {
	Title, Href string
	// By is who gave it.
	By Person
	Progress
}

// A Coming is one thing that comes from the provider.
type Coming struct {
	// Kind is deliver, interim, answer, seen (the word that a message was seen, which is all that is promised of
	// it), check_in or update.
	Kind string
	// What is what it is about; "" for a check-in and an update. Href leads to a page with more about it; ""
	// if there is none.
	What Text
	Href string
	// By is who has to do it. Due is the date by which it comes. For a delivery it is the agreed date; once that
	// has passed, the one that counts, if that is still ahead.
	By  Person
	Due civil.Moment
	// OnTable is that of the Waiting.
	OnTable civil.Moment
	// Promise is set for a delivery; else nil. Whole is the title of the commitment of an interim result.
	Promise *Promise
	Whole   string
	// Set says that the date of a check-in was agreed. Key then identifies it in a calendar, also if its day
	// changes; it is made from the check-in that set it. Ends says that the last check-in may have been this
	// one, so that it is not overdue but over once it has passed.
	Set, Ends bool
	Key       string
}

// counts returns the date after which c is past its date: for a delivery the one that counts, whatever is proposed in
// its place.
func (c Coming) counts() civil.Moment {
	if c.Promise != nil {
		return c.Promise.Counts
	}
	return c.Due
}

// Later returns the date that counts for a delivery, if that is later than the agreed one; else zero.
func (c Coming) Later() civil.Moment {
	if c.Promise == nil || compareMoments(c.Promise.Counts, c.Promise.Agreed, true) <= 0 {
		return civil.Moment{}
	}
	return c.Promise.Counts
}

// most is how many risks, notes and coming things Home shows.
const most = 3

// mostAtOnce is how many coming things are shown if several fall on one day.
const mostAtOnce = 5

func (v *View) home() *Home {
	open, _ := v.timelines()
	h := &Home{
		Finished: v.finished(), Yours: filter(v.yours, Waiting.Now), Later: filter(v.yours, later), Ours: v.ours,
		Urgent:   filter(v.ours, func(w Waiting) bool { return w.Urgent }),
		Timeline: open, Risks: v.risks, Contact: v.Provider.Contact,
	}
	if h.Timeline == nil {
		h.Over = v.count()
	}
	if v.reviewed() {
		h.Review, h.StillOpen = v.review(), v.stillOpen()
	}
	var note *client.Status
	if n := len(v.statuses); n > 0 {
		h.Note = v.statuses[n-1]
		note = h.Note.note
		h.Notes = slices.Clone(v.statuses[max(n-most, 0):])
		slices.Reverse(h.Notes)
	}
	h.Standing = judge(note, v.factsNow(note), v.now())
	h.Risks = h.Risks[:min(len(h.Risks), most)]
	if v.over() {
		h.Risks = nil
	}
	v.comes(h)
	return h
}

// stillOpen returns the open commitments, and then the questions, messages and changes that wait.
func (v *View) stillOpen() []Link {
	var open []Link
	for _, c := range v.commitments {
		if c.open {
			open = append(open, *c.Link())
		}
	}
	for _, q := range v.c.Questions {
		if v.c.Waits(q) {
			open = append(open, Link{Text(q.Text).Brief(), v.agreedHref(q.Commitment)})
		}
	}
	for _, m := range v.c.Messages {
		if isUnresolved(m) {
			href := cmp.Or(v.commitmentHref(m.Commitment), v.href(KindPeople, "")+"#replies")
			open = append(open, Link{Text(m.About).Brief(), href})
		}
	}
	for _, c := range v.c.Changes {
		if v.Waits(c) {
			open = append(open, Link{Text(c.Text).Brief(), v.agreedHref(c.Commitment)})
		}
	}
	return open
}

// factsNow returns today's facts, including a promised update that did not come. After the closing review no
// update is due.
func (v *View) factsNow(note *client.Status) []FloorFact {
	facts := v.facts(v.Today)
	if note != nil && !note.NextUpdate.IsZero() && !v.ended() {
		facts = append(facts, FloorFact{
			From: end(note.NextUpdate), Colour: Amber, Key: "no_update", Due: note.NextUpdate,
		})
	}
	return facts
}

// comes sets what comes from the provider: Lead, Beside, Late, Next and Waits of h.
func (v *View) comes(h *Home) {
	deliveries := v.owed()
	for _, d := range deliveries {
		switch {
		case d.Kind == "interim" && v.Passed(d.Promise.Agreed) && (d.Promise.Rework || !v.Passed(d.Promise.Until)):
			// No date of its own is ahead: the whole has one.
		case h.Lead == nil || compareMoments(d.Promise.Agreed, h.Lead.Agreed, true) < 0:
			h.Lead, h.Beside = d.Promise, nil
		case d.Promise.Agreed.Date == h.Lead.Agreed.Date:
			h.Beside = append(h.Beside, d.Promise)
		}
	}
	if h.Lead != nil && v.Passed(h.Lead.Agreed) {
		for _, d := range deliveries {
			if at := d.Promise.Agreed; !v.Passed(at) && (h.Then == nil || compareMoments(at, h.Then.Agreed, true) < 0) {
				h.Then = d.Promise
			}
		}
	}
	all := slices.Concat(deliveries, v.updates(), v.checkInsToCome())
	for i := range h.Ours {
		if w := &h.Ours[i]; !w.By.IsZero() && !w.Urgent {
			all = append(all, Coming{
				Kind: "answer", What: w.What, Href: w.Href, By: v.answers(w), Due: w.By,
				OnTable: w.OnTable, Key: w.StableKey,
			})
			if w.Kind == "message" {
				all[len(all)-1].Kind = "seen"
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Coming) int { return compareMoments(a.Due, b.Due, true) })
	late := func(c Coming) bool { return v.Passed(c.counts()) }
	// What is late is told once, since its earliest day: not again for the answer or the terms that it needs, and
	// not again with the date on which it may come.
	again := func(what Text, href string) bool {
		return href != "" &&
			slices.ContainsFunc(h.Late, func(c Coming) bool { return c.What == what && c.Href == href })
	}
	for _, c := range all {
		if late(c) && !again(c.What, c.Href) {
			h.Late = append(h.Late, c)
		}
	}
	all = slices.DeleteFunc(all, func(c Coming) bool { return late(c) || c.Promise != nil && again(c.What, c.Href) })
	n := min(len(all), most)
	for n > 0 && n < min(len(all), mostAtOnce) && all[n].Due.Date == all[n-1].Due.Date {
		n++
	}
	h.Next = slices.Clone(all[:n])
	for _, c := range all[n:] {
		// What has a date that counts instead of one that has passed is not left out.
		if c.Promise != nil && !c.Promise.Agreed.IsZero() && v.Passed(c.Promise.Agreed) {
			h.Next = append(h.Next, c)
		}
	}
	told := slices.Concat(h.Late, h.Next)
	for _, w := range h.Ours {
		known := func(c Coming) bool { return c.Key != "" && c.Key == w.StableKey }
		if !w.Urgent && !slices.ContainsFunc(told, known) && !again(w.What, w.Href) {
			h.Waits = append(h.Waits, w)
		}
	}
}

// owed returns the agreed dates that the provider still has to meet: those of commitments and, after each, of
// its interim results. For promises that wait for the client, only future dates count.
func (v *View) owed() []Coming {
	var all []Coming
	add := func(kind, whole string, p *Promise) {
		waits := len(p.Waits) > 0 && !p.Agreed.IsZero() && !v.Passed(p.Agreed)
		if p.ours && (p.Awaited() || waits) {
			c := Coming{Kind: kind, What: Text(p.Title), Href: p.Href, By: p.By, Promise: p, Whole: whole}
			c.Due = p.Agreed
			if v.Passed(p.Agreed) && !v.Passed(p.Counts) {
				c.Due = p.Counts
			}
			all = append(all, c)
		}
	}
	for _, c := range v.commitments {
		add("deliver", "", &Promise{c.Title, c.Href, c.Performer, c.Progress})
		for _, d := range c.Deliverables {
			add("interim", c.Title, &Promise{d.Title, c.Href, c.Performer, d.Progress})
		}
	}
	return all
}

// updates returns the promised update, if one is expected.
func (v *View) updates() []Coming {
	if v.Cadence.NextUpdate.IsZero() {
		return nil
	}
	return []Coming{{Kind: "update", By: v.Provider.Contact, Due: v.Cadence.NextUpdate}}
}

// checkInsToCome returns the next check-in: the one that was set or, while something is open, the one by the
// cadence.
func (v *View) checkInsToCome() []Coming {
	k := v.Cadence
	c := Coming{Kind: "check_in", By: v.holdsCheckIn(), Due: k.Expected, Set: !k.Next.IsZero()}
	c.Ends = c.Set && !v.owesCheckIn()
	if c.Due.IsZero() || !c.Set && !k.Active || c.Ends && v.Passed(c.Due) {
		return nil
	}
	if c.Set {
		c.Key = v.checkInKey()
	}
	return []Coming{c}
}

// holdsCheckIn returns the first person of the provider's side who took part in the last check-in; the contact
// if nobody is named there.
func (v *View) holdsCheckIn() Person {
	if last := v.lastCheckIn(); last != nil {
		for _, id := range last.With {
			if p := v.people[id]; p.Ours() {
				return p
			}
		}
	}
	return v.Provider.Contact
}

// answers returns who should act on what waits for the provider. For a message, whose Person is its sender,
// it is the provider's person in its commitment.
func (v *View) answers(w *Waiting) Person {
	by := w.Person
	if w.Kind == "message" {
		i := slices.IndexFunc(v.Replies.All, func(r Reply) bool { return r.Ref == w.Ref })
		by = v.of(client.ProviderSide, v.Replies.All[i].Commitment)
	}
	if by.Name == "" {
		return v.Provider.Contact
	}
	return by
}

// checkInKey returns the stable key of the next check-in.
func (v *View) checkInKey() string {
	if last := v.lastCheckIn(); last != nil {
		return v.todo("check-in", "next", last.ID)
	}
	return v.todo("check-in", "next")
}
