package client

import "portalgen/internal/civil"

// A Risk is something that may go wrong, its owner, and what is done about it.
type Risk struct {
	Item
	// A short id. Default: the date of opened, or of the first entry of log.
	ID string `toml:"id"`
	// What may happen, in one line.
	Title string `toml:"title" need:"yes"`
	// How likely it was at first. Write later changes into the log.
	Likelihood string `toml:"likelihood" oneof:"rare unlikely possible likely almost-certain"`
	// How bad it would be, as seen at first. Write later changes into the log.
	Impact string `toml:"impact" oneof:"negligible minor moderate major severe"`
	// Who looks after it: an id of [people], of either side.
	Owner string `toml:"owner"`
	// What is done about it.
	Mitigation string `toml:"mitigation"`
	// Who noticed it: an id of [people].
	RaisedBy string `toml:"raised_by"`
	// The ids of the commitments that it affects.
	Affects []string `toml:"affects"`
	// The day on which it was noticed.
	Opened civil.Moment `toml:"opened"`
	// The day on which you look at it again.
	Review civil.Moment `toml:"review"`
	// How it changed, one entry per line, in the order of the dates: { on = 2026-11-14, note = "It froze",
	// likelihood = "likely" }.
	Log []RiskEntry `toml:"log"`
	// The day on which it was over. From then on the page of risks shows it as closed.
	Closed civil.Moment `toml:"closed"`
	// How it ended.
	Outcome string `toml:"outcome"`
}

// A RiskEntry is one dated change of a risk.
type RiskEntry struct {
	Item
	// The day of the change.
	On civil.Moment `toml:"on" need:"yes"`
	// What happened.
	Note string `toml:"note"`
	// How likely it is from now on.
	Likelihood string `toml:"likelihood" oneof:"rare unlikely possible likely almost-certain"`
	// How bad it would be from now on.
	Impact string `toml:"impact" oneof:"negligible minor moderate major severe"`
}

// A Status is one status note. RAG is the author's colour: red, amber or green.
type Status struct {
	Item
	// A short id; the page's address is made from it. Needed only if two notes have the same day.
	ID string `toml:"id"`
	// The day on which you say this.
	On civil.Moment `toml:"on" need:"yes"`
	// Your colour. The page never shows a greener one than the facts allow.
	RAG string `toml:"rag" need:"yes" oneof:"green amber red"`
	// The situation in one line, with the date that matters.
	Headline string `toml:"headline" need:"yes"`
	// What it costs the reader, said first: "You had told the desk it would be November."
	Acknowledges string `toml:"acknowledges"`
	// What changes for the reader, and until when.
	MeansForYou string `toml:"means_for_you"`
	// What caused it.
	Why string `toml:"why"`
	// What you are doing about it now.
	Doing string `toml:"doing"`
	// What prevents it from happening again.
	Prevents string `toml:"prevents"`
	// What you need and from whom, a list: ["Maria: agree to 4 December, by Friday"].
	Need []string `toml:"need"`
	// The day on which they will hear from you again. If nothing comes, the page says so.
	NextUpdate civil.Moment `toml:"next_update"`
	// Why your colour is right, although you know the facts against it.
	RAGBecause string `toml:"rag_because"`
	// Anything else, in Markdown.
	Body string `toml:"body"`
}
