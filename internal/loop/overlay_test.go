package loop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSummaries(t *testing.T) {
	base := play(t, New(limits), "1 C request")
	p := func(on int) Summary { return Summary{Performer, day(on), day(on + 3), "this"} }
	c := func(on int) Summary { return Summary{Customer, day(on), day(on + 3), "that"} }
	for _, tt := range []struct {
		name  string
		moves []string
		want  []Summary
	}{
		{"two", []string{"2 P summarize note=this", "3 P summarize note=this"}, []Summary{p(2), p(3)}},
		{"of both sides", []string{"2 P summarize note=this", "3 C summarize note=that"}, []Summary{p(2), c(3)}},
		{"confirm settles all of the other side", []string{"2 P summarize note=this", "3 C summarize note=that", "4 P summarize note=this", "5 C confirm"}, []Summary{c(3)}},
		{"correct settles the other side's and waits itself", []string{"2 P summarize note=this", "3 C correct note=that"}, []Summary{c(3)}},
		{"correct of one's own", []string{"2 P summarize note=this", "3 P correct note=this"}, []Summary{p(3)}},
		{"correct after it was confirmed", []string{"2 P summarize note=this", "3 C confirm", "4 C correct note=that"}, []Summary{c(4)}},
		{"a correction is confirmed", []string{"2 P summarize note=this", "3 C correct note=that", "4 P confirm"}, nil},
		{"they outlive other moves", []string{"2 P summarize note=this", "3 P counter due=20"}, []Summary{p(2)}},
		{"closing settles them", []string{"2 P summarize note=this", "3 C withdraw"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, play(t, base, tt.moves...).OpenSummaries); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	c := play(t, New(limits), "1 C request", "2 P ask-help note=keys", "3 C ask-help note=words by=9")
	want := []Help{{Performer, day(2), day(5), "keys"}, {Customer, day(3), day(9), "words"}}
	if diff := cmp.Diff(want, c.HelpAsked); diff != "" {
		t.Fatal(diff)
	}
	if h := c.HelpOf(Customer); h == nil || *h != want[1] {
		t.Errorf("the customer's: %v", h)
	}
	if c.Turn() != Performer || c.Stage() != Initiate {
		t.Error("asking for help must not touch the turn or the stage")
	}
	answered := play(t, c, "4 C answer")
	if diff := cmp.Diff(want[1:], answered.HelpAsked); diff != "" {
		t.Error(diff)
	}
	both := play(t, c, "4 P ask", "5 C answer")
	if both.OpenQuestion != nil || both.HelpOf(Performer) != nil {
		t.Error("one answer must settle both the question and the call for help")
	}
	helped := play(t, c, "4 P ask", "5 P answer")
	if helped.OpenQuestion == nil || helped.HelpOf(Customer) != nil {
		t.Error("the asker's answer to a call for help must leave the question open")
	}
	if closed := play(t, c, "4 C withdraw"); closed.HelpAsked != nil {
		t.Error("closing must settle calls for help")
	}
}

func TestQuestion(t *testing.T) {
	c := play(t, New(limits), "1 C request", "2 P ask note=which")
	want := Question{By: Performer, On: day(2), Note: "which", AnswerBy: day(5), turnSince: day(1)}
	if *c.OpenQuestion != want {
		t.Errorf("got %+v", *c.OpenQuestion)
	}
	promised := play(t, c, "3 C commit-to-commit by=9")
	if q := promised.OpenQuestion; q.AnswerBy != day(9) || !q.Promised || promised.CommittedBy != 0 {
		t.Errorf("got %+v, committed by %v", *q, promised.CommittedBy)
	}
	if *c.OpenQuestion != want {
		t.Error("the earlier conversation's question changed")
	}
}
