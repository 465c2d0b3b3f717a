package portal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/loop"
)

// A Waiting is one thing that waits for somebody.
type Waiting struct {
	// Kind names the string todo_Kind of i18n: agree, promise, decide, decide_terms, accept, deliver, answer,
	// confirm, confirm_check_in, confirm_term, confirm_assumption, rate, change, help, message.
	Kind string
	// StableKey identifies it on a page. It is made from what waits and for what, without any wording, so
	// that a calendar recognizes it after its words or its day have changed.
	StableKey string
	// What is what it is about. Of is the commitment that a question, a change, an assumption or an interim
	// result belongs to; nil if it is of none, or if What is the commitment itself.
	What Text
	Of   *Link
	// Said is the text that waits for an answer: of a question, a summary or a request for help among the
	// moves; "" for other kinds.
	Said Text
	// Why is the reason for a proposed date, as WhyBy gave it on WhyOn; "" for none.
	Why   Text
	WhyBy Person
	WhyOn civil.Moment
	// Effect is the effect of a change; Conditions are the proposed conditions that are not agreed yet.
	Effect     Text
	Conditions []Text
	// Person is who should act.
	Person Person
	// By is the date; may be zero. Since is when it began to wait. Stopped says that there is no date while
	// the other side has to answer a question.
	By, Since civil.Moment
	Stopped   bool
	// Later, First, Turns and Lapses are those of the Turn: what need not be done yet, and why.
	Later         string
	First         *Wait
	Turns, Lapses civil.Moment
	// Promised is when the client promised what waits for a commitment that comes first; else zero.
	Promised civil.Moment
	// Together is what the same side proposed on the same day for the same commitment, and what waits too: of a change
	// the new terms, of new terms the first such change; nil if there is none. Each is answered by itself.
	Together *Waiting
	// Proposed is the proposed date, if the answer is to a date; else zero. Agreed is the one in force then.
	Proposed, Agreed civil.Moment
	// OnTable is the date that was asked for or proposed, if the answer is to terms; else zero. Once it has
	// passed, new terms are needed.
	OnTable civil.Moment
	// Href leads to the page with more about it; "" if there is none. What waits for the client has its own
	// place there: see Anchor.
	Href string
	// Ref identifies what waits, if that is a conversation or a message.
	Ref client.Ref
	// Pos is the place in the file of what waits: the latest move, or the table.
	Pos diag.Pos
	// Urgent says that the client called a message urgent.
	Urgent bool
	// Seen is when a message was acknowledged; zero if it was not.
	Seen civil.Moment
	// Blocks is how many open commitments cannot go on before this is done.
	Blocks int
	// Twin says that something else that waits for the same person has the same heading, which then names the
	// commitment, or the kind, too.
	Twin bool

	dated
	asked      []string // what the other side said that it answers; empty if What and similar fields say it
	commitment string   // the id of the commitment that it is about; "" if none
	part       bool     // the commitment itself does not wait for it, only a part
}

// Anchor is the id of the place where this is decided, on the page that Href leads to; "" if nothing is
// published.
func (w Waiting) Anchor() string {
	if w.StableKey == "" {
		return ""
	}
	return "do-" + w.StableKey
}

// Now reports whether the person should act now.
func (w Waiting) Now() bool { return w.Later == "" }

// waiting returns everything that waits for one side: urgent things first, then what blocks the most, then
// the soonest, with no date last.
func (v *View) waiting(side string) []Waiting {
	var all []Waiting
	for i, c := range v.commitments {
		cm := &v.c.Commitments[i]
		all = append(all, v.waitingIn(cm, cm.Moves, c.Progress, c.Title, c.Href, side, cm.Ref())...)
		for _, d := range c.Deliverables {
			all = append(all, v.waitingIn(cm, d.source.Moves, d.Progress, d.Title, c.Href, side,
				cm.PartRef(d.source))...)
		}
	}
	all = append(all, v.questions(side)...)
	all = append(all, v.changes(side)...)
	if side == client.ClientSide && !v.ended() {
		all = append(all, v.confirmations()...)
		all = append(all, v.ratings()...)
	}
	if side == client.ProviderSide {
		all = append(all, v.messages()...)
	}
	for i := range all {
		w := &all[i]
		w.Blocks = v.blocked(*w, side)
		if anchor := w.Anchor(); anchor != "" && w.Href != "" && side == client.ClientSide {
			w.Href += "#" + anchor
		}
	}
	tellApart(all)
	pair(all)
	slices.SortStableFunc(all, func(a, b Waiting) int {
		return cmp.Or(compareBool(b.Urgent, a.Urgent), cmp.Compare(b.Blocks, a.Blocks),
			compareBool(a.By.IsZero(), b.By.IsZero()),
			compareMoments(a.By, b.By, true), compareMoments(a.Since, b.Since, false))
	})
	return all
}

