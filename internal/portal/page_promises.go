package portal

// Promises are all commitments on a timeline.
type Promises struct {
	Timeline *Timeline
}

// promisesPage is nil if there is nothing to draw.
func (v *View) promisesPage() *Promises {
	if t := v.timeline(true); t != nil {
		return &Promises{t}
	}
	return nil
}
