package loop

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/civil"
)

// limits are the defaults of the tests below.
var limits = Limits{AnswerWithin: 3, AcceptWithin: 5}

// TestTurn tells, after each line of moves, who has the turn, since when and by
// when.
func TestTurn(t *testing.T) {
	type want struct {
		stage       Stage
		turn        Side
		since, till civil.Moment
	}
	none := civil.Moment{}
	for _, tt := range []struct {
		name  string
		moves []string
		want  want
	}{
		{"start", nil, want{Initiate, 0, none, none}},
		{"asked", []string{"1 C request due=20"}, want{Initiate, Performer, day(1), day(4)}},
		{"asked, with answer_by", []string{"1 C request by=2"}, want{Initiate, Performer, day(1), day(2)}},
		{"asked again", []string{"1 C request", "3 C request due=30"}, want{Initiate, Performer, day(1), day(6)}},
		{"offered", []string{"1 P offer"}, want{Initiate, Customer, day(1), day(4)}},
		{"countered", []string{"1 C request", "2 P counter due=9"}, want{Negotiate, Customer, day(2), day(5)}},
		{"countered back", []string{"1 C request", "2 P counter due=9", "3 C counter due=8"}, want{Negotiate, Performer, day(3), day(6)}},
		{"countered by the proposer", []string{"1 P offer", "3 P counter due=9"}, want{Negotiate, Customer, day(1), day(6)}},
		{"promised", []string{"1 C request due=20", "2 P promise"}, want{Perform, Performer, day(2), day(20)}},
		{"resetting", []string{"1 C request due=20", "2 P promise", "5 P renegotiate due=30 note=ill by=7"}, want{Perform, Customer, day(5), day(7)}},
		{"resetting by the customer", []string{"1 C request due=20", "2 P promise", "5 C renegotiate due=9 note=fair"}, want{Perform, Performer, day(5), day(8)}},
		{"resetting again", []string{"1 C request due=20", "2 P promise", "5 P renegotiate due=30 note=ill", "6 P renegotiate due=40 note=worse"}, want{Perform, Customer, day(5), day(9)}},
		{"the old date stands", []string{"1 C request due=20", "2 P promise", "5 P renegotiate due=30 note=ill", "6 C decline note=fair"}, want{Perform, Performer, day(6), day(20)}},
		{"delivered", []string{"1 C request due=20", "2 P promise", "5 P deliver"}, want{Accept, Customer, day(5), day(10)}},
		{"delivered, with answer_by", []string{"1 C request due=20", "2 P promise", "5 P deliver by=6"}, want{Accept, Customer, day(5), day(6)}},
		{"rejected", []string{"1 C request due=20", "2 P promise", "5 P deliver", "7 C reject note=slow"}, want{Perform, Performer, day(7), day(20)}},
		{"rejected, with answer_by", []string{"1 C request due=20", "2 P promise", "5 P deliver", "7 C reject note=slow by=9"}, want{Perform, Performer, day(7), day(9)}},
		{"rejected with a date", []string{"1 C request due=20", "2 P promise", "5 P deliver", "7 C reject note=slow due=30"}, want{Perform, Performer, day(7), day(10)}},
		{"kept", []string{"1 C request due=20", "2 P promise", "5 P deliver", "7 C accept"}, want{Closed, 0, none, none}},

		{"a question", []string{"1 C request", "2 P ask"}, want{Negotiate, Customer, day(2), day(5)}},
		{"a question with answer_by", []string{"1 C request", "2 P ask by=3"}, want{Negotiate, Customer, day(2), day(3)}},
		{"a question answered", []string{"1 C request", "2 P ask", "8 C answer"}, want{Initiate, Performer, day(1), day(10)}},
		{"a question to the one whose turn it is", []string{"1 C request", "2 C ask"}, want{Negotiate, Performer, day(1), day(5)}},
		{"a question closed by a counter", []string{"1 C request", "2 P ask", "3 P counter due=9"}, want{Negotiate, Customer, day(3), day(6)}},
		{"a question closed by asking anew", []string{"1 C request", "2 P ask", "3 C request due=9"}, want{Initiate, Performer, day(3), day(6)}},
		{"a question left open by a summary", []string{"1 C request", "2 P ask", "3 C summarize", "3 C progress"}, want{Negotiate, Customer, day(2), day(5)}},
		{"a question in delivered", []string{"1 C request due=20", "2 P promise", "5 P deliver", "6 C ask"}, want{Accept, Performer, day(6), day(9)}},

		{"a promised answer", []string{"1 C request", "2 P commit-to-commit by=9"}, want{Negotiate, Performer, day(1), day(9)}},
		{"a promised answer, then asked anew", []string{"1 C request", "2 P commit-to-commit by=9", "3 C request"}, want{Initiate, Performer, day(1), day(6)}},
		{"a promised answer to a question", []string{"1 C request", "2 P ask", "3 C commit-to-commit by=9"}, want{Negotiate, Customer, day(2), day(9)}},
		{"a promised answer to a question, kept", []string{"1 C request", "2 P ask", "3 C commit-to-commit by=9", "4 C answer"}, want{Initiate, Performer, day(1), day(6)}},
		{"a question on top of a promised answer", []string{"1 C request", "2 P commit-to-commit by=9", "3 P ask", "4 C answer"}, want{Negotiate, Performer, day(1), day(10)}},
		{"a promised answer to terms and question alike", []string{"1 C request", "2 C ask", "3 P commit-to-commit by=9", "4 P answer"}, want{Negotiate, Performer, day(1), day(9)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(limits), tt.moves...)
			got := want{c.Stage(), c.Turn(), c.TurnSince, c.AnswerBy()}
			if got != tt.want {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		limit int
		want  civil.Moment
	}{{0, civil.Moment{}}, {SameDay, day(1)}, {1, day(2)}, {40, day(41)}} {
		c := play(t, New(Limits{AnswerWithin: tt.limit}), "1 C request")
		if got := c.AnswerBy(); got != tt.want {
			t.Errorf("within %d: by %v, want %v", tt.limit, got, tt.want)
		}
	}
}

func TestClose(t *testing.T) {
	c := play(t, New(limits), "1 C request due=20", "2 P promise", "3 P deliver")
	if got := c.AcceptBy(); got != day(8) {
		t.Fatalf("accept by %v", got)
	}
	asked := play(t, c, "4 C ask")
	if asked.AcceptBy() != day(8) || asked.AnswerBy() != day(7) {
		t.Errorf("a question moved the date for accepting to %v", asked.AcceptBy())
	}
	if c := play(t, c, "9 P close note=quiet"); c.State != Unanswered || c.ClosedOn != day(9) {
		t.Errorf("got %s", c.State)
	}
}

func TestNextExpected(t *testing.T) {
	for _, tt := range []struct {
		name  string
		moves []string
		want  []Did
	}{
		{"start", nil, nil},
		{"asked", asked, []Did{Promise, Counter, Decline}},
		{"offered", offered, []Did{Agree, Counter, Decline}},
		{"offered without a date", []string{"1 P offer"}, []Did{Counter, Decline}},
		{"promised", promised, []Did{Deliver}},
		{"resetting", resetting, []Did{Agree, Counter, Decline}},
		{"delivered", delivered, []Did{AcceptWork, Reject}},
		{"a question", append(slices.Clone(delivered), "4 C ask"), []Did{Answer}},
		{"kept", append(slices.Clone(delivered), "4 C accept"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, play(t, New(Limits{}), tt.moves...).NextExpected()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLastMove(t *testing.T) {
	c := New(Limits{})
	if c.Moves != 0 {
		t.Errorf("%d moves before the first", c.Moves)
	}
	c = play(t, c, "1 C request", "2 P progress note=half")
	if c.Moves != 2 || c.LastMove.Did != Progress || c.LastMove.Note != "half" {
		t.Errorf("got %d: %v", c.Moves, c.LastMove)
	}
}

func TestSides(t *testing.T) {
	for s, want := range map[Side]struct {
		other Side
		name  string
	}{Customer: {Performer, "customer"}, Performer: {Customer, "performer"}, 0: {0, "nobody"}} {
		if s.Other() != want.other || s.String() != want.name {
			t.Errorf("%d: other %v, %q", s, s.Other(), s)
		}
	}
}
