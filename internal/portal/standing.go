package portal

import (
	"cmp"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// A Colour says how things are going; "" if unknown.
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

// A Standing says how things are going: the author's colour, but never greener than the facts.
type Standing struct {
	// Colour is the one to show at the moment of the build.
	Colour Colour
	// Author is the note's own colour; "" without a note.
	Author Colour
	// Floor are the facts that limit the colour, now or from a future date. The browser judges them again.
	Floor []FloorFact
	// Because is the note's rag_because: facts known on the note's date do not count then.
	Because Text
}

// A FloorFact is a fact that makes the colour no better than Colour from a moment on.
type FloorFact struct {
	// From is a day, from whose beginning it holds, or a time, after which it holds.
	From   civil.Moment
	Colour Colour
	// Key names the sentence, the string floor_Key of i18n, filled with Title and Due.
	Key   string
	Title string
	Due   civil.Moment
	// Active says that it held at the moment of the build.
	Active bool
}

// After returns the moment that has to pass (see Passed) before f holds.
func (f FloorFact) After() civil.Moment {
	if !f.From.Timed {
		return civil.On(f.From.AddDays(-1))
	}
	return f.From
}

// Told returns the facts of the floor, the worst first and what is late with the client last, except a missing
// update, which is shown separately.
func (s Standing) Told() []FloorFact {
	told := filter(s.Floor, func(f FloorFact) bool { return f.Key != "no_update" })
	slices.SortStableFunc(told, func(a, b FloorFact) int {
		return cmp.Or(cmp.Compare(slices.Index(colours, b.Colour), slices.Index(colours, a.Colour)),
			compareBool(a.Key == "yours_overdue", b.Key == "yours_overdue"))
	})
	return told
}

// judge combines a note's colour and the facts as of a moment. note may be nil.
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
			continue // it can never change the colour
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

// holds reports whether f certainly holds at a moment. Both are on the client's clock, as in the browser, so
// that the two always agree, in summer time too.
func (f FloorFact) holds(at civil.Moment) bool {
	if !f.From.Timed {
		return !f.From.Date.After(at.Date)
	}
	return f.From.Before(at)
}

// Reasons returns the facts that make the colour differ from the author's.
func (s Standing) Reasons() []FloorFact {
	return slices.DeleteFunc(slices.Clone(s.Floor), func(f FloorFact) bool { return !f.Active })
}

// facts returns the facts that limit the colour, known from what was said and done up to and including the
// day on.
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

// floor returns the facts about the date of one conversation; none while it waits for the other side. Only
// the provider's own promise can make it red; an overdue promise of the client makes it amber at most. A
// later proposed date replaces the one that counts until it has passed.
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
		switch {
		case dates.OnTable.IsZero():
			key = "whole_date_open"
		case dates.AskedBy == loop.Customer:
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

// owedAnswers returns the facts about answers that the provider owes in one conversation.
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

// owedWords returns the facts about the client's questions, changes and messages, outside the moves, that
// waited for the provider at the end of the day on.
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
		if theirs && waited(c.On, c.Agreed, c.Declined, v.c.ClosedAfter(c.Commitment, c.On)) {
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

// owed returns the fact that something of the provider's, other than work, is due: after its date the colour
// is amber at best. Without a date there is none.
func owed(key, title string, by civil.Moment) []FloorFact {
	if by.IsZero() {
		return nil
	}
	return []FloorFact{{From: end(by), Colour: Amber, Key: key, Title: title, Due: by}}
}

// end returns the moment from which m has passed: its time or, if it has none, the next day.
func end(m civil.Moment) civil.Moment {
	if m.Timed {
		return m
	}
	return dayAfter(m)
}

func dayAfter(m civil.Moment) civil.Moment { return civil.On(m.AddDays(1)) }

// A Status is one status note, judged by the facts as of its own date, and its time if it has one.
type Status struct {
	ID, Headline, Href string
	On                 civil.Moment
	Standing           Standing

	Acknowledges, MeansForYou, Why, Doing, Prevents, Body Text
	Need                                                  []Text
	NextUpdate                                            civil.Moment
	// Older is the address of the note before; "" for the first. A note does not link to later ones: a
	// published note must not change when another is written.
	Older string
	// PromisedFor is the moment for which the note before promised this one, if it came later; else zero.
	PromisedFor civil.Moment
	// Open is what waited for the client when the note was written, for somebody whom it names in what it
	// needs, and waits still.
	Open []Waiting

	note   *client.Status
	latest bool
	over   bool // the work had ended at the moment of the build
}

// Awaited reports whether the update that the note promised is still to come: it is the latest note, and the
// work is not over.
func (s *Status) Awaited() bool { return s.latest && s.Promises() }

// Promises reports whether the note's page says when the next update comes: until the work is over, whether
// or not it has come.
func (s *Status) Promises() bool { return !s.NextUpdate.IsZero() && !s.over }

// Asks returns each text of what the note needs as something to answer.
func (s *Status) Asks() []Waiting {
	var all []Waiting
	for _, need := range s.Need {
		all = append(all, Waiting{Kind: "answer", What: need})
	}
	return all
}

// needed is for how many days a note without a promised update waits for what it needs.
const needed = 14

// AsksUntil returns the day after which the note does not ask for what it needed any more: the day of the
// promised update. It depends on this note alone, since its page must not change when another note is
// written.
func (s *Status) AsksUntil() civil.Moment {
	if s.NextUpdate.IsZero() {
		return civil.On(s.On.AddDays(needed))
	}
	return civil.On(s.NextUpdate.Date)
}

// waitsSince returns Status.Open of s.
func (v *View) waitsSince(s *Status) []Waiting {
	return filter(v.yours, func(w Waiting) bool {
		named := slices.ContainsFunc(s.Need, func(need Text) bool {
			return strings.Contains(string(need), w.Person.Short())
		})
		return w.Now() && named && w.Person.Name != "" && !w.Since.IsZero() && !w.Since.Date.After(s.On.Date)
	})
}

func (s *Status) Link() *Link { return &Link{s.Headline, s.Href} }

// notes returns all status notes, oldest first; notes of one day by their time, those without one in the
// order of the file.
func (v *View) notes() []*Status {
	var notes []*Status
	for i := range v.c.Statuses {
		n := &v.c.Statuses[i]
		standing := judge(n, v.facts(n.On.Date), n.On)
		standing.Floor = standing.Reasons() // Home shows what came later
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
			if promised := notes[i-1].NextUpdate; !promised.IsZero() && n.On.After(promised) {
				n.PromisedFor = promised
			}
		}
	}
	return notes
}
