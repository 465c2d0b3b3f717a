package portal

// Everything is all of the portal on one page. What has no page of its own is nil.
type Everything struct {
	Home          *Home
	Commitments   []*Commitment
	Files         *Files
	Risks         *Risks
	Archive       *Archive
	Understanding *Understanding
	Working       *Working
	History       *History
	Content       []*Content
}
