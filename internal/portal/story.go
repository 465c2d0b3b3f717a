package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A Clause is a part of the sentence that describes the state of a commitment: the string story_Key of i18n,
// filled with Name, Day, What, Count and N, or the sentence of a move.
type Clause struct {
	Key        string
	Name, What string
	// Href leads to What, if that is another commitment; else "".
	Href     string
	Day      civil.Moment
	Count, N int
	// Move is the move of the clause; nil if Key names a string.
	Move *Move
	// Theirs says that the date is the client's, which is never told in red.
	Theirs bool
	// The clause is true after After and until Until; zero is no limit. The browser checks both again.
	Until, After civil.Moment
}

// Sentence returns the sentence that describes how the commitment began and its current state.
func (c *Commitment) Sentence() []Clause {
	if len(c.Moves) == 0 {
		return []Clause{{Key: "start"}}
	}
	began := "asked"
	if c.offered {
		began = "offered"
	}
	if c.promised() {
		began += "_promised"
	}
	all := []Clause{{Key: began + c.side()}}
	if first := c.Moves[0].Due; began == "asked_promised" && c.ours && !first.IsZero() {
		if due := c.conv.AgreedDates[0].Due; due.Date.After(first.Date) && len(c.Moved) == 0 {
			all[0] = Clause{Key: "asked_agreed_later", Day: first}
			if c.promisedAlone(due) {
				all[0].Key = "asked_promised_later"
			}
		}
	}
	if !c.open {
		return append(all, c.ending()...)
	}
	now := c.underway()
	if more := filter(now, func(x Clause) bool { return x.Day.IsZero() }); c.promised() && len(more) > 1 {
		return now // how it began is said in the history of its moves too
	}
	return append(all, now...)
}

// side ends the keys of strings that differ if the client is the performer.
func (p Progress) side() string {
	if p.ours {
		return "_ours"
	}
	return "_yours"
}

// Far says that the browser adds how long ago the Day of a clause was: it is a date that was not met.
func (x Clause) Far() bool {
	return !x.After.IsZero() && slices.Contains(
		[]string{"overdue_ours", "overdue_undated", "overdue_yours", "date_passed", "part_due", "part_due_more"}, x.Key)
}

// underway describes the state of an open commitment: first how it stands, then what waits.
func (c *Commitment) underway() []Clause {
	var all []Clause
	if !c.SentBack.IsZero() {
		all = append(all, Clause{Key: "sent_back", Day: c.SentBack})
	}
	all = append(append(all, c.now()...), c.parts()...)
	if q := c.Question; q != nil {
		all = append(all, Clause{Key: "question", Name: q.To.Short(), Count: 1})
	}
	oursFirst := func(t Turn) bool { return !t.Person.Ours() && t.Later == string(client.LaterAnswer) }
	if c.Question == nil && slices.ContainsFunc(c.laterTurns(), oursFirst) {
		// It does not wait for their answer yet: onUs tells what we answer first.
		all = slices.DeleteFunc(all, waitsForAnswer)
	}
	all = append(append(append(all, c.needs()...), c.asides()...), c.onUs()...)
	for _, h := range c.HelpAsked {
		all = append(all, Clause{Key: "help", Name: h.By.Short()})
	}
	for _, s := range c.Summaries {
		all = append(all, Clause{Key: "summary", Name: s.By.Short()})
	}
	return all
}

// parts tells of the interim results: which were sent back, and of the provider's the first one that is past its
// date, or will be, and how many more are.
func (c *Commitment) parts() []Clause {
	var all []Clause
	var due *Deliverable
	more := 0
	for _, d := range c.Deliverables {
		if d.covered || !d.open {
			continue
		}
		if !d.SentBack.IsZero() {
			all = append(all, Clause{Key: "part_back", What: d.Title, Day: d.SentBack})
		}
		switch late := d.LateFrom(); {
		case !d.ours || d.Rework || late.IsZero():
		case due == nil || compareMoments(late, due.LateFrom(), true) < 0:
			if due != nil && c.passed(due.LateFrom()) {
				more++
			}
			due = d
		case c.passed(late):
			more++
		}
	}
	if due != nil {
		late := Clause{Key: "part_due", What: due.Title, Day: due.Agreed, After: due.LateFrom(), Count: more}
		if more > 0 {
			late.Key = "part_due_more"
		}
		all = append(all, late)
	}
	return all
}

