package loop

import (
	"strings"
	"testing"

	"portalgen/internal/civil"
)

// These are where the tests below begin.
var (
	asked     = []string{"1 C request due=20 sw=fast"}
	offered   = []string{"1 P offer due=20 sw=fast"}
	promised  = []string{"1 C request due=20 sw=fast note=fair", "2 P promise"}
	resetting = []string{"1 C request due=20", "2 P promise", "3 P renegotiate due=30 note=ill"}
	delivered = []string{"1 C request due=20", "2 P promise", "3 P deliver by=10"}
)

func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before []string
		move   string
		reason Reason
		field  string
		says   string
	}{
		{"nobody's", asked, "2 X promise", MissingField, "by", "promise needs someone of one of the two sides in by"},
		{"no such verb", asked, "2 P shrug", NotAllowed, "did", `"shrug" is not a move`},
		{"wrong side", asked, "2 C promise", WrongSide, "by", "the customer cannot promise now, only the performer can"},
		{"not allowed", asked, "2 P deliver", NotAllowed, "did", "nobody can deliver now"},
		{"out of order", promised, "1 P deliver", OutOfOrder, "on", "deliver is dated 2026-01-01, earlier than the 2026-01-02 of the move before it"},

		{"decline without a note", asked, "2 P decline", MissingField, "note", "decline needs a note"},
		{"revoke without a note", promised, "2 P revoke", MissingField, "note", "revoke needs a note"},
		{"correct without a note", promised, "2 P correct", MissingField, "note", "correct needs a note"},
		{"reject without a note", delivered, "3 C reject", MissingField, "note", "reject needs a note"},
		{"close without a note", delivered, "11 P close", MissingField, "note", "close needs a note"},
		{"performer's withdraw without a note", offered, "2 P withdraw", MissingField, "note", "withdraw needs a note"},
		{"renegotiate with a date but no note", promised, "2 P renegotiate due=30", MissingField, "note", "renegotiate needs a note"},
		{"counter with nothing", asked, "2 P counter", MissingField, "due", "counter needs a due, satisfied_when, also or a note"},
		{"also where nothing is negotiated", promised, "3 P deliver also=more", UnexpectedField, "also", "deliver takes no also; counter and renegotiate do"},
		{"also beside satisfied_when", promised, "3 P renegotiate sw=all also=more note=n", UnexpectedField, "also", "also adds to the conditions before, and satisfied_when replaces them; write one of the two"},
		{"also what is there", promised, "3 P renegotiate also=fast note=n", UnexpectedField, "also", "also repeats a condition that is there already"},
		{"also twice", promised, "3 P renegotiate also=more|more note=n", UnexpectedField, "also", "also repeats a condition that is there already"},
		{"with interim without a date", promised, "3 P renegotiate also=more with=interim note=n", UnexpectedField, "with_interim", "with_interim stands only on a renegotiate of a commitment, or a counter to one, with a due that is later than the agreed date"},
		{"with interim and an earlier date", promised, "3 P renegotiate due=19 with=interim note=n", UnexpectedField, "with_interim", "with_interim stands only on a renegotiate of a commitment, or a counter to one, with a due that is later than the agreed date"},
		{"with interim before a promise", asked, "2 P counter due=30 with=interim", UnexpectedField, "with_interim", "with_interim stands only on a renegotiate of a commitment, or a counter to one, with a due that is later than the agreed date"},
		{"commit-to-commit without a date", asked, "2 P commit-to-commit", MissingField, "answer_by", "commit-to-commit needs answer_by"},

		{"agree to another date", offered, "2 C agree due=21", UnexpectedField, "due", "agree cannot carry another date than 2026-01-20, which is on the table; that is a counter"},
		{"agree to a date where none is", []string{"1 P offer"}, "2 C agree due=21", UnexpectedField, "due", "agree cannot bring a date, and none is on the table; that is a counter"},
		{"agree to other conditions", offered, "2 C agree sw=slow", UnexpectedField, "satisfied_when", "agree cannot carry other conditions than those on the table; that is a counter"},
		{"deliver with a date", promised, "2 P deliver due=30", UnexpectedField, "due", "deliver takes no due"},
		{"progress with conditions", promised, "2 P progress sw=slow", UnexpectedField, "satisfied_when", "progress takes no satisfied_when"},
		{"reject with conditions alone", delivered, "3 C reject note=no sw=slow", UnexpectedField, "satisfied_when", "reject takes satisfied_when only together with a due"},
		{"promise with answer_by", asked, "2 P promise by=9", UnexpectedField, "answer_by", "promise takes no answer_by, since it does not hand over the turn"},
		{"decline with answer_by", asked, "2 P decline note=full by=9", UnexpectedField, "answer_by", "decline takes no answer_by, since it does not hand over the turn"},
		{"progress with answer_by", asked, "2 P progress by=9", UnexpectedField, "answer_by", "progress takes no answer_by, since it does not hand over the turn"},
		{"answer with answer_by", []string{"1 C request", "1 P ask"}, "2 C answer by=9", UnexpectedField, "answer_by", "answer takes no answer_by, since it does not hand over the turn"},

		{"close too early", delivered, "9 P close note=quiet", TooEarly, "on", "close must wait until the date for accepting, 2026-01-10, has passed"},
		{"close on the date for accepting", delivered, "10 P close note=quiet", TooEarly, "on", "close must wait until the date for accepting, 2026-01-10, has passed"},
		{"promise without a date", []string{"1 C request"}, "2 P promise", NoDate, "due", "promise needs a due, since no date was asked for"},
		{"agree without a date", []string{"1 P offer"}, "2 C agree", NoDate, "due", "agree needs a date on the table, and nobody has proposed one: counter with a due"},

		{"a second question", []string{"1 C request", "1 P ask"}, "2 C ask", NotAllowed, "did", "nobody can ask while a question is open"},
		{"answer by the asker", []string{"1 C request", "1 P ask"}, "2 P answer", WrongSide, "by", "the performer cannot answer now, only the customer can"},
		{"answer without a question", asked, "2 P answer", NotAllowed, "did", "nothing is open that could be answered"},
		{"confirm one's own summary", []string{"1 C request", "1 P summarize"}, "2 P confirm", WrongSide, "by", "the performer cannot confirm now, only the customer can"},
		{"confirm what is confirmed", []string{"1 C request", "1 P summarize", "1 C confirm"}, "2 C confirm", NotAllowed, "did", "no summary is open that could be confirmed"},
		{"ask for help twice", []string{"1 C request", "1 P ask-help"}, "2 P ask-help", WrongSide, "by", "the performer cannot ask-help now, only the customer can"},
		{"ask for help a third time", []string{"1 C request", "1 P ask-help", "1 C ask-help"}, "2 P ask-help", NotAllowed, "did", "both sides have asked for help already"},
		{"commit-to-commit while the other is asked", []string{"1 C request", "1 P ask"}, "2 P commit-to-commit by=9", WrongSide, "by", "the performer cannot commit-to-commit now, only the customer can"},
		{"performer withdraws the customer's terms", []string{"1 P offer", "1 C counter due=9"}, "2 P withdraw note=no", WrongSide, "by", "the performer cannot withdraw now, only the customer can"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := play(t, New(Limits{}), tt.before...)
			e := refused(t, c, tt.move)
			if e.Reason != tt.reason || e.Field != tt.field || e.Problem() != tt.says {
				t.Errorf("got %s of %s: %s\nwant %s of %s: %s", e.Reason, e.Field, e.Problem(), tt.reason, tt.field, tt.says)
			}
			if e.State != c.State || !strings.HasPrefix(e.Hint(), c.State.Sentence()+": ") {
				t.Errorf("in %s, the hint is %q", c.State, e.Hint())
			}
		})
	}
}

