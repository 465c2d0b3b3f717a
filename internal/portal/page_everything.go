package portal

// Everything is all of the portal on one page. Of the history it has one line for each event, which layouts take from
// View.History. A section without a page is nil.
type Everything struct {
	Home        *Home
	Promises    *Promises
	Commitments []*Commitment
	Notes       *Notes
	Files       *Files
	Agreed      *Agreed
	Risks       *Risks
	People      *People
	Content     []*Content
}
