package takein

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

// A fact is what is to be written.
type fact struct {
	// did is the move, of commitment and the interim result part of it; "" for no move.
	did, commitment, part string
	// update is the kind of table of which keys are set, item its id; "" for none.
	update, item string
	// add is the kind of table that is added; "" for none.
	add    string
	values []value
	// message is what was said beside it and has no place in the table: it is added as a message about
	// commitment.
	message string
}

// A value is what a key is set to.
type value struct{ key, text string }

// fact returns what the reply says. Its error is a refusal where that does not fit the file.
func (j *judge) fact() (fact, error) {
	switch j.reply.Kind {
	case reply.KindMessage:
		return j.message(j.word(), j.reply.Choice == "urgent", "")
	case reply.KindNew:
		return j.request()
	case reply.KindCommitment:
		return j.ofCommitment()
	}
	return j.answer()
}

// word is what was written with it, as it is to be shown.
func (j *judge) word() string { return j.text("word") }

func (j *judge) text(name string) string { return j.plain(j.reply.Text(name)) }

// answer is an answer to what waits.
func (j *judge) answer() (fact, error) {
	m, ok := portal.MeantBy(j.view, j.reply.About)
	if !ok {
		return fact{}, refusal{"what it answers is not there any more", "write it down yourself where it belongs"}
	}
	w := portal.Todo(j.view, j.reply.About)
	if w == nil {
		return fact{}, refusal{j.late(m), "ask them whether it still holds; " + byHand(j.file.Client().ID, m)}
	}
	if v := j.reply.Version; v != "" && v != w.Version() {
		j.doubt("what it answers was changed since: their page showed it otherwise")
	}
	if m.Table != "move" {
		return j.ofTable(m, w)
	}
	shown, seen := tableDate(w), j.reply.Seen
	if seen.IsZero() != shown.IsZero() || !seen.IsZero() && shown.Compare(seen) != 0 {
		return fact{}, refusal{j.late(m), "ask them whether it still holds; " + byHand(j.file.Client().ID, m)}
	}
	cm, all, _ := j.file.Client().Conversation(m.Ref) // the view, where it waits, is made of the same file
	if j.reply.Version == "" {
		j.doubtSeen(all, asking[m.Kind])
	}
	return j.moveOf(cm, m.Ref.Part)
}

// asking are the moves that something waits for an answer to, by the kind of what waits, where another
// one of them can have waited before.
var asking = map[string]loop.Did{"answer": loop.Ask, "help": loop.AskHelp, "accept": loop.Deliver}

// doubtSeen tells where the provider's latest move of that verb is not the first, and so young that the
// page can have shown the one before: the answer may be to that.
func (j *judge) doubtSeen(moves []client.Move, did loop.Did) {
	people := j.file.Client().People
	moves = slices.DeleteFunc(slices.Clone(moves), func(m client.Move) bool {
		return m.Did != string(did) || people[m.By].Side != client.ProviderSide
	})
	if len(moves) < 2 || moves[len(moves)-1].On.Date.Before(j.day.AddDays(-1)) {
		return
	}
	j.doubt("the latest %s is of %s, and there was one on %s: their page may have shown that one",
		did, moves[len(moves)-1].On, moves[len(moves)-2].On)
}

// tableDate is the date on the table that the page shows.
func tableDate(w *portal.Waiting) civil.Moment {
	if w.Proposed.IsZero() {
		return w.OnTable
	}
	return w.Proposed
}

// moves are, by the key of a choice, the moves of which it is the first that may be made now.
var moves = map[string][]loop.Did{
	"yes": {loop.Agree}, "yes_due": {loop.Agree}, "yes_terms": {loop.Agree},
	"date": {loop.Counter}, "terms": {loop.Counter},
	"keep_due": {loop.Decline}, "keep_terms": {loop.Decline}, "no": {loop.Decline}, "cannot": {loop.Decline},
	"promise": {loop.Promise, loop.Counter, loop.Renegotiate},
	"accept":  {loop.AcceptWork}, "back": {loop.Reject},
	"here": {loop.Deliver}, "later": {loop.Renegotiate, loop.Counter},
	"said": {loop.Confirm}, "not_quite": {loop.Correct}, "not_said": {loop.Correct},
	"answer_by": {loop.CommitToCommit},
	"":          {loop.Answer, loop.Counter},

	"ask": {loop.Ask}, "new_date": {loop.Renegotiate, loop.Counter}, "progress": {loop.Progress}, "ask_help": {loop.AskHelp},
	"deliver": {loop.Deliver}, "withdraw": {loop.Withdraw},
	"revoke": {loop.Revoke},
}