// tellApart sets Twin. A date to decide on has the date as its heading, anything else what was said, or what it is
// about.
func tellApart(all []Waiting) {
	type heading struct {
		person, says string
		date         civil.Moment
	}
	n := map[heading]int{}
	of := func(w Waiting) heading {
		if strings.HasPrefix(w.Kind, "decide") && !w.Proposed.IsZero() {
			return heading{person: w.Person.ID, date: w.Proposed}
		}
		return heading{person: w.Person.ID, says: cmp.Or(w.Said, w.What).Brief()}
	}
	for _, w := range all {
		n[of(w)]++
	}
	for i := range all {
		all[i].Twin = n[of(all[i])] > 1
	}
}

// pair sets Together. What waits for one side was all proposed by the other.
func pair(all []Waiting) {
	isTerms := func(w Waiting) bool {
		return !w.part && slices.Contains([]string{"agree", "decide", "decide_terms"}, w.Kind)
	}
	were := slices.Clone(all)
	for i, w := range were {
		other := slices.IndexFunc(were, func(o Waiting) bool {
			return (w.Kind == "change" && isTerms(o) || isTerms(w) && o.Kind == "change") &&
				o.commitment == w.commitment && o.Since.Date == w.Since.Date
		})
		if other >= 0 {
			all[i].Together = &were[other]
		}
	}
}

// blocked counts the open commitments that cannot go on before w is done: the one that it is about, if the
// other side performs it, and all that need that one, directly or not. A summary or an assumption that waits
// to be confirmed blocks nothing.
func (v *View) blocked(w Waiting, side string) int {
	if w.commitment == "" || strings.HasPrefix(w.Kind, "confirm") {
		return 0
	}
	n := len(v.hanging(w.commitment))
	for _, c := range v.commitments {
		if c.open && c.ID == w.commitment && c.Performer.Side != side {
			n++
		}
	}
	return n
}

// todos returns what waits for the client and is decided on the page at href.
func (v *View) todos(href string) []Waiting {
	var all []Waiting
	for _, w := range v.yours {
		if page, _, _ := strings.Cut(w.Href, "#"); page == href {
			all = append(all, w)
		}
	}
	return all
}

