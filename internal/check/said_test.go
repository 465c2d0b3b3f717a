package check_test

import (
	"slices"
	"strings"
	"testing"
)

const (
	asksHere    = "[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\n"
	writes      = "[[message]]\nreceived = 2026-11-09T09:00:00\nby = \"maria\"\nabout = \"The colour\"\n"
	writesAgain = "[[message]]\nreceived = 2026-11-10T11:00:00\nby = \"maria\"\nabout = \"The colour, please\"\n"
	changes     = "[[change]]\non = 2026-11-02\nby = \"maria\"\ntext = \"Two signs\"\n"
	note        = "[[status]]\non = 2026-11-03\nrag = \"green\"\nheadline = \"Well\"\n"
)

var saidCases = []ruleCase{
	{
		name: "a question", rule: "question-overdue", now: "2026-11-06T12:00", broken: asksHere,
		place: "[[question]]", message: "Maria Ruiz was to answer by 2026-11-05: Which wall?",
		mended: []string{
			asksHere + "answered = 2026-11-06\nanswer = \"North\"\n", asksHere + "answer_by = 2026-11-09\n",
		},
	},
	{
		name: "a summary", rule: "summary-unconfirmed", now: "2026-11-11T12:00",
		broken: commitment(asks, promises, `{ on = 2026-11-04, by = "dev", did = "summarize", note = "White, by the door" }`),
		place:  `{ on = 2026-11-04`, message: `"The sign": Maria Ruiz has not confirmed what was summed up on 2026-11-04`,
		mended: []string{
			commitment(asks, promises, `{ on = 2026-11-04, by = "dev", did = "summarize", note = "White, by the door" }`, `{ on = 2026-11-11, by = "maria", did = "confirm" }`),
			commitment(asks, promises, `{ on = 2026-11-04, by = "dev", did = "summarize", note = "White, by the door" }`, `{ on = 2026-11-11, by = "maria", did = "correct", note = "Grey" }`),
		},
	},
	{
		name: "the recap of a check-in", rule: "summary-unconfirmed", now: "2026-11-12T12:00",
		broken: "[[check_in]]\non = 2026-11-02\nrecap = \"Old\"\n[[check_in]]\non = 2026-11-08\nrecap = \"White\"\n",
		place:  "[[check_in]]", message: "nobody has confirmed the recap of the check-in of 2026-11-08",
		mended: []string{"[[check_in]]\non = 2026-11-02\nrecap = \"Old\"\n[[check_in]]\non = 2026-11-08\nrecap = \"White\"\nconfirmed = 2026-11-12\n"},
	},
	{
		// Nine in Los Angeles is when London closes.
		name: "a message", rule: "reply-overdue", now: "2026-11-11T12:00", broken: "reply_within = \"4 hours\"\n" + writes,
		place: "[[message]]", message: "Maria Ruiz has had no word back, promised by 2026-11-10 05:00 (America/Los_Angeles): The colour",
		mended: []string{
			"reply_within = \"4 hours\"\n" + writes + "acknowledged = 2026-11-11T11:00:00\n",
			"reply_within = \"4 hours\"\n" + writes + "resolved = 2026-11-11T11:00:00\n", writes,
		},
	},
	{
		name: "a latest reply sooner than the usual one", rule: "reply-latest-too-soon", now: "2026-11-11T12:00",
		broken: "reply_within = \"1 day\"\nreply_latest = \"4 hours\"\n",
		place:  "[promises]", message: "reply_latest, 4 hours, is never later than reply_within, 1 day",
		mended: []string{
			"reply_within = \"1 day\"\nreply_latest = \"9 hours\"\n", "reply_within = \"1 day\"\n",
			"reply_within = \"4 hours\"\nreply_latest = \"same business day\"\n", "reply_within = \"4 hours\"\nreply_latest = \"1 day\"\n",
			"reply_within = \"1 week\"\nreply_latest = \"6 days\"\n",
		},
	},
	{
		name: "an update, its hour has passed", rule: "status-stale", now: "2026-11-06T12:00", broken: note + "next_update = 2026-11-06T10:00:00\n",
		place: "[[status]]", message: "the update promised for 2026-11-06 10:00 (America/Los_Angeles) has not come",
		mended: []string{note + "next_update = 2026-11-06T12:30:00\n", note + "next_update = 2026-11-06\n"},
	},
	{
		name: "a check-in, its hour has passed", rule: "check-in-overdue", now: "2026-11-06T12:00",
		broken: "[[check_in]]\non = 2026-11-02\nnext_check_in = 2026-11-06T10:00:00\n",
		place:  "[[check_in]]", message: "a check-in was due on 2026-11-06 10:00 (America/Los_Angeles), and none was held",
		mended: []string{
			"[[check_in]]\non = 2026-11-02\nnext_check_in = 2026-11-06T12:30:00\n", "[[check_in]]\non = 2026-11-02\nnext_check_in = 2026-11-06\n",
			"[[check_in]]\non = 2026-11-02\nnext_check_in = 2026-11-06T10:00:00\n[[check_in]]\non = 2026-11-06\n",
		},
	},
	{
		name: "a second message", rule: "chased-twice", now: "2026-11-10T12:00", broken: writes + writesAgain,
		place: "[[message]]", message: "Maria Ruiz wrote again before the last message had had a word back: The colour, please",
		mended: []string{
			writes + writesAgain + "acknowledged = 2026-11-10T12:00:00\n",
			writes + "resolved = 2026-11-09T10:00:00\n" + writesAgain,
		},
	},
	{
		name: "a second message after a mere word that the first was seen", rule: "chased-twice", now: "2026-11-10T12:00",
		broken: writes + "acknowledged = 2026-11-09T10:00:00\n" + writesAgain,
		place:  "[[message]]", message: "Maria Ruiz wrote again: the last message had been seen, and not answered: The colour, please",
		mended: []string{
			writes + "acknowledged = 2026-11-09T10:00:00\n" + writesAgain + "acknowledged = 2026-11-10T12:00:00\n",
			writes + "acknowledged = 2026-11-09T10:00:00\nresolved = 2026-11-09T11:00:00\n" + writesAgain,
		},
	},
	{
		name: "a change", rule: "change-overdue", now: "2026-11-06T12:00", broken: changes,
		place: "[[change]]", message: "the change proposed on 2026-11-02 was to be answered by 2026-11-05: Two signs",
		mended: []string{
			changes + "agreed = 2026-11-06\n", changes + "declined = 2026-11-06\n",
			changes + "commitment = \"sign\"\n" + named("sign", commitment(asks, `{ on = 2026-11-05, by = "dev", did = "decline", note = "No" }`)),
		},
	},
	{
		name: "a second request", rule: "chased-twice", now: "2026-11-05T12:00",
		broken: commitment(asks, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-20 }`),
		place:  `{ on = 2026-11-04`, message: `Maria Ruiz asked for "The sign" again before there was an answer`,
		mended: []string{
			commitment(asks, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-20 }`, promises2),
			commitment(asks, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-20 }`, `{ on = 2026-11-05, by = "dev", did = "commit-to-commit", answer_by = 2026-11-06 }`),
			commitment(asks, `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-21 }`),
			commitment(`{ on = 2026-11-02, by = "maria", did = "request" }`, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-20 }`),
			commitment(asks, `{ on = 2026-11-03, by = "dev", did = "commit-to-commit", answer_by = 2026-11-05 }`, `{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-21 }`),
		},
	},
	{
		name: "a request after the day of a promised answer", rule: "chased-twice", now: "2026-11-06T12:00",
		broken: commitment(asks, `{ on = 2026-11-03, by = "dev", did = "commit-to-commit", answer_by = 2026-11-04 }`, `{ on = 2026-11-05, by = "maria", did = "request", due = 2026-11-20 }`),
		place:  `{ on = 2026-11-05`, message: `Maria Ruiz asked for "The sign" again before there was an answer`,
		mended: []string{
			commitment(asks, `{ on = 2026-11-03, by = "dev", did = "commit-to-commit", answer_by = 2026-11-04 }`, `{ on = 2026-11-05, by = "maria", did = "request", due = 2026-11-20 }`, `{ on = 2026-11-06, by = "dev", did = "counter", due = 2026-11-27 }`),
		},
	},
	{
		name: "a check-in that was set", rule: "check-in-overdue", now: "2026-11-11T12:00",
		broken: commitment(asks, promises) + "[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-11-10T10:00:00\n",
		place:  "[[check_in]]", message: "a check-in was due on 2026-11-10 10:00 (America/Los_Angeles), and none was held",
		mended: []string{
			commitment(asks, promises) + "[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-11-12T10:00:00\n",
			commitment(asks, promises) + "[[check_in]]\non = 2026-11-03\nnext_check_in = 2026-11-10T10:00:00\n[[check_in]]\non = 2026-11-11\n",
		},
	},
	{
		name: "a check-in that was promised", rule: "check-in-overdue", now: "2026-11-14T12:00",
		broken: "check_in = \"weekly\"\n" + commitment(asks, promises),
		place:  "[[commitment]]", message: "a check-in was due on 2026-11-10, and none was held",
		mended: []string{"check_in = \"weekly\"\n" + commitment(asks, promises) + "[[check_in]]\non = 2026-11-13\n"},
	},
	{
		name: "an update that was promised", rule: "status-stale", now: "2026-11-12T12:00",
		broken: note + "next_update = 2026-11-10\n",
		place:  "[[status]]", message: "the update promised for 2026-11-10 has not come",
		mended: []string{note + "next_update = 2026-11-12\n", note + "next_update = 2026-11-10\n[[status]]\non = 2026-11-12\nrag = \"green\"\nheadline = \"Still well\"\n"},
	},
	{
		name: "no update was promised", rule: "status-stale", now: "2026-11-25T12:00",
		broken: commitment(asks, promises) + note,
		place:  "[[status]]", message: "the latest status note is of 2026-11-03, and names no day for the next",
		mended: []string{commitment(asks, promises, delivers, accepts) + note, commitment(asks, promises) + note + "next_update = 2026-11-27\n"},
	},
	{
		name: "no note at all", rule: "status-stale", now: "2026-11-25T12:00", broken: commitment(asks, promises),
		place: "[[commitment]]", message: "there is no status note yet, and the first promise was given on 2026-11-03",
		mended: []string{commitment(asks, promises) + "[[status]]\non = 2026-11-25\nrag = \"red\"\nheadline = \"Late\"\n"},
	},
}