// asides tells what waits for the client, besides the conversation: questions and changes, counted for each person, and
// results on the way.
func (c *Commitment) asides() []Clause {
	var all []Clause
	for _, w := range c.Yours {
		key, what := w.Kind, ""
		switch {
		case !w.Now():
			continue
		case w.Ref.Part != "" && w.Kind == "deliver":
			key, what = "waits", w.What.Brief()
		case w.Ref.Part != "":
			key, what = "part", w.What.Brief()
		case w.Kind == "answer" && w.Ref == client.Ref{}:
			key = "question"
		case w.Kind != "change":
			continue
		}
		i := slices.IndexFunc(all, func(x Clause) bool {
			return x.Key == key && x.Name == w.Person.Short() && x.What == what
		})
		if i < 0 {
			i, all = len(all), append(all, Clause{Key: key, Name: w.Person.Short(), What: what})
		}
		all[i].Count++
	}
	return all
}

// waitsForAnswer reports whether x says that terms, or the request itself, wait for somebody's answer.
func waitsForAnswer(x Clause) bool {
	return slices.Contains([]string{"new_date", "new_terms", "terms", "answer"}, x.Key)
}

// onUs tells what of the client's waits for the provider, besides the conversation: of questions, changes and messages
// the first, and how many more.
func (c *Commitment) onUs() []Clause {
	if len(c.beside) == 0 {
		return nil
	}
	first := Clause{Key: "on_us", What: cmp.Or(c.beside[0].Said, c.beside[0].What).Brief()}
	if n := len(c.beside) - 1; n > 0 {
		first.Key, first.Count = "on_us_more", n
	}
	return []Clause{first}
}

// now describes the state. Once a proposed date has passed, new terms are needed: from the provider, if they
// proposed it for their own work, else from who was to answer.
func (c *Commitment) now() []Clause {
	all := c.stands()
	for _, t := range []Turn{c.Turn, c.Beneath} {
		passed := Clause{Key: "terms_ours", Day: c.Proposed, After: t.Lapses}
		if t.Turns.IsZero() && !t.Person.Ours() && t.Later == "" {
			passed.Key, passed.Name = "terms_yours", t.Person.Short()
		}
		switch {
		case t.Later == string(client.LaterTerms):
			all = nil
			if !c.Agreed.IsZero() {
				all = c.stillDue()
			}
			return append(append(all, passed), c.waitClauses()...)
		case !t.Lapses.IsZero():
			for i := range all {
				if waitsForAnswer(all[i]) || all[i].Key == "answer_promised" {
					all[i].Until = t.Lapses
				}
			}
			all = append(all, passed)
		}
	}
	return all
}

// stands describes the state, as long as no proposed date has passed.
func (c *Commitment) stands() []Clause {
	name := c.Answerer().Short()
	switch c.conv.State {
	case loop.Promised:
		return c.dueNow()
	case loop.Resetting:
		asks := Clause{Key: "new_terms", Name: name}
		if !c.Proposed.IsZero() {
			asks.Key = "new_date"
		}
		return append(append(c.stillDue(), asks), c.waitClauses()...)
	case loop.Delivered:
		return []Clause{{Key: "delivered", Name: name, Day: c.Delivered}}
	}
	switch {
	case c.conv.CommittedBy != 0:
		return []Clause{{Key: "answer_promised", Day: c.conv.CommittedAnswerBy}}
	case c.conv.State == loop.Countered:
		return []Clause{{Key: "terms", Name: name}}
	}
	return []Clause{{Key: "answer", Name: name}}
}

