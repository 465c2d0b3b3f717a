package portal

import "slices"

// Notes are all status notes.
type Notes struct {
	All []*Status // newest first
}

// notesPage is nil if there is no note.
func (v *View) notesPage() *Notes {
	if len(v.statuses) == 0 {
		return nil
	}
	a := &Notes{All: slices.Clone(v.statuses)}
	slices.Reverse(a.All)
	return a
}
