package portal

import (
	"slices"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A StageQuestions are what one side asks itself in one stage of the loop: the asker
// in initiate and accept, the doer in negotiate and perform.
type StageQuestions struct {
	// Stage is initiate, negotiate, perform or accept.
	Stage string
	// Questions may be empty, where no fact could answer any.
	Questions []StageQuestion
}

// A StageQuestion is one that facts answer.
type StageQuestion struct {
	// Key names the question, such as "initiate_outcome".
	Key string
	// Answered says that the facts below answer it. Those of an open question are what
	// is known so far, or what stands against it.
	Answered bool
	Facts    []Text
	Dates    []civil.Moment
	People   []Person
	Links    []Link
}

// A stageQuestion knows its facts: of fills in those of a commitment, and reports
// false where nothing could answer the question, so that it is left out.
type stageQuestion struct {
	key string
	of  func(v *View, c *Commitment, q *StageQuestion) bool
}

// stageQuestions are all questions, with what answers each and when it is left out.
//
// Two things hold for whole stages. Perform is left out until something was promised,
// and accept until something was delivered: before that no fact can answer. And once a
// commitment has closed, what is still open is left out, since nothing can answer it
// any more; but what a customer says on accepting is owed even then.
var stageQuestions = []struct {
	stage     loop.Stage
	questions []stageQuestion
}{
	{loop.Initiate, []stageQuestion{
		// outcome, and the conditions of satisfaction.
		{"initiate_outcome", outcomeAsked},
		// The agreed date, else the one on the table.
		{"initiate_by_when", dateAsked},
		// deliver_how.
		{"initiate_deliver_how", deliverHow},
		// notify_how.
		{"initiate_notify_how", notifyHow},
		// The interim results; check-ins, where they are promised, are the reports.
		{"initiate_interim", interimOrReports},
		// The gravest risks that affect it, closed ones among them.
		{"initiate_risks", risksNamed},
	}},
	{loop.Negotiate, []stageQuestion{
		// The terms that were agreed, beside the performer's other open promises; or
		// the reason why the performer declined.
		{"negotiate_commit", committed},
		// better_way. Left out where none was told before the promise: there was none.
		{"negotiate_better_way", betterWay},
		// notify_how.
		{"negotiate_notify_how", notifyHow},
		// The interim results. Left out where the promise was made without any.
		{"negotiate_interim", interimPlanned},
		// A mitigation of every open risk that affects it. Left out without a risk.
		{"negotiate_risks", risksMitigated},
	}},
	{loop.Perform, []stageQuestion{
		// New dates, agreed or asked for, with their reasons. It is open while something
		// is overdue with no later date ahead, or was sent back and not answered yet.
		// Left out where nothing of the kind has happened.
		{"perform_in_the_way", inTheWay},
		// The performer's calls for help. Left out where none was made, unless
		// something is in the way.
		{"perform_help", helpAsked},
		// As when negotiating; the page has told the risks by showing them.
		{"perform_risks", risksMitigated},
		// Notes and check-ins since the promise. It is open while one is missed, and
		// until there is one. Left out where none was promised.
		{"perform_status", statusTold},
		// The interim results that were delivered. It is open while one is overdue, and
		// until there is one. Left out where there are none.
		{"perform_interim", interimGiven},
		// The needs, once all of them are kept. Left out where there are none.
		{"perform_needs", needsMet},
	}},
	{loop.Accept, []stageQuestion{
		// The accept, or the reject until it is delivered again.
		{"accept_received", received},
		// met and thanks of the accept.
		{"accept_met", met},
		// unmet of the accept, and the notes of every reject. Left out where it was
		// accepted without either: nothing was unmet.
		{"accept_unmet", unmet},
		// co_created of the accept.
		{"accept_co_created", coCreated},
		// improve of the accept.
		{"accept_improve", improve},
	}},
}

// stages returns the questions of all four stages.
func (v *View) stages(c *Commitment) []StageQuestions {
	var all []StageQuestions
	for _, s := range stageQuestions {
		stage := StageQuestions{Stage: string(s.stage)}
		for _, ask := range s.questions {
			q := StageQuestion{Key: ask.key}
			if c.reached(s.stage) && ask.of(v, c, &q) && (q.Answered || c.answerable(s.stage)) {
				stage.Questions = append(stage.Questions, q)
			}
		}
		all = append(all, stage)
	}
	return all
}

// reached reports whether there is anything yet that could answer questions of s.
func (c *Commitment) reached(s loop.Stage) bool {
	switch s {
	case loop.Perform:
		return c.promised()
	case loop.Accept:
		return len(c.did(loop.Deliver)) > 0
	}
	return true
}

// answerable reports whether what is open in s can still be answered.
func (c *Commitment) answerable(s loop.Stage) bool {
	return c.Closed.IsZero() || s == loop.Accept && c.conv.State == loop.Kept
}

func (p Progress) promised() bool { return !p.conv.PromisedOn.IsZero() }

// answer adds a text that answers q, and says so where there is one.
func (q *StageQuestion) answer(all ...Text) {
	for _, t := range all {
		if t != "" {
			q.Facts, q.Answered = append(q.Facts, t), true
		}
	}
}

func (q *StageQuestion) date(all ...civil.Moment) {
	for _, m := range all {
		if !m.IsZero() {
			q.Dates = append(q.Dates, m)
		}
	}
}

func (q *StageQuestion) person(p Person) {
	if p.ID != "" {
		q.People = append(q.People, p)
	}
}

// Answered returns how many of the questions are.
func (s StageQuestions) Answered() int {
	n := 0
	for _, q := range s.Questions {
		if q.Answered {
			n++
		}
	}
	return n
}

// Asked reports whether any stage has a question.
func (c *Commitment) Asked() bool {
	return slices.ContainsFunc(c.Stages, func(s StageQuestions) bool { return len(s.Questions) > 0 })
}
