package client

import "portalgen/internal/civil"

// A Goal is a result the client wants, and how they will judge it.
type Goal struct {
	Item
	// A short id, so that a commitment can name this goal.
	ID string `toml:"id"`
	// The result, in one line: "The front desk stops booking by phone".
	Title string `toml:"title" need:"yes"`
	// How the client will judge the results: what is counted, and by whom.
	Measure string `toml:"measure"`
	// The value to reach, such as "60 % by March".
	Target string `toml:"target"`
	// The value now, in the same measure.
	Now string `toml:"now"`
	// The day on which now was measured.
	Measured civil.Moment `toml:"measured"`
}

// A Commitment is a conversation for action: what was asked or offered, by whom, and every move since.
// Without an id it is identified by the date of its first move.
type Commitment struct {
	Item
	// A short id; the page's address is made from it, and needs and affects refer to it. Default: the date of
	// the first move.
	ID string `toml:"id"`
	// What it is, in one line: "Online booking live on acme.example".
	Title string `toml:"title" need:"yes"`
	// Who asked for it, or was offered it, and will judge the result: an id of [people].
	Customer string `toml:"customer" need:"yes"`
	// Who does it: an id of [people], of the other side than the customer.
	Performer string `toml:"performer" need:"yes"`
	// What will be true when it is done, in the customer's words.
	Outcome string `toml:"outcome"`
	// How both will know that it is done, a list: the conditions of the first move. Later conditions come
	// with moves.
	SatisfiedWhen []string `toml:"satisfied_when"`
	// How it is delivered, such as "Live link and a walkthrough".
	DeliverHow string `toml:"deliver_how"`
	// How the customer learns that it is delivered, such as "E-mail, the same day".
	NotifyHow string `toml:"notify_how"`
	// The id of the goal it serves.
	Goal string `toml:"goal"`
	// The ids of commitments that this one waits for. While one of them is open on the other side, this one
	// is not late. Commitments cannot wait for each other in a circle.
	Needs []string `toml:"needs"`
	// The id of a closed commitment that this one takes up again, because the result did not last.
	Reopens string `toml:"reopens"`
	// What you offer instead of what was asked, and why it is better.
	BetterWay string `toml:"better_way"`
	// Everything that was said and done, one move per line, in the order of the dates: { on = 2026-10-01, by
	// = "maria", did = "request", due = 2026-11-13 }.
	Moves []Move `toml:"moves"`
	// Interim results on the way to this commitment.
	Deliverables []Deliverable `toml:"deliverable"`
	// Replay is the result of the moves. The reader sets it, see Client.Replay.
	Replay Replay `toml:"-"`
}

// A Deliverable is an interim result on the way to a commitment.
type Deliverable struct {
	Item
	// A short id. Default: the date of due.
	ID string `toml:"id"`
	// What it is, in one line.
	Title string `toml:"title" need:"yes"`
	// The planned date. Later ones come with moves.
	Due civil.Moment `toml:"due" need:"yes"`
	// A file in the client's folder, such as "drafts/boards.pdf".
	File string `toml:"file"`
	// Where to look at it: a full address, https://… or mailto:….
	Link string `toml:"link"`
	// Its own moves, once the commitment is promised: deliver, accept, renegotiate and so on.
	Moves []Move `toml:"moves"`
}

// A Move is one dated act of one person. The fields from Met to Improve are the review that the customer
// gives with an accept.
type Move struct {
	Item
	// The day it was said or done, without quotes, or the day and the time.
	On civil.Moment `toml:"on" need:"yes"`
	// Who said or did it: an id of [people]. Anyone of a side may make the moves of that side.
	By string `toml:"by" need:"yes"`
	// Which move it is. The moves before it decide which ones are allowed; portalgen check lists them.
	Did string `toml:"did" need:"yes"`
	// The date that is asked for, offered, promised or proposed.
	Due civil.Moment `toml:"due"`
	// New conditions, a list, which replace the old ones.
	SatisfiedWhen []string `toml:"satisfied_when"`
	// Conditions that are added to the existing ones, a list. With counter and renegotiate.
	Also []string `toml:"also"`
	// With a renegotiate that has a later due: once it is agreed, the interim results that are not yet
	// delivered move by the same number of days.
	WithInterim bool `toml:"with_interim"`
	// The date by which you ask the other side to answer; with commit-to-commit, the date by which you will
	// answer.
	AnswerBy civil.Moment `toml:"answer_by"`
	// The reason, in your own words. The page shows it below the move. A renegotiate, reject, decline,
	// revoke, correct or close must have one.
	Note string `toml:"note"`
	// With accept: what was met. A text or a list.
	Met Texts `toml:"met"`
	// With accept: what was not met. A text or a list.
	Unmet Texts `toml:"unmet"`
	// With accept: the customer's thanks.
	Thanks string `toml:"thanks"`
	// With accept: what the two sides achieved together.
	CoCreated string `toml:"co_created"`
	// With accept: what to do better next time. A text or a list.
	Improve Texts `toml:"improve"`
	Sent
}
