package pipeline_test

import (
	"strings"
	"testing"

	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

// now returns the words of the pages of a client as the browser shows them on 20 November: without what is hidden.
func now(t *testing.T, file string) map[string]string {
	t.Helper()
	file = "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n" + file
	pages, ps := load(t, folder(t, map[string]string{site.ClientFile("a"): file}), pipeline.Options{}).Plain("a")
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	words := map[string]string{}
	for path, page := range pages {
		words[path] = strings.NewReplacer(" ,", ",", " .", ".").Replace(told([]byte(shown(string(page.Body)))))
	}
	return words
}

// shown returns HTML without its hidden elements.
func shown(body string) string {
	var out strings.Builder
	var open []string // the names of the elements that are open within a hidden one
	last := 0
	for _, at := range tag.FindAllStringIndex(body, -1) {
		text := body[at[0]:at[1]]
		name, _, _ := strings.Cut(strings.Trim(text, "</>"), " ")
		name = strings.TrimSpace(strings.SplitN(name, "\n", 2)[0])
		switch {
		case len(open) > 0 && strings.HasPrefix(text, "</") && open[len(open)-1] == name:
			if open = open[:len(open)-1]; len(open) == 0 {
				last = at[1]
			}
		case len(open) > 0 && name == open[0] && !strings.HasPrefix(text, "</"):
			open = append(open, name)
		case len(open) == 0 && strings.HasSuffix(text, " hidden>"):
			out.WriteString(body[last:at[0]])
			open = []string{name}
		}
	}
	return out.String() + body[last:]
}

// renewed is a move that proposes another date for booking.
func renewed(by, due, more string) string {
	return `{ on = 2026-11-11, by = "` + by + `", did = "renegotiate", due = ` + due + `, note = "Ill"` + more + ` },`
}

// Once the proposed date has passed, nobody can say yes to it: no page says that it is being agreed, on whichever side
// it was proposed, and the browser says so on its day.
func TestAProposedDateThatHasPassedIsNotBeingAgreed(t *testing.T) {
	t.Parallel()
	swapped := func(s string) string {
		return strings.NewReplacer(`"maria"`, `"dev"`, `"dev"`, `"maria"`).Replace(s)
	}
	needing := strings.NewReplacer(`"booking"`, `"later"`, "Booking", "Later", "moves =", "needs = [\"booking\"]\nmoves =").
		Replace(booking("2026-12-04", ""))
	pages := []string{"", "promises-", "everything-", "commitment-later", "understanding-"}
	stale := []string{"A new date is being agreed", "A new date waits", "decide on the new date", "A new date: "}
	for name, file := range map[string]string{
		"ours, proposed by us":       booking("2026-11-14", renewed("dev", "2026-11-18", "")),
		"ours, proposed by them":     booking("2026-11-14", renewed("maria", "2026-11-18", "")),
		"theirs, proposed by us":     swapped(booking("2026-11-14", renewed("maria", "2026-11-18", ""))),
		"theirs, proposed by them":   swapped(booking("2026-11-14", renewed("dev", "2026-11-18", ""))),
		"of theirs, with a question": swapped(booking("2026-11-14", renewed("maria", "2026-11-18", ""))) + "\n[[term]]\nword = \"a\"\nmeans = \"b\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			words := now(t, file+needing)
			for _, page := range append(pages, "commitment-booking") {
				wantWords(t, words, page, nil, stale)
			}
			wantWords(t, words, "promises-", []string{"A new date is needed", "Wed 18 Nov proposed (has passed)"}, nil)
			wantWords(t, words, "commitment-later", []string{"Booking ( A new date is needed, was due 14 November )"}, nil)
			wantWords(t, words, "commitment-booking", []string{"has passed, and it is", "turn to propose new terms", "turn: propose new terms"}, nil)
		})
	}
	sketch := "\n[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-14\nmoves = [" + renewed("dev", "2026-11-18", "") + "]\n"
	wantWords(t, now(t, booking("2026-11-27", "")+sketch), "commitment-booking", []string{"A sketch A new date is needed"}, stale)

	page := pageOf(t, swapped(booking("2026-11-14", renewed("maria", "2026-12-04", ""))), "commitment-booking")
	if !strings.Contains(page, `<span class="theirs" data-due="2026-11-14"`) {
		t.Error("a date of theirs is told in red")
	}

	// As long as the agreed date is ahead, it stands.
	earlier := booking("2026-11-27", renewed("maria", "2026-11-18", ""))
	for _, page := range []string{"", "promises-"} {
		wantWords(t, now(t, earlier), page, []string{"What was agreed stands"}, append(stale, "A new date is needed"))
	}

	ahead := textsOf(t, booking("2026-11-14", renewed("dev", "2026-12-04", ""))+needing)
	for _, page := range []string{"", "promises-", "commitment-later"} {
		wantWords(t, ahead, page, []string{"A new date is being agreed A new date is needed"}, nil)
	}
}

