package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func TestReceipt(t *testing.T) {
	const (
		accept  = `{ on = 2026-12-01, by = "maria", did = "accept" }`
		agreed  = `{ on = 2026-11-11, by = "maria", did = "agree" }`
		counter = `{ on = 2026-11-02, by = "dev", did = "offer", due = 2026-11-22 }, { on = 2026-11-03, by = "maria", did = "agree" }`
	)
	delivers := func(day string) string { return fmt.Sprintf(booksDeliver, day) }
	waited := papers(papersCome, `{ on = 2026-11-20, by = "dev", did = "accept" }`)
	for _, tt := range []struct{ name, file, how, lines string }{
		{"early", performedByDev(delivers("2026-11-18"), accept), "kept_early 2", "asked 11-02, promised 11-03, due 11-20, delivered 11-18, accepted 12-01; moved 0"},
		{"on the day", performedByDev(delivers("2026-11-20"), accept), "kept_day", "asked 11-02, promised 11-03, due 11-20, delivered 11-20, accepted 12-01; moved 0"},
		{"late", performedByDev(delivers("2026-11-23"), accept), "done_late 3", "asked 11-02, promised 11-03, due 11-20, delivered 11-23, accepted 12-01; moved 0"},
		{
			"sent back, and delivered again", performedByDev(delivers("2026-11-10"), `{ on = 2026-11-12, by = "maria", did = "reject", note = "Blurred" }`, delivers("2026-11-23"), accept),
			"done_late 3", "asked 11-02, promised 11-03, due 11-20, delivered 11-10, sent_back 11-12, delivered 11-23, accepted 12-01; moved 0",
		},
		{
			"taken back, and delivered again", performedByDev(delivers("2026-11-10"), `{ on = 2026-11-12, by = "dev", did = "retract" }`, delivers("2026-11-18"), accept),
			"kept_early 2", "asked 11-02, promised 11-03, due 11-20, delivered 11-10, taken_back 11-12, delivered 11-18, accepted 12-01; moved 0",
		},
		{
			"by a later date", performedByDev(newDate, agreed, delivers("2026-11-23"), accept), "kept_moved",
			"asked 11-02, promised 11-03, due 12-04 for 11-20, delivered 11-23, accepted 12-01; moved 1",
		},
		{
			"before the first of two dates", performedByDev(newDate, agreed, delivers("2026-11-19"), accept), "kept_early 1",
			"asked 11-02, promised 11-03, due 12-04 for 11-20, delivered 11-19, accepted 12-01; moved 1",
		},
		{"offered", asked("maria", "dev", counter, delivers("2026-11-22"), accept), "kept_day", "offered 11-02, agreed 11-03, due 11-22, delivered 11-22, accepted 12-01; moved 0"},
		{"after what it waited for", waited + books(needsPapers, delivers("2026-11-28"), accept), "kept_waited The papers", "offered 11-02, agreed 11-03, due 11-15, delivered 11-28, accepted 12-01; moved 0"},
		{"late after that too", waited + books(needsPapers, delivers("2026-12-01"), accept), "done_late 1", "offered 11-02, agreed 11-03, due 11-15, delivered 12-01, accepted 12-01; moved 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-12-02", tt.file)
			c := v.Pages[1].Commitment
			if strings.Contains(tt.file, "papers") {
				c = committed(t, v, "books")
			}
			var lines []string
			for _, l := range c.Receipt.Lines {
				lines = append(lines, l.Key+" "+strings.TrimPrefix(l.On.String(), "2026-"))
				if !l.First.IsZero() {
					lines[len(lines)-1] += " for " + strings.TrimPrefix(l.First.String(), "2026-")
				}
			}
			if got := fmt.Sprintf("%s; moved %d", strings.Join(lines, ", "), c.Receipt.Times); got != tt.lines {
				t.Errorf("got  %s\nwant %s", got, tt.lines)
			}
			if got := spoken([]portal.Clause{c.How()}); got != tt.how {
				t.Errorf("it was %s, want %s", got, tt.how)
			}
		})
	}
}