// dated are the choices with which a date goes; mayBeDated that with which one may.
var (
	dated      = []string{"date", "promise", "later", "new_date", "answer_by"}
	mayBeDated = []string{"back", "terms"}
)

// accepted are the keys of an accept, by the names of the texts that a page sends with it.
var accepted = map[string]string{
	"met": "met", "missing": "unmet", "thanks": "thanks", "together": "co_created", "improve": "improve",
}

// moveOf is a move of a commitment or of one of its interim results.
func (j *judge) moveOf(cm *client.Commitment, part string) (fact, error) {
	choice := j.reply.Choice
	dids := moves[choice]
	if len(dids) == 0 {
		return fact{}, refusal{
			fmt.Sprintf("%q is no answer that this program knows: it is older than the page", choice),
			"update portalgen",
		}
	}
	f := fact{commitment: cm.ID, part: part}
	did, err := j.legal(cm, part, dids)
	if err != nil {
		return fact{}, err
	}
	f.did = string(did)
	takesDate := slices.Contains(dated, choice)
	key := "due"
	if did == loop.CommitToCommit {
		key = "answer_by"
	}
	switch {
	case takesDate && j.reply.Date.IsZero():
		return fact{}, refusal{"it names no date", "ask them for it"}
	case takesDate, slices.Contains(mayBeDated, choice) && !j.reply.Date.IsZero():
		f.values = append(f.values, value{key, j.reply.Date.String()})
	}
	f.values = append(f.values, value{"note", j.word()})
	if did == loop.AcceptWork {
		for name, key := range accepted {
			f.values = append(f.values, value{key, j.text(name)})
		}
	}
	return f, nil
}

// legal returns the first of the moves that the client's side may make now; where they may make
// none of them, the refusal says which they may.
func (j *judge) legal(cm *client.Commitment, part string, dids []loop.Did) (loop.Did, error) {
	conv := cm.Replay.Whole
	for i, d := range cm.Deliverables {
		if part != "" && d.ID == part {
			conv = cm.Replay.Interims[i]
		}
	}
	side := j.file.Client().SideOf(cm, j.who)
	if !conv.Open() {
		return "", refusal{
			fmt.Sprintf("%s takes no more moves: %s", j.name(cm, part), conv.State.Sentence()),
			"write a message back, or take it up again",
		}
	}
	var may []string
	for _, d := range dids {
		if slices.Contains(conv.Legal(), loop.Legal{Side: side, Did: d}) {
			return d, nil
		}
	}
	for _, l := range conv.Legal() {
		if l.Side == side {
			may = append(may, string(l.Did))
		}
	}
	return "", refusal{
		fmt.Sprintf("%s: the client cannot %s now, only: %s", j.name(cm, part), dids[0], strings.Join(may, ", ")),
		"ask them what they mean by it today",
	}
}

func (j *judge) name(cm *client.Commitment, part string) string {
	for _, d := range cm.Deliverables {
		if part != "" && d.ID == part {
			return d.Title
		}
	}
	return cm.Title
}

// ofCommitment is something about a commitment that need not wait on the client.
func (j *judge) ofCommitment() (fact, error) {
	public := portal.CommitmentAt(j.view, j.reply.About)
	if public == nil {
		return fact{}, refusal{
			"the commitment that it is about is not there any more", "write it down yourself where it belongs",
		}
	}
	cm, _, _ := j.file.Client().Conversation(public.Ref())
	return j.moveOf(cm, "")
}

