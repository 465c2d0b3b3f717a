package portal

// Everything is all of the portal on one page. What has no page of its own is nil.
type Everything struct {
	Home        *Home
	Promises    *Promises
	Commitments []*Commitment
	Notes       *Notes
	Files       *Files
	Agreed      *Agreed
	Risks       *Risks
	People      *People
	History     *History
	Content     []*Content
}
