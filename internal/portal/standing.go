package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// A Colour is how things stand; "" where nothing is known.
type Colour string

// The colours, from good to bad.
const (
	Green Colour = "green"
	Amber Colour = "amber"
	Red   Colour = "red"
)

var colours = []Colour{"", Green, Amber, Red}

func worse(a, b Colour) Colour {
	return colours[max(slices.Index(colours, a), slices.Index(colours, b))]
}

// A Standing is how things stand: the author's colour, never greener than the
// facts.
type Standing struct {
	// Colour is the one to show at the moment of judging.
	Colour Colour
	// Author is the note's own colour; "" without a note.
	Author Colour
	// Floor are the facts that set a floor, now or at a date still ahead. The
	// browser judges them again.
	Floor []FloorFact
	// Because is the note's rag_because: it overrides what was known on its date.
	Because Text
}

// A FloorFact is a fact that things stand no better than Colour from a moment on.
type FloorFact struct {
	// From is a day, from whose beginning on it holds, or an hour, once that has passed.
	From   civil.Moment
	Colour Colour
	// Key names the sentence, floor_Key of i18n, filled with Title and Due.
	Key   string
	Title string
	Due   civil.Moment
	// Active says that it held at the moment of judging.
	Active bool
}

// After returns the moment that has to pass, as Passed has it, before f holds.
func (f FloorFact) After() civil.Moment {
	if !f.From.Timed {
		return civil.On(f.From.AddDays(-1))
	}
	return f.From
}

// ToldAgain reports whether Home has a row of its own for what the fact tells, under what is late or
// under the client's turn, so that a small screen can leave it out above.
func (f FloorFact) ToldAgain() bool {
	return slices.Contains([]string{
		"overdue", "proposed_passed", "yours_overdue", "answer_overdue", "question_overdue", "help_overdue", "reply_overdue",
	}, f.Key)
}

// Told are the facts of the floor, but for an update that did not come: that is told by itself.
func (s Standing) Told() []FloorFact {
	return filter(s.Floor, func(f FloorFact) bool { return f.Key != "no_update" })
}

// judge puts a note's colour and the facts together as of a moment. note may be nil.
func judge(note *client.Status, facts []FloorFact, at civil.Moment) Standing {
	var s Standing
	if note != nil {
		s.Author, s.Colour, s.Because = Colour(note.RAG), Colour(note.RAG), Text(note.RAGBecause)
	}
	for _, f := range facts {
		if s.Because != "" && f.holds(note.On) {
			continue
		}
		if note != nil && worse(s.Author, f.Colour) == s.Author {
			continue // it could never show
		}
		f.Active = f.holds(at)
		if f.Active {
			s.Colour = worse(s.Colour, f.Colour)
		}
		s.Floor = append(s.Floor, f)
	}
	slices.SortStableFunc(s.Floor, func(a, b FloorFact) int { return compareMoments(a.From, b.From, false) })
	return s
}

// holds reports whether f certainly holds at a moment. Both are read off the client's
// clock, as the browser reads them, so that the two agree in every hour, of summer time too.
func (f FloorFact) holds(at civil.Moment) bool {
	if !f.From.Timed {
		return !f.From.Date.After(at.Date)
	}
	return f.From.Before(at)
}

// Reasons returns the facts that are why the colour is not the author's.
func (s Standing) Reasons() []FloorFact {
	return slices.DeleteFunc(slices.Clone(s.Floor), func(f FloorFact) bool { return !f.Active })
}

// facts returns what sets the floor, known from what was said and done up to and including
// the day on.
func (v *View) facts(on civil.Date) []FloorFact {
	var facts []FloorFact
	holds := v.c.Holds(on)
	for i := range v.c.Commitments {
		cm := &v.c.Commitments[i]
		ours := v.people[cm.Performer].Ours()
		whole, hold := cm.Replay.Whole.AsOf(cm.Moves, on), holds.Of(cm)
		add := func(r client.Replayed, dates client.Dates, title string) {
			facts = append(facts, v.floor(r, dates, title, ours)...)
			facts = append(facts, v.owedAnswers(cm, r, title, on)...)
		}
		add(whole, hold.Dates(whole), cm.Title)
		if Covered(whole) {
			continue
		}
		for j, r := range cm.Replay.Interims {
			d := &cm.Deliverables[j]
			then := r.AsOf(d.Moves, on)
			add(then, hold.InterimDates(then, whole), d.Title)
		}
	}
	return append(facts, v.owedWords(on)...)
}

