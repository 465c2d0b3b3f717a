package portal

// Promises are all commitments: the open ones in Timeline, and in Over those that are closed. Either may be nil.
type Promises struct {
	Timeline, Over *Timeline
	Count          Count
}

// promisesPage is nil if there is nothing to draw.
func (v *View) promisesPage() *Promises {
	open, over := v.timelines()
	if open == nil && over == nil {
		return nil
	}
	return &Promises{open, over, v.count()}
}
