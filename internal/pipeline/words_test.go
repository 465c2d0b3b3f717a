package pipeline_test

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

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
	wantWords(t, words, "commitment-booking", []string{"Our turn: answer Maria first. Then yours", "Dev answers first", "“Why?” waits on us."}, []string{"Your turn, Maria", "Maria’s turn"})
	wantWords(t, words, "", []string{"Yours, later 1", "Dev answers first"}, []string{"Your turn 1"})

	// So it is with new terms that we owe, which the commitment's page tells in the place of a date.
	words = textsOf(t, strings.Replace(booking("2026-11-18", ""), `"maria", did = "request", due = 2026-11-18 },
  { on = 2026-11-03, by = "dev", did = "promise" },`, `"dev", did = "offer", due = 2026-11-18 },`, 1))
	wantWords(t, words, "", []string{"Our offer · for Maria Our turn: propose new terms since 18 November"}, nil)
	wantWords(t, words, "commitment-booking", []string{"Our turn: propose new terms"}, []string{"since 2 November", "Decide"})
}

// What the client promised and cannot do yet says when it was promised, and of two things that were proposed together each
// names the other. The page of what they owe tells how to reach who of ours waits for it, and their word goes to them.
func TestWhatACardSaysOfItself(t *testing.T) {
	t.Parallel()
	payment := strings.NewReplacer(`"booking"`, `"payment"`, "Booking", "Payment", `"maria"`, `"rui"`, `"dev"`, `"maria"`).Replace(booking("2026-11-18", ""))
	payment = strings.Replace(payment, "moves", "needs = [\"booking\"]\nmoves", 1)
	words := textsOf(t, "rui = { name = \"Rui Teles\", side = \"provider\", email = \"rui@north.example\" }\n"+booking("2026-11-27", "")+payment)
	promised := []string{"promised on 3 November; until that is done, no date holds"}
	wantWords(t, words, "", promised, []string{"since 3 November"})
	wantWords(t, words, "commitment-payment", append(promised, "How to reach us RT Rui Teles", "A word to Rui (optional)"), []string{"since 3 November"})

	words = textsOf(t, booking("2026-11-27", `{ on = 2026-11-16, by = "dev", did = "renegotiate", due = 2026-12-18, note = "The key" },`)+`
[[change]]
on = 2026-11-16
by = "dev"
text = "A bell"
commitment = "booking"
`)
	wantWords(t, words, "commitment-booking", []string{
		"Proposed together with “A bell”: please answer both", "Proposed together with “A new date: Fri 18 Dec”: please answer both",
	}, nil)
}

// When all is over no update is promised any more.
func TestNoUpdateIsPromisedWhenAllIsOver(t *testing.T) {
	t.Parallel()
	note := "\n[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"It works\"\nnext_update = 2026-11-17\n"
	closed := booking("2026-11-27", `{ on = 2026-11-11, by = "maria", did = "withdraw" },`) + note
	pages := []string{"", "status-2026-11-10", "everything-"}
	promises := []string{"Next note", "Note promised", "owed you a note"}
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
		"by a date agreed later 1 · proposed by Dev · 13 days later than first promised.",
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
		`<li data-after="2026-11-10"><span data-after="2026-11-10"><span data-until="2026-12-10">One is past its date.</span></span>`,
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
		"Done, 2 days late", "Delivered by Dev 9 Nov", "Sent back by Maria 10 Nov", "Delivered by Dev 12 Nov",
		"It rings Accepted by Maria as a whole.",
	}, kept)
	wantWords(t, words, "commitment-booking", []string{"Done, 2 days late.", "It rings Accepted by Maria as a whole."}, kept)
	wantWords(t, words, "promises-", []string{"Booking 2 days late", "done, late", "dates kept 0 of 1"}, []string{"Kept"})
	wantWords(t, words, "", []string{
		"within 2 hours that we have seen your message. Counted in our working hours: Monday to Friday, 09:00 to 17:00.",
		"One in all: 1 is done.", "dates kept 0 of 1",
	}, []string{"Next from us"})
	wantWords(t, words, "history-", []string{
		"A goal was measured: No more than 96,000 94,350 signed", "Urgent Messages: Maria sent a message: It rings at night",
	}, nil)
}

