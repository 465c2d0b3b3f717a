package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Agreed is what both sides agree on.
type Agreed struct {
	// Confirmed is when something of it was last confirmed or agreed; zero if nothing was.
	Confirmed   civil.Moment
	Summaries   []Summary    // newest first
	Decisions   []Decision   // newest first
	Assumptions []Assumption // open ones first, then newest first
	Changes     []Change     // newest first
	Dates       []DateChange // newest first
	// Batches are questions that were sent together, Single all others; both newest first.
	Batches []QuestionBatch
	Single  []Question
	Terms   []Term // in the order of the file
	// Open is what is not settled yet, in the order of the page.
	Open []OpenPoint
}

// An OpenPoint is one thing on the page that is not settled yet.
type OpenPoint struct {
	// Kind is summary, term, assumption, change or question, the name of its section; or that of a Waiting that is
	// settled on the page of a commitment: decide, decide_terms, or answer, where What is the question and Of whose it is.
	Kind string
	What Text
	Of   string
	// Person is who should settle it, By by when; nobody and zero if unknown.
	Person Person
	By     civil.Moment
	// Proposed is the date to decide on, and Lapse when it lapses; zero if it is about none. Href leads to the page of
	// the commitment where that is settled; "" for what is on this page. Anchor is the id of the place on the page where
	// the client settles it; "" if that is not for the client.
	Proposed civil.Moment
	Lapse    Lapse
	Href     string
	Anchor   string
}

// A Decision is what was decided, by whom and why.
type Decision struct {
	On        civil.Moment
	By        Person
	Text, Why Text
	About     *Link
}

// An Assumption is something assumed to be true.
type Assumption struct {
	On    civil.Moment
	Text  Text
	About *Link
	// State is open, confirmed or wrong; Settled is since when, SettledBy who said so.
	State     string
	Settled   civil.Moment
	SettledBy Person
	// Todo is what the client has to confirm; nil if nothing.
	Todo *Waiting
}

// A Change is a change to what was agreed.
type Change struct {
	On           civil.Moment
	By           Person
	Text, Effect Text
	About        *Link
	// State is open, agreed, declined, or closed if its commitment or all work ended first; Settled is when
	// it was agreed or declined.
	State   string
	Settled civil.Moment
	// Todo is what the client has to decide; nil if nothing.
	Todo *Waiting
}

// A DateChange is an agreed date, of a commitment or of a result on the way, that was replaced by another, which Agreer
// agreed to.
type DateChange struct {
	Of      *Link
	Due, To civil.Moment
	On      civil.Moment
	Agreer  Person
}

// A QuestionBatch is questions that were sent together.
type QuestionBatch struct {
	// Asked is when the first of them was asked.
	Asked        civil.Moment
	Answered, Of int
	Questions    []Question // in the order of the file
}

// A Question is a question from one person to another, outside the moves.
type Question struct {
	Asked, AnswerBy, Answered civil.Moment
	By, To                    Person
	Text, Answer              Text
	About                     *Link
	// Waits says that it waits for the answer. It does not wait either if it ended without one, with its commitment.
	Waits bool
	// Todo is what the client has to answer; nil if nothing.
	Todo *Waiting

	batch string
}

// A Term is a word that both sides use.
type Term struct {
	Word      string
	Means     Text
	Picture   *Attachment // nil if none
	Confirmed civil.Moment
	// Inherited says that the provider wrote it for all clients.
	Inherited bool
	// Todo is what the client has to confirm; nil if nothing.
	Todo *Waiting
}

// agreedPage is nil if there is nothing for the page.
func (v *View) agreedPage() *Agreed {
	u := &Agreed{
		Summaries: v.summaries(), Decisions: v.decisions(), Assumptions: v.assumptions(), Changes: v.changed(),
		Dates: v.datesChanged(), Terms: v.terms(),
	}
	u.Batches, u.Single = v.asked()
	if len(u.Summaries)+len(u.Decisions)+len(u.Assumptions)+len(u.Changes)+
		len(u.Batches)+len(u.Single)+len(u.Terms) == 0 {
		return nil
	}
	u.Confirmed = u.confirmed(v.Today)
	u.Open = append(u.open(), v.movesOpen()...)
	return u
}

