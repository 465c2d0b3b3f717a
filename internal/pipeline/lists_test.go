package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

const twoNotes = `
[[status]]
on = 2026-11-10
rag = "green"
headline = "The tape is down"
means_for_you = "You can walk the queue from the door."
next_update = 2026-11-17
[[status]]
on = 2026-11-17
rag = "amber"
headline = "The terminal is late"
acknowledges = "You were told the 12th."
next_update = 2026-11-25
`

// The list of notes says when the next one comes, and of each what it means.
func TestNotesSayWhatTheyMean(t *testing.T) {
	t.Parallel()
	words := now(t, booking("2026-11-27", "")+twoNotes)
	wantWords(t, words, "archive-", []string{
		"Next note : Wed 25 Nov", "17 November The terminal is late You were told the 12th.",
		"10 November The tape is down You can walk the queue from the door.",
	}, nil)
}

// What hangs on something is told apart although its titles have commas; what is solid in a timeline is named as what it is.
func TestTitlesWithCommasAreToldApart(t *testing.T) {
	t.Parallel()
	needing := func(id, title string) string {
		return strings.NewReplacer(`"booking"`, `"`+id+`"`, "Booking", title, "moves =", "needs = [\"booking\"]\nmoves =").
			Replace(booking("2026-12-04", ""))
	}
	words := now(t, booking("2026-11-10", "")+needing("sign", "The sign, lit")+needing("door", "The door, oiled"))
	wantWords(t, words, "commitment-booking", []string{"The sign, lit (4 December) · The door, oiled (4 December)"}, nil)
	wantWords(t, words, "promises-", []string{"from the first word to the latest"}, []string{"work up to"})
}

// How soon messages were seen is said in a sentence, of one in another than of several.
func TestHowSoonMessagesAreSeen(t *testing.T) {
	t.Parallel()
	message := func(day string) string {
		return "\n[[message]]\nreceived = 2026-11-" + day + "T10:00:00\nby = \"maria\"\nabout = \"" + day +
			"\"\nacknowledged = 2026-11-" + day + "T10:18:00\n"
	}
	one := booking("2026-11-27", "") + message("17")
	wantWords(t, now(t, one), "working-", []string{"was seen after 18 min of our working hours."}, nil)
	wantWords(t, now(t, one+message("18")), "working-",
		[]string{"We typically see a message after 18 min of our working hours (2 messages whose times we know)."}, nil)
}

// What is past is not next: of a note and a check-in it is said for when they were promised or planned.
func TestWhatHasPassedIsNotNext(t *testing.T) {
	t.Parallel()
	file := booking("2026-11-27", "") + strings.Replace(twoNotes, "2026-11-25", "2026-11-18", 1)
	wantWords(t, now(t, file), "archive-", []string{"Note promised for : Wed 18 Nov"}, []string{"Next note"})
	wantWords(t, now(t, file), "status-2026-11-17", []string{"Note promised for Wed 18 Nov"}, []string{"Next note"})
	meets := "\n[[check_in]]\non = 2026-11-03\nwith = [\"dev\"]\nnext_check_in = "
	wantWords(t, now(t, booking("2026-11-27", "")+meets+"2026-11-10\n"), "working-",
		[]string{"Check-in planned for Tue 10 Nov"}, []string{"Next check-in"})
	wantWords(t, now(t, booking("2026-11-27", "")+meets+"2026-11-24\n"), "working-",
		[]string{"Next check-in Tue 24 Nov"}, []string{"planned for"})
	every := "\n[promises]\ncheck_in = \"weekly\"\n[[check_in]]\non = 2026-11-03\nwith = [\"dev\"]\n"
	wantWords(t, now(t, booking("2026-11-27", "")+every), "working-",
		[]string{"Check-in planned for Tue 10 Nov"}, []string{"Next check-in"})
}

// What is open says whose move it is; a term that holds for every client was not confirmed by this one.
func TestOpenPointsSayWhoseMoveItIs(t *testing.T) {
	t.Parallel()
	words := textsOf(t, `
[[assumption]]
on = 2026-11-05
text = "It is dry"
[[question]]
asked = 2026-11-16
by = "dev"
to = "maria"
text = "Which white?"
answer_by = 2026-11-25
[[question]]
asked = 2026-11-16
by = "maria"
to = "dev"
text = "Who paints?"
`)
	wantWords(t, words, "understanding-", []string{
		"It is dry an assumption, not confirmed Your turn",
		"Which white? a question, not answered Your turn, Maria, by Wed 25 Nov", "Who paints? a question, not answered Waiting on us, Dev",
	}, nil)
}

// A risk that the client looks after says so on its card, and one that is not rated says that.
func TestRisksSayWhoseAndWhatIsNotRated(t *testing.T) {
	t.Parallel()
	words := textsOf(t, `
[[risk]]
id = "wind"
title = "Wind"
likelihood = "likely"
impact = "minor"
owner = "maria"
mitigation = "Ropes"
[[risk]]
id = "ice"
title = "Ice"
owner = "dev"
mitigation = "Salt"
`)
	wantWords(t, words, "risks-", []string{
		"Looked after by Maria Ruiz · on your side", "Looked after by Dev Patel · on our side", "Ice not rated yet Salt", "1. Ice · not rated yet",
	}, []string{"Dev Patel · on your"})
}

// Home has room for twelve events: who has missed them all may have missed more.
func TestManyNewsAreAtLeastSoMany(t *testing.T) {
	t.Parallel()
	notes := func(n int) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, "[[status]]\non = %s\nrag = \"green\"\nheadline = \"Well\"\n", fmt.Sprintf("2026-11-%02d", 1+i))
		}
		return all.String()
	}
	for n, want := range map[int]bool{10: false, 11: true} {
		b := load(t, folder(t, map[string]string{site.ClientFile("a"): "client = \"A\"\n" + notes(n)}), pipeline.Options{})
		pages, ps := b.Plain("a")
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		home := string(pages[""].Body)
		if !strings.Contains(home, "10 things changed") || strings.Contains(home, `"at least 10 things changed"`) != want {
			t.Errorf("of %d notes, it is %t that there are at least 10", n, !want)
		}
	}
}