// What was called met in other words than those of a condition is told as whose words it is: beside it, the conditions
// that were met say so of themselves.
func TestTheReceiptTellsWhoseWordsItIs(t *testing.T) {
	t.Parallel()
	words := textsOf(t, strings.Replace(booking("2026-11-27", `
  { on = 2026-11-09, by = "dev", did = "deliver" },
  { on = 2026-11-10, by = "maria", did = "accept", met = ["It rings", "Loud enough"] },`), "moves =", "satisfied_when = [\"It rings\"]\nmoves =", 1))
	wantWords(t, words, "receipt-booking", []string{"Met: It rings Met, in the words of Maria Loud enough"}, nil)
}

// What was accepted although something was not met says that it was, and whom to tell; where a promise takes that up, that
// one is named. The receipt, which is a document, asks nothing.
func TestWhatWasNotMetLeadsOn(t *testing.T) {
	t.Parallel()
	kept := booking("2026-11-27", `
  { on = 2026-11-09, by = "dev", did = "deliver" },
  { on = 2026-11-10, by = "maria", did = "accept", met = ["It rings"], unmet = ["Loud enough"] },`)
	const left = "Maria accepted it all the same. Is it still to be put right? Tell North Studio."
	words := textsOf(t, kept)
	wantWords(t, words, "receipt-booking", []string{"Not met Loud enough"}, []string{"all the same"})
	wantWords(t, words, "commitment-booking", []string{left}, nil)
	again := strings.NewReplacer(`"booking"`, `"again"`, "Booking", "Louder", "moves =", "reopens = \"booking\"\nmoves =", "2026-11-02", "2026-11-11", "2026-11-03", "2026-11-12").
		Replace(booking("2026-11-27", ""))
	const theo, sketch = "theo = { name = \"Theo\", side = \"client\" }\n", `
  [[commitment.deliverable]]
  title = "A sketch"
  due = 2026-11-09
  moves = [
    { on = 2026-11-09, by = "dev", did = "deliver" },
    { on = 2026-11-10, by = "theo", did = "accept", unmet = "Loud enough" },
  ]
`
	wantWords(t, textsOf(t, theo+booking("2026-11-27", "")+sketch), "commitment-booking", []string{
		"Done and accepted · on time · delivered 9 November · accepted by Theo, promised to Maria", "Not met: Loud enough Theo" + left[len("Maria"):],
	}, nil)
	words = textsOf(t, kept+again)
	wantWords(t, words, "receipt-booking", []string{"Taken up again in: Louder"}, nil)
	wantWords(t, words, "commitment-booking", []string{"Taken up again in: Louder"}, []string{"all the same"})
}

// The stages fold into one line of a commitment's page, and are no part of the page that holds
// everything, which is printed.
func TestTheStagesFold(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", ""))
	wantWords(t, words, "commitment-booking", []string{"What a promise should make clear Ask: what is wanted", "Date promised: 27 November"}, nil)
	wantWords(t, words, "everything-", nil, []string{"What a promise should"})
}

// An update that is overdue is told below the headline of the note.
func TestAnUpdateThatIsOwed(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", "")+"\n[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"It works\"\nnext_update = 2026-11-17\n")
	wantWords(t, words, "", []string{"It works Tue 10 Nov We have owed you a note since 17 November."}, []string{"has not come"})
}

