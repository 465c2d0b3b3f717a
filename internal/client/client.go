// Package client holds what a provider writes, as typed Go: one Client for each
// file of data/clients, and the Provider of data/provider.toml. The tags are the
// format; docs/format.md tells it by example.
//
// It must not know how a file is read, nor what is derived from it. Fields hold
// what was written and no more: a missing date is a zero Moment.
package client

import (
	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// Item is what every table has: its place in the file, and whether it is for the
// provider alone.
type Item struct {
	Pos     diag.Pos `toml:"-"`
	Private bool     `toml:"private"`
}

// A Client is one client's file: everything that client sees.
type Client struct {
	// ID is the file's name without .toml.
	ID string `toml:"-"`

	Name     string `toml:"client" need:"yes"`
	Portal   string `toml:"portal"`
	Timezone string `toml:"timezone"`
	Language string `toml:"language"`
	Welcome  string `toml:"welcome"`
	About    About  `toml:"about"`

	People      People       `toml:"people"`
	Promises    Promises     `toml:"promises"`
	Goals       []Goal       `toml:"goal"`
	Commitments []Commitment `toml:"commitment"`
	Risks       []Risk       `toml:"risk"`
	Statuses    []Status     `toml:"status"`
	Questions   []Question   `toml:"question"`
	Messages    []Message    `toml:"message"`
	Decisions   []Decision   `toml:"decision"`
	Assumptions []Assumption `toml:"assumption"`
	Changes     []Change     `toml:"change"`
	CheckIns    []CheckIn    `toml:"check_in"`
	Pulses      []Pulse      `toml:"pulse"`
	Terms       []Term       `toml:"term"`
	Files       []File       `toml:"file"`
	Review      *Review      `toml:"review"`
}

// A Provider is data/provider.toml: who the provider is, and defaults for all
// clients.
type Provider struct {
	Name         string           `toml:"name" need:"yes"`
	Timezone     string           `toml:"timezone" need:"yes"`
	Language     string           `toml:"language"`
	BaseURL      string           `toml:"base_url"`
	Contact      Contact          `toml:"contact"`
	WorkingHours WorkingHours     `toml:"working_hours"`
	Closed       []civil.Moment   `toml:"closed"`
	People       People           `toml:"people"`
	Terms        []Term           `toml:"term"`
	Brand        Brand            `toml:"brand"`
	Promises     Promises         `toml:"promises"`
	Check        map[string]Check `toml:"check"`
	// Frozen is the date at which time stands still, for samples only.
	Frozen civil.Moment `toml:"frozen"`
}

// Contact is how a client reaches the provider.
type Contact struct {
	Name  string `toml:"name"`
	Email string `toml:"email"`
	Phone string `toml:"phone"`
}

// WorkingHours are the hours in which reply promises run. From and To are times
// of day such as "09:00"; Days are mon to sun.
type WorkingHours struct {
	Days []string `toml:"days"`
	From string   `toml:"from"`
	To   string   `toml:"to"`
}

// Brand is how the provider's portals look. Accent is a colour such as
// "#0b6e63"; Logo names a file below static/assets/.
type Brand struct {
	Accent string `toml:"accent"`
	Logo   string `toml:"logo"`
}

// A Check is the setting of one rule: written as a severity alone, or as a table
// with the rule's own limits.
type Check struct {
	Severity diag.Severity
	Limits   map[string]int64
}

// People maps a person's short id to the person. Inherited tells them from those
// that the provider's file adds.
type People map[string]Person

// The two sides that a person can be on.
const (
	ClientSide   = "client"
	ProviderSide = "provider"
)

// A Person is someone of the client's or the provider's side.
type Person struct {
	Item
	ID    string `toml:"-"`
	Name  string `toml:"name" need:"yes"`
	Side  string `toml:"side" need:"yes" oneof:"client provider"`
	Role  string `toml:"role"`
	Email string `toml:"email"`
	Phone string `toml:"phone"`
}

// About describes the client's business: written as text alone, or as a table.
type About struct {
	Item
	Business string `toml:"business"`
	Concerns string `toml:"concerns"`
	Style    string `toml:"style"`
}

// Promises are what the provider promised about answers and meetings.
type Promises struct {
	Item
	ReplyWithin  Duration `toml:"reply_within"`
	ReplyLatest  Duration `toml:"reply_latest"`
	UrgentWithin Duration `toml:"urgent_within"`
	AnswerWithin Duration `toml:"answer_within"`
	AcceptWithin Duration `toml:"accept_within"`
	CheckIn      string   `toml:"check_in" oneof:"daily weekly twice-monthly monthly"`
	CheckInWhy   string   `toml:"check_in_why"`
}

// A Goal is a result the client is after, and how they will judge it.
type Goal struct {
	Item
	ID       string       `toml:"id"`
	Title    string       `toml:"title" need:"yes"`
	Measure  string       `toml:"measure"`
	Target   string       `toml:"target"`
	Now      string       `toml:"now"`
	Measured civil.Moment `toml:"measured"`
}

// A Commitment is a conversation for action: what was asked or offered, by whom,
// and every move since. A commitment written without an id is known by the date of
// its first move.
type Commitment struct {
	Item
	ID            string        `toml:"id"`
	Title         string        `toml:"title" need:"yes"`
	Customer      string        `toml:"customer" need:"yes"`
	Performer     string        `toml:"performer" need:"yes"`
	Outcome       string        `toml:"outcome"`
	SatisfiedWhen []string      `toml:"satisfied_when"`
	DeliverHow    string        `toml:"deliver_how"`
	NotifyHow     string        `toml:"notify_how"`
	Goal          string        `toml:"goal"`
	Needs         []string      `toml:"needs"`
	BetterWay     string        `toml:"better_way"`
	Moves         []Move        `toml:"moves"`
	Deliverables  []Deliverable `toml:"deliverable"`
}

// A Deliverable is an interim result on the way to a commitment.
type Deliverable struct {
	Item
	ID    string       `toml:"id"`
	Title string       `toml:"title" need:"yes"`
	Due   civil.Moment `toml:"due" need:"yes"`
	File  string       `toml:"file"`
	Link  string       `toml:"link"`
	Moves []Move       `toml:"moves"`
}

// A Move is one dated act of one person. Met to Improve belong to the review
// that a customer owes with an accept.
type Move struct {
	Item
	On            civil.Moment `toml:"on" need:"yes"`
	By            string       `toml:"by" need:"yes"`
	Did           string       `toml:"did" need:"yes"`
	Due           civil.Moment `toml:"due"`
	SatisfiedWhen []string     `toml:"satisfied_when"`
	AnswerBy      civil.Moment `toml:"answer_by"`
	Note          string       `toml:"note"`
	Met           Texts        `toml:"met"`
	Unmet         Texts        `toml:"unmet"`
	Thanks        string       `toml:"thanks"`
	CoCreated     string       `toml:"co_created"`
	Improve       Texts        `toml:"improve"`
}

// Texts is a list of texts that may be written as one text.
type Texts []string

// A Risk is something that may go wrong, its owner, and what is done about it.
type Risk struct {
	Item
	ID         string       `toml:"id"`
	Title      string       `toml:"title" need:"yes"`
	Likelihood string       `toml:"likelihood" oneof:"rare unlikely possible likely almost-certain"`
	Impact     string       `toml:"impact" oneof:"negligible minor moderate major severe"`
	Owner      string       `toml:"owner"`
	Mitigation string       `toml:"mitigation"`
	RaisedBy   string       `toml:"raised_by"`
	Affects    []string     `toml:"affects"`
	Opened     civil.Moment `toml:"opened"`
	Review     civil.Moment `toml:"review"`
	Log        []RiskEntry  `toml:"log"`
	Closed     civil.Moment `toml:"closed"`
	Outcome    string       `toml:"outcome"`
}

// A RiskEntry is one dated change of a risk.
type RiskEntry struct {
	Item
	On         civil.Moment `toml:"on" need:"yes"`
	Note       string       `toml:"note"`
	Likelihood string       `toml:"likelihood" oneof:"rare unlikely possible likely almost-certain"`
	Impact     string       `toml:"impact" oneof:"negligible minor moderate major severe"`
}

// A Status is one status note. RAG is the author's colour.
type Status struct {
	Item
	ID           string       `toml:"id"`
	On           civil.Moment `toml:"on" need:"yes"`
	RAG          string       `toml:"rag" need:"yes" oneof:"green amber red"`
	Headline     string       `toml:"headline" need:"yes"`
	Acknowledges string       `toml:"acknowledges"`
	MeansForYou  string       `toml:"means_for_you"`
	Why          string       `toml:"why"`
	Doing        string       `toml:"doing"`
	Prevents     string       `toml:"prevents"`
	Need         []string     `toml:"need"`
	NextUpdate   civil.Moment `toml:"next_update"`
	RAGBecause   string       `toml:"rag_because"`
	Body         string       `toml:"body"`
}

// A Question is an open or answered question of one person to another.
type Question struct {
	Item
	ID         string       `toml:"id"`
	Asked      civil.Moment `toml:"asked" need:"yes"`
	By         string       `toml:"by" need:"yes"`
	To         string       `toml:"to" need:"yes"`
	Text       string       `toml:"text" need:"yes"`
	Commitment string       `toml:"commitment"`
	AnswerBy   civil.Moment `toml:"answer_by"`
	Answered   civil.Moment `toml:"answered"`
	Answer     string       `toml:"answer"`
	Batch      string       `toml:"batch"`
}

// A Message is something a client sent, on which the reply promise is measured.
type Message struct {
	Item
	ID           string       `toml:"id"`
	Received     civil.Moment `toml:"received" need:"yes"`
	By           string       `toml:"by" need:"yes"`
	About        string       `toml:"about" need:"yes"`
	Commitment   string       `toml:"commitment"`
	Urgent       bool         `toml:"urgent"`
	Acknowledged civil.Moment `toml:"acknowledged"`
	Resolved     civil.Moment `toml:"resolved"`
}

// A Decision is what was decided, by whom and why.
type Decision struct {
	Item
	ID         string       `toml:"id"`
	On         civil.Moment `toml:"on" need:"yes"`
	By         string       `toml:"by"`
	Text       string       `toml:"text" need:"yes"`
	Why        string       `toml:"why"`
	Commitment string       `toml:"commitment"`
}

// An Assumption is something taken to be true until confirmed or found wrong.
type Assumption struct {
	Item
	ID          string       `toml:"id"`
	On          civil.Moment `toml:"on" need:"yes"`
	Text        string       `toml:"text" need:"yes"`
	Commitment  string       `toml:"commitment"`
	Confirmed   civil.Moment `toml:"confirmed"`
	ConfirmedBy string       `toml:"confirmed_by"`
	Wrong       civil.Moment `toml:"wrong"`
}

// A Change is a change of what was agreed, and what it does.
type Change struct {
	Item
	ID         string       `toml:"id"`
	On         civil.Moment `toml:"on" need:"yes"`
	By         string       `toml:"by"`
	Text       string       `toml:"text" need:"yes"`
	Effect     string       `toml:"effect"`
	Agreed     civil.Moment `toml:"agreed"`
	Commitment string       `toml:"commitment"`
}

// A CheckIn is a meeting: who was there, what was said, when the next one is.
type CheckIn struct {
	Item
	ID          string       `toml:"id"`
	On          civil.Moment `toml:"on" need:"yes"`
	With        []string     `toml:"with"`
	Recap       string       `toml:"recap"`
	Confirmed   civil.Moment `toml:"confirmed"`
	NextCheckIn civil.Moment `toml:"next_check_in"`
}

// A Pulse is one question about the working relationship, scored 1 to 5 by both
// sides. Zero means not yet scored.
type Pulse struct {
	Item
	ID        string       `toml:"id"`
	Asked     civil.Moment `toml:"asked" need:"yes"`
	Question  string       `toml:"question" need:"yes"`
	Ours      int          `toml:"ours"`
	Theirs    int          `toml:"theirs"`
	Answered  civil.Moment `toml:"answered"`
	GapAction string       `toml:"gap_action"`
}

// A Term is a word both sides use, and what it means here.
type Term struct {
	Item
	Word      string       `toml:"word" need:"yes"`
	Means     string       `toml:"means" need:"yes"`
	Picture   string       `toml:"picture"`
	Confirmed civil.Moment `toml:"confirmed"`
}

// A File is something handed over for reading.
type File struct {
	Item
	ID    string       `toml:"id"`
	On    civil.Moment `toml:"on" need:"yes"`
	Title string       `toml:"title" need:"yes"`
	File  string       `toml:"file"`
	Link  string       `toml:"link"`
	Note  string       `toml:"note"`
}

// A Review is the closing recap of the whole engagement.
type Review struct {
	Item
	On           civil.Moment `toml:"on" need:"yes"`
	WentWell     []string     `toml:"went_well"`
	Improve      []string     `toml:"improve"`
	ClientSays   string       `toml:"client_says"`
	ProviderSays string       `toml:"provider_says"`
}

// A PrivateFile is data/private/ID.toml: notes that are never rendered.
type PrivateFile struct {
	Fit          Fit           `toml:"fit"`
	Observations []Observation `toml:"observation"`
}

// Fit says why this client, and what share of revenue they are.
type Fit struct {
	Item
	Why            string `toml:"why"`
	ShareOfRevenue string `toml:"share_of_revenue"`
}

// An Observation is a gut feeling or the client's point of view.
type Observation struct {
	Item
	On        civil.Moment `toml:"on" need:"yes"`
	Text      string       `toml:"text" need:"yes"`
	About     string       `toml:"about"`
	TheirView string       `toml:"their_view"`
	Upset     string       `toml:"upset" oneof:"unmet-expectation thwarted-intent undelivered-communication"`
	NextStep  string       `toml:"next_step"`
	Done      civil.Moment `toml:"done"`
}
