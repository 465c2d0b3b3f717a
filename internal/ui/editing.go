package ui

import "strings"

// Diff shows a change as a unified diff, coloured on a terminal.
func (t *Terminal) Diff(diff string) {
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		code := ""
		switch {
		case !t.outColor:
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
			code = "1"
		case strings.HasPrefix(line, "@@"):
			code = "36"
		case strings.HasPrefix(line, "+"):
			code = "32"
		case strings.HasPrefix(line, "-"):
			code = "31"
		}
		if code != "" {
			line = painted(code, line)
		}
		t.Say("%s", line)
	}
}

// The questions for arguments that a command did not get.
const (
	WhichClient     = "Which client?"
	WhichCommitment = "Which commitment, or which interim result?"
	WhichMove       = "What was done?"
	WhichItem       = "Which one?"
	NewClientName   = "What is the client called?"
	NewClientPerson = "Who of theirs do you speak with? A name (Enter for later)"
)

// WriteIt is the question before a file is written.
const WriteIt = "Write it?"

// WriteItFor is the same question for a statement of the client's side by a person whom the user did not
// name.
func WriteItFor(name string) string { return "This says that " + name + " said it. " + WriteIt }

func (t *Terminal) Wrote(name string) { t.Say("Wrote %s.", t.Place(name)) }

// WroteClient says that a client's first file was written, and what to do next; named says that its people
// were given.
func (t *Terminal) WroteClient(name, id string, named bool) {
	t.Wrote(name)
	if !named {
		t.Note("\nFirst write who they are below [people] in %s: a line for each person.", t.Place(name))
	}
	t.Note("\nNext:\n  portalgen add commitment %s     what they asked, or you offered\n  portalgen add status %s         how it stands", id, id)
}

func (t *Terminal) NothingWritten() { t.Note("Nothing was written.") }

// NothingNew says that the file already says what was to be written.
func (t *Terminal) NothingNew() { t.Note("The file says so already: nothing was written.") }

// DraftKept says where a draft is that was not written yet.
func (t *Terminal) DraftKept(path, id string) {
	t.Note("Your text is kept in %s; `portalgen add status %s --edit` goes on with it.", t.Place(path), id)
}

// The questions about a draft.
const (
	EditAgain   = "Edit it again?"
	GoOnWith    = "There is a draft of an earlier time. Go on with it?"
	EditorEnded = "the editor ended with an error"
)

// Field describes a key of a kind of table, for the help of a flag.
func Field(kind, key string) string {
	for _, k := range []string{kind + "." + key, key} {
		if words, ok := fieldWords[k]; ok {
			return words
		}
	}
	return strings.ReplaceAll(key, "_", " ")
}

// more ends the help of flags that hold a list.
const more = " (may be given more than once)"

// FieldNote describes a key for a comment above it.
func FieldNote(kind, key string) string { return strings.TrimSuffix(Field(kind, key), more) }

// FieldQuestion returns the question for a key of a kind of table.
func FieldQuestion(kind, key string) string {
	for _, k := range []string{kind + "." + key, key} {
		if words, ok := fieldQuestions[k]; ok {
			return words
		}
	}
	words := Field(kind, key)
	return strings.ToUpper(words[:1]) + words[1:] + "?"
}

// MoveQuestion returns the question for a key of the move did.
func MoveQuestion(did, key string) string {
	words, ok := moveQuestions[did]
	if ok && key == "by" {
		return words
	}
	if words, ok = fieldQuestions[did+"."+key]; ok {
		return words
	}
	return FieldQuestion("move", key)
}

// moveQuestions ask who made a move.
var moveQuestions = map[string]string{
	"request": "Who asked for it?", "offer": "Who offered it?", "promise": "Who promised it?", "agree": "Who agreed?",
	"counter": "Who proposed other terms?", "decline": "Who said no?", "withdraw": "Who withdrew it?",
	"deliver": "Who delivered it?", "renegotiate": "Who asked for a new date or a new condition?",
	"retract": "Who took back what was proposed or delivered?", "revoke": "Who took the promise back?",
	"accept": "Who accepted it?", "reject": "Who did not accept it?", "close": "Who closed it without an answer?",
	"commit-to-commit": "Who will answer later?", "ask": "Who asked?", "answer": "Who answered?",
	"progress": "Who told how far it is?", "summarize": "Who summed it up?", "confirm": "Who confirmed the summary?",
	"correct": "Who corrected it?", "ask-help": "Who asked for help?",
}

