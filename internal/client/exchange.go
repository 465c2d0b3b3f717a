package client

import "portalgen/internal/civil"

// A Question is an open or answered question of one person to another.
type Question struct {
	Item
	// A short id. Default: the date of asked.
	ID string `toml:"id"`
	// The day on which it was asked.
	Asked civil.Moment `toml:"asked" need:"yes"`
	// Who asked: an id of [people].
	By string `toml:"by" need:"yes"`
	// Who should answer: an id of [people].
	To string `toml:"to" need:"yes"`
	// The question itself.
	Text string `toml:"text" need:"yes"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	// The date by which an answer is needed. Default: answer_within of [promises].
	AnswerBy civil.Moment `toml:"answer_by"`
	// The day on which it was answered. From then on nobody has to answer.
	Answered civil.Moment `toml:"answered"`
	// The answer itself.
	Answer string `toml:"answer"`
	// One word for questions that were sent together, so that the page can say
	// "1 of 4 answered".
	Batch string `toml:"batch"`
	Sent
}

// Waits reports whether q waits for its answer. What the client was asked about a commitment waits no more once
// that is closed: the answer was for its work. What the client asked waits until it is answered: only they can
// let go of it.
func (c *Client) Waits(q Question) bool {
	switch {
	case !q.Answered.IsZero():
		return false
	case c.People[q.To].Side != ClientSide:
		return true
	}
	return c.ClosedAfter(q.Commitment, q.Asked).IsZero()
}

// ClosedAfter returns when a commitment closed, if it was certainly still open on the date on; else zero.
func (c *Client) ClosedAfter(commitment string, on civil.Moment) civil.Moment {
	if cm := c.commitment(commitment); cm != nil && on.Before(cm.Replay.Whole.ClosedOn) {
		return cm.Replay.Whole.ClosedOn
	}
	return civil.Moment{}
}

// A Message is something a client sent; the promise to reply is measured on it.
type Message struct {
	Item
	// A short id. Default: the date of received.
	ID string `toml:"id"`
	// When it arrived, best with the time: 2026-11-18T09:12:00.
	Received civil.Moment `toml:"received" need:"yes"`
	// Who sent it: an id of [people].
	By string `toml:"by" need:"yes"`
	// What it is about, in one line, as they would say it.
	About string `toml:"about" need:"yes"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	// true if they called it urgent. Then it comes first.
	Urgent bool `toml:"urgent"`
	// When you confirmed that you have received it. To acknowledge a message is not to resolve it.
	Acknowledged civil.Moment `toml:"acknowledged"`
	// When it was resolved. From then on nobody has to answer.
	Resolved civil.Moment `toml:"resolved"`
	Sent
}

// Answered returns when the message was first answered: when it was acknowledged or resolved, whichever came
// first. Zero if neither.
func (m *Message) Answered() civil.Moment {
	if m.Acknowledged.IsZero() || !m.Resolved.IsZero() && m.Resolved.Before(m.Acknowledged) {
		return m.Resolved
	}
	return m.Acknowledged
}

// A Decision is what was decided, by whom and why.
type Decision struct {
	Item
	// A short id. Default: the date of on.
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

// An Assumption is something assumed to be true until it is confirmed or found wrong.
type Assumption struct {
	Item
	// A short id. Default: the date of on.
	ID string `toml:"id"`
	// The day since which it is assumed.
	On civil.Moment `toml:"on" need:"yes"`
	// What is assumed.
	Text string `toml:"text" need:"yes"`
	// The id of the commitment that depends on it.
	Commitment string `toml:"commitment"`
	// The day on which someone confirmed it.
	Confirmed civil.Moment `toml:"confirmed"`
	// Who confirmed it: an id of [people].
	ConfirmedBy string `toml:"confirmed_by"`
	// The day on which it turned out to be wrong.
	Wrong civil.Moment `toml:"wrong"`
	Sent
}

// A Change is a change to what was agreed, and its effect.
type Change struct {
	Item
	// A short id. Default: the date of on.
	ID string `toml:"id"`
	// The day on which it was proposed.
	On civil.Moment `toml:"on" need:"yes"`
	// Who proposed it: an id of [people]. Default: you.
	By string `toml:"by"`
	// What is to change.
	Text string `toml:"text" need:"yes"`
	// Its effect on dates, work and cost.
	Effect string `toml:"effect"`
	// The day on which both agreed. Until it is agreed or declined, the side that did not propose it has to
	// answer.
	Agreed civil.Moment `toml:"agreed"`
	// The day on which the side that did not propose it said no, instead of agreed.
	Declined civil.Moment `toml:"declined"`
	// The id of the commitment it is about.
	Commitment string `toml:"commitment"`
	Sent
}

// A CheckIn is a meeting: who was there, what was said, when the next one is.
type CheckIn struct {
	Item
	// A short id. Default: the date of on.
	ID string `toml:"id"`
	// The day of the meeting.
	On civil.Moment `toml:"on" need:"yes"`
	// Who was there: ids of [people]. The first one of the client's side is asked to confirm.
	With []string `toml:"with"`
	// What was said. Until it is confirmed, the client is asked: this is what we said, right?
	Recap string `toml:"recap"`
	// The day on which the client confirmed the recap.
	Confirmed civil.Moment `toml:"confirmed"`
	// When you meet next, best with the time. Home shows the one of the latest check-in.
	NextCheckIn civil.Moment `toml:"next_check_in"`
	Sent
}

// A Pulse is one question about the working relationship, scored 1 to 5 by both sides. A zero score is not
// given yet.
type Pulse struct {
	Item
	// A short id. Default: the date of asked.
	ID string `toml:"id"`
	// The day on which it was asked.
	Asked civil.Moment `toml:"asked" need:"yes"`
	// The question, such as "How clearly do you know what happens next?"
	Question string `toml:"question" need:"yes"`
	// Your own score, 1 to 5. Leave it out until you have one.
	Ours int `toml:"ours"`
	// The client's score, 1 to 5. Leave it out until they gave one: until then they are asked for it.
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
	// The word itself. A file has each word once.
	Word string `toml:"word" need:"yes"`
	// What it means here, and best also what it does not mean.
	Means string `toml:"means" need:"yes"`
	// A picture in the client's folder, such as "mountain.svg".
	Picture string `toml:"picture"`
	// The day on which the client confirmed this meaning.
	Confirmed civil.Moment `toml:"confirmed"`
	Sent
}

// A File is a file or a link that was given to the client to read.
type File struct {
	Item
	// A short id. Default: the date of on.
	ID string `toml:"id"`
	// The day on which you gave it to the client.
	On civil.Moment `toml:"on" need:"yes"`
	// What it is, in one line.
	Title string `toml:"title" need:"yes"`
	// A file in the client's folder, such as "report.pdf". Write file, link, or both.
	File string `toml:"file"`
	// Where it is: a full address, https://… or mailto:….
	Link string `toml:"link"`
	// What to look for in it.
	Note string `toml:"note"`
}

// A Review is the final review of the whole work.
type Review struct {
	Item
	// The day of the review.
	On civil.Moment `toml:"on" need:"yes"`
	// What went well, a list.
	WentWell []string `toml:"went_well"`
	// What to do better next time, a list.
	Improve []string `toml:"improve"`
	// What the client says about it, in their words.
	ClientSays string `toml:"client_says"`
	// What you say about it.
	ProviderSays string `toml:"provider_says"`
}
