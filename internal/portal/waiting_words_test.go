package portal_test

import (
	"strings"
	"testing"

	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
)

// What a change would bring, and what is new among the conditions, is said where it is decided; and
// all that names a commitment stands on its page.
func TestWhatIsDecidedIsSaid(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(strings.Replace(newDate, "due =", `satisfied_when = ["It rings", "At night too"], due =`, 1))+`
[[change]]
on = 2026-11-17
by = "dev"
text = "A bell"
effect = "90 euros"
commitment = "booking"

[[question]]
asked = 2026-11-17
by = "dev"
to = "theo"
text = "Which?"
commitment = "booking"

[[message]]
received = 2026-11-18T09:12:00
by = "theo"
about = "It is slow"
commitment = "booking"

[[assumption]]
on = 2026-11-03
text = "There is power"
commitment = "booking"
wrong = 2026-11-12
`)
	for _, w := range home(v).Yours {
		switch {
		case w.Kind == "change" && w.Effect != "90 euros":
			t.Errorf("the change brings %q", w.Effect)
		case w.Kind == "decide" && (len(w.Conditions) == 0 || w.Agreed.String() != "2026-11-20"):
			t.Errorf("what is new is %q, beside %s", w.Conditions, w.Agreed)
		}
	}
	c := committed(t, v, "booking")
	if len(c.Changes) != 1 || len(c.Questions) != 1 || len(c.Messages) != 1 || len(c.Assumptions) != 1 {
		t.Errorf("its page has %v, %v, %v, %v", c.Changes, c.Questions, c.Messages, c.Assumptions)
	}
}

// A change and new terms that the same side proposed for one commitment on one day each name the other; each keeps its
// own date to answer by.
func TestWhatWasProposedTogether(t *testing.T) {
	change := "\n[[change]]\non = %s\nby = \"dev\"\ntext = \"A bell\"\ncommitment = \"booking\"\n"
	for _, tt := range []struct{ name, on, of, want string }{
		{"on the same day", "2026-11-10", "booking", "decide: change, change: decide"},
		{"on another day", "2026-11-11", "booking", ""},
		{"for nothing of it", "2026-11-10", "", ""},
	} {
		file := performedByDev(newDate) + strings.NewReplacer("%s", tt.on, `"booking"`, `"`+tt.of+`"`).Replace(change)
		if tt.of == "" {
			file = strings.Replace(file, "commitment = \"\"\n", "", 1)
		}
		var got []string
		for _, w := range home(on(t, "2026-11-20", file)).Yours {
			if w.Together != nil {
				got = append(got, w.Kind+": "+w.Together.Kind)
			}
		}
		if all := strings.Join(got, ", "); all != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, all, tt.want)
		}
	}
}

// What waits for an answer is the question itself, not only what it is about.
func TestWhatIsAskedIsSaid(t *testing.T) {
	v := on(t, "2026-11-20", performedByDev(`{ on = 2026-11-10, by = "dev", did = "ask", note = "Who checks it?" }`))
	if w := home(v).Yours[0]; w.Said != "Who checks it?" || w.What != "The booking" {
		t.Errorf("it says %q about %q", w.Said, w.What)
	}
}

// What a note needs can be answered on its page, until the next one was to come.
func TestNeedsOfANoteCanBeAnswered(t *testing.T) {
	v := on(t, "2026-11-20", `
[[status]]
on = 2026-11-16
rag = "green"
headline = "So far"
need = ["A yes"]

[[status]]
on = 2026-11-18
rag = "green"
headline = "Further"
need = ["A key", "A day"]
next_update = 2026-11-24T10:00:00
`)
	for i, want := range []string{"2026-11-30", "2026-11-24"} {
		note := v.Pages[1+i].Status
		if got := note.AsksUntil().String(); got != want || len(note.Asks()) != i+1 {
			t.Errorf("%s is waited for until %s", note.Need, got)
		}
	}
}

// A provider's words for all clients are not put to each of them.
func TestInheritedTermsAreNotConfirmed(t *testing.T) {
	src := clientfile.Source{Name: "provider.toml", Text: []byte("name = \"N\"\ntimezone = \"UTC\"\n[[term]]\nword = \"draft\"\nmeans = \"To judge\"\n")}
	provider, ps := clientfile.Provider(src)
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	c, ps := clientfile.Client("acme", clientfile.Source{Name: "acme.toml", Text: []byte(head)}, clientfile.Options{Provider: provider})
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	opt := options(noon(t, "2026-11-20"))
	opt.Provider = provider
	v, err := portal.New(c, opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Terms) != 1 || len(home(v).Yours) > 0 {
		t.Errorf("terms %v; waiting: %v", c.Terms, waitingLines(home(v).Yours))
	}
}