// dueNow says when it is due, or why there is no date; once it is late with the provider, whom to ask for a new one.
func (c *Commitment) dueNow() []Clause {
	switch {
	case len(c.Waits) > 0:
		return append(c.stillDue(), c.waitClauses()...)
	case c.Until.IsZero():
		return []Clause{{Key: "undated"}}
	}
	all := c.dueOrLate()
	if late := &all[len(all)-1]; c.ours {
		late.Key, late.Name = "overdue_undated", c.reach.Short()
	}
	return all
}

// dueOrLate says when it is due, or that it is late: if it had to wait, not before the days that it has more are over.
func (c *Commitment) dueOrLate() []Clause {
	late := c.LateFrom()
	all := []Clause{{Key: "due", Day: c.Agreed, Until: c.Agreed}}
	if c.Held != nil {
		all = append(all, Clause{Key: "date_passed", Day: c.Agreed, After: c.Agreed, Until: late, Theirs: !c.ours})
	}
	return append(all, Clause{Key: "overdue" + c.side(), Day: c.Agreed, After: late, Theirs: !c.ours})
}

// stillDue says when it is due, that this date has passed or, of what the provider promised, that it is late; not of
// what the client promised and what came in time and was sent back, or waits for the provider.
func (c *Commitment) stillDue() []Clause {
	if c.ours && c.LateFrom() == c.Counts {
		return c.dueOrLate()
	}
	all := []Clause{
		{Key: "due", Day: c.Agreed, Until: c.Agreed}, {Key: "date_passed", Day: c.Agreed, After: c.Agreed, Theirs: !c.ours},
	}
	if !c.ours && (len(c.Waits) > 0 || c.cameInTime()) {
		return all[:1]
	}
	return all
}

// cameInTime reports whether what was sent back last had been delivered by the date that is still in force.
func (c *Commitment) cameInTime() bool {
	if c.SentBack.IsZero() || c.conv.ReworkDated {
		return false
	}
	return !c.lastOf(loop.Deliver).On.After(c.Agreed)
}

// needs tells for what a turn of the client's waits that comes later, where nothing else is waited for.
func (c *Commitment) needs() []Clause {
	var all []Clause
	for _, t := range c.laterTurns() {
		if !t.Person.Ours() && t.Later == string(client.LaterNeed) && len(c.Waits) == 0 {
			all = append(all,
				Clause{Key: "waits", What: t.First.Title, Href: t.First.Href, Name: t.First.Person.Short()})
		}
	}
	return all
}

// waitClauses tells for what it waits: of each person the first, and how many more.
func (p Progress) waitClauses() []Clause {
	var all []Clause
	for _, w := range p.Waits {
		i := slices.IndexFunc(all, func(x Clause) bool { return x.Name == w.Person.Short() })
		if i < 0 {
			all = append(all, Clause{Key: "waits", What: w.Title, Href: w.Href, Name: w.Person.Short()})
			continue
		}
		all[i].Key = "waits_more"
		all[i].Count++
	}
	return all
}

// ending describes how a commitment ended. Anyone of a side may accept (see loop), so it says who did, where that was
// not the customer.
func (c *Commitment) ending() []Clause {
	all := []Clause{{Move: &c.Moves[len(c.Moves)-1]}}
	if c.kept() {
		all[0] = c.How()
		if by := c.acceptedFor(c.lastOf(loop.AcceptWork)); by != nil {
			all = append(all, *by)
		}
	}
	for _, n := range c.ReopenedBy {
		all = append(all, Clause{Key: "reopened", What: n.Title, Href: n.Href})
	}
	return all
}

// acceptedFor says who accepted it, or one of its interim results, for its customer; nil if nobody did, or the customer.
func (c *Commitment) acceptedFor(accept *Move) *Clause {
	if accept == nil || accept.By.ID == c.Customer.ID {
		return nil
	}
	return &Clause{Key: "accepted_by", Name: accept.By.Short(), What: c.Customer.Short()}
}