var noteCases = []ruleCase{
	{
		name: "a note that is too green", rule: "status-greener-than-facts", now: "2026-11-21T12:00",
		broken: commitment(asks, promises) + "[[status]]\non = 2026-11-01\nrag = \"red\"\nheadline = \"Old\"\n" + note,
		place:  "[[status]]", message: "the latest note says green, the facts say red: \"The sign\" was due on 2026-11-20",
		mended: []string{
			commitment(asks, promises) + "[[status]]\non = 2026-11-21\nrag = \"red\"\nheadline = \"Late\"\n",
			commitment(asks, promises) + "[[status]]\non = 2026-11-21\nrag = \"green\"\nheadline = \"Late\"\nrag_because = \"It hangs, and the photograph comes on Monday\"\n",
			commitment(asks, promises, `{ on = 2026-11-20, by = "dev", did = "deliver" }`) + note,
		},
	},
	{
		name: "a delay told in halves", rule: "delay-without-acknowledgement", now: "2026-11-05T12:00",
		broken: "[[status]]\non = 2026-11-04\nrag = \"red\"\nheadline = \"Late\"\nacknowledges = \"You open without it\"\n",
		place:  "[[status]]",
		message: "the latest note is red and does not say what it means for them (means_for_you), nor what you are doing (doing), " +
			"nor when they hear next (next_update)",
		mended: []string{
			"[[status]]\non = 2026-11-04\nrag = \"red\"\nheadline = \"Late\"\nacknowledges = \"You open without it\"\nmeans_for_you = \"A banner\"\ndoing = \"Printing\"\nnext_update = 2026-11-06\n",
			commitment(asks, promises) + "[[status]]\non = 2026-11-04\nrag = \"red\"\nheadline = \"Late\"\nacknowledges = \"You open without it\"\nmeans_for_you = \"A banner\"\ndoing = \"Printing\"\n",
			"[[status]]\non = 2026-11-05\nrag = \"green\"\nheadline = \"It hangs\"\n",
		},
	},
}

