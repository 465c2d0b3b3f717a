package portal

import (
	"cmp"
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// A StageQuestions are the questions that the client asks in one stage of the loop: as the customer in
// initiate and accept, as the performer in negotiate and perform.
type StageQuestions struct {
	// Stage is initiate, negotiate, perform or accept.
	Stage     string
	Questions []StageQuestion
}

// A StageQuestion is a question that facts of the commitment can answer.
type StageQuestion struct {
	// Key names the question, such as "initiate_outcome".
	Key string
	// Answered says that Answers answer the question. If it is open, they are what is known so far, or what
	// is in the way.
	Answered bool
	Answers  []StageAnswer
}

// A StageAnswer is one fact: a text, a date, or both.
type StageAnswer struct {
	// Says names the string fact_Says of i18n that introduces it, filled with Name, the person it is about;
	// "" if the question does.
	Says, Name string
	Text       Text
	Href       string
	On         civil.Moment
}

// stageQuestions are all questions, each with the side that asks it and its answers. of adds the answers; it
// returns false to leave the question out, because nothing can answer it.
//
// Perform is left out until there is a promise, and accept until there is a delivery: before that no fact can
// answer. A closed commitment has no questions.
var stageQuestions = []struct {
	side  loop.Side
	stage loop.Stage
	key   string
	of    func(v *View, c *Commitment, q *StageQuestion) bool
}{
	{loop.Customer, loop.Initiate, "initiate_outcome", outcomeAsked},
	{loop.Customer, loop.Initiate, "initiate_by_when", dateAsked},
	{loop.Customer, loop.Initiate, "initiate_deliver_how", deliverHow},
	{loop.Customer, loop.Initiate, "initiate_notify_how", notifyHow},
	{loop.Customer, loop.Initiate, "initiate_interim", interimPlanned},
	{loop.Customer, loop.Initiate, "initiate_risks", risksNamed},

	// The agreed terms.
	{loop.Performer, loop.Negotiate, "negotiate_commit", committed},
	// Left out if there was none before the promise.
	{loop.Performer, loop.Negotiate, "negotiate_better_way", betterWay},
	{loop.Performer, loop.Negotiate, "negotiate_notify_how", notifyHow},
	{loop.Performer, loop.Negotiate, "negotiate_interim", interimPlanned},

	// New dates, agreed or proposed, with their reasons. Left out if there are none.
	{loop.Performer, loop.Perform, "perform_in_the_way", inTheWay},
	// Left out if no help was asked for, unless something is in the way.
	{loop.Performer, loop.Perform, "perform_help", helpAsked},
	// A mitigation of every open risk that affects it. Left out without a risk.
	{loop.Performer, loop.Perform, "perform_risks", risksMitigated},
	{loop.Performer, loop.Perform, "perform_interim", interimGiven},
	{loop.Performer, loop.Perform, "perform_needs", needsMet},

	// All are about the last delivery: what was said of an earlier one that was sent back is not said of it.
	// Without a delivery in force nobody can say what was good about it.
	{loop.Customer, loop.Accept, "accept_received", received},
	{loop.Customer, loop.Accept, "accept_met", onAccepting},
	{loop.Customer, loop.Accept, "accept_unmet", unmetSaid},
	{loop.Customer, loop.Accept, "accept_co_created", onAccepting},
	{loop.Customer, loop.Accept, "accept_improve", onAccepting},
}

// stages returns the stages that have a question for the client.
func (v *View) stages(c *Commitment) []StageQuestions {
	side := loop.Performer
	if c.Ours() {
		side = loop.Customer
	}
	var all []StageQuestions
	for _, ask := range stageQuestions {
		q := StageQuestion{Key: ask.key}
		if ask.side != side || !c.asked(ask.stage) || !ask.of(v, c, &q) {
			continue
		}
		if n := len(all); n == 0 || all[n-1].Stage != string(ask.stage) {
			all = append(all, StageQuestions{Stage: string(ask.stage)})
		}
		last := &all[len(all)-1]
		last.Questions = append(last.Questions, q)
	}
	return all
}

// asked reports whether anything can answer the questions of s yet.
func (c *Commitment) asked(s loop.Stage) bool {
	switch s {
	case loop.Perform:
		return c.promised()
	case loop.Accept:
		return len(c.did(loop.Deliver)) > 0
	}
	return true
}

func (p Progress) promised() bool { return !p.conv.PromisedOn.IsZero() }

// did returns the moves of one kind, oldest first.
func (c *Commitment) did(kind loop.Did) []client.Move {
	return movesOf(c.source.Moves[:len(c.replayed.Steps)], kind)
}

func movesOf(all []client.Move, kind loop.Did) []client.Move {
	return slices.DeleteFunc(slices.Clone(all), func(m client.Move) bool { return loop.Did(m.Did) != kind })
}

// answer adds the texts that answer q, and marks it as answered if there is one.
func (q *StageQuestion) answer(says string, all ...Text) {
	for _, t := range all {
		if t != "" {
			q.add(StageAnswer{Says: says, Text: t})
		}
	}
}

// add adds one answer to q, and marks it as answered.
func (q *StageQuestion) add(a StageAnswer) { q.Answers, q.Answered = append(q.Answers, a), true }

func outcomeAsked(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer("", c.Outcome)
	q.answer("done_when", c.SatisfiedWhen...)
	return true
}

func dateAsked(_ *View, c *Commitment, q *StageQuestion) bool {
	says := "proposed"
	switch {
	case !c.Agreed.IsZero():
		says = "agreed"
	case c.conv.State == loop.Asked:
		says = "asked"
	}
	if on := c.leads(); !on.IsZero() {
		q.add(StageAnswer{Says: says, On: on})
	}
	return true
}

func deliverHow(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer("", c.DeliverHow)
	return true
}

func notifyHow(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer("", c.NotifyHow)
	return true
}

// interimPlanned is left out if a promise was made without interim results.
func interimPlanned(_ *View, c *Commitment, q *StageQuestion) bool {
	for _, d := range c.Deliverables {
		says := "planned"
		if d.Begun {
			says = "agreed"
		}
		q.add(StageAnswer{Says: says, Text: Text(d.Title), On: d.Due})
	}
	return q.Answered || !c.promised()
}

// affecting returns the risks that affect c, including closed ones, the worst first.
func (v *View) affecting(c *Commitment) []*client.Risk {
	var all []*client.Risk
	for i := range v.c.Risks {
		if r := &v.c.Risks[i]; slices.Contains(r.Affects, c.ID) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *client.Risk) int { return cmp.Compare(v.risk(b).Score, v.risk(a).Score) })
	return all
}

