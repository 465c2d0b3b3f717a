package portal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/portal"
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
