package portal_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/loop"
	"portalgen/internal/portal"
)

var firstDay = civil.Date{Year: 2026, Month: time.January, Day: 5}

// walk draws a legal conversation that goes on from c, and its moves as a file has
// them.
func walk(t *rapid.T, c loop.Conversation, sides map[loop.Side]string) ([]client.Move, loop.Conversation) {
	var moves []client.Move
	day := firstDay
	for range rapid.IntRange(0, 12).Draw(t, "moves") {
		legal := c.Legal()
		if len(legal) == 0 {
			break
		}
		l := rapid.SampledFrom(legal).Draw(t, "move")
		day = day.AddDays(rapid.SampledFrom([]int{0, 0, 1, 3, 10, 90}).Draw(t, "days"))
		m := loop.Move{On: civil.On(day), Side: l.Side, Did: l.Did, Note: "Since it rained"}
		if slices.Contains([]loop.Did{loop.Request, loop.Offer, loop.Promise, loop.Counter, loop.Renegotiate, loop.Reject}, l.Did) {
			if n := rapid.IntRange(-20, 60).Draw(t, "due"); n >= 0 {
				m.Due = civil.On(day.AddDays(n))
			}
		}
		if l.Did == loop.CommitToCommit {
			m.AnswerBy = civil.On(day.AddDays(3))
		}
		next, err := c.Apply(m)
		if err != nil {
			continue // a promise without a date, a close before its day
		}
		c = next
		moves = append(moves, client.Move{On: m.On, By: sides[l.Side], Did: string(m.Did), Due: m.Due, AnswerBy: m.AnswerBy, Note: m.Note})
	}
	return moves, c
}

func drawClient(t *rapid.T) *client.Client {
	c := &client.Client{
		ID: "acme", Name: "Acme", Timezone: "America/Los_Angeles",
		People: client.People{
			"maria": {ID: "maria", Name: "Maria", Side: client.ClientSide},
			"dev":   {ID: "dev", Name: "Dev", Side: client.ProviderSide},
		},
		Promises: client.Promises{
			AnswerWithin: client.Duration{N: 3, Unit: client.Days}, AcceptWithin: client.Duration{N: 5, Unit: client.Days},
		},
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "commitments") {
		cm := client.Commitment{ID: fmt.Sprint(i), Title: fmt.Sprint("Number ", i), Customer: "maria", Performer: "dev"}
		if rapid.Bool().Draw(t, "theirs") {
			cm.Customer, cm.Performer = "dev", "maria"
		}
		sides := map[loop.Side]string{loop.Customer: cm.Customer, loop.Performer: cm.Performer}
		var whole loop.Conversation
		cm.Moves, whole = walk(t, loop.New(c.Limits()), sides)
		d := client.Deliverable{Title: "A sketch", Due: civil.On(firstDay.AddDays(rapid.IntRange(0, 90).Draw(t, "interim")))}
		if whole.State == loop.Promised && whole.PromisedOn.Date == firstDay {
			d.Moves, _ = walk(t, loop.NewPromised(c.Limits(), whole.PromisedOn, d.Due), sides)
		}
		cm.Deliverables = []client.Deliverable{d}
		cm.Replay = c.Replay(&cm)
		c.Commitments = append(c.Commitments, cm)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "notes") {
		c.Statuses = append(c.Statuses, client.Status{
			ID: fmt.Sprint("note-", i), On: civil.On(firstDay.AddDays(rapid.IntRange(0, 300).Draw(t, "on"))),
			RAG: rapid.SampledFrom([]string{"green", "amber", "red"}).Draw(t, "rag"), Headline: "So it stands",
			RAGBecause: rapid.SampledFrom([]string{"", "We know"}).Draw(t, "because"),
		})
	}
	return c
}

// TestEveryViewHolds derives views of arbitrary legal clients at arbitrary days.
func TestEveryViewHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawClient(t)
		now := noon(t, firstDay.AddDays(rapid.IntRange(0, 400).Draw(t, "today")).String())
		v, err := portal.New(c, options(now))
		if err != nil {
			t.Fatalf("a legal client cannot be told: %v", err)
		}
		h := home(v)
		checkTimeline(t, h.Timeline)
		if p := page(v, portal.KindPromises); p.Promises != nil {
			checkTimeline(t, p.Promises.Timeline)
		}
		checkStanding(t, h.Standing)
		if !ahead(c, v.Today) {
		}
		checkOrder(t, h.Yours)
		checkOrder(t, h.Ours)
		for _, p := range v.Pages {
			if p.Status != nil {
				checkStanding(t, p.Status.Standing)
			}
			if cm := p.Commitment; cm != nil {
				checkCommitment(t, cm, c)
				for _, d := range cm.Dates() {
					if (d.Kind == "gone" || d.Kind == "agreed") && d.Agreer.ID == "" {
						t.Errorf("nobody agreed to %s", d.Day)
					}
				}
			}
		}
	})
}

