package portal_test

import (
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// choicesOf returns the answers as "key date word …".
func choicesOf(v *portal.View, w portal.Waiting) string {
	var all []string
	for _, c := range v.Choices(w) {
		one := c.Key
		if !c.Due.IsZero() {
			one += " " + c.Due.String()
		}
		if c.Date {
			one += " date"
		}
		if c.Word != "" {
			one += " " + c.Word
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ")
}

func TestChoices(t *testing.T) {
	const (
		promised = `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-12-11 }, { on = 2026-11-03, by = "dev", did = "promise" }`
		later    = `{ on = 2026-11-17, by = "dev", did = "renegotiate", due = 2026-12-18, note = "The paint dries slowly" }`
	)
	for _, tt := range []struct {
		name, today, file, verb, want string
	}{
		{"a request of ours", "2026-11-20", asked("dev", "maria", devAsks), "decide", "promise date; terms terms; cannot why"},
		{
			"our offer", "2026-11-20", asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11 }`),
			"decide", "yes_due 2026-12-11; date date; terms terms",
		},
		{
			"our offer, whose date has passed", "2026-12-20", asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11 }`),
			"decide", "promise date; no why",
		},
		{"a new date", "2026-11-20", asked("maria", "dev", promised, later), "decide", "yes_due 2026-12-18; date date; keep_due 2026-12-11"},
		{
			"a new date, and the old one has passed", "2026-12-14", asked("maria", "dev", promised, later),
			"decide", "yes_due 2026-12-18; date date; no why",
		},
		{
			"a delivery", "2026-11-20", asked("maria", "dev", promised, `{ on = 2026-11-18, by = "dev", did = "deliver" }`),
			"review", "accept; back missing",
		},
		{"a question", "2026-11-20", asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "ask", note = "Which blue?" }`), "reply", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, tt.today, tt.file)
			todos := v.Pages[0].Home.Yours
			if len(todos) == 0 {
				t.Fatal("nothing waits")
			}
			if got := choicesOf(v, todos[0]); got != tt.want || todos[0].Verb() != tt.verb {
				t.Errorf("got %s: %q, want %s: %q", todos[0].Verb(), got, tt.verb, tt.want)
			}
		})
	}
}

// The reason for a new date stands beside the choice.
func TestTheReasonOfANewDate(t *testing.T) {
	v := on(t, "2026-11-20", asked("maria", "dev",
		`{ on = 2026-11-02, by = "maria", did = "request", due = 2026-12-11 }`, `{ on = 2026-11-03, by = "dev", did = "promise" }`,
		`{ on = 2026-11-17, by = "dev", did = "renegotiate", due = 2026-12-18, note = "The paint dries slowly" }`))
	w := v.Pages[0].Home.Yours[0]
	if w.Why != "The paint dries slowly" || w.WhyBy.ID != "dev" || w.WhyOn.String() != "2026-11-17" {
		t.Errorf("got %q by %q on %s", w.Why, w.WhyBy.ID, w.WhyOn)
	}
}

func TestTurns(t *testing.T) {
	file := asked("dev", "maria", devAsks) + "\n[[question]]\nid = \"q\"\nasked = 2026-11-18\nby = \"dev\"\nto = \"maria\"\ntext = \"Which blue?\"\n" +
		"\n[[term]]\nword = \"done\"\nmeans = \"It hangs\"\n"
	turns := on(t, "2026-11-20", file).Turns()
	if turns == nil || turns.All != 3 {
		t.Fatalf("got %+v", turns)
	}
	got := map[string]int{}
	for _, by := range turns.By {
		got[by.Person.ID] = by.N
	}
	if got["maria"] != 2 || got[""] != 1 {
		t.Errorf("got %v", got)
	}
	if turns := on(t, "2026-11-20", "").Turns(); turns != nil {
		t.Errorf("got %+v of nothing", turns)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Ruth Ansell": "RA", "Bo": "B", "Ada Okonkwo Featherstone": "AF", "": "", "  Éa  Ōe": "ÉŌ", "ليلى حداد": "لح",
	} {
		if got := (portal.Person{Name: name}).Initials(); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
