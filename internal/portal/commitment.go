package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// A Commitment is what a client sees of one conversation for action.
type Commitment struct {
	ID, Title, Href string

	Outcome, DeliverHow, NotifyHow, BetterWay Text
	// SatisfiedWhen are the conditions of satisfaction in force, or the proposed ones if none are in force
	// yet.
	SatisfiedWhen []Text
	Goal          string
	Customer      Person
	Performer     Person
	// Reopens is the commitment that this one takes up again, nil if none; ReopenedBy are those that take up
	// this one.
	Reopens    *Need
	ReopenedBy []Need
	// Needs are the commitments that this one waits for, or waited for.
	Needs []Need
	// HangOn are the open commitments that cannot be done before this one, the soonest first.
	HangOn []Hang

	Progress
	Deliverables []*Deliverable
	Moves        []Move
	Risks        []Risk
	// Yours is what waits for the client, of its interim results, questions and changes too.
	Yours []Waiting
	// Changes, Questions, Messages and Assumptions are those about this commitment.
	Changes     []Change
	Questions   []Question
	Messages    []Reply
	Assumptions []Assumption
	// Stages are the questions of the four stages; set while it is open.
	Stages []StageQuestions
	// Receipt is nil if the commitment was not kept.
	Receipt *Receipt

	source   *client.Commitment
	replayed client.Replayed
	thread   []*Saying
	beside   []Waiting // questions, changes and messages of the client's that wait for the provider
	today    civil.Date
	reach    Person // see View.Reach
	passed   func(civil.Moment) bool
}

// A Need is another commitment that one waits for, and its state, with the text for it as Progress.Says,
// Progress.SentBack and Progress.Proposed have it.
type Need struct {
	Link
	State, Says        string
	SentBack, Proposed civil.Moment
	// Due is the date agreed for it; zero if there is none, or once it was delivered.
	Due civil.Moment
}

// A Wait is a commitment of the other side that a promise waits for, and its performer.
type Wait struct {
	Link
	Person Person
	// Since is when the person got the turn. Due is the date agreed for it; zero if there is none. Once Due
	// has passed, the wait counts from Due.
	Since, Due civil.Moment
}

// SinceOn returns since when it is waited for, as of the day today.
func (w Wait) SinceOn(today civil.Date) civil.Moment {
	if !w.Due.IsZero() && w.Due.Date.Before(today) {
		return w.Due
	}
	return w.Since
}

// A Held is the commitment of the other side that a promise had to wait for, and until when.
type Held struct {
	Link
	Until civil.Moment
	// Days is by how many days the date that counts is later than the agreed one.
	Days int
}

// A Deliverable is an interim result.
type Deliverable struct {
	Title string
	// Due is the date in force or, before the commitment was promised, the planned one.
	Due  civil.Moment
	Href string      // a link that the provider gave; "" if none
	File *Attachment // nil if none
	// Newer is what replaced its link or file, as the page of files has it; nil if nothing did.
	Newer *FileItem
	Progress
	Moves []Move
	// Begun is false until the commitment is promised; Ended says that the commitment closed before this was
	// delivered or closed.
	Begun, Ended bool

	of       *Commitment
	source   *client.Deliverable
	replayed client.Replayed
}

// ProvedWrong returns the assumptions about it that turned out to be wrong.
func (c *Commitment) ProvedWrong() []Assumption {
	return filter(c.Assumptions, func(a Assumption) bool { return a.State == "wrong" })
}

func (c *Commitment) Link() *Link { return &Link{c.Title, c.Href} }

// Pos returns the place in the file where the commitment begins.
func (c *Commitment) Pos() diag.Pos { return c.source.Pos }

// WaitingForClient returns the provider's own promises that wait for something of the client, in the order of
// the file.
func (v *View) WaitingForClient() []*Commitment {
	return slices.DeleteFunc(slices.Clone(v.commitments),
		func(c *Commitment) bool { return !c.ours || len(c.Waits) == 0 })
}

