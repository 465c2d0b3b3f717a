// Package client holds what a provider writes, as typed Go: one Client for each
// file of data/clients, and the Provider of data/provider.toml. The tags are the
// format; docs/format.md tells it by example. The comment of a field with a toml tag
// is what an editor shows of that key, by way of internal/schema: it is written for
// whoever writes the file.
//
// Package clientfile makes a [Client] of a file. [Client.Replay] tells what the moves of a
// commitment have come to, and the reader keeps that in its field Replay.
// [Client.Public] is the client without what is private; whatever a client may see is made
// of that.
//
// It must not know how a file is read, nor what pages are made of it. Fields with a toml
// tag hold what was written and no more: a missing date is a zero Moment.
package client

import "portalgen/internal/diag"

// Item is what every table has: its place in the file, whether it is inherited, and
// whether it is for the provider alone.
type Item struct {
	Pos diag.Pos `toml:"-"`
	// Inherited says that it is written in provider.toml, for all clients.
	Inherited bool `toml:"-"`
	// true makes this as if it were not there, for every page, count and link. Only
	// your own commands see it. Your files stay plaintext: keep their repository private.
	Private bool `toml:"private"`
}

// A Client is one client's file: everything that client sees.
type Client struct {
	// ID is the file's name without .toml.
	ID string `toml:"-"`

	// The client's name, as they write it.
	Name string `toml:"client" need:"yes"`
	// true makes this an example to look at: serve shows it, and build leaves it out.
	Example bool `toml:"example"`
	// A friendly path in place of a random one, such as "brindle-ferry": a to z, digits
	// and -, at most 40. It is public: whoever guesses it learns that there is such a
	// client. To change it is to move the portal.
	Portal string `toml:"portal"`
	// The client's time zone, in which all dates of this file are: an IANA name such as
	// "Europe/Berlin". Yours where nothing is written.
	Timezone string `toml:"timezone"`
	// The language of the interface, such as "en" or "de". Yours where nothing is written.
	Language string `toml:"language"`
	// A few lines at the foot of Home, in Markdown.
	Welcome string `toml:"welcome"`
	// Who looks after this client: an id of [people], of your side. The pages name them for
	// questions, and "today" where nobody else is named. Your contact where nothing is written.
	Lead string `toml:"lead"`
	// The client's business as you understand it: one text, or a table with business,
	// concerns and style.
	About About `toml:"about"`

	// The people of the client's side, and of yours who are not in provider.toml, one a
	// line: maria = { name = "Maria Ruiz", side = "client" }.
	People People `toml:"people"`
	// What you promised this client about answers and meetings. Each line replaces that
	// of provider.toml.
	Promises Promises `toml:"promises"`
	// PublicPromises are Promises without those that are private, here or in
	// provider.toml; nil where none is.
	PublicPromises *Promises `toml:"-"`
	// The results the client is after, and how they will judge them.
	Goals []Goal `toml:"goal"`
	// What was asked or offered, by whom, and every move since.
	Commitments []Commitment `toml:"commitment"`
	// What may go wrong, who looks after it, and what is done about it.
	Risks []Risk `toml:"risk"`
	// Status notes. Each has a page; the latest leads Home.
	Statuses []Status `toml:"status"`
	// Questions from one person to another, outside the moves of a commitment.
	Questions []Question `toml:"question"`
	// What the client sent you, and when you took it up.
	Messages []Message `toml:"message"`
	// What was decided, by whom and why.
	Decisions []Decision `toml:"decision"`
	// What is taken to be true until someone says so, or it turns out wrong.
	Assumptions []Assumption `toml:"assumption"`
	// Changes of what was agreed, and what they do.
	Changes []Change `toml:"change"`
	// Meetings that were held: who was there, what was said, when the next one is.
	CheckIns []CheckIn `toml:"check_in"`
	// Questions about how it is to work together, rated 1 to 5 by both sides.
	Pulses []Pulse `toml:"pulse"`
	// Words that both sides use, and what they mean here.
	Terms []Term `toml:"term"`
	// What was handed over for reading.
	Files []File `toml:"file"`
	// The closing recap, when the work as a whole is over.
	Review *Review `toml:"review"`
}

// People maps a person's short id to the person.
type People map[string]Person

// The two sides that a person can be on.
const (
	ClientSide   = "client"
	ProviderSide = "provider"
)

// A Person is someone of the client's or the provider's side, written as one line
// below [people]: maria = { name = "Maria Ruiz", side = "client" }. Left of the =
// stands the id that by, owner and the like name.
type Person struct {
	Item
	ID string `toml:"-"`
	// Order is the person's place among those of the same file, from 0.
	Order int `toml:"-"`
	// The whole name. Moves are told by its first word: "Maria agreed to 4 December". A
	// title such as "Dr." is left out there. In German they are told by the whole name.
	Name string `toml:"name" need:"yes"`
	// How you address them, where that is not so: "Frau Sato", "Dr Rao".
	Called string `toml:"called"`
	// Whose person this is: the client's, or yours.
	Side string `toml:"side" need:"yes" oneof:"client provider"`
	// What they do, such as "Practice manager".
	Role string `toml:"role"`
	// An e-mail address. Of your people, the client sees it beside what they owe next.
	Email string `toml:"email"`
	// A phone number, as a text. Of your people, the client sees it beside the e-mail.
	Phone string `toml:"phone"`
}

// About describes the client's business: written as text alone, or as a table.
type About struct {
	Item
	// What they do, and for whom.
	Business string `toml:"business"`
	// What keeps them awake.
	Concerns string `toml:"concerns"`
	// How they like to be spoken to, such as "By phone, never on Mondays".
	Style string `toml:"style"`
}

// Promises are what the provider promised about answers and meetings.
type Promises struct {
	Item
	// How soon you say that a message has come, in working hours.
	ReplyWithin Duration `toml:"reply_within"`
	// The very latest at which you say so.
	ReplyLatest Duration `toml:"reply_latest"`
	// How soon you say so of what the client calls urgent.
	UrgentWithin Duration `toml:"urgent_within"`
	// How long an answer of either side may take where nothing names its date, in
	// calendar days.
	AnswerWithin Duration `toml:"answer_within"`
	// How long a client may take to accept what was delivered, where the deliver has no
	// answer_by. With neither, it can never be closed without an answer.
	AcceptWithin Duration `toml:"accept_within"`
	// How often you meet.
	CheckIn string `toml:"check_in" oneof:"daily weekly twice-monthly monthly"`
	// Why this often, such as "Launch phase: decisions are needed every week".
	CheckInWhy string `toml:"check_in_why"`
}

// Texts is a list of texts that may be written as one text.
type Texts []string