// Whoever of a side may accept. Where it was not the one to whom it was promised, the sentence says so.
func TestTheSentenceSaysWhoAcceptedForAnother(t *testing.T) {
	for by, want := range map[string]string{
		"maria": "asked_promised_ours; kept_early 2", "theo": "asked_promised_ours; kept_early 2; accepted_by Theo Maria",
	} {
		v := on(t, "2026-11-20", performedByDev(deliver, `{ on = 2026-11-19, by = "`+by+`", did = "accept" }`))
		if got := spoken(v.Pages[1].Commitment.Sentence()); got != want {
			t.Errorf("%s accepted: %s, want %s", by, got, want)
		}
	}
}

// Each condition is met where as much was called met as there are conditions; what was said stands apart. A condition is met only where
// that was said of it: who accepts the whole without a word has not called each of them met. What was called met
// is so no longer once the commitment was taken up again, or rested on something wrong.
func TestConditions(t *testing.T) {
	const wrong = "\n[[assumption]]\non = 2026-11-03\ntext = \"It is dry\"\ncommitment = \"booking\"\nwrong = "
	again := strings.NewReplacer(`id = "booking"`, `id = "booking-2"`+"\nreopens = \"booking\"", "2026-11-02", "2026-11-19", "2026-11-03", "2026-11-20").Replace(performedByDev())
	for _, tt := range []struct{ name, said, more, want, whole string }{
		{"nothing said", "", "", ", ", "maria"},
		{"thanks alone", `, thanks = "Lovely"`, "", ", ", "maria"},
		{"of each", `, met = ["Five came", "It shines"]`, "", "met, met", ""},
		{"of one", `, met = "Five came"`, "", ", ", "maria"},
		{"one is named as not met", `, met = "Five came", unmet = "It is blue"`, "", ", unmet", ""},
		{"something is not met", `, unmet = "The door sticks"`, "", ", ", ""},
		{"one is named as met", `, met = "Five fit in", unmet = "The door sticks"`, "", "met, ", ""},
		{"taken up again", `, met = ["Five came", "It shines"]`, again, "was_met, was_met", ""},
		{"wrong later", `, met = ["Five came", "It shines"]`, wrong + "2026-11-20\n", "was_met, was_met", ""},
		{"wrong before that", `, met = ["Five came", "It shines"]`, wrong + "2026-11-17\n", "met, met", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept"`+tt.said+` }`)
			file = strings.Replace(file, "moves =", "satisfied_when = [\"Five fit in\", \"It is blue\"]\nmoves =", 1)
			c := committed(t, on(t, "2026-11-20", file+tt.more), "booking")
			var got []string
			for _, x := range c.Conditions() {
				got = append(got, x.State)
			}
			if strings.Join(got, ", ") != tt.want || c.AcceptedWhole().ID != tt.whole {
				t.Errorf("got %q, as a whole by %q, want %q and %q", strings.Join(got, ", "), c.AcceptedWhole().ID, tt.want, tt.whole)
			}
		})
	}
}

// Dates tell what was asked for, agreed and moved, and how long before the date that stood. A date that only the promise named
// is not told as agreed.
func TestDates(t *testing.T) {
	agreed := `{ on = 2026-11-12, by = "maria", did = "agree" }`
	again := `{ on = 2026-12-07, by = "dev", did = "renegotiate", due = 2026-12-11, note = "Snow" }`
	file := asked("maria", "dev", `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-13 }`,
		`{ on = 2026-11-03, by = "dev", did = "promise", due = 2026-11-20 }`, newDate, agreed, again)
	var got []string
	for _, d := range on(t, "2026-12-08", file).Pages[1].Commitment.Dates() {
		got = append(got, fmt.Sprintf("%s %s by %s, %d ahead, %t", d.Kind, d.Day, d.By.ID, d.Ahead, d.Promised))
	}
	want := "asked 2026-11-13 by maria, 0 ahead, false; gone 2026-11-20 by dev, 10 ahead, true; agreed 2026-12-04 by , 0 ahead, false; proposed 2026-12-11 by dev, -3 ahead, false"
	if strings.Join(got, "; ") != want {
		t.Errorf("got %s", strings.Join(got, "; "))
	}
}

