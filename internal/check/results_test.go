package check_test

import (
	"strings"
	"testing"
)

const (
	accepts   = `{ on = 2026-11-11, by = "maria", did = "accept" }`
	promises2 = `{ on = 2026-11-05, by = "dev", did = "promise" }`
	pulse     = "[[pulse]]\nasked = 2026-11-05\nquestion = \"How sure are you?\"\nours = 5\n"
	review    = "[review]\non = 2026-11-06\nwent_well = [\"The sign\"]\n"
	assumes   = "[[assumption]]\nid = \"wall\"\non = 2026-11-02\ntext = \"The wall is dry\"\n"
	goal      = "[[goal]]\nid = \"seen\"\ntitle = \"People find the door\"\n"
)

var resultCases = []ruleCase{
	{
		name: "no pulse", rule: "pulse-missing", now: "2026-11-18T12:00", broken: commitment(asks, promises),
		place: "[[commitment]]", message: "nobody has asked yet how it is going between you, and the first promise was given on 2026-11-03",
		mended: []string{commitment(asks, promises) + pulse, commitment(asks, promises, delivers, accepts), commitment(asks, promises) + review},
	},
	{
		name: "an old pulse", rule: "pulse-stale", now: "2027-02-20T12:00", broken: commitment(asks, promises) + pulse,
		place: "[[pulse]]", message: "the last pulse was asked on 2026-11-05",
		mended: []string{commitment(asks, promises) + pulse + "[[pulse]]\nasked = 2027-02-20\nquestion = \"And now?\"\n", commitment(asks, promises, delivers, accepts) + pulse, commitment(asks, promises) + pulse + review},
	},
	{
		name: "a gap", rule: "pulse-gap-unanswered", now: "2026-11-08T12:00", broken: pulse + "theirs = 3\nanswered = 2026-11-06\n",
		place: "[[pulse]]", message: "you scored 5 and they scored 3, and nothing says what was done about it: How sure are you?",
		mended: []string{
			pulse + "theirs = 3\nanswered = 2026-11-06\ngap_action = \"A drawing\"\n", pulse + "theirs = 3\nanswered = 2026-11-06\n" + review, pulse + "theirs = 4\nanswered = 2026-11-06\n",
			pulse + "theirs = 3\nanswered = 2026-11-06\n[[pulse]]\nasked = 2026-11-07\nquestion = \"And now?\"\nours = 4\ntheirs = 4\nanswered = 2026-11-08\n",
		},
	},
	{
		name: "an assumption", rule: "assumption-unconfirmed", now: "2026-11-17T12:00", broken: assumes,
		place: "[[assumption]]", message: "taken for true since 2026-11-02, and never confirmed: The wall is dry",
		mended: []string{
			assumes + "confirmed = 2026-11-17\n", assumes + "wrong = 2026-11-17\n",
			assumes + "commitment = \"sign\"\n" + named("sign", commitment(asks, promises, delivers, accepts)),
		},
	},
	{
		name: "a goal without a measure", rule: "goal-unmeasured", now: "2026-11-04T12:00", broken: goal + commitment(asks, promises),
		place: "[[goal]]", message: `nothing says how the goal "People find the door" is measured`,
		mended: []string{goal + "measure = \"Asked on the street\"\n" + commitment(asks, promises)},
	},
	{
		name: "a goal never measured", rule: "goal-unmeasured", now: "2027-03-01T12:00",
		broken: goal + "measure = \"Asked on the street\"\n" + commitment(asks, promises),
		place:  "[[goal]]", message: `the goal "People find the door" has never been measured`,
		mended: []string{goal + "measure = \"Asked on the street\"\nnow = \"3 of 10\"\nmeasured = 2027-02-27\n" + commitment(asks, promises), goal + "measure = \"Asked on the street\"\n" + serving(commitment(asks, promises))},
	},
	{
		name: "a goal measured long ago", rule: "goal-unmeasured", now: "2027-03-01T12:00",
		broken: goal + "measure = \"Asked on the street\"\nmeasured = 2026-11-02\n" + commitment(asks, promises),
		place:  "[[goal]]", message: `the goal "People find the door" was last measured on 2026-11-02`,
		mended: []string{goal + "measure = \"Asked on the street\"\nmeasured = 2026-12-02\n" + commitment(asks, promises)},
	},
}

// serving makes a commitment one that serves the goal.
func serving(commitment string) string {
	return strings.Replace(commitment, "title = ", "goal = \"seen\"\ntitle = ", 1)
}

// Once something that serves a goal was delivered, there is something to measure.
func TestAGoalThatIsServed(t *testing.T) {
	file := head + goal + "measure = \"Asked on the street\"\n" + serving(commitment(asks, promises)) + serving(commitment(asks, promises, delivers))
	if ps := only(find(t, file, la(t, "2027-03-01T12:00"), nil), "goal-unmeasured"); len(ps) != 1 {
		t.Error(ps)
	}
}

// What was promised after the review is work like any other.
func TestAPulseAfterTheReview(t *testing.T) {
	file := head + commitment(asks, promises) + strings.Replace(review, "-06", "-02", 1)
	if ps := only(find(t, file, la(t, "2026-11-18T12:00"), nil), "pulse-missing"); len(ps) != 1 {
		t.Error(ps)
	}
}

// A client who is happier than you thought asks for nothing to be done.
func TestAGapThatPleases(t *testing.T) {
	file := head + strings.Replace(pulse, "ours = 5", "ours = 3", 1) + "theirs = 5\nanswered = 2026-11-06\n"
	if ps := only(find(t, file, la(t, "2026-11-08T12:00"), nil), "pulse-gap-unanswered"); len(ps) > 0 {
		t.Error(ps)
	}
}
