package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// spoken returns the clauses of a sentence: the key, and what it is filled with.
func spoken(all []portal.Clause) string {
	var parts []string
	for _, c := range all {
		part := c.Key
		if c.Move != nil {
			part = "move " + c.Move.Key + " " + c.Move.By.ID
		}
		for _, s := range []string{c.Name, c.What, c.Day.String()} {
			if s != "" && s != "0000-00-00" {
				part += " " + s
			}
		}
		if c.Count > 0 {
			part += fmt.Sprintf(" %d", c.Count)
		}
		if !c.Until.IsZero() {
			part += " until " + c.Until.String()
		}
		if !c.After.IsZero() {
			part += " after " + c.After.String()
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func TestSentence(t *testing.T) {
	const (
		offer    = `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-20 }`
		counter  = `{ on = 2026-11-03, by = "maria", did = "counter", due = 2026-11-25 }`
		agree    = `{ on = 2026-11-04, by = "maria", did = "agree" }`
		commit   = `{ on = 2026-11-18, by = "dev", did = "commit-to-commit", answer_by = 2026-11-27 }`
		question = `{ on = 2026-11-11, by = "maria", did = "ask", note = "Which day?" }`
		help     = `{ on = 2026-11-11, by = "dev", did = "ask-help", note = "Which key?" }`
		sum      = `{ on = 2026-11-11, by = "dev", did = "summarize", note = "Two rooms" }`
		terms    = `{ on = 2026-11-10, by = "dev", did = "renegotiate", satisfied_when = ["Two rooms"], note = "One is let" }`
		withdraw = `{ on = 2026-11-19, by = "maria", did = "withdraw" }`
		revoke   = `{ on = 2026-11-19, by = "dev", did = "revoke", note = "Ill" }`
		decline  = `{ on = 2026-11-19, by = "dev", did = "decline", note = "Full" }`
		accept   = `{ on = 2026-11-19, by = "maria", did = "accept" }`
		backBy   = `{ on = 2026-11-19, by = "maria", did = "reject", note = "No", due = 2026-11-24 }`
		due      = "due 2026-11-20 until 2026-11-20; overdue_undated Dev 2026-11-20 after 2026-11-20"
		passes   = "due 2026-11-20 until 2026-11-20; overdue_ours 2026-11-20 after 2026-11-20" // while a new date is proposed
		gave     = "asked_promised_ours; "
	)
	for _, tt := range []struct{ name, file, want string }{
		{"nothing that is told", asked("maria", "dev", strings.Replace(mariaAsks, "{ ", "{ private = true, ", 1)), "start"},
		{"asked of us", asked("maria", "dev", mariaAsks), "asked_ours; answer Dev"},
		{"asked of them", asked("dev", "maria", devAsks), "asked_yours; answer Maria"},
		{"an answer is promised", asked("maria", "dev", mariaAsks, commit), "asked_ours; answer_promised 2026-11-27"},
		{"offered", asked("maria", "dev", offer), "offered_ours; terms_ours 2026-11-20"},
		{"other terms", asked("maria", "dev", offer, counter), "offered_ours; terms Dev until 2026-11-25; terms_ours 2026-11-25 after 2026-11-25"},
		{"an offer agreed", asked("maria", "dev", offer, agree), "offered_promised_ours; " + due},
		{"promised", performedByDev(), gave + due},
		{
			"promised for later than it was asked for", asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "promise", due = 2027-01-08 }`),
			"asked_promised_later 2026-12-11; due 2027-01-08 until 2027-01-08; overdue_undated Dev 2027-01-08 after 2027-01-08",
		},
		{
			"agreed for later than it was asked for", asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "counter", due = 2027-01-08, note = "So" }`, `{ on = 2026-11-19, by = "maria", did = "agree" }`),
			"asked_agreed_later 2026-12-11; due 2027-01-08 until 2027-01-08; overdue_undated Dev 2027-01-08 after 2027-01-08",
		},
		{
			"for a later hour of the day", asked("maria", "dev", `{ on = 2026-11-16, by = "maria", did = "request", due = 2026-12-11T09:00:00 }`, `{ on = 2026-11-18, by = "dev", did = "promise", due = 2026-12-11T17:00:00 }`),
			gave + "due 2026-12-11T17:00:00 until 2026-12-11T17:00:00; overdue_undated Dev 2026-12-11T17:00:00 after 2026-12-11T17:00:00",
		},
		{
			"promised by them, given in time and sent back", theirs(`{ on = 2026-11-18, by = "theo", did = "deliver" }`, `{ on = 2026-11-19, by = "ines", did = "reject", note = "No", due = 2026-11-24 }`),
			"asked_promised_yours; sent_back 2026-11-19; due 2026-11-20 until 2026-11-20; new_date Theo until 2026-11-24; terms_yours Theo 2026-11-24 after 2026-11-24",
		},
		{"promised by them", theirs(), "asked_promised_yours; due 2026-11-20 until 2026-11-20; overdue_yours 2026-11-20 after 2026-11-20"},
		{"a new date", performedByDev(newDate), gave + passes + "; new_date Maria until 2026-12-04; terms_ours 2026-12-04 after 2026-12-04"},
		{"a later date of the client's", performedByDev(`{ on = 2026-11-18, by = "maria", did = "renegotiate", due = 2026-12-04, note = "Away" }`), gave + "due 2026-11-20 until 2026-11-20; date_passed 2026-11-20 after 2026-11-20; new_date Dev until 2026-12-04; terms_ours 2026-12-04 after 2026-12-04"},
		{"other terms, with the date as it is", performedByDev(terms), gave + passes + "; new_terms Maria"},
		{"a question over a new date", performedByDev(newDate, question), passes + "; new_date Maria; question Dev 1"},
		{
			"their message over a new date", performedByDev(newDate) + "\n[[message]]\nreceived = 2026-11-11\nby = \"maria\"\nabout = \"Why?\"\ncommitment = \"booking\"\n",
			gave + passes + "; on_us Why?",
		},
		{"help and a summary, without how it began", performedByDev(help, sum), due + "; help Dev; summary Dev"},
		{"delivered", performedByDev(deliver), gave + "delivered Maria 2026-11-18"},
		{"sent back", performedByDev(deliver, sentBack), gave + "sent_back 2026-11-19; " + due},
		{"sent back with a date", performedByDev(deliver, backBy), gave + "sent_back 2026-11-19; due 2026-11-20 until 2026-11-20; date_passed 2026-11-20 after 2026-11-20; new_date Dev until 2026-11-24; terms_ours 2026-11-24 after 2026-11-24"},
		{
			"what we promised, whose new date has passed", performedByDev(`{ on = 2026-11-18, by = "dev", did = "renegotiate", due = 2026-11-28, note = "Ill" }`),
			gave + passes + "; terms_ours 2026-11-28",
		},
		{"it waits for theirs", papers() + books(needsPapers), "offered_promised_ours; due 2026-11-15 until 2026-11-15; date_passed 2026-11-15 after 2026-11-15; waits Theo The papers"},
		{
			"it waits for theirs, and a new date is proposed", papers() + books(needsPapers, `{ on = 2026-11-12, by = "dev", did = "renegotiate", due = 2026-12-04, note = "No papers" }`),
			"due 2026-11-15 until 2026-11-15; date_passed 2026-11-15 after 2026-11-15; new_date Maria until 2026-12-04; waits Theo The papers; terms_ours 2026-12-04 after 2026-12-04",
		},
		{
			"a result on the way waits", performedByDev() + interim("A sketch", "2026-11-19", `{ on = 2026-11-18, by = "dev", did = "deliver" }`),
			gave + due + "; part Maria A sketch 1",
		},
		{"kept", performedByDev(deliver, accept), gave + "kept_early 2"},
		{"declined", asked("maria", "dev", mariaAsks, decline), "asked_ours; move decline dev"},
		{"withdrawn", performedByDev(withdraw), gave + "move withdraw maria"},
		{"taken back", performedByDev(revoke), gave + "move revoke dev"},
		{"closed without an answer", performedByDev(deliver, `{ on = 2026-12-01, by = "dev", did = "close", note = "No word" }`), gave + "move close dev"},
		{
			"taken up again", performedByDev(deliver, accept) + strings.Replace(asked("maria", "dev", `{ on = 2026-11-21, by = "maria", did = "request" }`), "moves", "reopens = \"booking\"\nmoves", 1),
			gave + "kept_early 2; reopened The sign",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-12-02", tt.file)
			c := v.Pages[1].Commitment
			if strings.Contains(tt.file, "papers") {
				c = committed(t, v, "books")
			}
			if got := spoken(c.Sentence()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What counts is said of each stage: what was done, whose turn it is, and who will do the rest.
func TestSteps(t *testing.T) {
	file := performedByDev(deliver) + interim("A sketch", "2026-11-10", `{ on = 2026-11-09, by = "dev", did = "deliver" }`, `{ on = 2026-11-10, by = "maria", did = "accept" }`)
	var got []string
	for _, s := range on(t, "2026-11-20", file).Pages[1].Commitment.Steps() {
		line := s.Mark + ": " + spoken(s.Facts)
		for _, turn := range s.Turns {
			line += turn.Kind + " " + turn.Person.ID
		}
		got = append(got, line)
	}
	want := "done: move request_due maria\ndone: move promise_due dev\ndone: results_all 1; move deliver dev\nnow: accept maria"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// What the client need not do before something of ours is done says for what it waits.
func TestTheStepOfWhatWaitsForOurs(t *testing.T) {
	file := performedByDev() + commitmentOf("fee", "dev", "theo", `"booking"`,
		`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-11-25 }`, `{ on = 2026-11-03, by = "theo", did = "promise" }`)
	steps := committed(t, on(t, "2026-11-10", file), "fee").Steps()
	if got := spoken(steps[2].Facts); got != "waits Dev The booking" {
		t.Errorf("got %q", got)
	}
}

// Who promised an answer owes it; an open question is the performer's all the same.
func TestWhoOwesAPromisedAnswer(t *testing.T) {
	commit := `{ on = 2026-11-18, by = "ines", did = "commit-to-commit", answer_by = 2026-11-27 }`
	ask := `{ on = 2026-11-19, by = "maria", did = "ask", note = "Which day?" }`
	for _, tt := range []struct{ file, want string }{
		{asked("maria", "dev", mariaAsks, commit), "promise ines"},
		{asked("maria", "dev", mariaAsks, commit, ask), "answer dev, promise ines"},
	} {
		var got []string
		for _, turn := range on(t, "2026-11-20", tt.file).Pages[1].Commitment.Turns() {
			got = append(got, turn.Kind+" "+turn.Person.ID)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// A thread is newest first and holds what names the commitment; that a message was seen is no
// entry of its own, and what was said of an interim result stands with that.
func TestThread(t *testing.T) {
	file := performedByDev(deliver) + interim("A sketch", "2026-11-10", `{ on = 2026-11-09, by = "dev", did = "deliver" }`) + `
[[question]]
asked = 2026-11-12
by = "dev"
to = "maria"
text = "Which door?"
commitment = "booking"

[[message]]
received = 2026-11-13
acknowledged = 2026-11-14
by = "theo"
about = "The door is blue"
commitment = "booking"
`
	var got []string
	for _, e := range on(t, "2026-11-20", file).Pages[1].Commitment.Thread() {
		line := e.On.String() + " " + e.Kind
		if e.Reply != nil {
			line += " seen " + e.Reply.Acknowledged.String()
		}
		if e.Question != nil {
			line += " open"
		}
		got = append(got, line)
	}
	want := "2026-11-18 move, 2026-11-13 message seen 2026-11-14, 2026-11-12 question open, 2026-11-03 move, 2026-11-02 move"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}

// An answer among the newest entries that stand unfolded has what it answers with it.
func TestAnAnswerStandsWithItsQuestion(t *testing.T) {
	word := `{ on = 2026-11-11, by = "dev", did = "progress", note = "A word" }`
	asks := []string{
		`{ on = 2026-11-09, by = "maria", did = "ask", note = "Which day?" }`, `{ on = 2026-11-10, by = "dev", did = "answer", note = "Friday" }`,
	}
	for words, want := range map[int]int{1: 5, 2: 4, 3: 5, 4: 4} {
		moves := slices.Concat(asks, slices.Repeat([]string{word}, words))
		if got := on(t, "2026-11-20", performedByDev(moves...)).Pages[1].Commitment.Recent(); got != want {
			t.Errorf("after %d words: %d entries stand unfolded, want %d", words, got, want)
		}
	}
}

// An answer names what it answers where it could be taken for an answer to something else: where another entry stands
// between them, or above it on the same day.
func TestAnAnswerNamesItsQuestion(t *testing.T) {
	const assumed = "[[assumption]]\non = 2026-11-%d\ntext = \"It is dry\"\ncommitment = \"booking\"\n"
	for _, ask := range []string{"ask", "ask-help"} {
		file := performedByDev(
			`{ on = 2026-11-09, by = "dev", did = "`+ask+`", note = "Which day?" }`,
			`{ on = 2026-11-12, by = "maria", did = "answer", note = "Friday" }`)
		for text, want := range map[string]string{
			file:                            "",
			file + fmt.Sprintf(assumed, 10): "Which day?",
			file + fmt.Sprintf(assumed, 12): "Which day?",
			file + fmt.Sprintf(assumed, 13): "",
		} {
			for _, s := range on(t, "2026-11-20", text).Pages[1].Commitment.Thread() {
				got := ""
				if s.Answers != nil {
					got = string(s.Answers.Note)
				}
				if s.Move != nil && s.Move.Key == "answer" && got != want {
					t.Errorf("the answer to %s names %q, want %q", ask, got, want)
				}
			}
		}
	}
}

// All that waits for the client is told: each question and each change, and in the stage how many answers there are.
func TestAllThatWaitsIsTold(t *testing.T) {
	question := func(to string) string {
		return "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"" + to + "\"\ntext = \"Which?\"\ncommitment = \"booking\"\n"
	}
	change := "\n[[change]]\non = 2026-11-12\nby = \"dev\"\ntext = \"Grey\"\ncommitment = \"booking\"\n"
	c := committed(t, on(t, "2026-11-13", performedByDev(newDate)+question("theo")+question("theo")+question("maria")+change), "booking")
	if got := spoken(c.Sentence()); !strings.Contains(got, "; question Theo 2; question Maria 1; change Maria 1") {
		t.Errorf("the sentence is %s", got)
	}
	for _, s := range c.Steps() {
		if want := map[bool]int{true: 5}[s.Mark == "now"]; s.Answers != want {
			t.Errorf("%s: %d answers, want %d", s.Stage, s.Answers, want)
		}
	}
}

// Of what makes the colour worse, our own lateness is told before the client's.
func TestOurOwnLatenessIsToldFirst(t *testing.T) {
	theirsLate := strings.ReplaceAll(theirs(), "2026-11-20", "2026-11-10")
	file := theirsLate + status("2026-11-09", "green", "") + "\n[[question]]\nasked = 2026-11-09\nby = \"maria\"\nto = \"dev\"\ntext = \"Why?\"\nanswer_by = 2026-11-12\n"
	var got []string
	for _, f := range home(on(t, "2026-11-16", file)).Standing.Told() {
		got = append(got, f.Key)
	}
	if strings.Join(got, " ") != "question_overdue yours_overdue" {
		t.Errorf("told are %q", got)
	}
}