// In how long an answer is expected is told, since dates on the page follow from it.
func TestAnswersArePromised(t *testing.T) {
	t.Parallel()
	promises := []string{"an answer within 2 days, where no other day is named", "a yes, or what is missing, within 5 days"}
	file := "[promises]\nanswer_within = \"2 days\"\naccept_within = \"5 days\"\n" + booking("2026-11-27", "")
	wantWords(t, textsOf(t, file), "working-", promises, nil)
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

// Before anything is promised it says what is known of when: how often both speak, and how soon a message is seen.
func TestBeforeAnythingIsPromised(t *testing.T) {
	t.Parallel()
	words := textsOf(t, "[promises]\nreply_within = \"2 hours\"\ncheck_in = \"weekly\"\n")
	wantWords(t, words, "", []string{
		"No day is set for it yet.", "Ask North Studio. We tell you within 2 hours that we have seen your message. Our check-ins Every week",
	}, nil)
}

// What waits on the client beside a commitment is named on its page; and a promise without a date has
// no gap in its place.
func TestWhatWaitsIsNamed(t *testing.T) {
	t.Parallel()
	question := "\n[[question]]\nasked = 2026-11-10\nby = \"dev\"\nto = \"maria\"\ntext = \"Which white?\"\ncommitment = \"booking\"\n"
	sketch := "\n[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-12\nmoves = [{ on = 2026-11-11, by = \"dev\", did = \"deliver\" }]\n"
	offer := "\n[[commitment]]\nid = \"sign\"\ntitle = \"The sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\nmoves = [{ on = 2026-11-02, by = \"dev\", did = \"offer\", due = 2026-12-01 }]\n"
	words := textsOf(t, booking("2026-11-27", "")+sketch+offer+question)
	wantWords(t, words, "commitment-booking", []string{"Your turn, Maria: 1 of 2 Which white? A question since 10 November", "Your turn, Maria: 2 of 2 A sketch Is it as agreed? since 11 November"}, nil)
	wantWords(t, words, "promises-", []string{"The sign Your turn: Maria’s turn new terms to come from Dev :"}, []string{": · Maria"})
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
	wantWords(t, words, "", []string{"Off track " + late + " " + answer + " All is well Thu 12 Nov" + owed}, nil)
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
		"2 questions wait for Maria’s answer", "Do (now) Dev’s turn: deliver by Thu 10 Dec Your turn: 2 things, first by Wed 2 Dec",
	}, []string{"Maria’s turn: answer"})
}

// What a note asks leads to the place where it is answered, as long as that waits.
func TestWhatANoteNeedsLeadsToItsPlace(t *testing.T) {
	t.Parallel()
	question := "\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	note := "\n[[status]]\non = 2026-11-12\nrag = \"green\"\nheadline = \"All is well\"\nneed = [\"Maria: which door?\"]\nnext_update = 2027-01-15\n"
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+booking("2026-12-10", "")+question+note)
	body := string(pages["status-2026-11-12"].Body)
	_, after, found := strings.Cut(body, "<p>Still waiting for Maria: </p>")
	if !found {
		t.Fatalf("it does not say what is still open: %s", body)
	}
	if link, _, _ := strings.Cut(after, "</ul>"); !strings.Contains(link, "#do-") ||
		!strings.Contains(link, "Which door?") {
		t.Errorf("it leads to %s", link)
	}
}

// What a question, a change, an assumption or a result on the way belongs to is named where it waits, and not
// on the page of that commitment itself.
func TestWhatItBelongsToIsNamed(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", ``)+`
[[commitment.deliverable]]
title = "Sketch"
due = 2026-11-13
moves = [{ on = 2026-11-13, by = "dev", did = "deliver" }]

[[question]]
id = "who"
text = "Who opens?"
asked = 2026-11-16
by = "dev"
to = "maria"
commitment = "booking"

[[question]]
id = "why"
text = "Why now?"
asked = 2026-11-16
by = "dev"
to = "maria"

[[change]]
id = "vouchers"
on = 2026-11-16
by = "dev"
commitment = "booking"
text = "Vouchers too"
effect = "A week more"

[[assumption]]
id = "quiet"
on = 2026-11-16
commitment = "booking"
text = "It is quiet on Mondays"
`)
	wantWords(t, words, "", []string{
		"Who opens? A question: Booking · for Maria", "Why now? A question · for Maria", "Vouchers too A change: Booking · for Maria",
		"It is quiet on Mondays What we assume: is it so? Booking", "Sketch Is it as agreed? Booking · for Maria",
	}, nil)
	wantWords(t, words, "commitment-booking", []string{"Vouchers too"}, []string{"A change: Booking"})
}

// A result whose file was replaced later leads to what replaced it, on its receipt and on its page.
func TestAReplacedFileLeadsToTheNewer(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-13", `{ on = 2026-11-13, by = "dev", did = "deliver" }, { on = 2026-11-13, by = "maria", did = "accept" },`)+`
[[commitment.deliverable]]
title = "Plan"
due = 2026-11-09
link = "https://plan.example/1"
moves = [{ on = 2026-11-09, by = "dev", did = "deliver" }, { on = 2026-11-09, by = "maria", did = "accept" }]

[[file]]
on = 2026-11-16
title = "plan"
link = "https://plan.example/2"
`)
	for _, page := range []string{"receipt-booking", "commitment-booking"} {
		wantWords(t, words, page, []string{"Plan Open “Plan” Replaced on 16 November: plan"}, nil)
	}
}

// What was summed up and waits for the client says so in the list of what was agreed, with the way to confirm it; what
// the client summed up waits for us.
func TestASummaryWaitsForWhoHasToConfirmIt(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "summarize", note = "Two rooms", answer_by = 2026-11-09 },`))
	wantWords(t, words, "understanding-", []string{"Two rooms said, and not confirmed Your turn, Maria, by Mon 9 Nov", "Confirm"}, []string{"Waiting on us"})
	words = textsOf(t, booking("2026-11-27", `{ on = 2026-11-05, by = "maria", did = "summarize", note = "Two rooms", answer_by = 2026-11-09 },`))
	wantWords(t, words, "understanding-", []string{"Two rooms said, and not confirmed Waiting on us, Dev , by Mon 9 Nov"}, []string{"Your turn", "Confirm"})
}

