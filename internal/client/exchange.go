package client

import "portalgen/internal/civil"

// A Question is an open or answered question of one person to another.
type Question struct {
	Item
	// A short id. The date of asked where nothing is written.
	ID string `toml:"id"`
	// The day on which it was asked.
	Asked civil.Moment `toml:"asked" need:"yes"`
	// Who asked: an id of [people].
	By string `toml:"by" need:"yes"`
	// Who is to answer: an id of [people].
	To string `toml:"to" need:"yes"`
	// The question itself.
	Text string `toml:"text" need:"yes"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	// By when an answer is needed. Without it, answer_within of [promises] counts.
	AnswerBy civil.Moment `toml:"answer_by"`
	// The day on which it was answered. From then on it waits on nobody.
	Answered civil.Moment `toml:"answered"`
	// The answer itself.
	Answer string `toml:"answer"`
	// One word for questions that were sent together, so that the page can say
	// "1 of 4 answered".
	Batch string `toml:"batch"`
	Sent
}

// A Message is something a client sent, on which the reply promise is measured.
type Message struct {
	Item
	// A short id. The date of received where nothing is written.
	ID string `toml:"id"`
	// When it came, best with the hour: 2026-11-18T09:12:00.
	Received civil.Moment `toml:"received" need:"yes"`
	// Who sent it: an id of [people].
	By string `toml:"by" need:"yes"`
	// What it is about, in a line, as they would say it.
	About string `toml:"about" need:"yes"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	// true if they called it so. It then comes first.
	Urgent bool `toml:"urgent"`
	// When you said that you have it. To acknowledge is not to resolve.
	Acknowledged civil.Moment `toml:"acknowledged"`
	// When it was settled. From then on it waits on nobody.
	Resolved civil.Moment `toml:"resolved"`
	Sent
}

// Answered returns when the message was first answered: to resolve it is to acknowledge it too, and
// to acknowledge it is not to resolve it. Zero where it waits.
func (m *Message) Answered() civil.Moment {
	if m.Acknowledged.IsZero() || !m.Resolved.IsZero() && m.Resolved.Before(m.Acknowledged) {
		return m.Resolved
	}
	return m.Acknowledged
}

// A Decision is what was decided, by whom and why.
type Decision struct {
	Item
	// A short id. The date of on where nothing is written.
	ID string `toml:"id"`
	// The day on which it was decided.
	On civil.Moment `toml:"on" need:"yes"`
	// Who decided: an id of [people].
	By string `toml:"by"`
	// What was decided.
	Text string `toml:"text" need:"yes"`
	// Why, so that nobody has to ask again.
	Why string `toml:"why"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
}

// An Assumption is something taken to be true until confirmed or found wrong.
type Assumption struct {
	Item
	// A short id. The date of on where nothing is written.
	ID string `toml:"id"`
	// The day since which it is taken to be true.
	On civil.Moment `toml:"on" need:"yes"`
	// What is taken to be true.
	Text string `toml:"text" need:"yes"`
	// The id of the commitment that stands on it.
	Commitment string `toml:"commitment"`
	// The day on which someone said that it is so.
	Confirmed civil.Moment `toml:"confirmed"`
	// Who said so: an id of [people].
	ConfirmedBy string `toml:"confirmed_by"`
	// The day on which it turned out to be wrong.
	Wrong civil.Moment `toml:"wrong"`
	Sent
}

// A Change is a change of what was agreed, and what it does.
type Change struct {
	Item
	// A short id. The date of on where nothing is written.
	ID string `toml:"id"`
	// The day on which it was proposed.
	On civil.Moment `toml:"on" need:"yes"`
	// Who proposed it: an id of [people]. Yours where nothing is written.
	By string `toml:"by"`
	// What is to change.
	Text string `toml:"text" need:"yes"`
	// What it does to dates, work and cost.
	Effect string `toml:"effect"`
	// The day on which both agreed. Until then, or until it is declined, it waits on the
	// side that did not propose it.
	Agreed civil.Moment `toml:"agreed"`
	// The day on which the side that did not propose it said no, in place of agreed.
	Declined civil.Moment `toml:"declined"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	Sent
}

// A CheckIn is a meeting: who was there, what was said, when the next one is.
type CheckIn struct {
	Item
	// A short id. The date of on where nothing is written.
	ID string `toml:"id"`
	// The day of the meeting.
	On civil.Moment `toml:"on" need:"yes"`
	// Who was there: ids of [people]. The first of the client's is asked to confirm.
	With []string `toml:"with"`
	// What was said. While it is not confirmed, the client is asked: this is what we
	// said, right?
	Recap string `toml:"recap"`
	// The day on which the client said that this is what was said.
	Confirmed civil.Moment `toml:"confirmed"`
	// When you meet next, best with the hour. That of the latest check-in stands on Home.
	NextCheckIn civil.Moment `toml:"next_check_in"`
	Sent
}

// A Pulse is one question about the working relationship, scored 1 to 5 by both
// sides. Zero means not yet scored.
type Pulse struct {
	Item
	// A short id. The date of asked where nothing is written.
	ID string `toml:"id"`
	// The day on which it was asked.
	Asked civil.Moment `toml:"asked" need:"yes"`
	// The question, such as "How clearly do you know what happens next?"
	Question string `toml:"question" need:"yes"`
	// Your own score, 1 to 5. Leave it out until there is one.
	Ours int `toml:"ours"`
	// The client's score, 1 to 5. Leave it out until there is one: it then waits on them.
	Theirs int `toml:"theirs"`
	// The day on which the client answered.
	Answered civil.Moment `toml:"answered"`
	// What you did about the difference.
	GapAction string `toml:"gap_action"`
	Sent
}

// A Term is a word both sides use, and what it means here.
type Term struct {
	Item
	// The word itself, once in a file.
	Word string `toml:"word" need:"yes"`
	// What it means here, best with what it does not mean.
	Means string `toml:"means" need:"yes"`
	// A picture in the client's folder, such as "mountain.svg".
	Picture string `toml:"picture"`
	// The day on which the client said that they mean the same.
	Confirmed civil.Moment `toml:"confirmed"`
	Sent
}

// A File is something handed over for reading.
type File struct {
	Item
	// A short id. The date of on where nothing is written.
	ID string `toml:"id"`
	// The day on which it was handed over.
	On civil.Moment `toml:"on" need:"yes"`
	// What it is, in one line.
	Title string `toml:"title" need:"yes"`
	// A file in the client's folder, such as "report.pdf". There must be this, a link, or
	// both.
	File string `toml:"file"`
	// Where it is: a whole address, https://… or mailto:….
	Link string `toml:"link"`
	// What to look at in it.
	Note string `toml:"note"`
}

// A Review is the closing recap of the whole engagement.
type Review struct {
	Item
	// The day of the recap.
	On civil.Moment `toml:"on" need:"yes"`
	// What went well, a list.
	WentWell []string `toml:"went_well"`
	// What to do better the next time, a list.
	Improve []string `toml:"improve"`
	// What the client says of it, in their words.
	ClientSays string `toml:"client_says"`
	// What you say of it.
	ProviderSays string `toml:"provider_says"`
}