// risk adds a risk with a text about it: its title or its mitigation.
func (q *StageQuestion) risk(v *View, r *client.Risk, told string) {
	a := StageAnswer{Text: Text(told)}
	if owner := v.people[r.Owner]; !r.Closed.IsZero() {
		a.Says, a.On = "closed", r.Closed
	} else if owner.ID != "" {
		a.Says, a.Name = "owner", owner.Name
	}
	q.add(a)
}

func risksNamed(v *View, c *Commitment, q *StageQuestion) bool {
	all := v.affecting(c)
	for _, r := range all[:min(len(all), most)] {
		q.risk(v, r, r.Title)
	}
	return true
}

func risksMitigated(v *View, c *Commitment, q *StageQuestion) bool {
	missing := false
	all := v.affecting(c)
	for _, r := range all {
		if r.Mitigation != "" {
			q.risk(v, r, r.Mitigation)
		}
		missing = missing || r.Mitigation == "" && r.Closed.IsZero()
	}
	q.Answered = !missing
	return len(all) > 0
}

func committed(_ *View, c *Commitment, q *StageQuestion) bool {
	if c.promised() {
		q.add(StageAnswer{Says: "agreed", On: c.Agreed})
		q.answer("done_when", texts(c.conv.LastAgreed().SatisfiedWhen)...)
	}
	return true
}

func betterWay(_ *View, c *Commitment, q *StageQuestion) bool {
	q.answer("", c.BetterWay)
	return q.Answered || !c.promised()
}

// A conversation is the one of a commitment or of one of its interim results.
type conversation struct {
	*Progress
	moves []client.Move
}

