package portal

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"portalgen/internal/civil"
)

// An Event is one thing that happened: a move, or a dated fact of an item. Plans are not events.
type Event struct {
	// ID is stable: the kind and the item's id, or the commitment's id and the index of the move. Adding
	// another item does not change it, so that a browser can remember what it has shown.
	ID string
	// StableKey identifies the event on a page; it is made from ID with the client's own key.
	StableKey string
	On        civil.Moment
	// Kind is move, status, question, answer, message, acknowledged, resolved, decision, assumption,
	// assumption-confirmed, assumption-wrong, change, change-agreed, change-declined, check-in, pulse,
	// pulse-answered, risk, risk-log, risk-closed, file, term, goal or review.
	Kind string
	// By is who did it; nobody if the file does not say.
	By Person
	// What is what it is about: a title, a question, a word. Note is what was said about it: the move's note,
	// an answer, a reason, an outcome.
	What, Note Text
	// Remarks are further texts about it, each with its own introduction.
	Remarks []Remark
	// Title and Href are those of the commitment or the note, if it has a page.
	Title, Href string
	// Move is set with kind move, Pulse with kind pulse-answered.
	// Risk is what changed, with kind risk-log.
	Move  *Move
	Pulse *Pulse
	Risk  *RiskChange
	// Urgent says that it is a message that the client called urgent.
	Urgent bool

	clock time.Duration // orders the events of a day
}

// A Remark is a text, and the name of the string of i18n that introduces it.
type Remark struct {
	Says string
	Text Text
}

// Says names the string event_Says of i18n for an event that is not a move: the kind, with _by if By is
// known.
func (e Event) Says() string {
	if e.By.Name == "" {
		return e.Kind
	}
	return e.Kind + "_by"
}

// remarks returns those of all that have a text.
func remarks(all ...Remark) []Remark {
	return slices.DeleteFunc(all, func(r Remark) bool { return r.Text == "" })
}

// Since returns what has certainly happened after m, newest first. An event with only a day is not certainly
// after a time on that day.
func (v *View) Since(m civil.Moment) []*Event {
	return slices.DeleteFunc(slices.Clone(v.History), func(e *Event) bool { return !e.On.After(m) })
}

// history returns all events up to today, newest first. Events of one day are sorted by their time, with none
// counting as the beginning of the day; then moves are in their order, and all others in the order of the
// file.
func (v *View) history() []*Event {
	h := historian{v: v}
	h.commitments()
	h.notes()
	h.talk()
	h.understanding()
	h.risks()
	h.papers()
	slices.Reverse(h.events)
	slices.SortStableFunc(h.events, func(a, b *Event) int {
		return cmp.Or(b.On.Date.Compare(a.On.Date), cmp.Compare(b.clock, a.clock))
	})
	return h.events
}

type historian struct {
	v      *View
	events []*Event
}

// add appends e, unless it has no date or a future one. The parts of id follow the kind; only the last one
// may contain a slash.
func (h *historian) add(e Event, id ...string) {
	if e.On.IsZero() || e.On.Date.After(h.v.Today) {
		return
	}
	e.ID = e.Kind
	for _, part := range id {
		e.ID += "/" + part
	}
	e.StableKey = h.v.stableKey(e.ID)
	e.clock = max(e.clock, e.On.Clock)
	h.events = append(h.events, &e)
}

// about adds an event with the title and address of its commitment, if it names one.
func (h *historian) about(commitment string, e Event, id ...string) {
	if of := h.v.about(commitment); of != nil {
		e.Title, e.Href = of.Title, of.Href
	}
	h.add(e, id...)
}

func (h *historian) commitments() {
	for _, c := range h.v.commitments {
		h.moves(c, c.Title, c.Moves, c.ID)
		for _, d := range c.Deliverables {
			h.moves(c, d.Title, d.Moves, c.ID, d.source.ID)
		}
	}
}

func (h *historian) moves(c *Commitment, title string, moves []Move, id ...string) {
	var last Move
	var clock time.Duration
	for i := range moves {
		m := &moves[i]
		// A move without a time still comes after the moves before it.
		if m.On.Date != last.On.Date {
			clock = 0
		}
		clock = max(clock, m.On.Clock)
		last = *m
		h.add(Event{
			On: m.On, Kind: "move", By: m.By, What: Text(title), Note: m.Note,
			Title: c.Title, Href: c.Href, Move: m, clock: clock,
		}, append(slices.Clone(id), fmt.Sprint(i))...)
	}
}