// fieldWords describe keys, each short enough for one line of help.
var fieldWords = map[string]string{
	"id":             "the id by which it is called; made for you where it is needed",
	"private":        "only for you: on no page",
	"title":          "what it is, in a few words",
	"on":             "the day, today if nothing is said: 2026-12-04, today, -1",
	"by":             "who: an id or a name of [people]",
	"due":            "by when: 2026-12-04, +14",
	"note":           "why, or what of it, in your words",
	"answer_by":      "by when an answer is asked for",
	"satisfied_when": "how both will know that it is done" + more,
	"commitment":     "the commitment it is about: its id, or a part of its title",
	"text":           "in your words",
	"why":            "why",

	"move.also":         "with counter and renegotiate: a condition more, beside those before" + more,
	"move.due":          "by when: 2026-12-04, +14; renegotiate needs it, or --add-condition",
	"move.by":           "who: an id or a name of [people]; needed where the client's side may do it",
	"move.with_interim": "with renegotiate and a later --due: interim results that are not yet delivered move by as many days",
	"move.met":          "with accept: what was met" + more, "move.unmet": "with accept: what was not" + more,
	"move.thanks": "with accept: a word of thanks", "move.co_created": "with accept: what both sides did together",
	"move.improve": "with accept: what to do better" + more,

	"commitment.customer": "who asked, and will judge it", "commitment.performer": "who does it, of the other side",
	"commitment.outcome": "what will be so when it is done", "commitment.deliver_how": "how it is handed over",
	"commitment.notify_how": "how the customer hears of it", "commitment.goal": "the id of the goal it serves",
	"commitment.needs": "a commitment that it waits on" + more, "commitment.better_way": "what you offer in place of what was asked",
	"commitment.reopens": "a closed commitment that this one takes up again: its id, or a part of its title",
	"commitment.by":      "who asked or offered it; the customer, where one is named or --request is said",

	"risk.likelihood": "rare, unlikely, possible, likely or almost-certain", "risk.impact": "negligible, minor, moderate, major or severe",
	"risk.owner": "who looks after it, of either side", "risk.mitigation": "what is done about it", "risk.raised_by": "who saw it",
	"risk.affects": "a commitment it bears on" + more, "risk.opened": "when it was seen, today if nothing is said",
	"risk.review": "when it is looked at again", "risk.note": "for its log: what happened, or what you found", "risk.closed": "when it was over", "risk.outcome": "what became of it",

	"status.rag":           "your colour: green, amber or red; the page never shows it greener than the facts",
	"status.headline":      "how it stands, in one line they could repeat to their own people",
	"status.acknowledges":  "what it costs them, said first: \"we see that you had planned for the 20th\"",
	"status.means_for_you": "the impact: what changes for them now, and what does not", "status.why": "what happened, plainly, and without blame",
	"status.doing": "what you are doing about it today", "status.prevents": "what keeps it from happening again",
	"status.need": "what you need, from whom, by when" + more, "status.next_update": "when they hear from you next, whether or not there is news",
	"status.rag_because": "why your colour holds although the facts are worse", "status.body": "anything else",

	"question.asked": "when it was asked, today if nothing is said", "question.to": "whose turn it is to answer", "question.text": "the question",
	"question.answered": "when it was answered", "question.answer": "the answer", "question.batch": "one word for questions sent together",

	"message.received": "when it came, now if nothing is said: 2026-12-04T09:12", "message.by": "who sent it", "message.about": "what it says, in a line, as they would",
	"message.urgent": "they called it urgent", "message.acknowledged": "when you said that you have it", "message.resolved": "when it was settled",

	"change.on": "when it was proposed, today if nothing is said", "change.text": "what is to change",
	"change.effect": "what it does to dates, work and cost", "change.by": "who proposed it, you if nothing is said",
	"change.agreed": "when both agreed", "change.declined": "when the other side said no",
	"assumption.text": "what is taken for granted", "assumption.confirmed": "when somebody said that it is so",
	"assumption.confirmed_by": "who said so", "assumption.wrong": "when it turned out to be wrong",
	"goal.title": "what they want to reach", "goal.measure": "how it is measured", "goal.target": "what it is to be",
	"goal.now": "what it is now", "goal.measured": "when that was measured",
	"term.word": "the word", "term.means": "what it means here", "term.picture": "a picture of it, in the client's folder",
	"term.confirmed": "when they said that they mean the same",
	"file.on":        "when they got it, today if nothing is said", "file.title": "what it is", "file.file": "its name in the client's folder",
	"file.link": "its address, in place of a file", "file.note": "a word about it",
	"decision.by": "who decided", "decision.text": "what was decided",
	"check_in.with": "who was there" + more, "check_in.recap": "what was said, for them to confirm",
	"check_in.confirmed": "when they confirmed the recap", "check_in.next_check_in": "when the next one is: 2026-12-04T10:00",
	"pulse.asked": "when it was asked, today if nothing is said", "pulse.question": "one question about how you work together",
	"pulse.ours": "your own score, 1 to 5", "pulse.theirs": "their score, 1 to 5", "pulse.answered": "when they answered",
	"pulse.gap_action": "what was done about the gap",

	"commitment.deliverable.commitment": "the commitment it belongs to: its id, or a part of its title",
	"people.*.name":                     "the whole name", "people.*.called": "how you address them, where that is not so: Dr Rao",
	"people.*.side": "whose person this is, client or provider", "people.*.role": "what they do",
	"people.*.email": "an e-mail address", "people.*.phone": "a phone number",
	"about.business": "what they do, and for whom", "about.concerns": "what keeps them awake",
	"about.style":           "how they like to be spoken to",
	"promises.reply_within": "how soon you say that a message has come, in working hours: 4 hours",
	"promises.reply_latest": "the very latest at which you say so: 1 day", "promises.urgent_within": "how soon, where they call it urgent",
	"promises.answer_within": "how long an answer of either side may take: 5 days",
	"promises.accept_within": "how long they may take to accept what was delivered: 7 days",
	"promises.check_in":      "how often you meet: daily, weekly, twice-monthly or monthly", "promises.check_in_why": "why this often",
	"review.went_well": "what went well" + more, "review.improve": "what to do better" + more,
	"review.client_says": "what they say of it, in their words", "review.provider_says": "what you say of it",
}

