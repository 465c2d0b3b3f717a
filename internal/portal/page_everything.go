package portal

// Everything is all of the portal on one page, each thing once. It does not include the history, which shows
// the same by day. A section without a page is nil.
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
