package portal

import (
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Each move that sets a date counts, so that a calendar takes the later one.
func TestRevised(t *testing.T) {
	t.Parallel()
	on := func(day int) civil.Moment { return civil.On(civil.Date{Year: 2026, Month: 11, Day: day}) }
	moves := []client.Move{
		{On: on(2), Due: on(27)}, {On: on(3)}, {On: on(4), AnswerBy: on(6)}, {On: on(18), Due: on(30)}, {On: on(19)},
	}
	for n, want := range []string{"", "1 2026-11-02", "1 2026-11-02", "2 2026-11-04", "3 2026-11-18", "3 2026-11-18"} {
		if got := datedBy(moves[:n]).Revised(); got != want {
			t.Errorf("after %d moves: %q, want %q", n, got, want)
		}
	}
}
