package portal_test

import (
	"testing"

	"portalgen/internal/portal"
)

// A note tells what it asked of somebody and is still open, from what waited when it was written.
func TestANoteTellsWhatIsStillOpen(t *testing.T) {
	const note = `
[[status]]
id = "n"
on = 2026-11-10
rag = "amber"
headline = "A week more"
need = ["Maria: agree to 4 December, by Friday"]
next_update = 2026-11-17
`
	newDate := `{ on = 2026-11-09, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" }`
	later := `{ on = 2026-11-12, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" }`
	agree := `{ on = 2026-11-18, by = "maria", did = "agree" }`
	for _, tt := range []struct {
		name, file string
		open       int
	}{
		{"it waits still", performedByDev(newDate), 1},
		{"it was answered", performedByDev(newDate, agree), 0},
		{"it was asked after the note", performedByDev(later), 0},
		{"it is for another", theirs(), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s *portal.Status
			for _, p := range on(t, "2026-11-20", tt.file+note).Pages {
				if p.Status != nil {
					s = p.Status
				}
			}
			if len(s.Open) != tt.open {
				t.Errorf("%d are open", len(s.Open))
			}
		})
	}
}

// A note that came later than the one before had promised says so itself: a published note does not change.
func TestALateNoteOwnsUp(t *testing.T) {
	const notes = `
[[status]]
id = "first"
on = 2026-09-18
rag = "amber"
headline = "Three weeks more"
next_update = 2026-09-25
[[status]]
id = "second"
on = 2026-11-13
rag = "amber"
headline = "The stone was cut wrong"
next_update = 2026-11-16
[[status]]
id = "third"
on = 2026-11-16
rag = "green"
headline = "It fits"
`
	v := on(t, "2026-11-20", performedByDev()+notes)
	for id, want := range map[string]string{"first": "", "second": "2026-09-25", "third": ""} {
		if promised := note(v, id).PromisedFor.String(); promised != want {
			t.Errorf("%s was promised for %q, want %q", id, promised, want)
		}
	}
}