// todoOf returns what waits for the client and has this stable key; nil if nothing does.
func (v *View) todoOf(key string) *Waiting {
	i := slices.IndexFunc(v.yours, func(w Waiting) bool { return key != "" && w.StableKey == key })
	if i < 0 {
		return nil
	}
	return &v.yours[i]
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// waitingIn returns what one conversation asks of a side: its turns, with and without an open question,
// summaries to confirm and requests for help. It leaves out the provider's own deliveries, which are shown as
// promises, and deliveries of the client that wait for the provider.
func (v *View) waitingIn(cm *client.Commitment, moves []client.Move, p Progress, title, href, side string,
	ref client.Ref,
) []Waiting {
	if !p.open {
		return nil
	}
	id := []string{ref.ID}
	if ref.Part != "" {
		id = append(id, ref.Part)
	}
	var all []Waiting
	add := func(w Waiting, of ...string) {
		w.What, w.Href, w.Ref, w.Pos, w.commitment, w.dated = Text(title), href, ref, p.pos, ref.ID, p.dated
		w.part = ref.Part != "" || w.Kind == "confirm" || w.Kind == "help"
		if ref.Part != "" {
			w.Of = v.about(cm.ID)
		}
		if w.asked = v.lastAsked(moves, w.Kind, side); len(w.asked) > 0 && w.Shown() != (civil.Moment{}) {
			w.asked = append(w.asked, p.conv.Proposed.SatisfiedWhen...)
		}
		w.StableKey = v.todo("move", w.Kind, append(slices.Clone(id), of...)...)
		all = append(all, w)
	}
	for _, turn := range []Turn{p.Turn, p.Beneath} {
		if turn.Later == string(client.LaterTerms) && side == client.ProviderSide {
			add(Waiting{Kind: "terms", Person: v.people[cm.Performer], Since: p.Proposed, OnTable: p.Proposed})
		}
		if turn.Side != side || turn.Kind == "deliver" && (p.covered || side == client.ProviderSide) {
			continue
		}
		w := Waiting{
			Kind: turn.Kind, Person: turn.Person, By: turn.By, Since: turn.Since, Stopped: turn.Stopped,
			Later: turn.Later, First: turn.First, Turns: turn.Turns, Lapses: turn.Lapses,
		}
		if w.Later == string(client.LaterTerms) {
			w.Since = p.Proposed
		}
		if w.Kind == "agree" || strings.HasPrefix(w.Kind, "decide") {
			w.Proposed, w.Agreed = p.Proposed, p.conv.Agreed.Due
			w.Conditions = newConditions(p.conv)
			w.Why, w.WhyBy, w.WhyOn = p.ProposedReason, p.ReasonBy, p.ReasonOn
		}
		if w.Later == string(client.LaterNeed) {
			w.Promised = p.conv.PromisedOn
		}
		if w.Kind == "answer" && p.Question != nil {
			w.Said = p.Question.Note
		}
		if w.Kind == "promise" || !w.Proposed.IsZero() {
			w.OnTable = p.Proposed
		}
		add(w)
	}
	for _, s := range p.conv.OpenSummaries {
		if to := v.sidePerson(cm, s.By.Other()); to.Side == side {
			place := v.place(cm, moves, s.By, s.On, s.Note, loop.Summarize, loop.Correct)
			add(Waiting{Kind: "confirm", Said: Text(s.Note), Person: to, By: s.AnswerBy, Since: s.On},
				fmt.Sprint(place))
		}
	}
	for _, by := range []loop.Side{loop.Customer, loop.Performer} {
		if h := p.conv.HelpOf(by); h != nil {
			if to := v.sidePerson(cm, by.Other()); to.Side == side {
				add(Waiting{Kind: "help", Said: Text(h.Note), Person: to, By: h.AnswerBy, Since: h.On})
			}
		}
	}
	return all
}

// turnsOn returns Turn.Turns of t.
func turnsOn(t Turn, p Progress) civil.Moment {
	switch {
	case t.Side == client.ProviderSide:
	case t.Later == string(client.LaterFar):
		return civil.On(t.By.AddDays(-client.FarDays - 1))
	case t.Later == "" && t.Kind != "answer" && p.conv.Proposer == loop.Performer && p.ours && !p.Proposed.IsZero():
		return civil.On(p.Proposed.Date)
	}
	return civil.Moment{}
}

// todo returns the stable key of something that waits, from its table, what it waits for, and the ids of what
// it is about.
func (v *View) todo(table, kind string, id ...string) string {
	return v.stableKey(strings.Join(append([]string{"todo", table, kind}, id...), "/"))
}

func (v *View) questions(side string) []Waiting {
	var all []Waiting
	for _, q := range v.c.Questions {
		if to := v.people[q.To]; v.c.Waits(q) && to.Side == side {
			all = append(all, Waiting{
				Kind: "answer", StableKey: v.todo("question", "answer", q.ID), What: Text(q.Text),
				Person: to, Since: q.Asked, By: v.answerBy(q.AnswerBy, q.Asked), Href: v.agreedHref(q.Commitment), Pos: q.Pos,
				Of: v.about(q.Commitment), commitment: q.Commitment, part: true,
			})
		}
	}
	return all
}

// answerBy returns by or, if it is zero, the default of the promises after since.
func (v *View) answerBy(by, since civil.Moment) civil.Moment {
	if d := v.c.Promises.AnswerWithin; by.IsZero() && !d.IsZero() {
		return civil.On(since.AddDays(d.CalendarDays()))
	}
	return by
}

// commitmentHref returns the address of a commitment's page; "" for no id.
func (v *View) commitmentHref(id string) string {
	if id == "" {
		return ""
	}
	return v.href(KindCommitment, id)
}

// agreedHref returns the address of a commitment's page or, for no id, of the page of recaps, terms,
// questions and changes, which exists if there are any.
func (v *View) agreedHref(commitment string) string {
	return cmp.Or(v.commitmentHref(commitment), v.href(KindAgreed, ""))
}

// confirmations are the recap of the latest check-in, the client's own terms, and assumptions, while nobody
// has confirmed them. A newer recap replaces an older one. Terms for all clients are not asked.
func (v *View) confirmations() []Waiting {
	var all []Waiting
	if c := v.lastCheckIn(); c != nil && c.Confirmed.IsZero() && c.Recap != "" {
		all = append(all, Waiting{
			Kind: "confirm_check_in", StableKey: v.todo("check-in", "confirm", c.ID), What: Text(c.Recap),
			Person: v.clientAmong(c.With), Since: c.On, By: v.answerBy(civil.Moment{}, c.On),
			Href: v.agreedHref(""), Pos: c.Pos,
		})
	}
	for _, t := range v.c.Terms {
		if t.Confirmed.IsZero() && !t.Inherited {
			all = append(all, Waiting{
				Kind: "confirm_term", StableKey: v.todo("term", "confirm", t.Word),
				What: Text(t.Word), Said: Text(t.Means), Href: v.agreedHref(""), Pos: t.Pos,
			})
		}
	}
	for _, a := range v.c.Assumptions {
		if v.assumed(a) {
			all = append(all, Waiting{
				Kind: "confirm_assumption", StableKey: v.todo("assumption", "confirm", a.ID), What: Text(a.Text),
				Since: a.On, Href: v.agreedHref(a.Commitment), Pos: a.Pos, Of: v.about(a.Commitment),
				commitment: a.Commitment, part: true,
			})
		}
	}
	return all
}

// clientAmong returns the first of ids who is of the client's side.
func (v *View) clientAmong(ids []string) Person {
	for _, id := range ids {
		if p := v.people[id]; p.Side == client.ClientSide {
			return p
		}
	}
	return Person{Side: client.ClientSide}
}

// changes are those that the other side proposed and that wait. A change without by is the provider's, who
// wrote the file.
func (v *View) changes(side string) []Waiting {
	var all []Waiting
	for _, c := range v.c.Changes {
		theirs := v.people[c.By].Side == client.ClientSide
		if v.Waits(c) && theirs == (side == client.ProviderSide) {
			all = append(all, Waiting{
				Kind: "change", StableKey: v.todo("change", "decide", c.ID), What: Text(c.Text),
				Effect: Text(c.Effect), Person: v.of(side, c.Commitment), Since: c.On,
				By: v.answerBy(civil.Moment{}, c.On), Href: v.agreedHref(c.Commitment), Pos: c.Pos,
				Of: v.about(c.Commitment), commitment: c.Commitment,
			})
		}
	}
	return all
}

// newConditions returns the proposed conditions that are not among the agreed ones; none if nothing is agreed
// yet, when all are new.
func newConditions(c loop.Conversation) []Text {
	if c.Agreed.Due.IsZero() {
		return nil
	}
	return texts(slices.DeleteFunc(slices.Clone(c.Proposed.SatisfiedWhen), func(s string) bool {
		return slices.Contains(c.Agreed.SatisfiedWhen, s)
	}))
}

// of returns the person of a side in a commitment; nobody if there is none.
func (v *View) of(side, commitment string) Person {
	for _, c := range v.commitments {
		if commitment == "" || c.ID != commitment {
			continue
		}
		if c.Customer.Side == side {
			return c.Customer
		}
		return c.Performer
	}
	return Person{Side: side}
}

// ratings is the latest pulse, until the client has scored it. Older ones cannot be scored from memory.
func (v *View) ratings() []Waiting {
	if len(v.Pulses) == 0 || v.Pulses[0].Theirs != 0 {
		return nil
	}
	p := v.Pulses[0]
	return []Waiting{{
		Kind: "rate", StableKey: v.todo("pulse", "rate", p.ID), What: p.Question,
		Since: p.Asked, By: v.answerBy(civil.Moment{}, p.Asked), Href: v.href(KindPeople, ""), Pos: p.Pos,
	}}
}

// messages are the client's messages that are not resolved. Until a message is acknowledged, that is due by
// the promise to reply; from then on its resolution waits without a date.
func (v *View) messages() []Waiting {
	var all []Waiting
	for _, r := range slices.Backward(v.Replies.All) {
		if !r.Resolved.IsZero() {
			continue
		}
		w := Waiting{
			Kind: "message", StableKey: v.todo("message", "answer", r.ID),
			What: r.About, Person: r.By, Since: r.Received,
			Href: cmp.Or(r.Href, v.href(KindPeople, "")+"#replies"), Urgent: r.Urgent, Seen: r.Acknowledged, Ref: r.Ref,
			Pos: r.Pos,
		}
		if w.Seen.IsZero() {
			w.By = r.Due
		}
		all = append(all, w)
	}
	return all
}