func (h *historian) notes() {
	for _, s := range h.v.statuses {
		h.add(Event{
			On: s.On, Kind: "status", What: Text(s.Headline), Note: s.MeansForYou, Title: s.Headline,
			Href: s.Href,
		}, s.ID)
	}
}

func (h *historian) talk() {
	v := h.v
	for _, q := range v.c.Questions {
		h.about(q.Commitment, Event{On: q.Asked, Kind: "question", By: v.people[q.By], What: Text(q.Text)}, q.ID)
		h.about(q.Commitment, Event{
			On: q.Answered, Kind: "answer", By: v.people[q.To], What: Text(q.Text),
			Note: Text(q.Answer),
		}, q.ID)
	}
	for _, m := range v.c.Messages {
		what := Text(m.About)
		h.about(m.Commitment,
			Event{On: m.Received, Kind: "message", By: v.people[m.By], What: what, Urgent: m.Urgent}, m.ID)
		h.about(m.Commitment, Event{On: m.Acknowledged, Kind: "acknowledged", What: what}, m.ID)
		h.about(m.Commitment, Event{On: m.Resolved, Kind: "resolved", What: what}, m.ID)
	}
	for _, c := range v.c.CheckIns {
		h.add(Event{On: c.On, Kind: "check-in", What: Text(c.Recap)}, c.ID)
	}
	for _, p := range slices.Backward(v.Pulses) {
		h.add(Event{On: p.Asked, Kind: "pulse", What: p.Question}, p.ID)
		h.add(Event{
			On: p.Answered, Kind: "pulse-answered", What: p.Question, Pulse: &p,
			Remarks: remarks(Remark{"gap_action", p.GapAction}),
		}, p.ID)
	}
}

func (h *historian) understanding() {
	v := h.v
	for _, d := range v.c.Decisions {
		h.about(d.Commitment, Event{
			On: d.On, Kind: "decision", By: v.people[d.By], What: Text(d.Text),
			Note: Text(d.Why),
		}, d.ID)
	}
	for _, a := range v.c.Assumptions {
		what := Text(a.Text)
		h.about(a.Commitment, Event{On: a.On, Kind: "assumption", What: what}, a.ID)
		h.about(a.Commitment, Event{
			On: a.Confirmed, Kind: "assumption-confirmed", By: v.people[a.ConfirmedBy],
			What: what,
		}, a.ID)
		h.about(a.Commitment, Event{On: a.Wrong, Kind: "assumption-wrong", What: what}, a.ID)
	}
	for _, c := range v.c.Changes {
		what, effect := Text(c.Text), Text(c.Effect)
		h.about(c.Commitment, Event{On: c.On, Kind: "change", By: v.people[c.By], What: what, Note: effect}, c.ID)
		h.about(c.Commitment, Event{On: c.Agreed, Kind: "change-agreed", What: what, Note: effect}, c.ID)
		h.about(c.Commitment, Event{On: c.Declined, Kind: "change-declined", What: what, Note: effect}, c.ID)
	}
	for _, t := range v.c.Terms {
		if !t.Inherited {
			h.add(Event{On: t.Confirmed, Kind: "term", What: Text(t.Word), Note: Text(t.Means)}, t.Word)
		}
	}
}

func (h *historian) risks() {
	for _, r := range h.v.c.Risks {
		what := Text(r.Title)
		h.add(Event{
			On: r.Opened, Kind: "risk", By: h.v.people[r.RaisedBy], What: what,
			Remarks: remarks(Remark{"mitigation", Text(r.Mitigation)}),
		}, r.ID)
		changes := h.v.risk(&r).Log
		slices.Reverse(changes)
		for i, c := range changes {
			h.add(Event{On: c.On, Kind: "risk-log", What: what, Note: c.Note, Risk: &c}, r.ID, fmt.Sprint(i))
		}
		h.add(Event{On: r.Closed, Kind: "risk-closed", What: what, Note: Text(r.Outcome)}, r.ID)
	}
}

func (h *historian) papers() {
	v := h.v
	for _, f := range v.c.Files {
		h.add(Event{On: f.On, Kind: "file", What: Text(f.Title), Note: Text(f.Note)}, f.ID)
	}
	for _, g := range v.c.Goals {
		// Each measurement is a new event: the file has only the latest.
		h.add(Event{
			On: g.Measured, Kind: "goal", What: Text(g.Title), Note: Text(g.Now),
		}, g.ID, g.Measured.String())
	}
	if r := v.c.Review; r != nil {
		h.add(Event{On: r.On, Kind: "review", Remarks: remarks(
			Remark{"provider_says", Text(r.ProviderSays)}, Remark{"client_says", Text(r.ClientSays)})}, "closing")
	}
}
