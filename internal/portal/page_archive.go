package portal

import "slices"

// An Archive holds all status notes.
type Archive struct {
	Notes []*Status // newest first
}

// archivePage is nil where there is no note.
func (v *View) archivePage() *Archive {
	if len(v.statuses) == 0 {
		return nil
	}
	a := &Archive{Notes: slices.Clone(v.statuses)}
	slices.Reverse(a.Notes)
	return a
}
