package pipeline_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

var (
	tagForm    = regexp.MustCompile(`<[^>]*>`)
	answerForm = regexp.MustCompile(`(?s)<form class="answer".*?</form>`)
	lineBreak  = regexp.MustCompile(`\n\s*`)
)

// reachable is the site of textsOf, whose provider can be reached by mail.
var reachable = shared(map[string]string{
	site.ProviderFile: strings.Replace(provider, "[people]", "contact = { email = \"hello@north.example\" }\n[people]", 1),
})

// textsOf returns the words of each page of a client, whose file goes on after its people,
// and, as "answers", the forms of which the browser makes mails.
func textsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+file)
	words := map[string]string{}
	for path, page := range pages {
		body := string(page.Body)
		for _, form := range answerForm.FindAllString(body, -1) {
			words["answers"] += html.UnescapeString(form) + "\n"
		}
		words[path] = strings.Join(strings.Fields(html.UnescapeString(tagForm.ReplaceAllString(body, " "))), " ")
	}
	return words
}

// booking is a commitment promised for a date, with one move more.
func booking(due, move string) string {
	return `[[commitment]]
id = "booking"
title = "Booking"
customer = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = ` + due + ` },
  { on = 2026-11-03, by = "dev", did = "promise" },
  ` + move + `
]
`
}

func wantWords(t *testing.T, words map[string]string, page string, want, never []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(words[page], w) {
			t.Errorf("%q does not say %q:\n%s", page, w, words[page])
		}
	}
	for _, w := range never {
		if strings.Contains(words[page], w) {
			t.Errorf("%q says %q:\n%s", page, w, words[page])
		}
	}
}

// Where other terms are asked for and no other date, no page speaks of a new one.
func TestTermsAreNotToldAsADate(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", satisfied_when = ["By telephone too"], note = "They call" },`))
	dates := []string{"new date", "old date", "Nov proposed"}
	wantWords(t, words, "", []string{"Booking New terms · for Maria New condition: By telephone too", "New terms are being agreed"}, dates)
	wantWords(t, words, "commitment-booking", []string{"new terms wait for Maria’s yes", "Maria’s turn: decide on the new terms", "Dev proposed other terms"}, dates)
	wantWords(t, words, "everything-", nil, dates)
	wantWords(t, words, "answers", []string{`data-subject="New terms: Booking"`, "Yes, on these terms", "Keep what was agreed"}, dates)

	words = textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-12-04, satisfied_when = ["By telephone too"], note = "They call" },`))
	wantWords(t, words, "", []string{"A new date: Fri 4 Dec Booking", "Fri 4 Dec proposed"}, []string{"Booking New terms", "New terms are"})
	wantWords(t, words, "commitment-booking", []string{"a new date waits for Maria’s yes", "Dev proposed a new date, 4 December"}, []string{"new terms wait"})
	wantWords(t, words, "answers", []string{`data-subject="A new date: Booking"`, "Yes, 4 December", "Keep 27 November"}, nil)
}

// While we owe an answer that their yes waits for, every page calls it our turn, and the form is folded.
func TestWhatWaitsForOurAnswerIsOurTurn(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-12-18, note = "The key" },`)+`
[[message]]
received = 2026-11-17T09:00:00
by = "maria"
about = "Why?"
commitment = "booking"
`)
	wantWords(t, words, "commitment-booking", []string{"Our turn: answer Maria first. Then yours", "Dev answers first", "we answer Maria first"}, []string{"Your turn, Maria", "Maria’s turn"})
	wantWords(t, words, "", []string{"Yours, later 1", "Dev answers first"}, []string{"Your turn 1"})
}

