package pipeline_test

import (
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/portal"
)

// How a client stands on the desk is what the client sees: a note that is kept ready is not it.
func TestAPrivateNoteIsNoStanding(t *testing.T) {
	t.Parallel()
	now, err := pipeline.ParseClock("2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	part, ps := load(t, t.TempDir(), pipeline.Options{Samples: true, Now: now}).Part("two-ovens")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	if s := part.Standing; s.Colour != portal.Amber || s.Headline != "Ordering ahead needs one more week: 4 December" {
		t.Errorf("it stands %+v", s)
	}
}
