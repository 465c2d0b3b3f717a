package pipeline_test

import (
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// Where other terms are asked for and no other date, no page speaks of a new one.
func TestTermsAreNotToldAsADate(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", satisfied_when = ["By telephone too"], note = "They call" },`))
	dates := []string{"new date", "old date", "Nov proposed"}
	wantWords(t, words, "", []string{"Booking New terms · for Maria New condition: By telephone too", "New terms are being agreed"}, dates)
	wantWords(t, words, "commitment-booking", []string{"New terms wait for Maria’s yes.", "Maria’s turn: decide on the new terms", "Dev proposed other terms"}, dates)
	wantWords(t, words, "everything-", nil, dates)
	wantWords(t, words, "answers", []string{`data-subject="New terms: Booking"`, "Yes, on these terms", "Keep what was agreed"}, dates)

	words = textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-12-04, satisfied_when = ["By telephone too"], note = "They call" },`))
	wantWords(t, words, "", []string{"A new date: Fri 4 Dec A new date is needed Booking", "Fri 4 Dec proposed"}, []string{"Booking New terms", "New terms are"})
	wantWords(t, words, "commitment-booking", []string{"A new date waits for Maria’s yes.", "Dev proposed a new date, 4 December"}, []string{"New terms wait"})
	wantWords(t, words, "answers", []string{`data-subject="A new date: Booking"`, "Yes, 4 December", "Keep 27 November"}, nil)
}

// Where one hour is moved to another of the same day, both are told.
func TestHoursAreTold(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27T12:00:00", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-11-27T18:00:00, note = "The key" },`))
	wantWords(t, words, "", []string{"Fri 27 Nov, 12:00 Fri 27 Nov, 18:00 proposed"}, nil)
	wantWords(t, words, "commitment-booking", []string{"27 November, 12:00 agreed by Dev on 3 November, stands until Maria answers agreed by Dev on 3 November 27 November, 18:00 proposed by Dev", "proposed a new date, 27 November, 18:00"}, nil)
	wantWords(t, words, "answers", []string{"Yes, 27 November, 18:00", "Keep 27 November, 12:00"}, nil)
}

// Once the proposed date has passed too, one fact is told of each of the two dates.
func TestAProposedDateThatPassed(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-10", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-11-18, note = "The key" },`))
	wantWords(t, words, "", []string{
		"“Booking” was due on 10 November; a new date is not agreed yet.", "The date proposed for “Booking”, 18 November, has passed too.",
	}, []string{"was due on 18 November"})
}

// A date on the table that has passed is marked: on Home and on the commitment's page. One that is
// ahead is marked by the browser, once it has passed.
func TestTermsWhoseDateHasPassed(t *testing.T) {
	t.Parallel()
	asks := `moves = [{ on = 2026-11-02, by = "maria", did = "request", due = 2026-11-18 }`
	for _, tt := range []struct{ name, moves string }{
		{"asked", asks + "]"},
		{"countered", asks + `,{ on = 2026-11-03, by = "dev", did = "counter", due = 2026-11-18, note = "Ill" }]`},
		{"a new date", asks + `,{ on = 2026-11-03, by = "dev", did = "promise", due = 2026-11-16 },{ on = 2026-11-04, by = "dev", did = "renegotiate", due = 2026-11-18, note = "Ill" }]`},
	} {
		for moment, shown := range map[string]bool{"2026-11-18T12:00:00Z": false, "2026-11-20T12:00:00Z": true} {
			now, err := pipeline.ParseClock(moment)
			if err != nil {
				t.Fatal(err)
			}
			file := "client = \"A\"\ntimezone = \"Europe/Berlin\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n" +
				"[[commitment]]\nid = \"booking\"\ntitle = \"Booking\"\ncustomer = \"maria\"\nperformer = \"dev\"\n" + tt.moves + "\n"
			b := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{Now: now})
			pages, ps := b.Plain("a")
			if ps.Err() != nil {
				t.Fatal(ps)
			}
			for _, page := range []string{"", "commitment-booking"} {
				mark := `data-after="2026-11-18">18 November, the date proposed, has passed; new terms are needed.`
				if !shown {
					mark = `data-after="2026-11-18" hidden>18 November, the date proposed, has passed`
				}
				if !strings.Contains(strings.ReplaceAll(string(pages[page].Body), "\u00a0", " "), mark) {
					t.Errorf("%s, at %s: %q does not say %s", tt.name, moment, page, mark)
				}
			}
		}
	}
}

