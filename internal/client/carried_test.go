package client

import (
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// Interim results move with their commitment on the day on which that is agreed: not before,
// and not once they are delivered.
func TestInterimResultsMoveWithTheWhole(t *testing.T) {
	t.Parallel()
	c := dental()
	agreed := []Move{
		{On: nov(10), By: "dev", Did: "renegotiate", Due: nov(25), WithInterim: true, Note: "ill"},
		{On: nov(11), By: "maria", Did: "agree"},
	}
	for _, tt := range []struct {
		name  string
		whole []Move
		moves []Move
		asOf  map[int]civil.Moment // the agreed date at the end of a day
		slip  int
	}{
		{"proposed", agreed[:1], nil, map[int]civil.Moment{9: nov(12), 10: nov(12), 30: nov(12)}, 0},
		{"agreed", agreed, nil, map[int]civil.Moment{10: nov(12), 11: nov(17), 30: nov(17)}, 5},
		{"delivered before", agreed, []Move{{On: nov(10), By: "dev", Did: "deliver"}}, map[int]civil.Moment{10: nov(12), 30: nov(12)}, 0},
		{"delivered that day", agreed, []Move{{On: nov(11), By: "dev", Did: "deliver"}}, map[int]civil.Moment{10: nov(12), 11: nov(12), 30: nov(12)}, 0},
		{"delivered later", agreed, []Move{{On: nov(13), By: "dev", Did: "deliver"}}, map[int]civil.Moment{10: nov(12), 12: nov(17), 30: nov(17)}, 5},
		{"moved by itself since", agreed, []Move{
			{On: nov(11), By: "dev", Did: "renegotiate", Due: nov(14), Note: "sooner"},
			{On: nov(12), By: "maria", Did: "agree"},
		}, map[int]civil.Moment{10: nov(12), 11: nov(17), 12: nov(14)}, 2},
		{"moved by itself before", agreed, []Move{
			{On: nov(5), By: "dev", Did: "renegotiate", Due: nov(14), Note: "later"},
			{On: nov(6), By: "maria", Did: "agree"},
		}, map[int]civil.Moment{5: nov(12), 6: nov(14), 11: nov(19)}, 7},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cm := booking(tt.whole...)
			cm.Deliverables = []Deliverable{{Due: nov(12), Moves: tt.moves}}
			_, interims, faults := parts(c.Replay(cm))
			if len(faults) > 0 {
				t.Fatal(faults[0].Err)
			}
			if got := interims[0].Slip(); got != tt.slip {
				t.Errorf("it slips by %d days, want %d", got, tt.slip)
			}
			for day, want := range tt.asOf {
				if got := interims[0].AsOf(tt.moves, nov(day).Date).Agreed.Due; got != want {
					t.Errorf("on the %dth it is agreed for %s, want %s", day, got, want)
				}
			}
			if tt.name == "moved by itself since" && interims[0].Before(0).Agreed.Due != nov(17) {
				t.Errorf("before its first move it was agreed for %s", interims[0].Before(0).Agreed.Due)
			}
		})
	}
	cm := booking(agreed...)
	cm.Deliverables = []Deliverable{{Due: nov(12)}}
	if dates := c.Replay(cm).Interims[0].AgreedDates; len(dates) != 2 || dates[1] != (loop.AgreedDate{Due: nov(17), On: nov(11), Reason: "ill", WithWhole: true}) {
		t.Errorf("the dates are %+v", dates)
	}
}