// Two messages of one morning, and messages about two commitments, are no chase; one
// about the same commitment is.
func TestTwoMessagesAreNotAChase(t *testing.T) {
	message := func(on, by, commitment string) string {
		m := "[[message]]\nreceived = " + on + "\nby = \"" + by + "\"\nabout = \"A word\"\n"
		if commitment != "" {
			m += "commitment = \"" + commitment + "\"\n"
		}
		return m
	}
	both := named("sign", commitment(asks)) + named("wall", commitment(asks))
	for _, tt := range []struct {
		name, messages string
		want           int
	}{
		{"one morning", message("2026-11-09T09:00:00", "maria", "") + message("2026-11-09T09:20:00", "maria", ""), 0},
		{"the next day", message("2026-11-09T09:00:00", "maria", "") + message("2026-11-10", "maria", "sign"), 1},
		{"one matter on one day", message("2026-11-09T09:00:00", "maria", "sign") + message("2026-11-09T11:00:00", "maria", "sign"), 1},
		{"two matters", message("2026-11-09T09:00:00", "maria", "sign") + message("2026-11-10T11:00:00", "maria", "wall"), 0},
		{"after a message of ours", message("2026-11-09T09:00:00", "dev", "sign") + message("2026-11-10T11:00:00", "maria", "sign"), 0},
	} {
		if ps := only(find(t, head+tt.messages+both, la(t, "2026-11-10T12:00"), nil), "chased-twice"); len(ps) != tt.want {
			t.Errorf("%s: %v", tt.name, ps)
		}
	}
}