// Where one hour is moved to another of the same day, both are told.
func TestHoursAreTold(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27T12:00:00", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-11-27T18:00:00, note = "The key" },`))
	wantWords(t, words, "", []string{"Fri 27 Nov, 12:00 Fri 27 Nov, 18:00 proposed"}, nil)
	wantWords(t, words, "commitment-booking", []string{"27 November, 12:00 agreed on 3 November, stands until Maria answers agreed on 3 November 27 November, 18:00 proposed by Dev", "proposed a new date, 27 November, 18:00"}, nil)
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

// When all is over no update is promised any more.
func TestNoUpdateIsPromisedWhenAllIsOver(t *testing.T) {
	t.Parallel()
	note := "\n[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"It works\"\nnext_update = 2026-11-17\n"
	closed := booking("2026-11-27", `{ on = 2026-11-11, by = "maria", did = "withdraw" },`) + note
	pages := []string{"", "status-2026-11-10", "everything-"}
	promises := []string{"Next note", "Next note promised", "owed you a note"}
	for _, page := range pages {
		words := textsOf(t, closed)
		if !strings.Contains(words[page], promises[0]) && !strings.Contains(words[page], promises[1]) {
			t.Errorf("%q promises no update while no review has been held", page)
		}
		wantWords(t, textsOf(t, closed+"\n[review]\non = 2026-11-12\n"), page, nil, promises)
	}
}

// A change that was declined is told as such.
func TestADeclinedChange(t *testing.T) {
	t.Parallel()
	change := "\n[[change]]\non = 2026-11-10\nby = \"dev\"\ntext = \"In grey\"\n"
	words := textsOf(t, booking("2026-11-27", "")+change)
	wantWords(t, words, "", []string{"In grey A change since 10 November"}, nil)
	wantWords(t, words, "understanding-", []string{"In grey Not agreed yet"}, nil)
	words = textsOf(t, booking("2026-11-27", "")+change+"declined = 2026-11-12\n")
	wantWords(t, words, "", []string{"Nothing is waiting on you."}, []string{"A change since"})
	wantWords(t, words, "understanding-", []string{"In grey Declined on 12 November"}, []string{"Not agreed yet", "Last confirmed"})
	wantWords(t, words, "history-", []string{"A change was declined"}, nil)
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
				if !strings.Contains(string(pages[page].Body), mark) {
					t.Errorf("%s, at %s: %q does not say %s", tt.name, moment, page, mark)
				}
			}
		}
	}
}

// The record says how late something came, that a date was moved, and what is overdue, which the
// browser works out again, as it does how many updates came.
func TestTheRecordIsTold(t *testing.T) {
	t.Parallel()
	promise := func(id, due, more string) string {
		return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"The " + id + "\"\ncustomer = \"maria\"\nperformer = \"dev\"\nmoves = [\n" +
			"{ on = 2026-10-01, by = \"maria\", did = \"request\", due = " + due + " },\n{ on = 2026-10-02, by = \"dev\", did = \"promise\" },\n" + more + "]\n"
	}
	file := promise("sign", "2026-11-02", `{ on = 2026-11-18, by = "dev", did = "deliver" }`) +
		promise("door", "2026-10-20", `{ on = 2026-10-12, by = "dev", did = "renegotiate", due = 2026-11-03, note = "Ill" },
{ on = 2026-10-13, by = "maria", did = "agree" },{ on = 2026-11-02, by = "dev", did = "deliver" }`) +
		promise("wall", "2026-11-10", "") + promise("roof", "2026-12-10", "") +
		"\n[[status]]\non = 2026-10-10\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-10-17\n" +
		"\n[[status]]\non = 2026-10-17\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-24\n"
	wantWords(t, textsOf(t, file), "working-", []string{
		"One came late.", "One came by a date that we agreed with you later.", "2 are still open.",
		"The one note so far came when promised.", "1 of 2 notes came when promised.", "16 days late",
		"on a date agreed later 1 · proposed by Dev · 14 days later than first promised.",
	}, []string{"One came by the date first promised", "not kept."})
	pages, ps := load(t, folder(t, map[string]string{
		site.ClientFile("a"): "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n" + file,
	}), pipeline.Options{}).Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	for _, want := range []string{
		`<li data-after="2026-11-10">“The wall” was due on 10 November.</li>`, `<li data-after="2026-12-10" hidden>“The roof” was due on`,
		`<span data-after="2026-11-10"><span data-until="2026-12-10">1 of 3</span></span>`, `<span data-after="2026-12-10" hidden><span>1 of 4</span></span>`,
		`<li data-after="2026-11-10">Of these past their date: <span data-after="2026-11-10"><span data-until="2026-12-10">1</span></span>`,
		`<li data-until="2026-11-24">The one note`, `<li data-after="2026-11-24" hidden>1 of 2`,
	} {
		if !strings.Contains(lineBreak.ReplaceAllString(string(pages["working-"].Body), " "), want) {
			t.Errorf("it does not say %s", want)
		}
	}
}

