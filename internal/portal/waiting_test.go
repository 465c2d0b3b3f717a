package portal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
)

// waitingLines returns each thing that waits as "kind: what, person, by date".
func waitingLines(all []portal.Waiting) []string {
	var lines []string
	for _, w := range all {
		line := w.Kind + ": " + w.What.Label()
		for _, part := range []string{w.Person.ID, w.By.String()} {
			if part != "" {
				line += ", " + part
			}
		}
		if w.Urgent {
			line += ", urgent"
		}
		lines = append(lines, line)
	}
	return lines
}

// asked returns a commitment that was only asked for, or offered, with more moves.
func asked(customer, performer string, moves ...string) string {
	return "\n[[commitment]]\nid = \"sign\"\ntitle = \"The sign\"\ncustomer = \"" + customer +
		"\"\nperformer = \"" + performer + "\"\nmoves = [" + strings.Join(moves, ", ") + "]\n"
}

const (
	mariaAsks = `{ on = 2026-11-17, by = "maria", did = "request", due = 2026-12-11 }`
	devAsks   = `{ on = 2026-11-17, by = "dev", did = "request", due = 2026-12-11 }`
)

func TestWhatWaits(t *testing.T) {
	for _, tt := range []struct {
		name, file  string
		yours, ours []string
	}{
		{name: "nothing", file: performedByDev()},
		{name: "to promise what the client asked", file: asked("maria", "dev", mariaAsks), ours: []string{"promise: The sign, dev, 2026-11-20"}},
		{name: "to promise what we asked", file: asked("dev", "maria", devAsks), yours: []string{"promise: The sign, maria, 2026-11-20"}},
		{
			name:  "to agree to an offer",
			file:  asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11, answer_by = 2026-11-30 }`),
			yours: []string{"agree: The sign, maria, 2026-11-30"},
		},
		{
			name: "to agree to a counter-offer of the client's",
			file: asked("maria", "dev", `{ on = 2026-11-16, by = "dev", did = "offer", due = 2026-12-11 }`,
				`{ on = 2026-11-17, by = "maria", did = "counter", due = 2026-12-04 }`),
			ours: []string{"agree: The sign, dev, 2026-11-20"},
		},
		{name: "to decide on our new date", file: performedByDev(newDate), yours: []string{"decide: The booking, maria, 2026-11-13"}},
		{
			name: "to decide on their new date",
			file: theirs(`{ on = 2026-11-10, by = "theo", did = "renegotiate", due = 2026-12-04, note = "Ill" }`),
			ours: []string{"decide: The photos, ines, 2026-11-13"}, yours: nil,
		},
		{name: "to accept what we delivered", file: performedByDev(deliver), yours: []string{"accept: The booking, maria, 2026-11-23"}},
		{
			name: "to accept what they delivered", file: theirs(`{ on = 2026-11-18, by = "theo", did = "deliver" }`),
			ours: []string{"accept: The photos, ines, 2026-11-23"},
		},
		{name: "to deliver, of the client's promises alone", file: performedByDev() + theirs(), yours: []string{"deliver: The photos, theo, 2026-11-20"}},
		{
			name: "to answer a question in a commitment",
			file: performedByDev(`{ on = 2026-11-17, by = "dev", did = "ask", note = "Which rooms?" }`), yours: []string{"answer: The booking, maria, 2026-11-20"},
		},
		{
			name: "to answer the client's question in a commitment",
			file: performedByDev(`{ on = 2026-11-17, by = "theo", did = "ask", note = "Which rooms?" }`), ours: []string{"answer: The booking, dev, 2026-11-20"},
		},
		{
			name: "to confirm a summary",
			file: performedByDev(`{ on = 2026-11-17, by = "ines", did = "summarize", note = "So, right?" }`), yours: []string{"confirm: The booking, maria, 2026-11-20"},
		},
		{
			name: "to confirm the client's summary",
			file: performedByDev(`{ on = 2026-11-17, by = "maria", did = "summarize", note = "So, right?" }`), ours: []string{"confirm: The booking, dev, 2026-11-20"},
		},
		{
			name: "to help us",
			file: performedByDev(`{ on = 2026-11-17, by = "dev", did = "ask-help", note = "Who has the key?" }`), yours: []string{"help: The booking, maria, 2026-11-20"},
		},
		{
			name: "to help them",
			file: theirs(`{ on = 2026-11-17, by = "theo", did = "ask-help", note = "Which lens?" }`),
			ours: []string{"help: The photos, ines, 2026-11-20"}, yours: []string{"deliver: The photos, theo, 2026-11-20"},
		},
		{
			name:  "in an interim result",
			file:  performedByDev() + interim("A sketch", "2026-11-17", `{ on = 2026-11-16, by = "dev", did = "deliver" }`),
			yours: []string{"accept: A sketch, maria, 2026-11-21"},
		},
		{
			name: "a question", file: `
[[question]]
asked = 2026-11-17
by = "dev"
to = "theo"
text = "Which *two* go first?"
[[question]]
asked = 2026-11-18
by = "theo"
to = "ines"
text = "May we change the sign?"
answer_by = 2026-12-01
[[question]]
asked = 2026-11-17
by = "dev"
to = "theo"
text = "Answered"
answered = 2026-11-18
answer = "Yes"
`,
			yours: []string{"answer: Which two go first?, theo, 2026-11-20"}, ours: []string{"answer: May we change the sign?, ines, 2026-12-01"},
		},
		{
			name: "a check-in with a recap", file: `
[[check_in]]
on = 2026-11-17
with = ["dev", "theo"]
recap = "Two weeks more"
[[check_in]]
on = 2026-11-10
with = ["dev", "theo"]
recap = "Said and done"
confirmed = 2026-11-11
[[check_in]]
on = 2026-11-03
with = ["dev", "theo"]
`,
			yours: []string{"confirm_check_in: Two weeks more, theo, 2026-11-20"},
		},
		{
			name: "a term", file: `
[[term]]
word = "go-live"
means = "Patients can use it"
[[term]]
word = "desk"
means = "Both of them"
confirmed = 2026-11-01
`,
			yours: []string{"confirm_term: go-live"},
		},
		{
			name: "an assumption, as long as nobody has said whether it is so, and its commitment is open",
			file: performedByDev(`{ on = 2026-11-04, by = "dev", did = "deliver" }`, `{ on = 2026-11-05, by = "maria", did = "accept" }`) + `
[[assumption]]
on = 2026-11-03
text = "The wall is dry"
[[assumption]]
on = 2026-11-01
text = "The wall is white"
confirmed = 2026-11-02
[[assumption]]
on = 2026-11-01
text = "The wall is wood"
wrong = 2026-11-02
[[assumption]]
on = 2026-11-03
text = "The wall is theirs"
commitment = "booking"
[[assumption]]
on = 2026-11-21
text = "The wall will be there"
`,
			yours: []string{"confirm_assumption: The wall is dry"},
		},
		{
			name: "no assumption once all has ended",
			file: performedByDev(`{ on = 2026-11-04, by = "dev", did = "deliver" }`, `{ on = 2026-11-05, by = "maria", did = "accept" }`) + `
[[assumption]]
on = 2026-11-03
text = "The wall is dry"
[review]
on = 2026-11-06
client_says = "So it was"
`,
		},
		{
			name: "a pulse", file: `
[[pulse]]
asked = 2026-11-17
question = "Do you know what comes next?"
ours = 4
[[pulse]]
asked = 2026-10-17
question = "Do you know what comes next?"
theirs = 4
answered = 2026-10-18
`,
			yours: []string{"rate: Do you know what comes next?, 2026-11-20"},
		},
		{
			name: "a change", file: `
[[change]]
on = 2026-11-17
by = "dev"
text = "Reminders later"
[[change]]
on = 2026-11-18
by = "theo"
text = "Reminders by post"
[[change]]
on = 2026-11-18
text = "Nobody's"
[[change]]
on = 2026-11-01
by = "theo"
text = "Settled"
agreed = 2026-11-02
`,
			yours: []string{"change: Reminders later, 2026-11-20", "change: Nobody's, 2026-11-21"}, ours: []string{"change: Reminders by post, 2026-11-21"},
		},
		{
			name: "a change of a commitment, to whoever answers for it", file: performedByDev() + `
[[change]]
on = 2026-11-17
by = "ines"
text = "Reminders later"
commitment = "booking"
[[change]]
on = 2026-11-17
by = "theo"
text = "Reminders by post"
commitment = "booking"
`,
			yours: []string{"change: Reminders later, maria, 2026-11-20"}, ours: []string{"change: Reminders by post, dev, 2026-11-20"},
		},
		{
			name: "all that an interim result may ask of the client",
			file: performedByDev() +
				interim("A plan", "2026-11-24", `{ on = 2026-11-15, by = "dev", did = "renegotiate", due = 2026-11-27, note = "Ill" }`) +
				interim("A model", "2026-11-25", `{ on = 2026-11-16, by = "dev", did = "ask", note = "Which?" }`,
					`{ on = 2026-11-17, by = "dev", did = "summarize", note = "So?" }`, `{ on = 2026-11-18, by = "dev", did = "ask-help", note = "Who?" }`) +
				theirs() + interim("One room", "2026-11-19"),
			yours: []string{
				"decide: A plan, maria, 2026-11-18", "answer: A model, maria, 2026-11-19", "help: A model, maria, 2026-11-21",
				"deliver: One room, theo, 2026-11-19", "deliver: The photos, theo, 2026-11-20", "confirm: A model, maria, 2026-11-20",
			},
		},
		{
			name: "messages, the urgent first, those without a date by when they came", file: `
[[message]]
received = 2026-11-15
by = "maria"
about = "The sign"
[[message]]
received = 2026-11-18T09:12:00
by = "theo"
about = "It is slow"
urgent = true
[[message]]
received = 2026-11-14
by = "maria"
about = "The invoice"
acknowledged = 2026-11-14
[[message]]
received = 2026-11-13
by = "maria"
about = "Done with"
resolved = 2026-11-14
` + asked("maria", "dev", mariaAsks),
			ours: []string{
				"message: It is slow, theo, urgent", "promise: The sign, dev, 2026-11-20",
				"message: The invoice, maria", "message: The sign, maria",
			},
		},
		{
			name: "what blocks most first, then the soonest, what has no date last",
			file: theirs() + "\n[[term]]\nword = \"desk\"\nmeans = \"Both\"\n" + performedByDev(newDate) +
				asked("maria", "dev", `{ on = 2026-11-17, by = "dev", did = "offer", due = 2026-12-11, answer_by = 2026-11-30 }`),
			yours: []string{
				"decide: The booking, maria, 2026-11-13", "agree: The sign, maria, 2026-11-30",
				"deliver: The photos, theo, 2026-11-20", "confirm_term: desk",
			},
		},
		{
			name: "nothing in what is closed",
			file: performedByDev(`{ on = 2026-11-04, by = "dev", did = "summarize", note = "So, right?" }`,
				`{ on = 2026-11-05, by = "dev", did = "ask-help", note = "Who?" }`,
				`{ on = 2026-11-06, by = "maria", did = "ask", note = "What?" }`,
				`{ on = 2026-11-07, by = "dev", did = "deliver" }`,
				`{ on = 2026-11-08, by = "maria", did = "accept" }`) +
				interim("A sketch", "2026-11-05", `{ on = 2026-11-05, by = "dev", did = "deliver" }`),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-20", tt.file))
			if diff := cmp.Diff(tt.yours, waitingLines(h.Yours)); diff != "" {
				t.Errorf("on the client (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.ours, waitingLines(h.Ours)); diff != "" {
				t.Errorf("on the provider (-want +got):\n%s", diff)
			}
		})
	}
}

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
			if page != tt.href || (anchor != "") != (len(home(v).Yours) > 0) {
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

func TestWhatBlocksMostComesFirst(t *testing.T) {
	needs := func(id, performer, due, needs string) string {
		return "\n[[commitment]]\nid = \"" + id + "\"\ntitle = \"" + id + "\"\ncustomer = \"" + map[string]string{"dev": "maria", "maria": "dev"}[performer] +
			"\"\nperformer = \"" + performer + "\"\nneeds = [" + needs + "]\nmoves = [{ on = 2026-11-02, by = \"" + performer +
			"\", did = \"offer\", due = " + due + " }, { on = 2026-11-03, by = \"" + map[string]string{"dev": "maria", "maria": "dev"}[performer] +
			"\", did = \"agree\" }]\n"
	}
	v := on(t, "2026-11-20", needs("invoice", "maria", "2026-11-21", "")+needs("logo", "maria", "2026-11-28", "")+
		needs("texts", "maria", "2026-12-05", "")+needs("drafts", "dev", "2026-12-10", `"texts"`)+
		needs("site", "dev", "2026-12-18", `"drafts", "logo"`))
	want := []string{"deliver: texts, maria, 2026-12-05", "deliver: logo, maria, 2026-11-28", "deliver: invoice, maria, 2026-11-21"}
	if diff := cmp.Diff(want, waitingLines(home(v).Yours)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

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

// promise returns a promise of Home as "title: date, was, proposed".
func promise(p *portal.Promise) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(p.Title + ": " + p.Agreed.String() + " " + p.Was().String() + " " + p.Proposed.String())
}

func TestTheDateHomeLeadsWith(t *testing.T) {
	due := func(s, date string) string { return strings.ReplaceAll(s, "2026-11-20", date) }
	other := promised("menu", "theo", "ines")
	for _, tt := range []struct{ name, file, lead string }{
		{"none", "", ""},
		{"only asked for", asked("maria", "dev", mariaAsks), ""},
		{"theirs is never led with", theirs(), ""},
		{"the soonest", performedByDev() + due(other, "2026-11-18"), "The menu: 2026-11-18"},
		{"overdue first", due(performedByDev(), "2026-11-12") + due(other, "2026-11-24"), "The booking: 2026-11-12"},
		{"a proposed date beside it", performedByDev(newDate), "The booking: 2026-11-20  2026-12-04"},
		{
			"a date that moved", performedByDev(newDate, `{ on = 2026-11-11, by = "maria", did = "agree" }`),
			"The booking: 2026-12-04 2026-11-20",
		},
		{"what was delivered has met its date", performedByDev(deliver) + due(other, "2026-12-01"), "The menu: 2026-12-01"},
		{"nothing but what was delivered", performedByDev(deliver), ""},
		{"what is closed", performedByDev(deliver, `{ on = 2026-11-19, by = "maria", did = "accept" }`), ""},
		{"an interim result comes next", performedByDev() + interim("A sketch", "2026-11-19"), "The booking: 2026-11-20"},
		{
			"an interim result that was delivered",
			performedByDev() + interim("A sketch", "2026-11-19", `{ on = 2026-11-18, by = "dev", did = "deliver" }`),
			"The booking: 2026-11-20",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := home(on(t, "2026-11-20", tt.file))
			if got := promise(h.Lead); got != tt.lead {
				t.Errorf("it leads with %q, want %q", got, tt.lead)
			}
		})
	}
}

// Whoever looks after the client is there for questions, whoever owes the next thing.
func TestContactOfHome(t *testing.T) {
	north, named := north(), north()
	named.Contact.Name = "Ines Okafor"
	for _, tt := range []struct {
		name, lead string
		provider   *client.Provider
		want       string
	}{
		{"nobody is named", "", north, "North Studio hello@north.example"},
		{"the provider's contact", "", named, "Ines Okafor hello@north.example"},
		{"the lead of the client's file", "dev", named, "Dev Patel dev@north.example"},
		{"one without an address is reached as the contact is", "ines", north, "Ines Okafor hello@north.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := head + performedByDev()
			if tt.lead != "" {
				file = "lead = \"" + tt.lead + "\"\n" + file
			}
			v := derive(t, file, tt.provider, noon(t, "2026-11-20"))
			c := home(v).Contact
			if got := c.Name + " " + c.Email; got != tt.want || v.Provider.Contact != c {
				t.Errorf("got %s, want %s; elsewhere %v", got, tt.want, v.Provider.Contact)
			}
			if c.Name == "North Studio" && c.Short() != c.Name {
				t.Errorf("a mail begins with %q", c.Short())
			}
		})
	}
}

func TestNextCheckIn(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"none", "", ""},
		{"of the latest, wherever it stands", `
[[check_in]]
on = 2026-11-10
next_check_in = 2026-11-24T10:00:00
[[check_in]]
on = 2026-11-03
next_check_in = 2026-11-10
`, "2026-11-24T10:00:00"},
		{"held since, with none set", `
[[check_in]]
on = 2026-11-10
next_check_in = 2026-11-17
[[check_in]]
on = 2026-11-17
`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, c := range home(on(t, "2026-11-20", tt.file)).Next {
				got += c.Due.String()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// An hour of a day is sooner than the day, which has until its end.
func TestAnHourIsSoonerThanItsDay(t *testing.T) {
	question := func(text, by string) string {
		return "\n[[question]]\nasked = 2026-11-17\nby = \"dev\"\nto = \"maria\"\ntext = \"" + text + "\"\nanswer_by = " + by + "\n"
	}
	h := home(on(t, "2026-11-17", question("day", "2026-11-18")+question("later", "2026-11-18T15:00:00")+
		question("sooner", "2026-11-18T09:00:00")+question("first", "2026-11-17")))
	var got []string
	for _, w := range h.Yours {
		got = append(got, string(w.What))
	}
	if diff := cmp.Diff([]string{"first", "sooner", "later", "day"}, got); diff != "" {
		t.Error(diff)
	}
}

// A promise of hours falls due on the day itself.
func TestAnswerWithinHours(t *testing.T) {
	file := strings.Replace(head, `answer_within = "3 days"`, `answer_within = "4 hours"`, 1) +
		asked("maria", "dev", mariaAsks) + "\n[[question]]\nasked = 2026-11-19\nby = \"dev\"\nto = \"maria\"\ntext = \"Which?\"\n"
	v, err := portal.New(read(t, file), options(time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	if got := home(v).Yours[0].By.String(); got != "2026-11-19" {
		t.Errorf("the question is to be answered by %q", got)
	}
	if got := home(v).Ours[0].By.String(); got != "2026-11-17" {
		t.Errorf("the request is to be answered by %q", got)
	}
}