// A second message is a chase where it is about the same matter, in whatever language
// they write: not wherever it is about the same commitment.
func TestMatters(t *testing.T) {
	message := func(on, about string) string {
		return "[[message]]\nreceived = " + on + "\nby = \"maria\"\ncommitment = \"sign\"\nabout = \"" + about + "\"\n"
	}
	for _, tt := range []struct {
		first, second string
		chased        bool
	}{
		{"Where do we park?", "Which white is it?", false},
		{"Which white is it?", "Is it the white of the door?", true},
		{"Which white is it?", "Any news?", true},
		{"Will the sign hang on Monday?", "And the sign?", true},
		{"Who holds the ladder for the sign?", "Is the sign heavy?", false}, // what it is all about tells nothing
		{"And posters for the pub?", "The poster, any thoughts?", true},
		{"EUR 2,900 for what?", "I pay no 2,900 before we talk", true},
		{"Wann kommt die Leiter?", "Bitte noch um Antwort", true},
		{"Wann kommt die Leiter?", "Welche Farbe hat die Wand?", false},
		{"Où en est la facture ?", "La facture, s’il vous plaît", true},
		{"Où en est la facture ?", "Quelle couleur pour la porte ?", false},
		{"¿Cuándo llega la factura?", "Sigo esperando la factura", true},
		{"¿Cuándo llega la factura?", "¿De qué color es la puerta?", false},
		{"متى تصل الفاتورة؟", "الفاتورة من فضلكم", true},
		{"متى تصل الفاتورة؟", "ما لون الباب؟", false},
	} {
		file := head + message("2026-11-09T09:00:00", tt.first) + message("2026-11-10T09:00:00", tt.second) + named("sign", commitment(asks))
		if ps := only(find(t, file, la(t, "2026-11-10T12:00"), nil), "chased-twice"); (len(ps) > 0) != tt.chased {
			t.Errorf("%q, then %q: %v", tt.first, tt.second, ps)
		}
	}
}

// When all work has closed, nobody is asked to confirm what it came to; a date that was
// set still counts, and a closing review ends that.
func TestWhenAllIsOver(t *testing.T) {
	late := strings.Replace(note, "green", "amber", 1)
	over := head + commitment(asks, promises, delivers, accepts) + "[[check_in]]\non = 2026-11-05\nrecap = \"White\"\nnext_check_in = 2026-11-12\n" + assumes + late + "next_update = 2026-11-12\n"
	now := la(t, "2027-11-12T12:00")
	ps := find(t, over, now, nil)
	if got := rules(ps); !slices.Equal(got, []string{"check-in-overdue", "status-stale"}) {
		t.Errorf("it says %v", got)
	}
	for _, p := range ps {
		if !strings.Contains(p.Hint, "[review]") {
			t.Errorf("%s does not say how to part: %s", p.Rule, p.Hint)
		}
	}
	if ps := find(t, over+"[review]\non = 2026-11-20\nwent_well = [\"The sign\"]\n", now, nil); len(ps) > 0 {
		t.Errorf("after the review: %v", ps)
	}
}

// What is repeated of a text is one short line.
func TestMessagesAreShort(t *testing.T) {
	long := strings.Repeat("word ", 500)
	file := head + "reply_within = \"4 hours\"\n" +
		"[[question]]\nasked = 2026-11-02\nby = \"dev\"\nto = \"maria\"\ntext = \"\"\"Which\nwall? " + long + "\"\"\"\n" +
		strings.Replace(writes, "The colour", long, 1) + strings.Replace(assumes, "The wall is dry", long, 1) +
		"[[risk]]\ntitle = \"" + long + "\"\nimpact = \"severe\"\n" + strings.Replace(commitment(asks, promises), "The sign", long, 1)
	ps := find(t, file, la(t, "2026-11-25T12:00"), nil)
	if len(ps) < 6 {
		t.Errorf("only %v", ps)
	}
	for _, p := range ps {
		if len([]rune(p.Message)) > 300 || strings.ContainsAny(p.Message, "\n\t") {
			t.Errorf("%s: %q", p.Rule, p.Message)
		}
	}
}

// To say by when is no chase; to ask once more after that is one.
func TestADateThatWasMissing(t *testing.T) {
	file := head + commitment(`{ on = 2026-11-02, by = "maria", did = "request" }`, `{ on = 2026-11-03, by = "maria", did = "request", due = 2026-11-20 }`,
		`{ on = 2026-11-04, by = "maria", did = "request", due = 2026-11-20 }`)
	ps := only(find(t, file, la(t, "2026-11-05T12:00"), nil), "chased-twice")
	if len(ps) != 1 || !strings.HasPrefix(strings.Split(file, "\n")[ps[0].Line-1], "{ on = 2026-11-04") {
		t.Error(ps)
	}
}