var fieldQuestions = map[string]string{
	"renegotiate.due":  "By when, then? A date such as 2026-12-04, or +14; Enter leaves the date as it is",
	"renegotiate.also": "Which condition is new?", "renegotiate.note": "Why?",
	"ask.note": "What was asked?", "answer.note": "What was the answer?", "progress.note": "How far is it?",
	"summarize.note": "What was said?", "ask-help.note": "What help is needed?",
	"counter.due": "By when? A date such as 2026-12-04, or +14", "counter.also": "Is there a new condition?",
	"move.with_interim": "Do interim results that are not yet delivered move by as many days?",
	"move.also":         "Which condition is new?",
	"satisfied_when":    "How will both know that it is done?", "due": "By when? A date such as 2026-12-04, or +14",
	"answer_by": "By when is an answer asked for?", "why": "Why?",
	"commitment.title": "What is it, in a few words?", "commitment.customer": "Who asked, and will judge it?", "commitment.performer": "Who does it?",
	"risk.title": "What may happen?", "risk.likelihood": "How likely is it?", "risk.impact": "How bad would it be?",
	"risk.owner": "Who looks after it?", "risk.mitigation": "What is done about it?",
	"status.acknowledges": "What does it cost them?", "status.means_for_you": "What changes for them, and what does not?",
	"status.doing": "What are you doing about it?", "status.next_update": "When do they hear from you next?",
	"status.rag": "Which colour?", "status.headline": "How does it stand, in one line?",
	"question.by": "Who asks?", "question.to": "Who is to answer?", "question.text": "What is the question?",
	"message.by": "Who sent it?", "message.about": "What does it say, in a line?",
	"change.text": "What is to change?", "change.effect": "What does it do to dates, work and cost?",
	"change.by": "Who proposed it?", "change.commitment": "Which commitment is it about?",
	"assumption.text": "What is taken for granted?", "assumption.commitment": "Which commitment is it about?",
	"goal.title": "What do they want to reach?", "goal.measure": "How is it measured?", "goal.target": "What is it to be?",
	"term.word": "Which word?", "term.means": "What does it mean here?",
	"file.title": "What is it?", "file.file": "Which file of the client's folder?", "file.link": "Or which address?",
	"decision.text": "What was decided?", "decision.by": "Who decided?", "decision.why": "Why?",
	"check_in.with": "Who was there?", "check_in.recap": "What was said?", "check_in.next_check_in": "When is the next one?",
	"pulse.question": "Which question do you ask them?", "pulse.ours": "Your own score, 1 to 5?",

	"question.answer": "What is the answer?", "message.acknowledged": "When did you say that you have it?", "message.resolved": "When was it settled?",
	"assumption.confirmed": "When did somebody say that it is so?", "assumption.confirmed_by": "Who said so?", "assumption.wrong": "When did it turn out wrong?",
	"change.agreed": "When did both agree?", "change.declined": "When did the other side say no?", "check_in.confirmed": "When did they confirm the recap?",
	"pulse.theirs": "Their score, 1 to 5?", "pulse.gap_action": "What was done about the gap?",
	"risk.note": "What has happened with it, or what did you find?", "risk.review": "When is it looked at again?",
	"commitment.deliverable.commitment": "Which commitment does it belong to?", "commitment.deliverable.title": "What is it, in one line?",
	"people.*.name": "What are they called?", "people.*.side": "Whose person is it?", "people.*.role": "What do they do?",
	"people.*.email": "Their e-mail address?", "people.*.id": "By which id are they called, such as ana?",
	"about.business": "What do they do, and for whom?", "about.concerns": "What keeps them awake?", "about.style": "How do they like to be spoken to?",
	"promises.reply_within": "How soon do you say that a message has come, in working hours, such as 4 hours?",
	"promises.reply_latest": "And the very latest, such as 1 day?", "promises.check_in": "How often do you meet?",
	"review.went_well": "What went well?", "review.improve": "What will you do better?",
	"review.client_says": "What do they say of it, in their words?", "review.provider_says": "What do you say of it?",
	"goal.now": "What is it now?", "term.confirmed": "When did they say that they mean the same?",
}