// A date was told when it was first named, not when another one was asked for; days later than promised are told of the row
// they count to.
func TestSinceWhenADateIsTold(t *testing.T) {
	asks := `{ on = 2026-11-16, by = "maria", did = "renegotiate", due = 2026-11-27, note = "Away" }`
	counter := `{ on = 2026-11-17, by = "dev", did = "counter", due = 2026-12-04 }`
	agree := `{ on = 2026-11-18, by = "maria", did = "agree" }`
	late := `{ on = 2026-12-03, by = "dev", did = "deliver" }`
	for _, tt := range []struct{ file, want string }{
		{performedByDev(asks, counter), "agreed dev 0 0; proposed  3 0"},
		{performedByDev(asks, counter, agree), "gone dev 4 0; agreed maria 0 14"},
		{performedByDev(asks, counter, agree, late), "gone dev 4 0; agreed maria 0 0; delivered  0 13"},
	} {
		var got []string
		for _, d := range on(t, "2026-12-03", tt.file).Pages[1].Commitment.Dates() {
			got = append(got, fmt.Sprintf("%s %s %d %d", d.Kind, d.Agreer.ID, d.Ahead, d.Slip))
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("got %s, want %s", strings.Join(got, "; "), tt.want)
		}
	}
}

// What was taken to be true of a promise and turned out to be wrong is told with it, and what holds is not.
func TestWhatProvedWrongIsTold(t *testing.T) {
	assumed := func(text, more string) string {
		return "\n[[assumption]]\non = 2026-11-03\ntext = \"" + text + "\"\ncommitment = \"booking\"\n" + more
	}
	v := on(t, "2026-11-20", performedByDev()+assumed("It is dry", "wrong = 2026-11-17\n")+assumed("It holds", ""))
	if wrong := v.Pages[1].Commitment.ProvedWrong(); len(wrong) != 1 || wrong[0].Text != "It is dry" {
		t.Errorf("wrong were %v", wrong)
	}
}

// A date that is proposed is of whoever named it, not of whoever would do the work.
func TestWhoProposedADate(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"an offer", asked("maria", "dev", `{ on = 2026-11-10, by = "ines", did = "offer", due = 2026-12-18 }`), "ines"},
		{"a question after it", asked("maria", "dev", `{ on = 2026-11-10, by = "ines", did = "offer", due = 2026-12-18 }`, `{ on = 2026-11-11, by = "maria", did = "ask", note = "Why?" }`), "ines"},
		{"a new date", performedByDev(`{ on = 2026-11-10, by = "ines", did = "renegotiate", due = 2026-12-18, note = "Ill" }`), "ines"},
	} {
		by := ""
		for _, d := range on(t, "2026-11-20", tt.file).Pages[1].Commitment.Dates() {
			if d.Kind == "proposed" {
				by = d.By.ID
			}
		}
		if by != tt.want {
			t.Errorf("%s: proposed by %q, want %s", tt.name, by, tt.want)
		}
	}
}

// What was sent back has both days among its dates, also once it was done again: without them its lateness would look like
// silence. Where another date was agreed for that, the date that is gone says it.
func TestWhatWasSentBackHasItsDays(t *testing.T) {
	const (
		again  = `{ on = 2026-11-24, by = "dev", did = "deliver" }`
		accept = `{ on = 2026-11-25, by = "maria", did = "accept" }`
		dated  = `{ on = 2026-11-20, by = "dev", did = "renegotiate", due = 2026-11-24, note = "So" }, { on = 2026-11-20, by = "maria", did = "agree" }`
	)
	const both = "deliver 2026-11-18, reject 2026-11-19"
	for _, tt := range []struct{ name, file, want string }{
		{"it is done again", performedByDev(deliver, sentBack), both},
		{"it was handed over again", performedByDev(deliver, sentBack, again), both},
		{"it was accepted", performedByDev(deliver, sentBack, again, accept), both},
		{"another date was agreed", performedByDev(deliver, sentBack, dated, again, accept), ""},
		{"never", performedByDev(deliver), ""},
	} {
		var got []string
		for _, d := range on(t, "2026-11-26", tt.file).Pages[1].Commitment.Dates() {
			if d.Kind == "said" {
				got = append(got, d.Move.Key+" "+d.Day.String())
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The date in force stands until another is answered, and no longer than it has not passed.
func TestTheDateInForceStandsUntilItPasses(t *testing.T) {
	if got := on(t, "2026-11-19", performedByDev(newDate)).Pages[1].Commitment.Stands().String(); got != "2026-11-20" {
		t.Errorf("it stands until %s", got)
	}
}
