package portal

// Everything is all of the portal on one page, each thing once: the history, which tells the same by
// day, is none of it. What has no page of its own is nil.
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
