package client_test

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/client"
)

// What the moves of a commitment have come to.
func Example() {
	day := func(n int) civil.Moment { return civil.On(civil.Date{Year: 2026, Month: 11, Day: n}) }
	c := client.Client{People: client.People{
		"maria": {ID: "maria", Name: "Maria Ruiz", Side: client.ClientSide},
		"dev":   {ID: "dev", Name: "Dev Rao", Side: client.ProviderSide},
	}}
	booking := client.Commitment{
		Title: "Online booking", Customer: "maria", Performer: "dev",
		Moves: []client.Move{
			{On: day(2), By: "maria", Did: "request", Due: day(20)},
			{On: day(3), By: "dev", Did: "promise"},
			{On: day(4), By: "maria", Did: "accept"},
		},
	}
	replay := c.Replay(&booking)
	fmt.Println(replay.Whole.State, "for", replay.Whole.Agreed.Due)
	for _, fault := range replay.Faults {
		fmt.Printf("move %d, %s, is not allowed\n", fault.Move, booking.Moves[fault.Move].Did)
	}
	// Output:
	// promised for 2026-11-20
	// move 2, accept, is not allowed
}