// What is not going to come is not announced as what comes next.
func TestADateThatIsToMoveIsNotAnnounced(t *testing.T) {
	t.Parallel()
	sketch := "\n[[commitment.deliverable]]\ntitle = \"A sketch\"\ndue = 2026-11-20\n"
	for name, file := range map[string]string{
		"another is proposed":            booking("2026-11-20", renewed("dev", "2026-12-04", "")),
		"another is proposed for it all": booking("2026-11-27", renewed("dev", "2026-12-04", "")) + sketch,
	} {
		words := now(t, file)
		wantWords(t, words, "", []string{"Promised for"}, []string{"Next promise"})
		if t.Failed() {
			t.Log(name)
		}
	}
	wantWords(t, now(t, booking("2026-11-20", "")), "", []string{"Next promise"}, []string{"Promised for"})
}

// The sentence and the line of a promise say the worst that is so of it and of its results on the way, and how late
// it is.
func TestAPromiseSaysTheWorstOfItsParts(t *testing.T) {
	t.Parallel()
	part := func(title, due, moves string) string {
		return "\n[[commitment.deliverable]]\ntitle = \"" + title + "\"\ndue = " + due + "\nmoves = [" + moves + "]\n"
	}
	back := `{ on = 2026-11-10, by = "dev", did = "deliver" }, { on = 2026-11-12, by = "maria", did = "reject", note = "No" }`
	words := now(t, booking("2026-12-04", "")+part("A sketch", "2026-11-16", "")+part("A model", "2026-11-18", ""))
	wantWords(t, words, "commitment-booking", []string{"“A sketch” was due on 16 November, and one more interim result is past its date."}, nil)
	wantWords(t, words, "", []string{"interim result late since 16 Nov"}, nil)

	words = now(t, booking("2026-12-04", renewed("dev", "2026-12-18", ""))+part("A sketch", "2026-11-16", ""))
	wantWords(t, words, "commitment-booking", []string{"“A sketch” was due on 16 November."}, nil)
	wantWords(t, words, "", []string{"interim result late since 16 Nov"}, []string{"interim result was due"})

	words = now(t, booking("2026-12-04", "")+part("A sketch", "2026-11-12", back))
	wantWords(t, words, "commitment-booking", []string{"“A sketch” was sent back on 12 November."}, []string{"was due on"})
	wantWords(t, words, "", []string{"interim result sent back 12 Nov"}, nil)

	words = now(t, booking("2026-11-18", renewed("dev", "2026-12-04", "")))
	wantWords(t, words, "", []string{"late since 18 Nov"}, []string{"due 18 Nov due", "was due 18 Nov"})
	page := pageOf(t, booking("2026-11-18", ""), "commitment-booking")
	// Dev has no address: the page tells how to reach the studio.
	if far := `It was due on <span data-due="2026-11-18" data-overdue="%far">18 November</span>, and we are late. ` +
		`There is no new date here yet: ask North Studio.`; !strings.Contains(page, far) {
		t.Errorf("it does not say how late: %s", page)
	}
}

func pageOf(t *testing.T, file, page string) string {
	t.Helper()
	return strings.ReplaceAll(string(reachable(t, "client = \"A\"\n[people]\nmaria = { name = \"Maria Ruiz\", side = \"client\" }\n"+file)[page].Body), "\u00a0", " ")
}

// A date that has passed does not stand as if it could still be met; how early another was asked for is told of what
// had not come by then.
func TestAPassedDateThatWaitsIsTold(t *testing.T) {
	t.Parallel()
	payment := strings.NewReplacer(`"booking"`, `"payment"`, "Booking", "Payment", `"maria"`, `"dev"`, `"dev"`, `"maria"`, "moves =", "needs = [\"booking\"]\nmoves =").
		Replace(booking("2026-11-16", ""))
	words := now(t, booking("2026-11-27", "")+payment)
	wantWords(t, words, "commitment-payment", []string{"16 November agreed by Maria on 3 November (has passed)"}, nil)
	wantWords(t, words, "commitment-booking", []string{"Payment (was due 16 November)"}, nil)
	wantWords(t, words, "promises-", []string{"Mon 16 Nov (has passed) · waits for"}, nil)

	back := `{ on = 2026-11-16, by = "dev", did = "deliver" }, { on = 2026-11-18, by = "maria", did = "reject", due = 2026-11-24, note = "Half" },`
	wantWords(t, now(t, booking("2026-11-16", back)), "commitment-booking", []string{"24 November proposed by Maria"}, []string{"after it", "(has passed)"})
}

// Two things that wait for one reader have headings that tell them apart.
func TestTwoTurnsHaveTwoHeadings(t *testing.T) {
	t.Parallel()
	other := strings.NewReplacer(`"booking"`, `"sign"`, "Booking", "Sign").Replace(booking("2026-11-27", renewed("dev", "2026-12-04", "")))
	one := booking("2026-11-27", renewed("dev", "2026-12-04", ""))
	words := now(t, one+other)
	wantWords(t, words, "", []string{"A new date: Fri 4 Dec · Booking", "A new date: Fri 4 Dec · Sign"}, nil)
	wantWords(t, now(t, one), "", nil, []string{"4 Dec · Booking"})
	question := "\n[[question]]\nasked = 2026-11-10\nby = \"dev\"\nto = \"maria\"\ntext = \"Which white?\"\ncommitment = \"booking\"\n"
	wantWords(t, now(t, one+question), "commitment-booking", []string{"Your turn, Maria: 1 of 2", "Your turn, Maria: 2 of 2"}, nil)
	wantWords(t, now(t, one), "commitment-booking", []string{"Your turn, Maria"}, []string{"Maria: 1 of"})
}