// datesChanged returns the agreed dates that were replaced. A result that moved with its commitment is told there.
func (v *View) datesChanged() []DateChange {
	var all []DateChange
	for _, c := range v.commitments {
		add := func(title string, moved []MovedDate, agreer func(due, on civil.Moment) Person) {
			for _, m := range moved {
				if !m.WithWhole {
					of := &Link{title, c.Href}
					all = append(all, DateChange{Of: of, Due: m.Due, To: m.To, On: m.On, Agreer: agreer(m.To, m.On)})
				}
			}
		}
		add(c.Title, c.Moved, c.agreer)
		for _, d := range c.Deliverables {
			add(d.Title, d.Moved, d.agreer)
		}
	}
	newest(all, func(d DateChange) civil.Moment { return d.On })
	return all
}

// movesOpen returns the dates and terms that wait to be decided, and the questions among the moves.
func (v *View) movesOpen() []OpenPoint {
	var all []OpenPoint
	for _, w := range slices.Concat(v.yours, v.ours) {
		p := OpenPoint{Kind: w.Kind, What: w.What, Person: w.Person, By: w.By, Proposed: w.Proposed, Lapse: w.Lapse(), Href: w.Href}
		switch {
		case !w.Now() || w.Ref == client.Ref{}:
			continue
		case w.Kind == "answer":
			p.What, p.Of = w.Said, string(w.What)
		case w.Kind != "decide" && w.Kind != "decide_terms":
			continue
		}
		all = append(all, p)
	}
	return all
}

// open returns what is not settled yet of what is on the page.
func (u *Agreed) open() []OpenPoint {
	var all []OpenPoint
	add := func(todo *Waiting, p OpenPoint) {
		if todo != nil {
			p.Person, p.By, p.Anchor = todo.Person, todo.By, todo.Anchor()
		}
		all = append(all, p)
	}
	for _, s := range u.Summaries {
		// Only the latest summary of a check-in counts: it replaces older ones.
		if s.How == "open" && (s.Todo != nil || s.About != nil) {
			add(s.Todo, OpenPoint{Kind: "summary", What: s.Note, Person: s.To, By: s.AnswerBy})
		}
	}
	for _, t := range u.Terms {
		if t.Todo != nil {
			add(t.Todo, OpenPoint{Kind: "term", What: Text(t.Word)})
		}
	}
	for _, a := range u.Assumptions {
		if a.Todo != nil {
			add(a.Todo, OpenPoint{Kind: "assumption", What: a.Text})
		}
	}
	for _, c := range u.Changes {
		if c.State == "open" {
			add(c.Todo, OpenPoint{Kind: "change", What: c.Text})
		}
	}
	questions := slices.Clone(u.Single)
	for _, b := range u.Batches {
		questions = append(questions, b.Questions...)
	}
	for _, q := range questions {
		if q.Waits {
			add(q.Todo, OpenPoint{Kind: "question", What: q.Text, Person: q.To, By: q.AnswerBy})
		}
	}
	return all
}

// confirmed returns the latest day up to today on which anything was confirmed or agreed.
func (u *Agreed) confirmed(today civil.Date) civil.Moment {
	var last civil.Moment
	add := func(m civil.Moment) {
		if !m.Date.After(today) && (last.IsZero() || compareMoments(m, last, false) > 0) {
			last = m
		}
	}
	for _, s := range u.Summaries {
		if s.How == "confirmed" {
			add(s.Settled)
		}
	}
	for _, a := range u.Assumptions {
		if a.State == "confirmed" {
			add(a.Settled)
		}
	}
	for _, c := range u.Changes {
		if c.State == "agreed" {
			add(c.Settled)
		}
	}
	for _, d := range u.Dates {
		add(d.On)
	}
	for _, t := range u.Terms {
		if !t.Inherited {
			add(t.Confirmed)
		}
	}
	return last
}

// about returns a link to a commitment's page; nil for "".
func (v *View) about(commitment string) *Link {
	for _, c := range v.commitments {
		if commitment != "" && c.ID == commitment {
			return c.Link()
		}
	}
	return nil
}

