// Package client holds what a provider writes, as Go types: one Client for each file of data/clients, and the
// Provider of data/provider.toml. The tags define the format; docs/format.md explains it with examples.
// Editors show the comment of a field with a toml tag as the help for that key (see internal/schema), so
// these comments speak to the person who writes the file.
//
// Package clientfile reads a file into a [Client]. [Client.Replay] replays the moves of a commitment, and the
// reader stores the result in its field Replay. [Client.Public] returns the client without everything
// private; pages are made from that alone.
//
// The package must not know how a file is read, nor which pages are made from it. A field with a toml tag
// holds exactly what was written: a missing date is a zero Moment.
package client

import "portalgen/internal/diag"

// Item is the part that every table has: its place in the file, whether it is inherited, and whether it is
// private.
type Item struct {
	Pos diag.Pos `toml:"-"`
	// Inherited says that the table is written in provider.toml, for all clients.
	Inherited bool `toml:"-"`
	// true hides this from every page, count and link, as if it were not there. Only your own commands see
	// it. Your files stay plaintext: keep their repository private.
	Private bool `toml:"private"`
}

// A Client is one client's file: everything that this client sees.
type Client struct {
	// ID is the file's name without .toml.
	ID string `toml:"-"`

	// The client's name, as they write it.
	Name string `toml:"client" need:"yes"`
	// true makes this an example to look at: serve shows it, build leaves it out.
	Example bool `toml:"example"`
	// A readable path instead of a random one, such as "brindle-ferry": a to z, digits and -, at most 40. It
	// is public: anyone who guesses it learns that there is such a client. Changing it moves the portal.
	Portal string `toml:"portal"`
	// The client's time zone, in which all dates of this file are: an IANA name such as "Europe/Berlin".
	// Default: yours.
	Timezone string `toml:"timezone"`
	// The language of the interface, such as "en" or "de". Default: yours.
	Language string `toml:"language"`
	// A few lines at the bottom of Home, in Markdown.
	Welcome string `toml:"welcome"`
	// Who looks after this client: an id of [people], of your side. Pages name this person for questions, and
	// so does "today" where nobody else is named. Default: your contact.
	Lead string `toml:"lead"`
	// The client's business as you understand it: one text, or a table with business, concerns and style.
	About About `toml:"about"`

	// The people of the client's side, and those of yours who are not in provider.toml, one per line: maria =
	// { name = "Maria Ruiz", side = "client" }.
	People People `toml:"people"`
	// What you promised this client about answers and meetings. Each line replaces the one of provider.toml.
	Promises Promises `toml:"promises"`
	// PublicPromises are Promises without the private ones, of this file or of provider.toml; nil if none is
	// private.
	PublicPromises *Promises `toml:"-"`
	// The results the client wants, and how they will judge them.
	Goals []Goal `toml:"goal"`
	// What was asked or offered, by whom, and every move since.
	Commitments []Commitment `toml:"commitment"`
	// What may go wrong, who looks after it, and what is done about it.
	Risks []Risk `toml:"risk"`
	// Status notes. Each has a page; Home begins with the latest.
	Statuses []Status `toml:"status"`
	// Questions from one person to another, outside the moves of a commitment.
	Questions []Question `toml:"question"`
	// What the client sent you, and when you answered.
	Messages []Message `toml:"message"`
	// What was decided, by whom and why.
	Decisions []Decision `toml:"decision"`
	// What is assumed to be true until someone confirms it or it turns out wrong.
	Assumptions []Assumption `toml:"assumption"`
	// Changes to what was agreed, and their effect.
	Changes []Change `toml:"change"`
	// Meetings: who was there, what was said, when the next one is.
	CheckIns []CheckIn `toml:"check_in"`
	// Questions about how well you work together, scored 1 to 5 by both sides.
	Pulses []Pulse `toml:"pulse"`
	// Words that both sides use, and what they mean here.
	Terms []Term `toml:"term"`
	// Files and links that you gave the client to read.
	Files []File `toml:"file"`
	// The final review, when the whole work is over.
	Review *Review `toml:"review"`
}

// People maps a person's short id to the person.
type People map[string]Person

// The two sides that a person can be on.
const (
	ClientSide   = "client"
	ProviderSide = "provider"
)

// A Person is someone of the client's or the provider's side, written as one line of [people]: maria = { name
// = "Maria Ruiz", side = "client" }. The word left of the = is the id that by, owner and other keys use.
type Person struct {
	Item
	ID string `toml:"-"`
	// Order is the position of the person in its file, from 0.
	Order int `toml:"-"`
	// The full name. Moves use its first word: "Maria agreed to 4 December", without a title such as "Dr.".
	// In German they use the full name.
	Name string `toml:"name" need:"yes"`
	// How you address them, where it is not by the first name: "Frau Sato", "Dr Rao".
	Called string `toml:"called"`
	// Whose person this is: the client's, or yours.
	Side string `toml:"side" need:"yes" oneof:"client provider"`
	// What they do, such as "Practice manager".
	Role string `toml:"role"`
	// An e-mail address. For your people, the client sees it beside what they owe next.
	Email string `toml:"email"`
	// A phone number, as a text. For your people, the client sees it beside the e-mail.
	Phone string `toml:"phone"`
}

// About describes the client's business, written as one text or as a table.
type About struct {
	Item
	// What they do, and for whom.
	Business string `toml:"business"`
	// What worries them.
	Concerns string `toml:"concerns"`
	// How they like to be spoken to, such as "By phone, never on Mondays".
	Style string `toml:"style"`
}

// Promises are what the provider promised about answers and meetings.
type Promises struct {
	Item
	// How soon you confirm that you have received a message, in working hours.
	ReplyWithin Duration `toml:"reply_within"`
	// The latest time by which you confirm it.
	ReplyLatest Duration `toml:"reply_latest"`
	// How soon you confirm a message that the client calls urgent.
	UrgentWithin Duration `toml:"urgent_within"`
	// How long an answer of either side may take if no date is given for it, in calendar days.
	AnswerWithin Duration `toml:"answer_within"`
	// How long a client may take to accept a delivery, where the deliver has no answer_by. Without either,
	// you can never close it without an answer.
	AcceptWithin Duration `toml:"accept_within"`
	// How often you meet.
	CheckIn string `toml:"check_in" oneof:"daily weekly twice-monthly monthly"`
	// Why this often, such as "Launch phase: decisions are needed every week".
	CheckInWhy string `toml:"check_in_why"`
}

// Texts is a list of texts that may be written as one text.
type Texts []string