// ofTable is an answer that is set in a table. What is said beside it, or has no place in the table, is a
// message that says what it is about.
func (j *judge) ofTable(m portal.Meant, w *portal.Waiting) (fact, error) {
	day := j.day.String()
	choice := j.reply.Choice
	f := fact{item: m.ID, message: j.besides(w), commitment: m.Commitment}
	set := func(kind string, values ...value) (fact, error) {
		f.update, f.values = kind, values
		return f, nil
	}
	switch m.Table + " " + choice {
	case "question ":
		if f.message, f.commitment = "", ""; j.word() == "" {
			return fact{}, refusal{"it is empty", ""}
		}
		return set("question", value{"answer", j.word()}, value{"answered", day})
	case "check-in said":
		return set("check_in", value{"confirmed", day})
	case "term means":
		return set("term", value{"confirmed", day})
	case "assumption so":
		return set("assumption", value{"confirmed", day}, value{"confirmed_by", j.who})
	case "assumption not_so":
		return set("assumption", value{"wrong", day})
	case "change yes":
		return set("change", value{"agreed", day})
	case "change no":
		return set("change", value{"declined", day})
	case "check-in not_quite", "check-in not_said", "term means_else", "term not_ours", "assumption not_quite",
		"change terms":
		return j.message(f.message, false, f.commitment)
	}
	if score, ok := strings.CutPrefix(choice, "rate_"); ok && score != "" && m.Table == "pulse" {
		return set("pulse", value{"theirs", score}, value{"answered", day})
	}
	return fact{}, refusal{fmt.Sprintf("%q is no answer to %s", choice, w.Kind), ""}
}

// aboutLetters is how many letters a message has at most of what it is about.
const aboutLetters = 60

// besides is what was written with an answer, behind what is answered; "" where nothing was.
func (j *judge) besides(w *portal.Waiting) string {
	word, of := j.reply.Text("word"), w.What.Cut(aboutLetters)
	switch {
	case word == "":
		return ""
	case strings.HasSuffix(of, "?"), strings.HasSuffix(of, "؟"):
		return j.plain(of + " " + word)
	}
	return j.plain(of + ": " + word)
}

// message is a message of the client's.
func (j *judge) message(about string, urgent bool, commitment string) (fact, error) {
	if about == "" {
		return fact{}, refusal{"it is empty", ""}
	}
	f := fact{add: "message", values: []value{
		{"received", j.out.On.String()}, {"by", j.who}, {"about", about}, {"commitment", commitment},
	}}
	if urgent {
		f.values = append(f.values, value{"urgent", "true"})
	}
	return f, nil
}

// request is something new that is asked for.
func (j *judge) request() (fact, error) {
	outcome := j.reply.Text("outcome")
	if outcome == "" {
		return fact{}, refusal{"it does not say what is asked for", "ask them"}
	}
	performer := j.performer()
	if performer == "" {
		return fact{}, refusal{"nobody of your people is in the file who could be asked", "put one into [people]"}
	}
	note := []string{j.reply.Text("between"), j.reply.Text("wrong")}
	note = slices.DeleteFunc(note, func(s string) bool { return s == "" })
	f := fact{add: "commitment", values: []value{
		{"title", title(outcome)},
		{"customer", j.who},
		{"performer", performer},
		{"outcome", j.plain(outcome)},
		{"deliver_how", j.text("delivered")},
		{"notify_how", j.text("told")},
		{"on", j.day.String()},
		{"by", j.who},
		{"did", string(loop.Request)},
		{"note", j.plain(strings.Join(note, "\n\n"))}, // as one: two lines can be a list where each is none
	}}
	if !j.reply.Date.IsZero() {
		f.values = append(f.values, value{"due", j.reply.Date.String()})
	}
	return f, nil
}

// performer is who is asked: whoever looks after the client, else the first of the provider's
// people.
func (j *judge) performer() string {
	c := j.file.Client()
	if p, ok := c.People[c.Lead]; ok && p.Side == client.ProviderSide {
		return c.Lead
	}
	return first(c.People, client.ProviderSide)
}
