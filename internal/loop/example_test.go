package loop_test

import (
	"fmt"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// A customer asks, the performer promises; the customer cannot accept what was not
// delivered.
func Example() {
	day := func(n int) civil.Moment { return civil.On(civil.Date{Year: 2026, Month: 11, Day: n}) }
	conversation := loop.New(loop.Limits{})
	for _, move := range []loop.Move{
		{On: day(2), Side: loop.Customer, Did: loop.Request, Terms: loop.Terms{Due: day(20)}},
		{On: day(3), Side: loop.Performer, Did: loop.Promise},
		{On: day(4), Side: loop.Customer, Did: loop.AcceptWork},
	} {
		next, err := conversation.Apply(move)
		if err != nil {
			fmt.Println("refused:", move.Did)
			continue
		}
		conversation = next
		fmt.Println(move.Did, "-", conversation.State)
	}
	fmt.Println("due", conversation.Agreed.Due)
	// Output:
	// request - asked
	// promise - promised
	// refused: accept
	// due 2026-11-20
}
