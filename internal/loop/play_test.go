package loop

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"portalgen/internal/civil"
)

// day returns the nth day of the tests' calendar.
func day(n int) civil.Moment {
	return civil.On(civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(n - 1))
}

// at returns an hour of the nth day.
func at(n, hour int) civil.Moment {
	m := day(n)
	m.Clock, m.Timed = time.Duration(hour)*time.Hour, true
	return m
}

// parse reads a move such as "3 P counter due=20 sw=fast|small by=5 note=why":
// day, side, verb, then what the move carries.
func parse(t testing.TB, s string) Move {
	t.Helper()
	f := strings.Fields(s)
	number := func(s string) civil.Moment {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		return day(n)
	}
	m := Move{On: number(f[0]), Side: map[string]Side{"C": Customer, "P": Performer}[f[1]], Did: Did(f[2])}
	for _, kv := range f[3:] {
		k, v, _ := strings.Cut(kv, "=")
		switch k {
		case "due":
			m.Due = number(v)
		case "sw":
			m.SatisfiedWhen = strings.Split(v, "|")
		case "also":
			m.Also = strings.Split(v, "|")
		case "with":
			m.WithInterim = v == "interim"
		case "by":
			m.AnswerBy = number(v)
		case "note":
			m.Note = v
		default:
			t.Fatalf("%q: unknown key", kv)
		}
	}
	return m
}

// play applies moves, which must be legal, to c.
func play(t testing.TB, c Conversation, moves ...string) Conversation {
	t.Helper()
	for _, s := range moves {
		next, err := c.Apply(parse(t, s))
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		c = next
	}
	return c
}

// refused returns why the move is illegal in c.
func refused(t testing.TB, c Conversation, move string) *IllegalMove {
	t.Helper()
	next, err := c.Apply(parse(t, move))
	e, ok := err.(*IllegalMove)
	if !ok {
		t.Fatalf("%s: got %v, want it refused", move, err)
	}
	if !reflect.DeepEqual(next, c) {
		t.Fatalf("%s: a refused move changed the conversation", move)
	}
	return e
}

// suitable returns a move of the kind l with the fields and the date that make it
// legal wherever it is in Legal.
func suitable(c Conversation, l Legal) Move {
	on := c.latest
	if on.IsZero() {
		on = day(1)
	}
	m := Move{On: on, Side: l.Side, Did: l.Did}
	switch l.Did {
	case Promise:
		m.Due = civil.On(on.AddDays(20))
	case CommitToCommit:
		m.AnswerBy = civil.On(on.AddDays(2))
	case Close:
		if by := c.AcceptBy(); !by.IsZero() {
			m.On = civil.On(by.AddDays(1))
		}
	}
	switch l.Did {
	case Counter, Withdraw, Renegotiate, Reject, Decline, Revoke, Correct, Close:
		m.Note = "why"
	}
	return m
}

// dump tells all of c, what is behind its pointer too.
func dump(c Conversation) string {
	q := Question{}
	if c.OpenQuestion != nil {
		q = *c.OpenQuestion
	}
	c.OpenQuestion = nil
	return fmt.Sprintf("%+v %+v", c, q)
}
