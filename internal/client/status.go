package client

import "portalgen/internal/civil"

// A Risk is something that may go wrong, its owner, and what is done about it.
type Risk struct {
	Item
	// A short id. The date of opened, or of the log's first entry, where nothing is written.
	ID string `toml:"id"`
	// What may happen, in one line.
	Title string `toml:"title" need:"yes"`
	// How likely it was at first. Later changes go into the log.
	Likelihood string `toml:"likelihood" oneof:"rare unlikely possible likely almost-certain"`
	// How bad it would be, as seen at first. Later changes go into the log.
	Impact string `toml:"impact" oneof:"negligible minor moderate major severe"`
	// Who looks after it: an id of [people], of either side.
	Owner string `toml:"owner"`
	// What is done about it.
	Mitigation string `toml:"mitigation"`
	// Who saw it: an id of [people].
	RaisedBy string `toml:"raised_by"`
	// The ids of the commitments that it touches.
	Affects []string `toml:"affects"`
	// The day on which it was seen.
	Opened civil.Moment `toml:"opened"`
	// The day on which it is looked at again.
	Review civil.Moment `toml:"review"`
	// How it changed, one line each, in the order of the dates:
	// { on = 2026-11-14, note = "It froze", likelihood = "likely" }.
	Log []RiskEntry `toml:"log"`
	// The day on which it was over. From then on it is told as such, on the page of risks.
	Closed civil.Moment `toml:"closed"`
	// What became of it.
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

// A Status is one status note. RAG is the author's colour.
type Status struct {
	Item
	// A short id; the page's address is made of it. Needed only where two notes share a day.
	ID string `toml:"id"`
	// The day on which you say this.
	On civil.Moment `toml:"on" need:"yes"`
	// Your colour. What is shown is never greener than the facts.
	RAG string `toml:"rag" need:"yes" oneof:"green amber red"`
	// How it stands, in one line, with the date that matters.
	Headline string `toml:"headline" need:"yes"`
	// What it costs the reader, said first: "You had told the desk it would be November."
	Acknowledges string `toml:"acknowledges"`
	// What changes for the reader, and until when.
	MeansForYou string `toml:"means_for_you"`
	// How it came about.
	Why string `toml:"why"`
	// What you are doing about it now.
	Doing string `toml:"doing"`
	// What keeps it from happening again.
	Prevents string `toml:"prevents"`
	// What you need and from whom, a list: ["Maria: agree to 4 December, by Friday"].
	Need []string `toml:"need"`
	// The day on which they hear from you next. If nothing comes, the page says so.
	NextUpdate civil.Moment `toml:"next_update"`
	// Why your colour holds although you know of the facts that speak against it.
	RAGBecause string `toml:"rag_because"`
	// Anything else, in Markdown.
	Body string `toml:"body"`
}
