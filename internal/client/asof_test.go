package client

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"portalgen/internal/civil"
	"portalgen/internal/loop"
)

// drawMoves draws a legal conversation that goes on from conv on the day on, no
// later than until where that is given.
func drawMoves(t *rapid.T, conv loop.Conversation, on civil.Date, until civil.Moment) ([]Move, loop.Conversation) {
	by := map[loop.Side]string{loop.Customer: "maria", loop.Performer: "dev"}
	var moves []Move
	for range rapid.IntRange(0, 10).Draw(t, "moves") {
		legal := conv.Legal()
		if len(legal) == 0 {
			break
		}
		l := rapid.SampledFrom(legal).Draw(t, "move")
		on = on.AddDays(rapid.SampledFrom([]int{0, 0, 1, 4, 30}).Draw(t, "days"))
		if !until.IsZero() && on.After(until.Date) {
			break
		}
		m := loop.Move{On: civil.On(on), Side: l.Side, Did: l.Did, Note: "Since it rained"}
		if slices.Contains([]loop.Did{loop.Request, loop.Offer, loop.Promise, loop.Counter, loop.Renegotiate, loop.Reject}, l.Did) {
			m.Due = civil.On(on.AddDays(20))
		}
		if l.Did == loop.CommitToCommit {
			m.AnswerBy = civil.On(on.AddDays(3))
		}
		next, err := conv.Apply(m)
		if err != nil {
			continue // a close before its day
		}
		conv = next
		moves = append(moves, Move{On: m.On, By: by[l.Side], Did: string(m.Did), Due: m.Due, AnswerBy: m.AnswerBy, Note: m.Note})
	}
	return moves, conv
}

// upTo returns cm as its file was at the end of the day on: replaying that is what
// AsOf must agree with.
func upTo(cm Commitment, on civil.Date) Commitment {
	later := func(m Move) bool { return m.On.Date.After(on) }
	cm.Moves = slices.DeleteFunc(slices.Clone(cm.Moves), later)
	cm.Deliverables = slices.Clone(cm.Deliverables)
	for i := range cm.Deliverables {
		cm.Deliverables[i].Moves = slices.DeleteFunc(slices.Clone(cm.Deliverables[i].Moves), later)
	}
	return cm
}

func TestAsOfIsWhatAnEarlierFileSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := dental()
		first := civil.Date{Year: 2026, Month: 11, Day: 1}
		cm := Commitment{Customer: "maria", Performer: "dev", SatisfiedWhen: []string{"It books"}}
		var whole loop.Conversation
		cm.Moves, whole = drawMoves(t, loop.New(c.Limits()), first, civil.Moment{})
		for range rapid.IntRange(0, 2).Draw(t, "deliverables") {
			d := Deliverable{Title: "A sketch", Due: civil.On(first.AddDays(30))}
			if !whole.PromisedOn.IsZero() {
				d.Moves, _ = drawMoves(t, loop.NewPromised(c.Limits(), whole.PromisedOn, d.Due), whole.PromisedOn.Date, whole.ClosedOn)
			}
			cm.Deliverables = append(cm.Deliverables, d)
		}
		now, interims, faults := parts(c.Replay(&cm))
		if len(faults) > 0 {
			t.Fatalf("the moves that were drawn are illegal: %v", faults[0].Err)
		}
		for day := -1; day < 40; day++ {
			on := first.AddDays(day * rapid.IntRange(1, 6).Draw(t, "stride"))
			was := upTo(cm, on)
			want, wantInterims, _ := parts(c.Replay(&was))
			same(t, on, now.AsOf(cm.Moves, on), want)
			for i, r := range interims {
				same(t, on, r.AsOf(cm.Deliverables[i].Moves, on), wantInterims[i])
			}
		}
	})
}

// An interim result begins when its commitment is promised, and ends with it.
func TestAsOfAnInterimResult(t *testing.T) {
	cm := booking(Move{On: nov(10), By: "dev", Did: "deliver"}, Move{On: nov(12), By: "maria", Did: "accept"})
	cm.Deliverables = []Deliverable{{Title: "A sketch", Due: nov(20)}}
	_, interims, faults := parts(dental().Replay(cm))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	promised := interims[0].PromisedOn
	for _, tt := range []struct {
		on           civil.Date
		begun, ended bool
	}{
		{promised.AddDays(-1), false, false},
		{promised.Date, true, false},
		{nov(11).Date, true, false},
		{nov(12).Date, true, true},
		{nov(30).Date, true, true},
	} {
		if got := interims[0].AsOf(nil, tt.on); got.Begun != tt.begun || got.Ended != tt.ended {
			t.Errorf("as of %s: begun %v, ended %v", tt.on, got.Begun, got.Ended)
		}
	}
}

func same(t *rapid.T, on civil.Date, got, want Replayed) {
	if len(got.Steps)+len(want.Steps) == 0 {
		got.Steps, want.Steps = nil, nil
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("as of %s: got %+v\nwant %+v", on, got, want)
	}
}

// What was as of a day can be asked again as of an earlier one.
func TestAsOfTwice(t *testing.T) {
	cm := booking(Move{On: nov(10), By: "dev", Did: "deliver"}, Move{On: nov(12), By: "maria", Did: "accept"})
	r := dental().Replay(cm).Whole
	twice := r.AsOf(cm.Moves, nov(11).Date).AsOf(cm.Moves, nov(2).Date)
	if twice.State != loop.Promised || len(twice.Steps) != 2 || !twice.Open() {
		t.Errorf("got %s after %d moves", twice.State, len(twice.Steps))
	}
	if r.State != loop.Kept || len(r.Steps) != 4 {
		t.Errorf("it is itself now %s after %d moves", r.State, len(r.Steps))
	}
}