// A page says no more than was said and done: of what was accepted as a whole no condition is called met, what came late
// is done and not kept, what was sent back is told, and so is in which hours a message is seen.
func TestNoMoreIsToldThanWasDone(t *testing.T) {
	t.Parallel()
	words := textsOf(t, "[promises]\nreply_within = \"2 hours\"\n"+strings.Replace(booking("2026-11-10", `
  { on = 2026-11-09, by = "dev", did = "deliver" },
  { on = 2026-11-10, by = "maria", did = "reject", note = "Half of it" },
  { on = 2026-11-12, by = "dev", did = "deliver" },
  { on = 2026-11-13, by = "maria", did = "accept" },`), "moves =", "satisfied_when = [\"It rings\"]\nmoves =", 1)+`
[[goal]]
id = "cost"
title = "No more than 96,000"
measured = 2026-11-16
now = "94,350 signed"

[[message]]
received = 2026-11-16T09:00:00
by = "maria"
about = "It rings at night"
urgent = true
acknowledged = 2026-11-16T10:00:00
resolved = 2026-11-16T11:00:00
`)
	kept := []string{"Kept", "Met"}
	wantWords(t, words, "receipt-booking", []string{
		"Done, 2 days late", "Delivered by Dev 9 November", "Sent back by Maria 10 November", "Delivered by Dev 12 November",
		"It rings Accepted by Maria as a whole.",
	}, kept)
	wantWords(t, words, "commitment-booking", []string{"done, 2 days late", "It rings Accepted by Maria as a whole."}, kept)
	wantWords(t, words, "promises-", []string{"Booking 2 days late", "done, late", "dates kept 0 of 1"}, []string{"Kept"})
	wantWords(t, words, "", []string{
		"within 2 hours that we have seen your message. Counted in our working hours: Monday to Friday, 09:00 to 17:00.",
		"One in all: 1 is done.", "dates kept 0 of 1",
	}, []string{"Next from us"})
	wantWords(t, words, "history-", []string{
		"A result was measured: 94,350 signed For the goal: No more than 96,000", "Urgent Messages: Maria sent a message: It rings at night",
	}, nil)
}

// The stages fold into one line of a commitment's page, and are no part of the page that holds
// everything, which is printed.
func TestTheStagesFold(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", ""))
	wantWords(t, words, "commitment-booking", []string{"What we check at each step: 1 of 5 answered Ask: what is wanted", "Date promised: 27 November"}, nil)
	wantWords(t, words, "everything-", nil, []string{"What we check"})
}

// An update that is overdue is told above the headline of the note.
func TestAnUpdateThatIsOwed(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", "")+"\n[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"It works\"\nnext_update = 2026-11-17\n")
	wantWords(t, words, "", []string{"We have owed you a note since 17 November. It works"}, []string{"has not come"})
}

// In how long an answer is expected is told, since dates on the page follow from it.
func TestAnswersArePromised(t *testing.T) {
	t.Parallel()
	promises := []string{"an answer within 2 days, where no other day is named", "a yes, or what is missing, within 5 days"}
	file := "[promises]\nanswer_within = \"2 days\"\naccept_within = \"5 days\"\n" + booking("2026-11-27", "")
	wantWords(t, textsOf(t, file), "working-", promises, nil)
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
			"nothing is agreed for the rework, on its page", booking("2026-11-10", delivers+rejects),
			[]string{"commitment-booking"},
			[]string{"it was sent back on 12 November ; there is no date for the rework yet .", "Dates 10 November agreed on 3 November How to"},
			[]string{"was due"},
		},
		{
			"late by the date that counts, on its page", needing + papers,
			[]string{"commitment-booking"},
			[]string{"10 November agreed on 3 November 15 November Dev delivered, 2 days late 3 days of waiting for “Papers” are added: in time until 13 November."},
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
			[]string{"Dev took the promise back .", "Dates 10 November agreed on 3 November", "Accept not reached"},
			[]string{"it is due", "it was due", "What we check"},
		},
		{
			"who asked for another date", booking("2026-11-10", moves),
			[]string{"commitment-booking"},
			[]string{"10 November agreed on 3 November · Maria proposed another on 5 November", "31 days later than first promised.", "Dev answered with another date, 11 December North Studio The 4th is full"},
			nil,
		},
		{"who asked, in the record", booking("2026-11-10", moves), []string{"working-"}, []string{"1 · proposed by Maria · 31 days later"}, nil},
		{
			"a result that waits", strings.NewReplacer("did = \"deliver\"", "did = \"progress\"", "did = \"accept\"", "did = \"progress\"").Replace(needing + sketch + papers),
			[]string{""},
			[]string{"A sketch: Promised, Mon 9 Nov · waits for “Papers”"},
			nil,
		},
	} {
		words := textsOf(t, tt.file)
		for _, page := range tt.pages {
			t.Run(tt.name+" "+page, func(t *testing.T) { wantWords(t, words, page, tt.want, tt.never) })
		}
	}
}

// Before the first note Home says that it has just begun, as long as nothing was delivered and
// nothing has ended, and that the first note comes, as long as anything is open.
func TestItHasJustBegun(t *testing.T) {
	t.Parallel()
	for moves, want := range map[string]struct{ begun, comes bool }{
		``: {true, true},
		`{ on = 2026-11-09, by = "dev", did = "deliver" },`:             {false, true},
		`{ on = 2026-11-09, by = "maria", did = "withdraw" },`:          {},
		`{ on = 2026-11-09, by = "dev", did = "revoke", note = "No" },`: {},
	} {
		words := textsOf(t, booking("2026-11-27", moves))[""]
		begun, comes := strings.Contains(words, "We have just begun"), strings.Contains(words, "The first note stands here as soon as")
		if begun != want.begun || comes != want.comes {
			t.Errorf("after %q Home says %s", moves, words)
		}
	}
}