// floor returns the facts about the date of one conversation, which are none while it waits
// for the other side. Only the provider's own word can make it red; a client's overdue
// promise makes it amber at most. A later date that is on the table stands in for the one that
// counts until it has passed.
func (v *View) floor(r client.Replayed, dates client.Dates, title string, ours bool) []FloorFact {
	c := r.Conversation
	if !r.Open() || (c.State != loop.Promised && c.State != loop.Resetting) || len(dates.Waits) > 0 {
		return nil
	}
	var facts []FloorFact
	agreed := r.LastAgreed().Due
	add := func(key string, colour Colour, from, due civil.Moment) {
		facts = append(facts, FloorFact{From: from, Colour: colour, Key: key, Title: title, Due: due})
	}
	if !ours {
		if !dates.Until.IsZero() {
			add("yours_overdue", Amber, end(dates.Until), agreed)
		}
		return facts
	}
	back := civil.On(c.SentBackOn.Date)
	switch {
	case dates.Rework && dates.OnTable.IsZero():
		add("rework_undated", Amber, back, c.SentBackOn)
	case dates.Rework, !c.RejectedOn.IsZero():
		add("rejected", Amber, back, c.SentBackOn)
	}
	if !dates.Rework && dates.Until != dates.Counts {
		key := "new_date_open"
		if dates.AskedBy == loop.Customer {
			key = "new_date_asked"
		}
		add(key, Amber, end(dates.Counts), agreed)
	}
	switch {
	case dates.Until.IsZero():
	case dates.Until == dates.OnTable:
		add("proposed_passed", Red, end(dates.Until), dates.OnTable)
	default:
		add("overdue", Red, end(dates.Until), agreed)
	}
	return facts
}

// owedAnswers returns what the provider owes an answer to in one conversation, by the dates
// of the answers.
func (v *View) owedAnswers(cm *client.Commitment, r client.Replayed, title string, on civil.Date) []FloorFact {
	if !r.Open() {
		return nil
	}
	var facts []FloorFact
	for _, t := range v.c.Turns(cm, r.Conversation, on) {
		if t.At.Answers() && v.sidePerson(cm, t.Side).Ours() {
			facts = append(facts, owed("answer_overdue", title, t.By)...)
		}
	}
	for _, h := range r.HelpAsked {
		if v.sidePerson(cm, h.By.Other()).Ours() {
			facts = append(facts, owed("help_overdue", title, h.AnswerBy)...)
		}
	}
	return facts
}

// owedWords returns what of the client's, outside the moves, waited for the provider at the
// end of the day on: questions, changes, and messages without a word back.
func (v *View) owedWords(on civil.Date) []FloorFact {
	var facts []FloorFact
	waited := func(since civil.Moment, until ...civil.Moment) bool {
		return !since.Date.After(on) &&
			!slices.ContainsFunc(until, func(m civil.Moment) bool { return !m.IsZero() && !m.Date.After(on) })
	}
	add := func(key string, text Text, by civil.Moment) {
		if !by.IsZero() {
			facts = append(facts, owed(key, diag.Excerpt(text.Label()), by)...)
		}
	}
	for _, q := range v.c.Questions {
		if v.people[q.To].Ours() && !v.people[q.By].Ours() && waited(q.Asked, q.Answered) {
			add("question_overdue", Text(q.Text), v.answerBy(q.AnswerBy, q.Asked))
		}
	}
	for _, c := range v.c.Changes {
		theirs := v.people[c.By].Side == client.ClientSide
		if theirs && waited(c.On, c.Agreed, c.Declined, v.closedAfter(c.Commitment, c.On)) {
			add("answer_overdue", Text(c.Text), v.answerBy(civil.Moment{}, c.On))
		}
	}
	for _, r := range v.Replies.All {
		if waited(r.Received, r.Acknowledged) {
			add("reply_overdue", r.About, r.Due)
		}
	}
	return facts
}

