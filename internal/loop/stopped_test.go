package loop

import "testing"

func TestTimeStandsStillWhileTheOtherSideIsAsked(t *testing.T) {
	terms := []string{"1 P offer due=20 by=10"}
	for _, tt := range []struct {
		name    string
		moves   []string
		stopped bool
		by      int // of the turn below the question
	}{
		{"asked by the one who is to agree", append(terms, "3 C ask"), true, 10},
		{"and answered", append(terms, "3 C ask", "8 P answer"), false, 15},
		{"twice", append(terms, "3 C ask", "8 P answer", "9 C ask", "11 P answer"), false, 17},
		{"asked by the one who offered", append(terms, "3 P ask", "8 C answer"), false, 10},
		{"and while that is open", append(terms, "3 P ask"), false, 10},
		{"a promised answer", append(terms, "2 C commit-to-commit by=12", "3 C ask", "5 P answer"), false, 14},
		{"what was delivered", append(delivered, "4 C ask"), true, 10},
		{"what was delivered, and answered", append(delivered, "4 C ask", "6 P answer"), false, 12},
		{"no date for the work", append(promised, "4 P ask", "9 C answer"), false, 20},
		{"nor while it is open", append(promised, "4 P ask"), false, 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(Limits{}), tt.moves...)
			if c.Stopped() != tt.stopped {
				t.Errorf("stopped is %v", c.Stopped())
			}
			if by := c.WithoutQuestion().AnswerBy(); by != day(tt.by) {
				t.Errorf("by %s, want %s", by, day(tt.by))
			}
		})
	}
}

// What is below a question has the turn and since when as before it was asked.
func TestWithoutQuestion(t *testing.T) {
	c := play(t, New(Limits{}), append(promised, "5 P ask")...)
	below := c.WithoutQuestion()
	if below.OpenQuestion != nil || below.Turn() != Performer || below.TurnSince != day(2) {
		t.Errorf("got %s", dump(below))
	}
	if c.OpenQuestion == nil || c.Turn() != Customer {
		t.Errorf("the conversation itself has changed: %s", dump(c))
	}
}

func TestCloseWaitsForOurAnswer(t *testing.T) {
	c := play(t, New(Limits{}), append(delivered, "9 C ask note=where")...)
	e := refused(t, c, "12 P close note=quiet")
	if e.Reason != Asking || e.Field != "did" {
		t.Errorf("refused for %s of %s", e.Reason, e.Field)
	}
	c = play(t, c, "12 P answer")
	if e := refused(t, c, "13 P close note=quiet"); e.Reason != TooEarly || e.Limit != day(13) {
		t.Errorf("refused for %s until %s", e.Reason, e.Limit)
	}
	play(t, c, "14 P close note=quiet")
	play(t, New(Limits{}), append(delivered, "9 P ask", "12 P close note=quiet")...) // theirs to answer: their time runs
}

func TestSentBack(t *testing.T) {
	c := play(t, New(Limits{}), append(delivered, "5 C reject note=slow due=25")...)
	for _, move := range []string{"6 P agree", "7 P progress"} {
		if c = play(t, c, move); c.SentBackOn != day(5) {
			t.Errorf("after %s it was sent back on %s", move, c.SentBackOn)
		}
	}
	if c = play(t, c, "8 P deliver"); !c.SentBackOn.IsZero() {
		t.Errorf("delivered again, it was sent back on %s", c.SentBackOn)
	}
}