// What waits on the client beside a commitment is named on its page; and a promise without a date has
// no gap in its place.
func TestWhatWaitsIsNamed(t *testing.T) {
	t.Parallel()
	question := "\n[[question]]\nasked = 2026-11-10\nby = \"dev\"\nto = \"maria\"\ntext = \"Which white?\"\ncommitment = \"booking\"\n"
	sketch := "\n[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-12\nmoves = [{ on = 2026-11-11, by = \"dev\", did = \"deliver\" }]\n"
	offer := "\n[[commitment]]\nid = \"sign\"\ntitle = \"The sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\nmoves = [{ on = 2026-11-02, by = \"dev\", did = \"offer\", due = 2026-12-01 }]\n"
	words := textsOf(t, booking("2026-11-27", "")+sketch+offer+question)
	wantWords(t, words, "commitment-booking", []string{"Your turn, Maria Which white? A question since 10 November", "Your turn, Maria A sketch Is it as agreed? since 11 November"}, nil)
	wantWords(t, words, "promises-", []string{"The sign Your turn: Maria’s turn new terms from Dev :"}, []string{": · Maria"})
}

// Where the colour is not the one that the note gave, the reason stands before the note's headline: on Home, on the note's own page
// and among the notes. The worst comes first.
func TestTheReasonForAColourComesFirst(t *testing.T) {
	t.Parallel()
	asked := "\n[[question]]\nasked = 2026-11-02\nby = \"maria\"\nto = \"dev\"\ntext = \"Which door?\"\nanswer_by = 2026-11-06\n"
	note := "\n[[status]]\non = 2026-11-12\nrag = \"green\"\nheadline = \"All is well\"\nnext_update = 2026-11-16\n"
	words := textsOf(t, booking("2026-11-10", "")+asked+note)
	const late, answer = "“Booking” was due on 10 November.", "Our answer to “Which door?” was due on 6 November."
	owed := " We have owed you a note since 16 November."
	wantWords(t, words, "", []string{"Off track " + late + " " + answer + owed + " All is well"}, nil)
	wantWords(t, words, "archive-", []string{"Off track 12 November " + late + " All is well"}, []string{answer})
	wantWords(t, words, "status-2026-11-12", []string{"Off track " + late + " " + answer + " All is well"}, nil)
}

// A portal whose promises are all closed, and that has no note, says on Home that all is done, not what will come.
func TestHomeOfWhatIsDone(t *testing.T) {
	t.Parallel()
	done := `{ on = 2026-11-09, by = "dev", did = "deliver" }, { on = 2026-11-10, by = "maria", did = "accept" }`
	wantWords(t, textsOf(t, booking("2026-11-10", done)), "", []string{"How it stands One in all: 1 is done."}, []string{"What you will find here"})
}

// A stage says of how many things it is the client’s turn, where there are several.
func TestAStageCountsWhatWaits(t *testing.T) {
	t.Parallel()
	question := "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which door?\"\nanswer_by = 2026-12-02\ncommitment = \"booking\"\n"
	words := textsOf(t, booking("2026-12-10", "")+question+question)
	wantWords(t, words, "commitment-booking", []string{
		"2 questions wait for Maria’s answer", "Do (now) Dev’s turn: deliver by Thu 10 Dec Your turn: 2 things, first by 2 Dec",
	}, []string{"Maria’s turn: answer"})
}

// What a note asks leads to the place where it is answered, as long as that waits.
func TestWhatANoteNeedsLeadsToItsPlace(t *testing.T) {
	t.Parallel()
	question := "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	note := "\n[[status]]\non = 2026-11-12\nrag = \"green\"\nheadline = \"All is well\"\nneed = [\"Maria: which door?\"]\nnext_update = 2027-01-15\n"
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+booking("2026-12-10", "")+question+note)
	body := string(pages["status-2026-11-12"].Body)
	before, after, found := strings.Cut(body, "What waits for you now: ")
	if !found || !strings.HasSuffix(before, "<p>") {
		t.Fatalf("it does not say what is still open: %s", body)
	}
	if link, _, _ := strings.Cut(after, "</p>"); !strings.Contains(link, "#do-") || !strings.Contains(link, "Which door?") {
		t.Errorf("it leads to %s", link)
	}
}