// How says of a kept commitment whether it was early, on the day or late. If it came by a later agreed date,
// or within the days lost by waiting for the other side, it says so.
func (c *Commitment) How() Clause {
	due := c.Agreed
	if first := c.conv.AgreedDates[0].Due; first.Before(due) {
		due = first
	}
	verdict, _ := c.judged()
	switch {
	case c.DaysLate > 0:
		return Clause{Key: "done_late", Count: c.DaysLate}
	case verdict == "late":
		return Clause{Key: "done_hours"}
	case verdict == "waited" && c.Held != nil:
		return Clause{Key: "kept_waited", What: c.Held.Title}
	case verdict == "moved":
		return Clause{Key: "kept_moved"}
	case c.Delivered.Date.Before(due.Date):
		return Clause{Key: "kept_early", Count: due.Sub(c.Delivered.Date)}
	}
	return Clause{Key: "kept_day"}
}

// A Step is one stage of the conversation, with facts about it.
type Step struct {
	Arc
	Facts []Clause
	// Turns are whose turn it is, if this is the current stage: see Commitment.Holders. Answers is then how many
	// answers the client owes, Next the dates of those that have one: see Chip.
	Turns   []Turn
	Answers int
	Next    []civil.Moment
}

// Steps returns the four stages, each with what was done, is to be done, or will be done in it.
func (c *Commitment) Steps() []Step {
	var all []Step
	for i, arc := range c.Ring().Arcs {
		s := Step{Arc: arc}
		switch arc.Mark {
		case "done":
			s.Facts = c.done(i)
		case "now":
			s.Facts, s.Turns = append(c.results(i), c.waitClauses()...), c.Holders()
			if len(s.Facts) == 0 {
				s.Facts = c.needs()
			}
			s.Answers, s.Next = c.answersOwed()
		case "ahead":
			s.Facts = []Clause{c.ahead(i)}
		case "last":
			s.Facts = c.results(i)
			if i == 0 {
				s.Facts = append(s.Facts, Clause{Move: &c.Moves[0]})
			}
			s.Facts = append(s.Facts, Clause{Move: &c.Moves[len(c.Moves)-1]})
		}
		all = append(all, s)
	}
	return all
}

// done returns the move that ended stage i.
func (c *Commitment) done(i int) []Clause {
	var did *Move
	switch stages[i] {
	case loop.Initiate:
		did = &c.Moves[0]
	case loop.Negotiate:
		if did = c.promising(); did == nil {
			did = &c.Moves[len(c.Moves)-1]
		}
	case loop.Perform:
		did = c.lastOf(loop.Deliver)
	case loop.Accept:
		did = c.lastOf(loop.AcceptWork)
	}
	return append(c.results(i), Clause{Move: did})
}

// ahead says who will do what in stage i.
func (c *Commitment) ahead(i int) Clause {
	switch stages[i] {
	case loop.Perform:
		if !c.promised() {
			return Clause{Key: "would_do", Name: c.Performer.Short()}
		}
		return Clause{Key: "will_do", Name: c.Performer.Short()}
	case loop.Accept:
		return Clause{Key: "will_accept", Name: c.Customer.Short()}
	}
	return Clause{Key: "will_agree"}
}

// results counts the accepted interim results; they belong to the stage perform.
func (c *Commitment) results(i int) []Clause {
	n, of := 0, 0
	for _, d := range c.Deliverables {
		if d.Begun {
			of++
		}
		if d.kept() {
			n++
		}
	}
	if stages[i] != loop.Perform || of == 0 {
		return nil
	}
	if n == of {
		return []Clause{{Key: "results_all", Count: of}}
	}
	return []Clause{{Key: "results", Count: of, N: n}}
}

// promising returns the move that first made it a promise; nil if none did.
func (c *Commitment) promising() *Move {
	i := slices.IndexFunc(c.replayed.Steps, func(s loop.Conversation) bool { return s.State == loop.Promised })
	if i < 0 {
		return nil
	}
	return &c.Moves[i]
}

// lastOf returns the latest move of one kind; nil if there is none.
func (c *Commitment) lastOf(kind loop.Did) *Move { return lastOf(c.Moves, c.source.Moves, kind) }

func lastOf(moves []Move, source []client.Move, kind loop.Did) *Move {
	for i, m := range slices.Backward(source[:len(moves)]) {
		if loop.Did(m.Did) == kind {
			return &moves[i]
		}
	}
	return nil
}
