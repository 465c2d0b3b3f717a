package client

import (
	"portalgen/internal/civil"
	"portalgen/internal/diag"
)

// A Provider is data/provider.toml: who the provider is, and the defaults for all clients.
type Provider struct {
	// Who you are. It is public: the page that asks for the passphrase shows it.
	Name string `toml:"name" need:"yes"`
	// Your time zone, an IANA name such as "Europe/Berlin". It is the default for clients.
	Timezone string `toml:"timezone" need:"yes"`
	// The language of the interface, such as "en". There must be an i18n/LANGUAGE.toml for it. Default: "en".
	Language string `toml:"language"`
	// Where the portals are published, such as "https://portal.example.com/". A path counts:
	// https://example.com/clients/ puts all portals below /clients/.
	BaseURL string `toml:"base_url"`
	// The address of the inbox to which pages send clients' answers, such as "https://inbox.example.com/".
	// Without it, answers go by mail. See docs/inbox.md.
	Inbox string `toml:"inbox"`
	// How clients reach you where no other person is named. It is public.
	Contact Contact `toml:"contact"`
	// The hours in which the time of your promises to reply runs: { days = ["mon", "tue"], from = "09:00", to
	// = "17:00" }.
	WorkingHours WorkingHours `toml:"working_hours"`
	// Days on which you do not work, such as [2026-12-24, 2026-12-25].
	Closed []civil.Moment `toml:"closed"`
	// Your people, one per line: dev = { name = "Dev Patel", side = "provider" }. They belong to every
	// client's file too.
	People People `toml:"people"`
	// Words that every client's file starts with, and what they mean. A client's own entry for the same word
	// replaces yours.
	Terms []Term `toml:"term"`
	// How your portals look.
	Brand Brand `toml:"brand"`
	// What you promise every client about answers and meetings. A client's file may replace each line with
	// its own.
	Promises Promises `toml:"promises"`
	// How strictly portalgen check reports each rule about what is about to be missed: promise-overdue =
	// "error", or { severity = "warning", after_days = 2 }.
	Check map[string]Check `toml:"check"`
	// For samples only: the moment at which time stands still, in the build and in the reader's browser.
	// Pages say so.
	Frozen civil.Moment `toml:"frozen"`
}

// Contact is how a client reaches the provider.
type Contact struct {
	// Whom the client reaches. Default: your own name.
	Name string `toml:"name"`
	// An e-mail address, such as "hello@example.com". It is public.
	Email string `toml:"email"`
	// A phone number, as a text: "+49 30 5550 0142". It is public.
	Phone string `toml:"phone"`
}

// WorkingHours are the hours in which the time of promises to reply runs. From and To are times of day such
// as "09:00"; Days are mon to sun.
type WorkingHours struct {
	// The days on which you work: ["mon", "tue", "wed", "thu", "fri"].
	Days []string `toml:"days"`
	// When you start, as a text: "09:00".
	From string `toml:"from"`
	// When you stop, as a text: "17:00". It must be later than from.
	To string `toml:"to"`
}

// Brand is how the provider's portals look. Accent is a colour such as
// "#0b6e63"; Logo names a file below static/assets/.
type Brand struct {
	// Your colour, such as "#1d5c73" or "#175". It is changed where text in it would be hard to read.
	Accent string `toml:"accent"`
	// A file in static/assets/, such as "heron.svg". It is public.
	Logo string `toml:"logo"`
}

// A Check is the setting of one rule: written as a severity alone, or as a table with the rule's own limits.
type Check struct {
	Pos      diag.Pos
	Severity diag.Severity
	Limits   map[string]int64
}
