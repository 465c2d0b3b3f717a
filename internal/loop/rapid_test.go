package loop

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
)

// drawMove draws a move of any side and kind, with any fields, dated around the
// moves so far.
func drawMove(t *rapid.T, c Conversation) Move {
	on := c.latest
	if on.IsZero() {
		on = day(100)
	}
	moment := func(label string) civil.Moment {
		switch n := rapid.IntRange(-20, 20).Draw(t, label); {
		case n < 0:
			return civil.Moment{}
		case n%2 == 0:
			return civil.On(on.AddDays(n))
		default:
			m := civil.On(on.AddDays(n))
			m.Timed, m.Clock = true, at(1, n).Clock
			return m
		}
	}
	return Move{
		On:       civil.On(on.AddDays(rapid.IntRange(-1, 8).Draw(t, "days later"))),
		Side:     rapid.SampledFrom([]Side{Customer, Performer}).Draw(t, "side"),
		Did:      rapid.SampledFrom(AllDids).Draw(t, "did"),
		Terms:    Terms{moment("due"), rapid.SliceOfN(rapid.SampledFrom([]string{"fast", "small"}), 0, 2).Draw(t, "when")},
		AnswerBy: moment("answer by"),
		Note:     rapid.SampledFrom([]string{"", "why"}).Draw(t, "note"),
	}
}

// replay applies moves in their order. It stops at the first illegal one and
// returns the conversation before it, its index and the error; the index is -1
// if all are legal.
func replay(c Conversation, moves []Move) (Conversation, int, error) {
	for i, m := range moves {
		next, err := c.Apply(m)
		if err != nil {
			return c, i, err
		}
		c = next
	}
	return c, -1, nil
}

// TestReplay: a replay of any legal moves gives what stepwise Apply gives, and
// Apply never changes its receiver, its move, nor anything it returned before.
func TestReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{rapid.IntRange(SameDay, 5).Draw(t, "answer within"), rapid.IntRange(SameDay, 5).Draw(t, "accept within")}
		start := New(l)
		if rapid.Bool().Draw(t, "deliverable") {
			start = NewPromised(l, day(100), day(120))
		}
		steps, before := []Conversation{start}, []string{dump(start)}
		var moves []Move
		for range rapid.IntRange(0, 30).Draw(t, "moves") {
			c := steps[len(steps)-1]
			m := drawMove(t, c)
			if legal := c.Legal(); len(legal) > 0 && rapid.IntRange(0, 3).Draw(t, "sensible") > 0 {
				fields := m
				m = suitable(c, rapid.SampledFrom(legal).Draw(t, "legal"))
				if dated := fields.AnswerBy; !dated.IsZero() && c.takesAnswerBy(m) {
					m.AnswerBy = dated
				}
			}
			next, err := c.Apply(m)
			if err != nil {
				checkRefused(t, c, m, next, err)
				continue
			}
			moves = append(moves, m)
			steps, before = append(steps, next), append(before, dump(next))
			// Another move from the same place must not reach into the first.
			for _, other := range c.Legal() {
				_, _ = c.Apply(suitable(c, other))
			}
		}
		for i, c := range steps {
			if got := dump(c); got != before[i] {
				t.Fatalf("after later moves,\n%s became\n%s", before[i], got)
			}
		}
		got, bad, err := replay(start, moves)
		if err != nil || bad != -1 || !reflect.DeepEqual(got, steps[len(steps)-1]) {
			t.Fatalf("replay stopped at %d (%v), with\n%s want\n%s", bad, err, dump(got), before[len(before)-1])
		}
		moves = append(moves, Move{On: day(-400), Side: Customer, Did: Progress})
		if _, bad, err := replay(start, moves); err == nil || bad != len(moves)-1 {
			t.Fatalf("replay stopped at %d (%v), want %d", bad, err, len(moves)-1)
		}
	})
}

// checkRefused: a refused move changes nothing, names the moves that are legal,
// and is one of those only if a field or the date is at fault.
func checkRefused(t *rapid.T, c Conversation, m Move, next Conversation, err error) {
	e, ok := err.(*IllegalMove)
	if !ok || !reflect.DeepEqual(next, c) || !slices.Equal(e.Allowed, c.Legal()) || e.Error() == "" {
		t.Fatalf("%v refused with %#v", m, err)
	}
	verb := e.Reason == NotAllowed || e.Reason == WrongSide
	if verb && slices.Contains(e.Allowed, Legal{m.Side, m.Did}) {
		t.Fatalf("%v is in Legal, but %v", m, err)
	}
}

// TestBranches: two moves from one conversation do not reach into each other's
// lists, however long those are.
func TestBranches(t *testing.T) {
	c := NewPromised(Limits{}, day(1), day(100))
	for i := range 10 {
		due := day(101 + i)
		c = play(t, c, "1 P summarize note=this")
		c.HelpAsked = slices.Grow(c.HelpAsked, 1) // room that a careless append would use
		reset, _, err := replay(c, []Move{{On: day(1), Side: Performer, Did: Renegotiate, Terms: Terms{Due: due}, Note: "ill"}})
		if err != nil {
			t.Fatal(err)
		}
		for name, branch := range map[string]func(Side) Conversation{
			"summarize": func(s Side) Conversation { return applied(t, c, Move{On: day(1), Side: s, Did: Summarize}) },
			"ask-help":  func(s Side) Conversation { return applied(t, c, Move{On: day(1), Side: s, Did: AskHelp}) },
			"agree": func(s Side) Conversation {
				return applied(t, reset, Move{On: day(1 + int(s)), Side: Customer, Did: Agree})
			},
		} {
			first := branch(Customer)
			want := dump(first)
			branch(Performer)
			if got := dump(first); got != want {
				t.Errorf("%s: another branch changed\n%s to\n%s", name, want, got)
			}
		}
		c = applied(t, reset, Move{On: day(1), Side: Customer, Did: Agree})
	}
}

// TestMoveIsCopied: what the caller does to a move afterwards is no matter.
func TestMoveIsCopied(t *testing.T) {
	when := []string{"fast"}
	c := applied(t, New(Limits{}), Move{On: day(1), Side: Customer, Did: Request, Terms: Terms{SatisfiedWhen: when}})
	when[0] = "slow"
	if c.Proposed.SatisfiedWhen[0] != "fast" {
		t.Error("the terms on the table changed with the caller's slice")
	}
}

// applied returns c after m, which must be legal.
func applied(t *testing.T, c Conversation, m Move) Conversation {
	t.Helper()
	next, err := c.Apply(m)
	if err != nil {
		t.Fatal(err)
	}
	return next
}
