package portal_test

import (
	"fmt"
	"testing"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/portal"
)

// large returns a client with ten commitments that each moved their date and have
// two interim results, and twenty status notes.
func large() *client.Client {
	c := &client.Client{
		ID: "acme", Name: "Acme", Timezone: "America/Los_Angeles",
		People: client.People{
			"maria": {ID: "maria", Name: "Maria", Side: client.ClientSide},
			"dev":   {ID: "dev", Name: "Dev", Side: client.ProviderSide},
		},
		Promises: client.Promises{
			ReplyWithin: client.Duration{N: 3, Unit: client.Hours}, AnswerWithin: client.Duration{N: 3, Unit: client.Days}, CheckIn: "weekly",
		},
	}
	day := func(n int) civil.Moment { return civil.On(firstDay.AddDays(n)) }
	move := func(n int, by, did string) client.Move {
		return client.Move{On: day(n), By: by, Did: did, Note: "Since it rained"}
	}
	for i := range 10 {
		request := move(i, "maria", "request")
		request.Due = day(i + 60)
		later := move(i+20, "dev", "renegotiate")
		later.Due = day(i + 80)
		cm := client.Commitment{
			ID: fmt.Sprint("c", i), Title: fmt.Sprint("Number ", i), Customer: "maria", Performer: "dev", SatisfiedWhen: []string{"It holds"},
			Moves: []client.Move{
				request, move(i+1, "dev", "promise"), move(i+2, "dev", "summarize"), move(i+3, "maria", "confirm"),
				move(i+10, "dev", "progress"), later, move(i+21, "maria", "agree"), move(i+30, "dev", "ask"),
				move(i+31, "maria", "answer"), move(i+40, "dev", "progress"), move(i+70, "dev", "deliver"), move(i+72, "maria", "accept"),
			},
		}
		for j := range 2 {
			cm.Deliverables = append(cm.Deliverables, client.Deliverable{
				ID: fmt.Sprint("d", j), Title: "A sketch", Due: day(i + 15*(j+1)),
				Moves: []client.Move{move(i+14*(j+1), "dev", "deliver"), move(i+14*(j+1)+1, "maria", "accept")},
			})
		}
		c.Commitments = append(c.Commitments, cm)
	}
	for i := range 20 {
		c.Statuses = append(c.Statuses, client.Status{ID: fmt.Sprint("s", i), On: day(7 * i), RAG: "green", Headline: "So it stands", NextUpdate: day(7*i + 7)})
		received := civil.Moment{Date: firstDay.AddDays(7 * i), Clock: 10 * time.Hour, Timed: true}
		c.Messages = append(c.Messages, client.Message{ID: fmt.Sprint("m", i), Received: received, By: "maria", About: "The rain", Acknowledged: day(7*i + 1)})
	}
	for i := range c.Commitments {
		c.Commitments[i].Replay = c.Replay(&c.Commitments[i])
	}
	return c
}

func BenchmarkNew(b *testing.B) {
	c := large()
	opt := options(noon(b, "2026-11-20"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := portal.New(c, opt); err != nil {
			b.Fatal(err)
		}
	}
}