// conversations returns all conversations of a commitment that have begun.
func (c *Commitment) conversations() []conversation {
	all := []conversation{{&c.Progress, c.source.Moves}}
	for _, d := range c.Deliverables {
		if d.Begun {
			all = append(all, conversation{&d.Progress, d.source.Moves})
		}
	}
	return all
}

// inTheWay is open while something is overdue without a later proposed date, or was sent back and not
// answered yet.
func inTheWay(v *View, c *Commitment, q *StageQuestion) bool {
	for _, p := range c.conversations() {
		for _, m := range p.Moved {
			q.add(StageAnswer{Says: "agreed", Text: m.Reason, On: m.To})
		}
		rejects := movesOf(p.moves, loop.Reject)
		switch {
		case p.conv.State == loop.Resetting:
			q.add(StageAnswer{Says: "proposed", Text: p.ProposedReason, On: p.Proposed})
		case !p.conv.RejectedOn.IsZero():
			q.add(v.rejected(rejects[len(rejects)-1]))
		case p.LateDays > 0:
			q.add(StageAnswer{Says: "agreed", On: p.Agreed})
		}
	}
	happened := q.Answered
	q.Answered = !v.stuck(c)
	return happened
}

func (v *View) rejected(m client.Move) StageAnswer {
	return StageAnswer{Says: "rejected", Name: v.people[m.By].Short(), Text: Text(m.Note), On: m.On}
}

// stuck reports whether something of c is overdue without a later proposed date, or was sent back and not
// answered yet.
func (v *View) stuck(c *Commitment) bool {
	return slices.ContainsFunc(c.conversations(), func(p conversation) bool {
		return p.LateDays > 0 || !p.conv.RejectedOn.IsZero()
	})
}

func helpAsked(v *View, c *Commitment, q *StageQuestion) bool {
	for _, p := range c.conversations() {
		for _, m := range movesOf(p.moves, loop.AskHelp) {
			if v.c.SideOf(c.source, m.By) == loop.Performer {
				q.add(StageAnswer{Says: "help", Name: v.people[m.By].Short(), Text: Text(m.Note), On: m.On})
			}
		}
	}
	return q.Answered || v.stuck(c)
}

// interimGiven is open while an interim result is overdue, and until one is delivered.
func interimGiven(_ *View, c *Commitment, q *StageQuestion) bool {
	missing := false
	for _, d := range c.Deliverables {
		if d.Delivered.IsZero() {
			missing = missing || d.LateDays > 0
			continue
		}
		q.add(StageAnswer{Says: "delivered", Text: Text(d.Title), On: d.Delivered})
	}
	q.Answered = q.Answered && !missing
	return len(c.Deliverables) > 0
}

func needsMet(_ *View, c *Commitment, q *StageQuestion) bool {
	missing := false
	for _, n := range c.Needs {
		says := "need_done"
		if n.State != string(loop.Kept) {
			says, missing = "need_open", true
		}
		q.add(StageAnswer{Says: says, Text: Text(n.Title), Href: n.Href})
	}
	q.Answered = !missing
	return len(c.Needs) > 0
}

// received is open while a delivery waits for the customer's answer, and answered once it was sent back: then it
// had come. What was missing answers another question.
func received(_ *View, c *Commitment, q *StageQuestion) bool {
	switch {
	case !c.Delivered.IsZero():
		q.add(StageAnswer{Says: "delivered", On: c.Delivered})
		q.Answered = false
	case !c.SentBack.IsZero():
		q.add(StageAnswer{Says: "delivered", On: c.conv.SentBackFrom})
	}
	return true
}

// onAccepting is for questions that the accept answers, which closes the commitment.
func onAccepting(_ *View, c *Commitment, _ *StageQuestion) bool { return !c.Delivered.IsZero() }

// unmetSaid is answered by the last reject, until there is another delivery.
func unmetSaid(v *View, c *Commitment, q *StageQuestion) bool {
	if rejects := c.did(loop.Reject); !c.SentBack.IsZero() {
		q.add(v.rejected(rejects[len(rejects)-1]))
	}
	return true
}