// A date is told with what it means: why another one counts, what is proposed in its place, that
// there is none for a rework, what was agreed for what has ended, and who asked for another.
func TestDatesAreToldWithTheirMeaning(t *testing.T) {
	t.Parallel()
	const (
		delivers = `{ on = 2026-11-09, by = "dev", did = "deliver" },`
		rejects  = `{ on = 2026-11-12, by = "maria", did = "reject", note = "Slow" },`
		moves    = `{ on = 2026-11-05, by = "maria", did = "renegotiate", due = 2026-12-04, note = "We are away" },
{ on = 2026-11-06, by = "dev", did = "counter", due = 2026-12-11, note = "The 4th is full" },{ on = 2026-11-06, by = "maria", did = "agree" },`
	)
	sketch := "\n[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-09\n"
	papers := `
[[commitment]]
id = "papers"
title = "Papers"
customer = "dev"
performer = "maria"
moves = [
  { on = 2026-11-02, by = "dev", did = "request", due = 2026-11-06 },
  { on = 2026-11-03, by = "maria", did = "promise" },
  { on = 2026-11-09, by = "maria", did = "deliver" },
  { on = 2026-11-09, by = "dev", did = "accept" },
]
`
	needing := strings.Replace(booking("2026-11-10", `{ on = 2026-11-15, by = "dev", did = "deliver" },`), "moves =", "needs = [\"papers\"]\nmoves =", 1)
	for _, tt := range []struct {
		name, file  string
		pages       []string
		want, never []string
	}{
		{
			"late by the date that counts", needing + papers,
			[]string{"", "promises-"},
			[]string{"elivered 15 November, 2 days late"},
			[]string{"13 November", "days of waiting"},
		},
		{
			"the record", needing + papers,
			[]string{"working-"},
			[]string{"10 November", "2 days late"},
			[]string{"13 November", "days of waiting"},
		},
		{
			"a result whose whole may move", booking("2026-11-27", `{ on = 2026-11-08, by = "dev", did = "renegotiate", due = 2026-12-04, with_interim = true, note = "Ill" },`) + sketch,
			[]string{"", "commitment-booking", "promises-"},
			[]string{"Mon 9 Nov Mon 16 Nov proposed"},
			nil,
		},
		{
			"nothing is agreed for the rework", booking("2026-11-10", delivers+rejects),
			[]string{"", "promises-"},
			[]string{"was promised for 10 November · there is no date for the rework yet"},
			[]string{"was due"},
		},
		{
			"a date that ended when it was sent back", booking("2026-11-10", delivers+`{ on = 2026-11-12, by = "maria", did = "reject", due = 2026-11-20, note = "No" }, { on = 2026-11-13, by = "dev", did = "agree" },`),
			[]string{"commitment-booking"},
			[]string{"10 November agreed by Dev on 3 November · then sent back by Maria 20 November agreed by Dev on 13 November"},
			nil,
		},
		{
			"nothing is agreed for the rework, on its page", booking("2026-11-10", delivers+rejects),
			[]string{"commitment-booking"},
			[]string{"It was sent back on 12 November. There is no date for the rework yet.", "Dates 10 November agreed by Dev on 3 November 9 November Dev delivered 12 November Maria sent it back How to"},
			[]string{"was due"},
		},
		{
			"late by the date that counts, on its page", needing + papers,
			[]string{"commitment-booking"},
			[]string{"10 November agreed by Dev on 3 November 15 November Dev delivered, 2 days late “Papers” came 3 days later than planned. Until 13 November we count this as in time"},
			nil,
		},
		{
			"the facts of the rework", booking("2026-11-10", delivers+rejects),
			[]string{"", "working-"},
			[]string{"“Booking” was sent back on 12 November; there is no date for the rework yet."},
			nil,
		},
		{
			"a result that ended", booking("2026-11-10", delivers+`{ on = 2026-11-10, by = "maria", did = "accept" },`) + sketch,
			[]string{"promises-", "commitment-booking", "everything-"},
			[]string{"Ended with the whole"},
			[]string{"Promised"},
		},
		{
			"taken back", booking("2026-11-10", `{ on = 2026-11-06, by = "dev", did = "revoke", note = "No" },`),
			[]string{"promises-"},
			[]string{"Taken back · 6 Nov", "was promised for 10 November"},
			nil,
		},
		{
			"taken back, on its page", booking("2026-11-10", `{ on = 2026-11-06, by = "dev", did = "revoke", note = "No" },`),
			[]string{"commitment-booking"},
			[]string{"Dev took the promise back.", "Dates 10 November agreed by Dev on 3 November", "Accept not reached"},
			[]string{"it is due", "it was due", "What we check"},
		},
		{
			"who asked for another date", booking("2026-11-10", moves),
			[]string{"commitment-booking"},
			[]string{"10 November agreed by Dev on 3 November · Maria proposed another on 5 November", "31 days later than first promised.", "Dev answered with another date, 11 December North Studio The 4th is full"},
			nil,
		},
		{"who asked, in the record", booking("2026-11-10", moves), []string{"working-"}, []string{"1 · proposed by Maria · 31 days later"}, nil},
		{
			"a result that waits", strings.NewReplacer("did = \"deliver\"", "did = \"progress\"", "did = \"accept\"", "did = \"progress\"").Replace(needing + sketch + papers),
			[]string{"promises-"},
			[]string{"A sketch: Promised, Mon 9 Nov (has passed) · waits for “Papers”"},
			nil,
		},
	} {
		words := textsOf(t, tt.file)
		for _, page := range tt.pages {
			t.Run(tt.name+" "+page, func(t *testing.T) { wantWords(t, words, page, tt.want, tt.never) })
		}
	}
}