func TestMoveWithoutDate(t *testing.T) {
	_, err := New(Limits{}).Apply(Move{Side: Customer, Did: Request})
	if e := err.(*IllegalMove); e.Reason != MissingField || e.Field != "on" || e.Problem() != "request needs a date in on" {
		t.Errorf("got %v", err)
	}
}

func TestOrderWithinADay(t *testing.T) {
	move := func(on civil.Moment) Move { return Move{On: on, Side: Performer, Did: Progress} }
	for _, tt := range []struct {
		name string
		on   []civil.Moment
		bad  int
	}{
		{"as written", []civil.Moment{day(2), day(2)}, -1},
		{"a day and its hours", []civil.Moment{day(2), at(2, 9), day(2), at(2, 15)}, -1},
		{"hours backwards", []civil.Moment{at(2, 15), at(2, 9)}, 1},
		{"hours backwards around a day", []civil.Moment{at(2, 15), day(2), at(2, 9)}, 2},
		{"the day before", []civil.Moment{at(2, 9), day(1)}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var moves []Move
			for _, on := range tt.on {
				moves = append(moves, move(on))
			}
			_, bad, err := replay(NewPromised(Limits{}, day(1), day(20)), moves)
			if bad != tt.bad || (err != nil) != (tt.bad >= 0) {
				t.Errorf("stopped at %d (%v), want %d", bad, err, tt.bad)
			}
		})
	}
}

func TestOutsideTheCommitment(t *testing.T) {
	m := Move{On: day(5), Did: Deliver}
	for _, tt := range []struct {
		e    IllegalMove
		want string
	}{
		{IllegalMove{Move: m, State: Promised, Reason: NotBegun}, "the commitment had not been promised yet on 2026-01-05; an interim deliverable takes moves from the day its commitment is promised"},
		{IllegalMove{Move: m, State: Promised, Reason: Ended, Limit: day(4)}, "the commitment was closed on 2026-01-04, so deliver on 2026-01-05 comes too late; an interim deliverable ends with its commitment"},
	} {
		if got := tt.e.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
