package portal_test

import (
	"strings"
	"testing"

	"portalgen/internal/portal"
)

// choicesOf returns answers as "key date word …".
func choicesOf(choices []portal.Choice) string {
	var all []string
	for _, c := range choices {
		one := c.Key
		if !c.Due.IsZero() {
			one += " " + c.Due.String()
		}
		if c.Date {
			one += " date"
		}
		if c.MayDate {
			one += " may-date"
		}
		if c.Done {
			one += " done"
		}
		if c.Word != "" {
			one += " " + c.Word
		}
		if c.MaySay {
			one += " may-say"
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
		{"a request of ours", "2026-11-20", asked("dev", "maria", devAsks), "decide", "promise date; terms may-date terms; cannot why; answer_by date"},
		{
			"our offer", "2026-11-20", asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11 }`),
			"decide", "yes_due 2026-12-11; date date; terms may-date terms; no why; answer_by date",
		},
		{
			"our offer, whose date has passed", "2026-12-20", asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11 }`),
			"decide", "promise date; no why; answer_by date",
		},
		{"a new date", "2026-11-20", asked("maria", "dev", promised, later), "decide", "yes_due 2026-12-18; date date; keep_due 2026-12-11 why; answer_by date"},
		{
			"a new date, and the old one has passed", "2026-12-14", asked("maria", "dev", promised, later),
			"decide", "yes_due 2026-12-18; date date; no why; answer_by date",
		},
		{
			"a delivery", "2026-11-20", asked("maria", "dev", promised, `{ on = 2026-11-18, by = "dev", did = "deliver" }`),
			"review", "accept done; back may-date missing",
		},
		{
			"a summary", "2026-11-20", asked("maria", "dev", promised, `{ on = 2026-11-18, by = "dev", did = "summarize", note = "Blue it is" }`),
			"confirm", "said; not_quite say; not_said why",
		},
		{
			"a recap", "2026-11-20", "\n[[check_in]]\non = 2026-11-17\nwith = [\"dev\", \"theo\"]\nrecap = \"Two weeks more\"\n",
			"confirm", "said; not_quite say; not_said why",
		},
		{
			"a term", "2026-11-20", "\n[[term]]\nword = \"go-live\"\nmeans = \"Patients can use it\"\n",
			"confirm", "means; means_else mean; not_ours why",
		},
		{
			"an assumption", "2026-11-20", "\n[[assumption]]\non = 2026-11-17\ntext = \"The wall is dry\"\n",
			"confirm", "so; not_quite say; not_so",
		},
		{
			"a change", "2026-11-20", "\n[[change]]\non = 2026-11-17\nby = \"dev\"\ntext = \"Reminders later\"\n",
			"decide", "yes; terms terms; no why",
		},
		{"a question", "2026-11-20", asked("maria", "dev", mariaAsks, `{ on = 2026-11-18, by = "dev", did = "ask", note = "Which blue?" }`), "reply", ""},
		{
			"work of theirs", "2026-11-20", asked("dev", "maria",
				`{ on = 2026-11-02, by = "dev", did = "request", due = 2026-12-11 }`, `{ on = 2026-11-03, by = "maria", did = "promise" }`),
			"deliver", "here here may-say; later date why",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, tt.today, tt.file)
			todos := portal.AllYours(v)
			if len(todos) == 0 {
				t.Fatal("nothing waits")
			}
			if got := choicesOf(v.Choices(todos[0])); got != tt.want || todos[0].Verb() != tt.verb {
				t.Errorf("got %s: %q, want %s: %q", todos[0].Verb(), got, tt.verb, tt.want)
			}
		})
	}
}

// What can be said to a commitment beside what waits on the client is what the loop lets their side
// say now, and nothing that is asked already.
func TestChoicesOfACommitment(t *testing.T) {
	const (
		promised = `{ on = 2026-11-02, by = "maria", did = "request", due = 2026-12-11 }, { on = 2026-11-03, by = "dev", did = "promise" }`
		later    = `{ on = 2026-11-17, by = "dev", did = "renegotiate", due = 2026-12-18, note = "The paint dries slowly" }`
		devs     = `{ on = 2026-11-02, by = "dev", did = "request", due = 2026-12-11 }, { on = 2026-11-03, by = "maria", did = "promise" }`
	)
	for _, tt := range []struct{ name, customer, performer, moves, want string }{
		{"they asked", "maria", "dev", mariaAsks, "ask ask; withdraw why"},
		{"promised to them", "maria", "dev", promised, "ask ask; new_date date why; withdraw why"},
		{"a new date waits on them", "maria", "dev", promised + ", " + later, "ask ask; withdraw why"},
		{"they have asked", "maria", "dev", promised + `, { on = 2026-11-18, by = "maria", did = "ask", note = "Which blue?" }`, "new_date date why; withdraw why"},
		{"they promised it", "dev", "maria", devs, "ask ask; progress progress; ask_help help; revoke why"},
		{"delivered", "maria", "dev", promised + `, { on = 2026-11-18, by = "dev", did = "deliver" }`, "ask ask; withdraw why"},
		{
			"over", "maria", "dev",
			promised + `, { on = 2026-11-18, by = "dev", did = "deliver" }, { on = 2026-11-19, by = "maria", did = "accept" }`, "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := on(t, "2026-11-20", asked(tt.customer, tt.performer, tt.moves))
			for _, page := range v.Pages {
				if page.Commitment == nil {
					continue
				}
				if got := choicesOf(page.Commitment.Choices()); got != tt.want {
					t.Errorf("got %q, want %q", got, tt.want)
				}
				return
			}
			t.Fatal("there is no page of it")
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