func checkTimeline(t *rapid.T, tl *portal.Timeline) {
	if tl == nil {
		return
	}
	inside := func(what string, x int) {
		if x < 0 || x > portal.TimelineWidth {
			t.Errorf("%s stands at %d", what, x)
		}
	}
	for _, l := range tl.Labels {
		inside("a month", l.X)
	}
	inside("today", tl.Today)
	explained := map[string]bool{"asked": true, "step-was": true}
	for _, k := range tl.Keys {
		explained[k.Mark] = true
	}
	for _, r := range allRows(tl) {
		marked := map[string]int{}
		for _, s := range r.Spans {
			inside("a span", s.X)
			inside("the end of a span", s.X+s.W)
			if s.W < 0 || !explained[s.Mark] {
				t.Errorf("a span is wrong, or not explained: %+v", s)
			}
		}
		for _, p := range r.Points {
			inside(p.Mark, p.X)
			marked[p.Mark]++
			if !explained[p.Mark] {
				t.Errorf("%s is not explained", p.Mark)
			}
		}
		if marked["moved"] != len(r.Commitment.Moved) {
			t.Errorf("%d dates moved and %d are marked", len(r.Commitment.Moved), marked["moved"])
		}
		if !r.Chip.Until.IsZero() && !r.Chip.LateBy.Ours() || r.Chip.Kind == "kept" && r.Commitment.State != "kept" {
			t.Errorf("the chip of %s says %+v", r.Commitment.State, r.Chip)
		}
	}
}

// checkStanding makes sure that a colour is the worst of its reasons and its author.
func checkStanding(t *rapid.T, s portal.Standing) {
	order := []portal.Colour{"", portal.Green, portal.Amber, portal.Red}
	worst := slices.Index(order, s.Author)
	for _, f := range s.Reasons() {
		worst = max(worst, slices.Index(order, f.Colour))
	}
	if s.Colour != order[worst] {
		t.Errorf("%q by its author stands at %q for %v", s.Author, s.Colour, s.Reasons())
	}
	if !slices.IsSortedFunc(s.Floor, func(a, b portal.FloorFact) int { return a.From.Compare(b.From) }) {
		t.Errorf("the facts are out of order: %v", s.Floor)
	}
}

// ahead reports whether a client has moves after a day.
func ahead(c *client.Client, day civil.Date) bool {
	late := func(m client.Move) bool { return m.On.Date.After(day) }
	return slices.ContainsFunc(c.Commitments, func(cm client.Commitment) bool {
		return slices.ContainsFunc(cm.Moves, late) || slices.ContainsFunc(cm.Deliverables, func(d client.Deliverable) bool {
			return slices.ContainsFunc(d.Moves, late)
		})
	})
}

func checkOrder(t *rapid.T, all []portal.Waiting) {
	for i := 1; i < len(all); i++ {
		a, b := all[i-1].By, all[i].By
		if all[i-1].Blocks != all[i].Blocks {
			if all[i-1].Blocks < all[i].Blocks {
				t.Errorf("what blocks less comes first: %v", waitingLines(all))
			}
			continue
		}
		if a.IsZero() && !b.IsZero() || !b.IsZero() && b.Before(a) {
			t.Errorf("out of order: %v", waitingLines(all))
		}
	}
}

func checkCommitment(t *rapid.T, cm *portal.Commitment, c *client.Client) {
	if cm.Open() != (cm.Turn.Side != "") {
		t.Errorf("open: %v, and the turn is of %q", cm.Open(), cm.Turn.Side)
	}
	if cm.Open() && cm.Turn.Kind == "" {
		t.Errorf("nothing is expected of %s", cm.Turn.Person.ID)
	}
	i := slices.IndexFunc(c.Commitments, func(x client.Commitment) bool { return x.ID == cm.ID })
	if len(cm.Moves) != len(c.Commitments[i].Moves) {
		t.Errorf("%d of %d moves are told", len(cm.Moves), len(c.Commitments[i].Moves))
	}
	ring := cm.Ring()
	if ring.Asker && ring.Doer != (ring.With.ID != "") || (ring.Asker || ring.Doer) != cm.Open() || len(ring.Arcs) != 4 {
		t.Errorf("the ring of %s: %+v", cm.State, ring)
	}
}

// A prefix of a client's moves is what it was on an earlier day, so an archived note
// does not change with what comes after it.
func TestLaterMovesDoNotChangeAnArchivedNote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawClient(t)
		then := firstDay.AddDays(rapid.IntRange(0, 200).Draw(t, "then"))
		c.Statuses = []client.Status{{ID: "n", On: civil.On(then), RAG: "green", Headline: "So it stands"}}
		standing := func() portal.Standing {
			v, err := portal.New(c, options(noon(t, "2027-06-01")))
			if err != nil {
				t.Fatal(err)
			}
			return note(v, "n").Standing
		}
		whole := standing()
		for i := range c.Commitments {
			later := func(m client.Move) bool { return m.On.Date.After(then) }
			c.Commitments[i].Moves = slices.DeleteFunc(c.Commitments[i].Moves, later)
			d := &c.Commitments[i].Deliverables[0]
			d.Moves = slices.DeleteFunc(d.Moves, later)
			c.Commitments[i].Replay = c.Replay(&c.Commitments[i])
		}
		if before := standing(); !slices.Equal(before.Floor, whole.Floor) || before.Colour != whole.Colour {
			t.Errorf("as of %s it stood at %v, and now at %v", then, before, whole)
		}
	})
}