// The table of the promises names whose turn it is on both sides, as the ring does; the day of an answer to terms is called so.
func TestBothSidesAreNamedInTheTable(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-17", `{ on = 2026-11-05, by = "dev", did = "ask", note = "Which door?" },`))
	wantWords(t, words, "promises-", []string{"Booking Promised Dev Patel, Maria Ruiz"}, nil)
	words = textsOf(t, booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill", answer_by = 2026-11-20 },`))
	wantWords(t, words, "", []string{"A new date: Fri 4 Dec A new date is needed Booking · for Maria answer by Fri 20 Nov"}, nil)
}

// All on one page has what is open before what is done, as the page of the promises has it.
func TestTheOnePageBeginsWithWhatIsOpen(t *testing.T) {
	t.Parallel()
	done := strings.NewReplacer(`"booking"`, `"sign"`, "Booking", "The sign").Replace(booking("2026-11-09", `{ on = 2026-11-09, by = "dev", did = "deliver" }, { on = 2026-11-09, by = "maria", did = "accept" },`))
	page := textsOf(t, done+booking("2026-11-27", ""))["everything-"]
	if open, done := strings.Index(page, "Booking"), strings.Index(page, "The sign"); open < 0 || done < open {
		t.Errorf("the open promise stands at %d, the one that is done at %d", open, done)
	}
}

// A check-in whose day has passed is told as not noted: who missed it is not known.
func TestACheckInThatIsNotNoted(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", "")+"\n[[check_in]]\non = 2026-11-03\nwith = [\"dev\"]\nnext_check_in = 2026-11-10\n")
	wantWords(t, words, "", []string{"Check-in Tuesday , none is noted here yet · Dev"}, nil)
}

// Where the client has several people, those for whom a promise waits are named: "you" would be the reader.
func TestForWhomPromisesWaitIsNamed(t *testing.T) {
	t.Parallel()
	waits := booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" },`)
	wantWords(t, textsOf(t, waits), "promises-", []string{"One in all: 1 needs something from you."}, nil)
	words := textsOf(t, "theo = { name = \"Theo Lund\", side = \"client\" }\n"+waits)
	wantWords(t, words, "promises-", []string{"One in all: 1 needs something from Maria."}, []string{"something from you."})
}

// What the client called urgent and what is not settled stands in the answer to how things are, with its day, and once.
func TestWhatIsUrgentIsToldFirst(t *testing.T) {
	t.Parallel()
	message := "\n[[message]]\nreceived = 2026-11-10T09:00:00\nby = \"maria\"\nabout = \"The door is open\"\nurgent = true\nacknowledged = 2026-11-10T09:10:00\n"
	note := "\n[[status]]\non = 2026-11-09\nrag = \"green\"\nheadline = \"All is well\"\n"
	words := textsOf(t, booking("2026-11-27", "")+note+message)
	wantWords(t, words, "", []string{"Urgent The door is open seen 10 November, 09:10 , not settled yet All is well"}, nil)
	if n := strings.Count(words[""], "Urgent The door is open"); n != 1 {
		t.Errorf("it is told %d times", n)
	}
	unseen := strings.NewReplacer("acknowledged = 2026-11-10T09:10:00\n", "", "2026-11-10T09:00:00", "2026-11-18T09:00:00").Replace(message)
	wantWords(t, textsOf(t, "[promises]\nurgent_within = \"2 hours\"\n"+booking("2026-11-27", "")+note+unseen), "",
		[]string{"Urgent The door is open We tell you by Wed 18 Nov, 11:00 that we have seen your message"}, nil)
	wantWords(t, textsOf(t, booking("2026-11-27", "")+note+message+"resolved = 2026-11-10T10:00:00\n"), "", nil, []string{"not settled yet"})
}

// A promise that waits for the client says so in the table of our record, where it is not counted.
func TestTheRecordSaysForWhomItWaits(t *testing.T) {
	t.Parallel()
	needs := strings.Replace(booking("2026-11-27", ""), "moves", "needs = [\"papers\"]\nmoves", 1)
	papers := strings.NewReplacer(`"booking"`, `"papers"`, "Booking", "Papers", `"maria"`, `"dev"`, `"dev"`, `"maria"`).Replace(booking("2026-11-16", ""))
	words := textsOf(t, needs+papers)
	wantWords(t, words, "working-", []string{"still open · waits for Maria"}, nil)
	wantWords(t, words, "commitment-booking", []string{"Needs first: Papers (Promised, by 16 November was due 16 November )"}, nil)
}

// The history says how a risk changed, and a note whose day has passed leads to Home: its own page does not change.
func TestWhatChangedIsTold(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", "")+`
[[risk]]
id = "rain"
title = "Rain"
likelihood = "unlikely"
impact = "minor"
opened = 2026-11-03
log = [{ on = 2026-11-10, note = "It is dark", likelihood = "likely", impact = "minor" }]

[[status]]
on = 2026-11-06
rag = "green"
headline = "All is well"
next_update = 2026-11-13
`)
	wantWords(t, words, "history-", []string{"A risk was looked at again: Rain · Unlikely to likely It is dark"}, nil)
	wantWords(t, words, "status-2026-11-06", []string{"How it stands now: Home"}, nil)
}

// A name is told as a name, two are joined by a word: what follows is something else.
func TestNamesAreJoined(t *testing.T) {
	t.Parallel()
	two := booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" },`) +
		"\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"theo\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n"
	words := textsOf(t, "theo = { name = \"Theo Lund\", side = \"client\" }\n"+two)
	wantWords(t, words, "promises-", []string{"One in all: 1 needs something from Maria and Theo."}, nil)
}

