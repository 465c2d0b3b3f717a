package loop

import (
	"reflect"
	"slices"
	"testing"
)

// holdsTerms: an agreed date exists exactly in Promised, Resetting and Delivered;
// a proposed one, if it was given, exactly in Asked, Offered, Countered and
// Resetting.
func holdsTerms(t *testing.T, c Conversation) {
	t.Helper()
	want := c.State == Promised || c.State == Resetting || c.State == Delivered
	if got := !c.Agreed.Due.IsZero(); got != want {
		t.Errorf("agreed date: %v in %s", got, dump(c))
	}
	table := c.State == Asked || c.State == Offered || c.State == Countered || c.State == Resetting
	if !table && (!c.Proposed.Due.IsZero() || c.Proposed.SatisfiedWhen != nil || c.Proposer != 0 || c.ProposedReason != "") {
		t.Errorf("terms on the table in %s", dump(c))
	}
	if table && c.Proposer == 0 {
		t.Errorf("terms of nobody in %s", dump(c))
	}
	if c.State == Resetting && c.Proposed.Due.IsZero() {
		t.Errorf("no proposed date in %s", dump(c))
	}
	if c.State.Stage() == Closed && (c.OpenQuestion != nil || c.CommittedBy != 0 ||
		c.OpenSummaries != nil || c.HelpAsked != nil || c.ClosedOn.IsZero() || !c.RejectedOn.IsZero()) {
		t.Errorf("something is open in %s", dump(c))
	}
}

// holdsTurn: in every open state someone has the turn, since a date, and can move
// something other than an annotation; in a closed one nobody has or can.
func holdsTurn(t *testing.T, c Conversation) {
	t.Helper()
	turn := c.Turn()
	if c.State == Start {
		return
	}
	if !c.State.Open() {
		if turn != 0 || len(c.Legal()) > 0 || c.NextExpected() != nil || !c.TurnSince.IsZero() || !c.AnswerBy().IsZero() {
			t.Errorf("something can still happen in %s", dump(c))
		}
		return
	}
	if turn == 0 || c.TurnSince.IsZero() || len(c.NextExpected()) == 0 {
		t.Errorf("nobody has the turn in %s", dump(c))
	}
	for _, d := range c.NextExpected() {
		if _, err := c.Apply(suitable(c, Legal{turn, d})); err != nil {
			t.Errorf("%s is expected, but %v", d, err)
		}
	}
}

// legalIsWhatApplies: Legal names exactly the moves that some fields and some
// date make good, and a move that is not made good is refused with those.
func legalIsWhatApplies(t *testing.T, c Conversation) {
	t.Helper()
	legal, annotated := c.Legal(), configOf(c).annotated()
	for _, s := range []Side{Customer, Performer} {
		for _, d := range AllDids {
			l := Legal{s, d}
			moves := []Move{suitable(c, l)}
			if c.may(s, d) && !annotated {
				moves = variants(c, l)
			}
			accepted := false
			for _, m := range moves {
				next, err := c.Apply(m)
				if err == nil {
					accepted = true
					continue
				}
				e, ok := err.(*IllegalMove)
				if !ok || e.State != c.State || e.Reason == "" || e.Field == "" || !slices.Equal(e.Allowed, legal) || !reflect.DeepEqual(next, c) {
					t.Fatalf("%v refused with %#v in %s", m, err, dump(c))
				}
			}
			if accepted != slices.Contains(legal, l) {
				t.Errorf("%s %s: accepted %v, but Legal says otherwise in %s", s, d, accepted, dump(c))
			}
		}
	}
}

// canEnd reports whether side s can close c by at most n moves of its own.
func canEnd(c Conversation, s Side, n int) bool {
	if !c.State.Open() {
		return true
	}
	if n == 0 {
		return false
	}
	for _, l := range c.Legal() {
		if l.Side != s {
			continue
		}
		next, err := c.Apply(suitable(c, l))
		if err == nil && next.State != c.State && canEnd(next, s, n-1) {
			return true
		}
	}
	return false
}

// askAndAnswer: a question of side s and its answer together change nothing but
// the record of moves. What the answer settles besides, a call for help by the
// asker, is what an answer alone would have settled.
func askAndAnswer(t *testing.T, c Conversation, s Side) {
	t.Helper()
	asked, err := c.Apply(suitable(c, Legal{s, Ask}))
	if err != nil {
		return
	}
	if asked.Turn() != s.Other() || asked.State != c.State {
		t.Errorf("asked by the %s, the turn is the %s's", s, asked.Turn())
	}
	got, err := asked.Apply(suitable(asked, Legal{s.Other(), Answer}))
	if err != nil {
		t.Fatal(err)
	}
	want := c
	if c.HelpOf(s) != nil {
		if want, err = c.Apply(suitable(c, Legal{s.Other(), Answer})); err != nil {
			t.Fatal(err)
		}
	}
	got.LastMove, got.Moves, got.latest = want.LastMove, want.Moves, want.latest
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ask and answer changed\n%s to\n%s", dump(want), dump(got))
	}
}

// ownWord: nobody is promised without their own word. When a conversation first
// becomes promised, the performer has either made the very move or proposed the
// very terms that the customer agreed to with it; and the customer has either
// made the move or asked, so that terms of theirs stood on the table.
func ownWord(t *testing.T, c Conversation, m Move, next Conversation) {
	t.Helper()
	if next.State != Promised || !c.PromisedOn.IsZero() {
		return
	}
	performer := m.Side == Performer && (m.Did == Promise || m.Did == Agree) ||
		m.Did == Agree && c.Proposer == Performer && reflect.DeepEqual(next.Agreed, c.Proposed)
	customer := m.Side == Customer && m.Did == Agree || c.Proposer == Customer
	if !performer || !customer {
		t.Errorf("%v promised %s without a word of both", m, dump(c))
	}
}

// agreedOnlyByWord: what is agreed comes about by a promise, or by an agree of
// the side that did not propose it, and goes only with closing.
func agreedOnlyByWord(t *testing.T, c Conversation, m Move, next Conversation) {
	t.Helper()
	switch {
	case reflect.DeepEqual(c.Agreed, next.Agreed), !next.State.Open():
	case m.Did == Promise && m.Side == Performer && c.State == Asked:
	case m.Did == Agree && m.Side == c.Proposer.Other() && reflect.DeepEqual(next.Agreed, c.Proposed):
	default:
		t.Errorf("%v changed what is agreed in %s", m, dump(c))
	}
}

// annotationsChangeNothing: an annotation leaves state, terms and turn alone.
func annotationsChangeNothing(t *testing.T, c Conversation, m Move, next Conversation) {
	t.Helper()
	switch m.Did {
	case Progress, Summarize, Confirm, Correct, AskHelp:
	default:
		return
	}
	next.OpenSummaries, next.HelpAsked = c.OpenSummaries, c.HelpAsked
	next.LastMove, next.Moves, next.latest = c.LastMove, c.Moves, c.latest
	if !reflect.DeepEqual(c, next) {
		t.Errorf("%v changed\n%s to\n%s", m, dump(c), dump(next))
	}
}