// commitment returns commitment i, without the questions of its stages.
func (v *View) commitment(i int) *Commitment {
	cm := &v.c.Commitments[i]
	whole := cm.Replay.Whole
	c := &Commitment{
		ID: cm.ID, Title: cm.Title, Href: v.href(KindCommitment, cm.ID),
		Outcome: Text(cm.Outcome), DeliverHow: Text(cm.DeliverHow), NotifyHow: Text(cm.NotifyHow),
		BetterWay: Text(cm.BetterWay),
		Customer:  v.people[cm.Customer], Performer: v.people[cm.Performer],
		Progress: v.progress(cm, cm.Pos, cm.Moves, whole, false, v.holds.Of(cm).Dates(whole)),
		Moves:    v.moves(cm.Moves, whole),
		Risks:    v.risksOf(cm.ID),
		HangOn:   v.hangOn(cm),
		source:   cm, replayed: whole, today: v.Today, passed: v.Passed,
	}
	c.SatisfiedWhen = texts(conditions(cm, whole.Conversation))
	for _, g := range v.c.Goals {
		if g.ID == cm.Goal && cm.Goal != "" {
			c.Goal = g.Title
		}
	}
	for _, id := range cm.Needs {
		if need := v.need(id); need != nil {
			c.Needs = append(c.Needs, *need)
		}
	}
	c.Reopens = v.need(cm.Reopens)
	for i := range v.c.Commitments {
		if x := &v.c.Commitments[i]; x.Reopens == cm.ID {
			c.ReopenedBy = append(c.ReopenedBy, *v.need(x.ID))
		}
	}
	for j := range cm.Deliverables {
		d := v.deliverable(cm, &cm.Deliverables[j], cm.Replay.Interims[j], whole)
		d.of = c
		c.Deliverables = append(c.Deliverables, d)
	}
	slices.SortStableFunc(c.Deliverables, func(a, b *Deliverable) int { return a.Due.Compare(b.Due) })
	return c
}

// need returns the state of the commitment with this id; nil if there is none.
func (v *View) need(id string) *Need {
	i := slices.IndexFunc(v.c.Commitments, func(x client.Commitment) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	at := v.c.Commitments[i].Replay.Whole.Conversation
	link := Link{v.c.Commitments[i].Title, v.href(KindCommitment, id)}
	need := &Need{Link: link, State: string(at.State), Says: stateKey(at), SentBack: at.SentBackOn, Proposed: at.NewDate()}
	if at.State.Open() && at.DeliveredOn.IsZero() {
		need.Due = at.LastAgreed().Due
	}
	return need
}

func (v *View) deliverable(cm *client.Commitment, d *client.Deliverable, r, whole client.Replayed) *Deliverable {
	due := r.LastAgreed().Due
	if due.IsZero() {
		due = d.Due
	}
	var file *Attachment
	if wasDelivered(d.Moves[:len(r.Steps)]) {
		file = v.attachment(d.File)
	}
	return &Deliverable{
		Title: d.Title, Due: due, Href: d.Link, File: file,
		Progress: v.progress(cm, d.Pos, d.Moves, r, Covered(whole), v.holds.Of(cm).InterimDates(r, whole)),
		Moves:    v.moves(d.Moves, r),
		Begun:    r.Begun, Ended: r.Ended,
		source: d, replayed: r,
	}
}

// wasDelivered reports whether there was ever a delivery, even one that was rejected.
func wasDelivered(moves []client.Move) bool {
	return slices.ContainsFunc(moves, func(m client.Move) bool { return loop.Did(m.Did) == loop.Deliver })
}

// conditions returns the conditions of satisfaction in force, else the proposed ones, else those written with
// the commitment.
func conditions(cm *client.Commitment, c loop.Conversation) []string {
	for _, t := range []loop.Terms{c.LastAgreed(), c.Proposed} {
		if len(t.SatisfiedWhen) > 0 {
			return t.SatisfiedWhen
		}
	}
	return cm.SatisfiedWhen
}

func (v *View) linkTo(cm *client.Commitment) Link {
	return Link{cm.Title, v.href(KindCommitment, cm.ID)}
}

// sidePerson returns the customer or the performer of cm.
func (v *View) sidePerson(cm *client.Commitment, side loop.Side) Person {
	if side == loop.Customer {
		return v.people[cm.Customer]
	}
	return v.people[cm.Performer]
}

func texts(all []string) []Text {
	out := make([]Text, len(all))
	for i, s := range all {
		out[i] = Text(s)
	}
	return out
}