// In Spanish "and" is another word before the sound of an i.
func TestNamesAreJoinedInSpanish(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Theo": "Maria y Theo", "Inés": "Maria e Inés", "Hilda": "Maria e Hilda", "Yolanda": "Maria y Yolanda", "Hielo": "Maria y Hielo"} {
		text := pageText(t, "language = \"es\"\nclient = \"A\"\n[people]\nmaria = { name = \"Maria\", side = \"client\" }\nsecond = { name = \""+name+
			"\", side = \"client\" }\n"+
			booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" },`)+
			"\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"second\"\ntext = \"Which door?\"\ncommitment = \"booking\"\n", "promises-")
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}

// Which hours a promise to reply counts is told of that promise, not of those that are in days.
func TestHoursAreToldOfReplies(t *testing.T) {
	t.Parallel()
	words := textsOf(t, "[promises]\nreply_within = \"2 hours\"\nanswer_within = \"3 days\"\n"+booking("2026-11-27", ""))
	reply, hours, answer := strings.Index(words["working-"], "within 2 hours"), strings.Index(words["working-"], "working hours"), strings.Index(words["working-"], "within 3 days")
	if reply < 0 || hours < reply || answer < hours {
		t.Errorf("replies stand at %d, hours at %d, answers at %d: %s", reply, hours, answer, words["working-"])
	}
}