// owed returns the fact that something of the provider's, other than work, is due by a
// date: once that has passed, things stand no better than amber. There is none without a
// date.
func owed(key, title string, by civil.Moment) []FloorFact {
	if by.IsZero() {
		return nil
	}
	return []FloorFact{{From: end(by), Colour: Amber, Key: key, Title: title, Due: by}}
}

// end returns from when on m has passed: its hour or, where it has none, the next day.
func end(m civil.Moment) civil.Moment {
	if m.Timed {
		return m
	}
	return dayAfter(m)
}

func dayAfter(m civil.Moment) civil.Moment { return civil.On(m.AddDays(1)) }

// A Status is one status note, judged by the facts as of its own date, and its own hour
// where it has one.
type Status struct {
	ID, Headline, Href string
	On                 civil.Moment
	Standing           Standing

	Acknowledges, MeansForYou, Why, Doing, Prevents, Body Text
	Need                                                  []Text
	NextUpdate                                            civil.Moment
	// Older is the address of the note before; "" for the first. A note says nothing of
	// those after it: what is published of it must not change when one comes.
	Older string

	note   *client.Status
	latest bool
	over   bool // the work had ended at the moment of the build
}

// Awaited reports whether the update that the note promised is still to come: it is
// the latest note, and the work is not over.
func (s *Status) Awaited() bool { return s.latest && s.Promises() }

// Promises reports whether the note's page tells when the next update comes: whether or
// not it has come, until the work is over.
func (s *Status) Promises() bool { return !s.NextUpdate.IsZero() && !s.over }

// Asks returns each of what the note needs as something to answer.
func (s *Status) Asks() []Waiting {
	var all []Waiting
	for _, need := range s.Need {
		all = append(all, Waiting{Kind: "answer", What: need})
	}
	return all
}

// needed is for how many days a note that promises no other waits for what it needs.
const needed = 14

// AsksUntil returns the day after which what the note needed is no longer waited for here: that
// of the update that it promised. It is made of the note alone, since its page must not change
// when another note comes.
func (s *Status) AsksUntil() civil.Moment {
	if s.NextUpdate.IsZero() {
		return civil.On(s.On.AddDays(needed))
	}
	return civil.On(s.NextUpdate.Date)
}

// Link returns a link to the note's page.
func (s *Status) Link() *Link { return &Link{s.Headline, s.Href} }

// notes returns all status notes, oldest first; those of one day by their hour,
// and without one in the order of the file.
func (v *View) notes() []*Status {
	var notes []*Status
	for i := range v.c.Statuses {
		n := &v.c.Statuses[i]
		standing := judge(n, v.facts(n.On.Date), n.On)
		standing.Floor = standing.Reasons() // what came later is Home's to tell
		notes = append(notes, &Status{
			ID: n.ID, Headline: n.Headline, Href: v.href(KindStatus, n.ID), On: n.On,
			Standing:     standing,
			Acknowledges: Text(n.Acknowledges), MeansForYou: Text(n.MeansForYou), Why: Text(n.Why),
			Doing: Text(n.Doing), Prevents: Text(n.Prevents), Body: Text(n.Body),
			Need: texts(n.Need), NextUpdate: n.NextUpdate, note: n, over: v.ended(),
		})
	}
	slices.SortStableFunc(notes, func(a, b *Status) int {
		return cmp.Or(a.On.Date.Compare(b.On.Date), cmp.Compare(a.On.Clock, b.On.Clock))
	})
	for i, n := range notes {
		n.latest = i == len(notes)-1
		if i > 0 {
			n.Older = notes[i-1].Href
		}
	}
	return notes
}
