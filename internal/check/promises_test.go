package check_test

import (
	"strings"
	"testing"
)

// A ruleCase shows a rule in a file that breaks it, and in the same file after each
// of the edits that its hint suggests.
type ruleCase struct {
	name, rule, now, broken string
	// place is the beginning of the line that is blamed.
	place   string
	mended  []string
	message string
}

var promised = commitment(asks, promises)

var promiseCases = []ruleCase{
	{
		name: "asked for without a date", rule: "request-without-date", now: "2026-11-04T12:00",
		broken: commitment(`{ on = 2026-11-03, by = "maria", did = "request" }`),
		place:  `{ on = 2026-11-03`, message: `"The sign" was asked for without a date`,
		mended: []string{
			commitment(`{ on = 2026-11-03, by = "maria", did = "request", due = 2026-12-01 }`),
			commitment(`{ on = 2026-11-03, by = "maria", did = "request" }`, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-12-01 }`),
		},
	},
	{
		name: "no conditions", rule: "no-conditions-of-satisfaction", now: "2026-11-04T12:00",
		broken: strings.Replace(promised, "satisfied_when = [\"It hangs\"]\n", "", 1),
		place:  "[[commitment]]", message: `"The sign" is promised, and nothing says when it is done`,
		mended: []string{
			promised,
			strings.Replace(commitment(asks, `{ on = 2026-11-03, by = "dev", did = "promise", satisfied_when = ["It hangs"] }`), "satisfied_when = [\"It hangs\"]\n", "", 1),
		},
	},
	{
		name: "an answer to a request", rule: "answer-overdue", now: "2026-11-06T12:00", broken: commitment(asks),
		place: asks, message: `"The sign": Dev Patel was to answer by 2026-11-05`,
		mended: []string{promised, commitment(asks, `{ on = 2026-11-05, by = "dev", did = "commit-to-commit", answer_by = 2026-11-09 }`)},
	},
	{
		name: "an answer to a new date", rule: "answer-overdue", now: "2026-11-14T12:00",
		broken: commitment(asks, promises, `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`),
		place:  `{ on = 2026-11-10`, message: `"The sign": Maria Ruiz was to answer by 2026-11-13`,
		mended: []string{commitment(asks, promises, `{ on = 2026-11-10, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`, `{ on = 2026-11-14, by = "maria", did = "agree" }`)},
	},
	{
		name: "an answer to a question in a promise", rule: "answer-overdue", now: "2026-11-10T12:00",
		broken: commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask", note = "Which wall?" }`),
		place:  `{ on = 2026-11-05`, message: `"The sign": Maria Ruiz was to answer by 2026-11-08`,
		mended: []string{commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask", note = "Which wall?" }`, `{ on = 2026-11-10, by = "maria", did = "answer" }`)},
	},
	{
		name: "an answer to a question about what was delivered", rule: "answer-overdue", now: "2026-11-15T12:00",
		broken: commitment(asks, promises, delivers, `{ on = 2026-11-11, by = "maria", did = "ask", note = "Which screw?" }`),
		place:  `{ on = 2026-11-11`, message: `"The sign": Dev Patel was to answer by 2026-11-14`,
		mended: []string{commitment(asks, promises, delivers, `{ on = 2026-11-11, by = "maria", did = "ask", note = "Which screw?" }`, `{ on = 2026-11-12, by = "dev", did = "answer" }`, `{ on = 2026-11-15, by = "maria", did = "accept" }`)},
	},
	{
		name: "a promise", rule: "promise-overdue", now: "2026-11-21T00:00", broken: promised,
		place: "[[commitment]]", message: `"The sign" was due from Dev Patel on 2026-11-20`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-21, by = "dev", did = "deliver" }`),
			commitment(asks, promises, `{ on = 2026-11-21, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`),
		},
	},
	{
		name: "an interim result", rule: "interim-overdue", now: "2026-11-11T12:00",
		broken: promised + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
		place:  "[[commitment.deliverable]]", message: `"A sketch" (on the way to "The sign") was due on 2026-11-10`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-09, by = "maria", did = "renegotiate", due = 2026-12-04, note = "Rain" }`) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
			promised + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\nmoves = [{ on = 2026-11-11, by = \"dev\", did = \"deliver\" }]\n",
			commitment(asks) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
			commitment(asks, promises, delivers) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n",
		},
	},
	{
		name: "what was sent back after its date", rule: "rework-without-date", now: "2026-11-23T12:00",
		broken: commitment(asks, promises, `{ on = 2026-11-20, by = "dev", did = "deliver" }`, sentBackLate),
		place:  sentBackLate, message: `"The sign" was sent back on 2026-11-22, and there is no date for the rework yet`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-20, by = "dev", did = "deliver" }`, sentBackLate,
				`{ on = 2026-11-23, by = "dev", did = "renegotiate", due = 2026-12-01, note = "New paint" }`),
			commitment(asks, promises, `{ on = 2026-11-20, by = "dev", did = "deliver" }`, sentBackLate,
				`{ on = 2026-11-23, by = "dev", did = "renegotiate", due = 2026-12-01, note = "New paint" }`, `{ on = 2026-11-23, by = "maria", did = "agree" }`),
			commitment(asks, promises, `{ on = 2026-11-21, by = "dev", did = "deliver" }`, sentBackLate),
		},
	},
	{
		name: "terms whose date is gone, on the other side", rule: "terms-passed", now: "2026-11-18T12:00",
		broken: commitment(`{ on = 2026-11-12, by = "dev", did = "offer", due = 2026-11-17, answer_by = 2026-11-25 }`),
		place:  `{ on = 2026-11-12`, message: `"The sign": the date on the table, 2026-11-17, has passed`,
		mended: []string{
			commitment(`{ on = 2026-11-12, by = "dev", did = "offer", due = 2026-11-17, answer_by = 2026-11-25 }`, `{ on = 2026-11-18, by = "dev", did = "counter", due = 2026-12-01 }`),
			commitment(`{ on = 2026-11-12, by = "dev", did = "offer", due = 2026-11-18, answer_by = 2026-11-25 }`),
		},
	},
	{
		name: "an acceptance", rule: "accept-overdue", now: "2026-11-16T12:00", broken: commitment(asks, promises, delivers),
		place: delivers, message: `"The sign" was delivered, and Maria Ruiz was to accept it by 2026-11-15`,
		mended: []string{
			commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "dev", did = "ask", note = "Is it what you wanted?" }`),
			commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "dev", did = "close", note = "No word since" }`),
			commitment(asks, promises, delivers, `{ on = 2026-11-16, by = "maria", did = "accept" }`),
		},
	},
	{
		name: "a call for help", rule: "answer-overdue", now: "2026-11-11T12:00",
		broken: commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask-help", answer_by = 2026-11-10, note = "A ladder" }`),
		place:  `{ on = 2026-11-05`, message: `"The sign": Maria Ruiz was asked for help by 2026-11-10`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask-help", answer_by = 2026-11-10, note = "A ladder" }`, `{ on = 2026-11-11, by = "maria", did = "answer" }`),
			commitment(asks, promises, `{ on = 2026-11-05, by = "dev", did = "ask-help", answer_by = 2026-11-11, note = "A ladder" }`),
		},
	},
	{
		name: "a promise for a later day", rule: "promise-other-date", now: "2026-11-05T12:00",
		broken: commitment(asks, `{ on = 2026-11-03, by = "dev", did = "promise", due = 2026-11-27 }`),
		place:  `{ on = 2026-11-03`, message: `"The sign" was asked for by 2026-11-20 and promised for 2026-11-27`,
		mended: []string{
			commitment(asks, `{ on = 2026-11-03, by = "dev", did = "counter", due = 2026-11-27 }`, `{ on = 2026-11-04, by = "maria", did = "agree" }`),
			commitment(asks, `{ on = 2026-11-03, by = "dev", did = "promise", due = 2026-11-27 }`,
				`{ on = 2026-11-04, by = "dev", did = "summarize", note = "On the 27th then" }`, `{ on = 2026-11-05, by = "maria", did = "confirm" }`),
			commitment(asks, `{ on = 2026-11-03, by = "dev", did = "promise", due = 2026-11-19 }`),
		},
	},
	{
		name: "a date that is near", rule: "not-reconfirmed-before-due", now: "2026-11-14T12:00", broken: promised,
		place: promises, message: `"The sign" is due on 2026-11-20, and nothing has been said of it since 2026-11-03`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-14, by = "dev", did = "progress", note = "It is painted, and hangs on Friday" }`),
			commitment(asks, promises, `{ on = 2026-11-14, by = "dev", did = "renegotiate", due = 2026-12-01, note = "Ill" }`),
			named("sign", promised) + "[[message]]\nreceived = 2026-11-13\nby = \"maria\"\nabout = \"The sign\"\ncommitment = \"sign\"\nacknowledged = 2026-11-14\n",
		},
	},
	{
		name: "a promise whose new date has passed too", rule: "promise-overdue", now: "2026-11-27T00:00",
		broken: commitment(asks, promises, `{ on = 2026-11-19, by = "dev", did = "renegotiate", due = 2026-11-26, note = "Ill" }`),
		place:  "[[commitment]]", message: `"The sign" was due from Dev Patel on 2026-11-20, and the new date on the table, 2026-11-26, has passed too`,
		mended: []string{commitment(asks, promises, `{ on = 2026-11-19, by = "dev", did = "renegotiate", due = 2026-11-26, note = "Ill" }`, `{ on = 2026-11-26, by = "dev", did = "deliver" }`)},
	},
}

const sentBackLate = `{ on = 2026-11-22, by = "maria", did = "reject", note = "The screw is missing" }`

// A sent-back delivery that came in time is not overdue, and one that came late still is.
func TestSentBackInTimeIsNotOverdue(t *testing.T) {
	for day, want := range map[string]string{"2026-11-20": "rework-without-date pulse-missing", "2026-11-21": "promise-overdue pulse-missing"} {
		file := commitment(asks, promises, `{ on = `+day+`, by = "dev", did = "deliver" }`, sentBackLate)
		if found := strings.Join(rules(find(t, head+file, la(t, "2026-11-23T12:00"), nil)), " "); found != want {
			t.Errorf("delivered on %s: %s", day, found)
		}
	}
}

// named gives a commitment an id.
func named(id, commitment string) string {
	return strings.Replace(commitment, "[[commitment]]\n", "[[commitment]]\nid = \""+id+"\"\n", 1)
}

// theirs turns a commitment by dev for maria into one by maria for dev.
func theirs(commitment string) string {
	return strings.NewReplacer("maria", "dev", "dev", "maria").Replace(commitment)
}

// What helps depends on whose turn it is: one's own people act, a client is asked.
func TestHintsKnowTheSide(t *testing.T) {
	sums := `{ on = 2026-11-04, by = "dev", did = "summarize", note = "White" }`
	for _, tt := range []struct{ rule, now, file, want string }{
		{"promise-overdue", "2026-11-21T12:00", promised, "deliver it, or"},
		{"promise-overdue", "2026-11-21T12:00", theirs(promised), "ask Maria Ruiz how"},
		{"interim-overdue", "2026-11-11T12:00", theirs(promised) + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-10\n", "ask Maria Ruiz how"},
		{"not-reconfirmed-before-due", "2026-11-14T12:00", theirs(promised), "ask Maria Ruiz how"},
		{"answer-overdue", "2026-11-06T12:00", commitment(asks), "answer, or say"},
		{"answer-overdue", "2026-11-06T12:00", theirs(commitment(asks)), "get the answer"},
		{"accept-overdue", "2026-11-16T12:00", commitment(asks, promises, delivers), "ask whether"},
		{"accept-overdue", "2026-11-16T12:00", theirs(commitment(asks, promises, delivers)), "look at it"},
		{"summary-unconfirmed", "2026-11-11T12:00", commitment(asks, promises, sums), "ask for the yes"},
		{"summary-unconfirmed", "2026-11-11T12:00", theirs(commitment(asks, promises, sums)), "say whether"},
		{"request-without-date", "2026-11-04T12:00", theirs(commitment(`{ on = 2026-11-03, by = "maria", did = "request" }`)), "say by when you need it"},
		{"question-overdue", "2026-11-06T12:00", theirs(asksHere), "answer it"},
		{"no-conditions-of-satisfaction", "2026-11-04T12:00", theirs(strings.Replace(promised, "satisfied_when = [\"It hangs\"]\n", "", 1)), "agree on how Dev Patel will know"},
	} {
		ps := only(find(t, head+tt.file, la(t, tt.now), nil), tt.rule)
		if len(ps) != 1 || !strings.HasPrefix(ps[0].Hint, tt.want) {
			t.Errorf("%s: %v, want one that begins with %q", tt.rule, ps, tt.want)
		}
	}
}

// A commitment and its interim results are one matter: one word about it is missing.
func TestNotReconfirmedOnce(t *testing.T) {
	file := head + promised + "[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-17\n[[commitment.deliverable]]\ntitle = \"A test\"\ndue = 2026-11-18\n"
	ps := only(find(t, file, la(t, "2026-11-14T12:00"), nil), "not-reconfirmed-before-due")
	if len(ps) != 1 || !strings.HasPrefix(ps[0].Message, `"A sketch" (on the way to "The sign") is due on 2026-11-17`) {
		t.Error(ps)
	}
}

// An overlay on an interim result is told in a sentence of its own.
func TestInterimTitles(t *testing.T) {
	file := head + promised + "[[commitment.deliverable]]\ntitle = \"A\\nsketch\"\ndue = 2026-11-17\nmoves = [{ on = 2026-11-04, by = \"dev\", did = \"ask\", note = \"Which?\" }]\n"
	ps := only(find(t, file, la(t, "2026-11-08T12:00"), nil), "answer-overdue")
	if len(ps) != 1 || ps[0].Message != `"A sketch" (on the way to "The sign"): Maria Ruiz was to answer by 2026-11-07` {
		t.Error(ps)
	}
}