// What a step asks is answered or still open; a risk that is closed is told as closed.
func TestWhatAStepAsksIsAnsweredOrOpen(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" },`)+
		"\n[[risk]]\nid = \"rain\"\ntitle = \"Rain\"\nowner = \"dev\"\nopened = 2026-11-03\nclosed = 2026-11-10\noutcome = \"Dry\"\naffects = [\"booking\"]\n")
	wantWords(t, words, "commitment-booking", []string{"Rain · Closed: 10 November", "still open"}, []string{"Looked after by Dev"})
}

// What is seen and not settled says so on the page of everything as on Home; a risk without a place in the picture is in
// its table.
func TestThePageOfEverythingSaysWhatHomeSays(t *testing.T) {
	t.Parallel()
	words := textsOf(t, booking("2026-11-27", "")+"\n[[message]]\nreceived = 2026-11-10T09:00:00\nby = \"maria\"\nabout = \"The door is open\"\nacknowledged = 2026-11-10T09:10:00\n"+
		"\n[[risk]]\nid = \"rain\"\ntitle = \"Rain\"\nlikelihood = \"likely\"\nimpact = \"minor\"\nopened = 2026-11-03\n\n[[risk]]\nid = \"ice\"\ntitle = \"Ice\"\nopened = 2026-11-03\n")
	for _, page := range []string{"", "everything-"} {
		wantWords(t, words, page, []string{"The door is open seen 10 November"}, nil)
	}
	wantWords(t, words, "risks-", []string{"How bad 2. Rain likely minor 1. Ice not rated yet"}, nil)
}

// A promise has on the page of everything what was said of it on its own page: messages and changes about it too.
func TestThePageOfEverythingSaysWhatWasSaidOfAPromise(t *testing.T) {
	t.Parallel()
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+booking("2026-11-27", "")+
		"\n[[message]]\nreceived = 2026-11-10T09:00:00\nby = \"maria\"\nabout = \"Zqdoor\"\ncommitment = \"booking\"\n"+
		"\n[[change]]\non = 2026-11-11\nby = \"dev\"\ntext = \"Zqblue\"\ncommitment = \"booking\"\n")
	_, thread, _ := strings.Cut(shown(string(pages["everything-"].Body)), `<ol class="thread"`)
	thread, _, _ = strings.Cut(thread, "</ol>")
	if !strings.Contains(thread, "Zqdoor") || !strings.Contains(thread, "Zqblue") {
		t.Errorf("of the promise was said: %s", thread)
	}
}

// What ended undone was never done: its conditions say when it would have been.
func TestWhatEndedUndoneWouldHaveBeenDone(t *testing.T) {
	t.Parallel()
	conditions := func(move string) string {
		return strings.Replace(booking("2026-11-27", move), "moves", "satisfied_when = [\"It opens\"]\nmoves", 1)
	}
	const would, will = "It would have been done when", "It is done when"
	wantWords(t, now(t, conditions("")), "commitment-booking", []string{will}, []string{would})
	gone := now(t, conditions(`{ on = 2026-11-11, by = "maria", did = "withdraw", note = "No need" },`))
	wantWords(t, gone, "commitment-booking", []string{would}, []string{will})
	wantWords(t, gone, "everything-", []string{would}, []string{will})
}

// What waits for the client leads from the page of everything to the place where it is answered, wherever it stands there.
func TestThePageOfEverythingLeadsToAnswers(t *testing.T) {
	t.Parallel()
	pages := reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+
		booking("2026-11-27", `{ on = 2026-11-05, by = "dev", did = "renegotiate", due = 2026-12-04, note = "Ill" },`)+
		"\n[[question]]\nasked = 2026-11-12\nby = \"dev\"\nto = \"maria\"\ntext = \"Which door?\"\n")
	got := map[string]int{}
	for _, way := range regexp.MustCompile(`<p class="go screen"><a href="[^"]*#do-[^"]*">(.*?)</a>`).FindAllStringSubmatch(shown(string(pages["everything-"].Body)), -1) {
		got[regexp.MustCompile(`<[^>]*>`).ReplaceAllString(way[1], "")]++
	}
	// Each among what waits, and at its own place.
	if want := map[string]int{"Decide on the new date": 2, "Answer the question": 2}; !maps.Equal(got, want) {
		t.Errorf("it leads to %v, want %v", got, want)
	}
}
