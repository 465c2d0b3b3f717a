package client_test

import (
	"fmt"
	"testing"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// Many needs that lead to the same ones are looked at once each: two in every row of forty,
// of either side, have more ways between them than could be walked.
func TestNeedsAreLookedAtOnce(t *testing.T) {
	c := &client.Client{People: client.People{
		"maria": {ID: "maria", Side: client.ClientSide}, "dev": {ID: "dev", Side: client.ProviderSide},
	}}
	start := civil.Date{Year: 2026, Month: 1, Day: 1}
	day := func(n int) civil.Moment { return civil.On(start.AddDays(n)) }
	const rows = 40
	for row := range rows {
		customer, performer := "maria", "dev"
		if row%4 > 1 { // by turns, and two of one side after another
			customer, performer = performer, customer
		}
		for i := range 2 {
			cm := client.Commitment{
				ID: fmt.Sprint(row, i), Customer: customer, Performer: performer,
				Moves: []client.Move{
					{On: day(0), By: customer, Did: "request", Due: day(10)},
					{On: day(0), By: performer, Did: "promise"},
					{On: day(20 + row), By: performer, Did: "deliver"},
				},
			}
			if row > 0 {
				cm.Needs = []string{fmt.Sprint(row-1, 0), fmt.Sprint(row-1, 1)}
			}
			cm.Replay = c.Replay(&cm)
			c.Commitments = append(c.Commitments, cm)
		}
	}
	last := &c.Commitments[len(c.Commitments)-1]
	dates := c.Holds(start.AddDays(100)).Of(last).Dates(last.Replay.Whole)
	// The latest row of the other side comes on day 57: the last is not late before that.
	if dates.Held == nil || dates.Held.ID != fmt.Sprint(rows-3, 0) || dates.Counts != day(57) {
		t.Errorf("it counts by %s", dates.Counts)
	}
}
