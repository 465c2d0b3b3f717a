package portal_test

import (
	"slices"
	"strings"
	"testing"

	"portalgen/internal/portal"
)

func TestWhatWaitsLeadsToItsPage(t *testing.T) {
	h := home(on(t, "2026-11-20", performedByDev(newDate)+`
[[message]]
received = 2026-11-18T09:12:00
by = "theo"
about = "It is slow"
commitment = "booking"
acknowledged = 2026-11-18T09:40:00
`))
	for _, w := range append(h.Yours, h.Ours...) {
		if page, _, _ := strings.Cut(w.Href, "#"); page != "/P/commitment-booking/" {
			t.Errorf("%s leads to %q", w.Kind, w.Href)
		}
	}
	if got := h.Ours[0].Seen.String(); got != "2026-11-18T09:40:00" {
		t.Errorf("seen %s", got)
	}
	if got := h.Yours[0].Since.String(); got != "2026-11-10" {
		t.Errorf("waits since %s", got)
	}
}

// What is asked of a reader stands on a page that there is, even where it is of no
// commitment.
func TestWhatWaitsStandsSomewhere(t *testing.T) {
	for _, tt := range []struct{ name, file, href string }{
		{"a recap", "[[check_in]]\non = 2026-11-17\nwith = [\"dev\", \"theo\"]\nrecap = \"Two weeks more\"", "/P/understanding-/"},
		{"a term", "[[term]]\nword = \"go-live\"\nmeans = \"Patients can use it\"", "/P/understanding-/"},
		{"an assumption", "[[assumption]]\non = 2026-11-17\ntext = \"The wall is dry\"", "/P/understanding-/"},
		{"a question", "[[question]]\nasked = 2026-11-17\nby = \"dev\"\nto = \"theo\"\ntext = \"Which?\"", "/P/understanding-/"},
		{"a change", "[[change]]\non = 2026-11-17\nby = \"dev\"\ntext = \"Reminders later\"", "/P/understanding-/"},
		{"a pulse", "[[pulse]]\nasked = 2026-11-17\nquestion = \"How is it?\"\nours = 4", "/P/working-/"},
		{"a message", "[[message]]\nreceived = 2026-11-17\nby = \"theo\"\nabout = \"The rain\"", "/P/working-/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", "\n"+tt.file+"\n")
			all := append(home(v).Yours, home(v).Ours...)
			if len(all) != 1 {
				t.Fatalf("it leads nowhere: %+v", all)
			}
			page, anchor, _ := strings.Cut(all[0].Href, "#")
			if want := len(home(v).Yours) > 0 || tt.name == "a message"; page != tt.href || (anchor != "") != want {
				t.Fatalf("it leads to %s", all[0].Href)
			}
			if !slices.ContainsFunc(v.Pages, func(p *portal.Page) bool { return p.Href == tt.href }) {
				t.Errorf("there is no page %s", tt.href)
			}
		})
	}
}

// The place where something is decided offers what Home offers.
func TestWhatWaitsCanBeAnsweredThere(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(newDate, `{ on = 2026-11-11, by = "dev", did = "summarize", note = "In two weeks?" }`)+
		interim("A sketch", "2026-11-05", `{ on = 2026-11-05, by = "dev", did = "deliver" }`)+`
[[question]]
asked = 2026-11-17
by = "dev"
to = "theo"
text = "Which?"
commitment = "booking"

[[change]]
on = 2026-11-17
by = "dev"
text = "Reminders later"

[[check_in]]
on = 2026-11-17
with = ["dev", "theo"]
recap = "Two weeks more"

[[term]]
word = "go-live"
means = "Patients can use it"

[[pulse]]
asked = 2026-11-17
question = "How is it?"
ours = 4
`)
	there := map[string]bool{}
	for _, p := range v.Pages {
		var todos []*portal.Waiting
		switch {
		case p.Commitment != nil:
			for i := range p.Commitment.Yours {
				todos = append(todos, &p.Commitment.Yours[i])
			}
		case p.Agreed != nil:
			u := p.Agreed
			todos = append(todos, u.Summaries[0].Todo, u.Changes[0].Todo, u.Terms[0].Todo)
		case p.People != nil:
			todos = append(todos, p.People.Ratings[0].Todo)
		}
		for _, todo := range todos {
			if todo != nil {
				there[p.Href+"#"+todo.Anchor()] = true
			}
		}
	}
	for _, w := range home(v).Yours {
		if !there[w.Href] {
			t.Errorf("%s (%s) cannot be answered at %s", w.Kind, w.What, w.Href)
		}
	}
	if n := len(home(v).Yours); n != 8 {
		t.Errorf("%d things wait", n)
	}
}