// newest sorts by date, the latest first; at the same time, what is further down in the file comes first.
func newest[T any](all []T, on func(T) civil.Moment) {
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b T) int { return compareMoments(on(b), on(a), false) })
}

func (v *View) decisions() []Decision {
	var all []Decision
	for _, d := range v.c.Decisions {
		all = append(all, Decision{d.On, v.people[d.By], Text(d.Text), Text(d.Why), v.about(d.Commitment)})
	}
	newest(all, func(d Decision) civil.Moment { return d.On })
	return all
}

func (v *View) assumptions() []Assumption {
	var all []Assumption
	for _, a := range v.c.Assumptions {
		out := Assumption{
			On: a.On, Text: Text(a.Text), About: v.about(a.Commitment), State: "open",
			Todo: v.todoOf(v.todo("assumption", "confirm", a.ID)),
		}
		switch {
		case !a.Wrong.IsZero():
			out.State, out.Settled = "wrong", a.Wrong
		case !a.Confirmed.IsZero():
			out.State, out.Settled, out.SettledBy = "confirmed", a.Confirmed, v.people[a.ConfirmedBy]
		}
		all = append(all, out)
	}
	newest(all, func(a Assumption) civil.Moment { return a.On })
	slices.SortStableFunc(all, func(a, b Assumption) int { return compareBool(a.State != "open", b.State != "open") })
	return all
}

func (v *View) changed() []Change {
	var all []Change
	for _, c := range v.c.Changes {
		out := Change{
			On: c.On, By: v.people[c.By], Text: Text(c.Text), Effect: Text(c.Effect),
			About: v.about(c.Commitment), State: "closed", Todo: v.todoOf(v.todo("change", "decide", c.ID)),
		}
		switch {
		case !c.Agreed.IsZero():
			out.State, out.Settled = "agreed", c.Agreed
		case !c.Declined.IsZero():
			out.State, out.Settled = "declined", c.Declined
		case v.Waits(c):
			out.State = "open"
		}
		all = append(all, out)
	}
	newest(all, func(c Change) civil.Moment { return c.On })
	return all
}

// askedAlone returns all questions in the order of the file.
func (v *View) askedAlone() []Question {
	var all []Question
	for _, q := range v.c.Questions {
		all = append(all, Question{
			Asked: q.Asked, AnswerBy: v.answerBy(q.AnswerBy, q.Asked), Answered: q.Answered,
			By: v.people[q.By], To: v.people[q.To], Text: Text(q.Text), Answer: Text(q.Answer),
			About: v.about(q.Commitment), Waits: v.c.Waits(q), Todo: v.todoOf(v.todo("question", "answer", q.ID)), batch: q.Batch,
		})
	}
	return all
}

// asked returns all questions, with those that were sent together in batches.
func (v *View) asked() (batches []QuestionBatch, single []Question) {
	place := map[string]int{}
	for _, q := range v.askedAlone() {
		if q.batch == "" {
			single = append(single, q)
			continue
		}
		i, known := place[q.batch]
		if !known {
			i = len(batches)
			place[q.batch] = i
			batches = append(batches, QuestionBatch{Asked: q.Asked})
		}
		b := &batches[i]
		b.Of++
		if !q.Answered.IsZero() {
			b.Answered++
		}
		if compareMoments(q.Asked, b.Asked, false) < 0 {
			b.Asked = q.Asked
		}
		b.Questions = append(b.Questions, q)
	}
	batches = slices.DeleteFunc(batches, func(b QuestionBatch) bool {
		if b.Of == 1 {
			single = append(single, b.Questions...)
		}
		return b.Of == 1
	})
	newest(batches, func(b QuestionBatch) civil.Moment { return b.Asked })
	newest(single, func(q Question) civil.Moment { return q.Asked })
	return batches, single
}

// filter returns those of all for which is is true.
func filter[T any](all []T, is func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return !is(x) })
}

func (v *View) terms() []Term {
	var all []Term
	for _, t := range v.c.Terms {
		all = append(all, Term{
			t.Word, Text(t.Means), v.attachment(t.Picture), t.Confirmed, t.Inherited,
			v.todoOf(v.todo("term", "confirm", t.Word)),
		})
	}
	return all
}
