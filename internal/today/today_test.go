package today_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/today"
)

const head = `
client   = "Acme Dental"
timezone = "America/Los_Angeles"
[people]
maria = { name = "Maria Ruiz", side = "client" }
dev   = { name = "Dev Patel",  side = "provider" }
[promises]
answer_within = "3 days"
`

var day = civil.Date{Year: 2026, Month: 11, Day: 20} // a Friday

// part looks at a client at noon of today, in their zone.
func part(t *testing.T, id, file, notes string) today.Part {
	t.Helper()
	p := &client.Provider{Name: "North Studio", Timezone: "America/Los_Angeles"}
	c, ps := clientfile.Client(id, clientfile.Source{Name: id + ".toml", Text: []byte(file)}, clientfile.Options{Provider: p})
	if err := ps.Err(); err != nil {
		t.Fatalf("the test's own file: %v", err)
	}
	loc, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	found, err := check.Client(c, check.Options{Provider: p, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, loc)})
	if err != nil {
		t.Fatal(err)
	}
	s := today.Subject{Client: c, Findings: found}
	if notes != "" {
		if s.Notes, ps = clientfile.Private(clientfile.Source{Name: "notes.toml", Text: []byte(notes)}); ps.Err() != nil {
			t.Fatal(ps)
		}
	}
	return today.ForClient(s)
}

// itemLines writes items as lines: group, kind, who, what, due, lateness.
func itemLines(d today.List) []string {
	var lines []string
	for _, i := range d.Items {
		s := fmt.Sprintf("%s %s: ", i.Group, i.Kind)
		if i.Who != "" {
			s += i.Who + ": "
		}
		s += i.What
		if !i.Due.IsZero() {
			s += ", " + i.Due.String()
		}
		if i.Late > 0 {
			s += fmt.Sprintf(", %d late", i.Late)
		}
		lines = append(lines, s)
	}
	return lines
}

func commitment(due, moves string) string {
	return "[[commitment]]\ntitle = \"The sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\nsatisfied_when = [\"It hangs\"]\nmoves = [\n" +
		"{ on = 2026-11-18, by = \"maria\", did = \"request\", due = " + due + " },\n" + moves + "\n]\n"
}

const promise = `{ on = 2026-11-19, by = "dev", did = "promise" },`

func TestItems(t *testing.T) {
	for _, tt := range []struct {
		name, file, notes string
		want              []string
	}{
		{name: "nothing", file: ""},
		{
			name: "a promise that is late", file: strings.ReplaceAll(strings.ReplaceAll(commitment("2026-11-12", promise), "2026-11-18", "2026-11-09"), "2026-11-19", "2026-11-10"),
			want: []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-12, 8 late"},
		},
		{
			name: "a promise for today", file: commitment("2026-11-20", promise),
			want: []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-20"},
		},
		{
			name: "a promise in a week", file: commitment("2026-11-27", promise),
			want: []string{"this-week deliver: Dev Patel: deliver “The sign”, 2026-11-27"},
		},
		{name: "a promise in eight days", file: commitment("2026-11-28", promise)},
		{
			name: "sent back", file: commitment("2026-11-23", promise+"{ on = 2026-11-19, by = \"dev\", did = \"deliver\" },{ on = 2026-11-20, by = \"maria\", did = \"reject\", note = \"Crooked\" }"),
			want: []string{"this-week deliver: Dev Patel: deliver “The sign”, sent back on 20 November, 2026-11-23"},
		},
		{
			name: "a request to answer", file: commitment("2026-12-20", ""),
			want: []string{"this-week promise: Dev Patel: answer the request for “The sign”, 2026-11-21"},
		},
		{
			name: "a new date to decide on", file: commitment("2026-12-20", promise+"{ on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2027-01-08, note = \"Ill\" }"),
			want: []string{"waiting-on-the-client decide: Maria Ruiz: decide on another date for “The sign”: 8 January 2027, 2026-11-23"},
		},
		{
			name: "an acceptance", file: commitment("2026-12-20", promise+"{ on = 2026-11-19, by = \"dev\", did = \"deliver\", answer_by = 2026-11-19 }"),
			want: []string{"waiting-on-the-client accept: Maria Ruiz: say whether “The sign” is what was wanted, 2026-11-19, 1 late"},
		},
		{
			name: "messages", file: "reply_within = \"4 hours\"\n[[message]]\nreceived = 2026-11-20T10:00:00\nby = \"maria\"\nabout = \"The\\ncolour\"\n" +
				"[[message]]\nreceived = 2026-11-20T10:00:00\nacknowledged = 2026-11-20T10:10:00\nby = \"maria\"\nabout = \"The door\"\n" +
				"[[message]]\nreceived = 2026-11-20T10:00:00\nacknowledged = 2026-11-20T10:10:00\nby = \"maria\"\nabout = \"The fire\"\nurgent = true\n" +
				"[[message]]\nreceived = 2026-11-20T10:00:00\nresolved = 2026-11-20T10:10:00\nby = \"maria\"\nabout = \"The cat\"\n",
			want: []string{
				"act-now resolve: resolve what came from Maria: The fire (acknowledged 20 November, 10:10)",
				"act-now message: reply to Maria: The colour, 2026-11-20T14:00:00",
				"this-week resolve: resolve what came from Maria: The door (acknowledged 20 November, 10:10)",
			},
		},
		{
			name: "questions", file: "[[question]]\nasked = 2026-11-18\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\n" +
				"[[question]]\nasked = 2026-11-19\nby = \"maria\"\nto = \"dev\"\ntext = \"Which day?\"\nanswer_by = 2026-11-20\n",
			want: []string{
				"act-now answer: Dev Patel: answer: Which day?, 2026-11-20",
				"waiting-on-the-client answer: Maria Ruiz: answer: Which wall?, 2026-11-21",
			},
		},
		{
			name: "a summary and a call for help", file: commitment("2026-12-20", promise+
				"{ on = 2026-11-20, by = \"maria\", did = \"summarize\", note = \"White\" },{ on = 2026-11-20, by = \"dev\", did = \"ask-help\", note = \"A ladder\" },"),
			want: []string{
				"this-week confirm: Dev Patel: confirm what was summed up about “The sign”, 2026-11-23",
				"waiting-on-the-client help: Maria Ruiz: help with “The sign”, 2026-11-23",
			},
		},
		{
			name: "other terms, with the date as it is", file: commitment("2026-12-20", promise+
				"{ on = 2026-11-20, by = \"dev\", did = \"renegotiate\", satisfied_when = [\"It shines\"], note = \"Rain\" },"),
			want: []string{"waiting-on-the-client decide_terms: Maria Ruiz: decide on new terms for “The sign”, 2026-11-23"},
		},
		{
			name: "changes that wait no more", file: "[[change]]\non = 2026-11-19\ntext = \"Grey\"\ndeclined = 2026-11-20\n" +
				"[[change]]\non = 2026-11-20\ntext = \"Blue\"\nagreed = 2026-11-20\n",
		},
		{
			name: "what the client confirms and rates", file: "[[check_in]]\non = 2026-11-19\nrecap = \"White\"\n[[term]]\nword = \"live\"\nmeans = \"Seen\"\n" +
				"[[pulse]]\nasked = 2026-11-19\nquestion = \"How sure are you?\"\nours = 5\n[[change]]\non = 2026-11-20\ntext = \"Grey\"\n",
			want: []string{
				"waiting-on-the-client confirm_check_in: confirm the recap: White, 2026-11-22",
				"waiting-on-the-client rate: rate: How sure are you?, 2026-11-22",
				"waiting-on-the-client change: decide on a change: Grey, 2026-11-23",
				"waiting-on-the-client confirm_term: confirm what a word means: live",
			},
		},
		{
			name: "a check-in and an update to come", file: commitment("2026-12-20", promise) +
				"[[check_in]]\non = 2026-11-19\nnext_check_in = 2026-11-24T10:00:00\n[[status]]\non = 2026-11-19\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-20\n",
			want: []string{
				"act-now update: write the update that was promised, 2026-11-20",
				"this-week check-in: hold the check-in, 2026-11-24T10:00:00",
			},
		},
		{
			name: "what was missed", file: commitment("2026-12-20", promise) +
				"[[check_in]]\non = 2026-11-10\nwith = [\"maria\"]\nnext_check_in = 2026-11-17\n[[status]]\non = 2026-11-10\nrag = \"green\"\nheadline = \"Well\"\nnext_update = 2026-11-18\n",
			want: []string{
				"act-now check-in-overdue: a check-in was due on 2026-11-17, and none was held",
				"act-now status-stale: the update promised for 2026-11-18 has not come",
			},
		},
		{
			name: "a gap and an assumption", file: "[[pulse]]\nasked = 2026-11-18\nquestion = \"How sure are you?\"\nours = 5\ntheirs = 2\nanswered = 2026-11-19\n" +
				"[[assumption]]\non = 2026-11-02\ntext = \"The wall is dry\"\n",
			want: []string{
				"act-now pulse-gap-unanswered: you scored 5 and they scored 2, and nothing says what was done about it: How sure are you?",
				"this-week assumption-unconfirmed: taken for true since 2026-11-02, and never confirmed: The wall is dry",
				"waiting-on-the-client confirm_assumption: say whether it is so: The wall is dry",
			},
		},
		{
			name: "silence", file: strings.ReplaceAll(strings.ReplaceAll(commitment("2026-12-20", promise), "2026-11-18", "2026-11-05"), "2026-11-19", "2026-11-06") +
				"[[pulse]]\nasked = 2026-11-05\nquestion = \"How sure are you?\"\nours = 5\ntheirs = 5\nanswered = 2026-11-06\n",
			want: []string{"waiting-on-the-client silent: nothing heard since 6 November (14 days): call"},
		},
		{
			name: "observations", file: "", notes: "[[observation]]\non = 2026-11-02\ntext = \"Curt\"\nnext_step = \"Ring her\"\n" +
				"[[observation]]\non = 2026-11-02\ntext = \"Curt\"\nnext_step = \"Ring him\"\ndone = 2026-11-03\n[[observation]]\non = 2026-11-02\ntext = \"Curt\"\n",
			want: []string{"this-week observation: Ring her"},
		},
		{
			name: "what is private", file: strings.Replace(commitment("2026-11-20", promise), "[[commitment]]", "[[commitment]]\nprivate = true", 1),
			want: []string{"act-now deliver: Dev Patel: deliver “The sign”, 2026-11-20"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := today.Merge(day, []today.Part{part(t, "acme", head+tt.file, tt.notes)}, nil)
			got := slices.DeleteFunc(itemLines(d), func(s string) bool { return strings.Contains(s, "not-reconfirmed") })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, i := range d.Items {
				if i.Client != "acme" || i.Name != "Acme Dental" || i.Private != (tt.notes != "") {
					t.Errorf("%+v", i)
				}
			}
		})
	}
}

// Who owes what is counted across clients, for those of provider.toml; what is late
// counts, and what is due later than in a week does not.
func TestLoads(t *testing.T) {
	late := strings.ReplaceAll(commitment("2026-11-12", `{ on = 2026-11-10, by = "dev", did = "promise" },`), "2026-11-18", "2026-11-09")
	parts := []today.Part{
		part(t, "acme", head+late+commitment("2026-11-20", promise)+commitment("2026-11-27", promise)+commitment("2026-11-28", promise), ""),
		part(t, "zinc", head+commitment("2026-11-20", promise), ""),
	}
	set := map[string]client.Check{"capacity": {Limits: map[string]int64{"per_week": 1}}}
	got := today.Merge(day, parts, set).Loads
	want := []today.Load{
		{Person: "acme/dev", Who: "Dev Patel", Owes: 3, Late: 1, Over: []civil.Date{{Year: 2026, Month: 11, Day: 16}, {Year: 2026, Month: 11, Day: 23}}},
		{Person: "zinc/dev", Who: "Dev Patel", Owes: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOf(t *testing.T) {
	d := today.Merge(day, []today.Part{part(t, "acme", head+commitment("2026-11-20", promise)+
		"[[question]]\nasked = 2026-11-18\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\n[[term]]\nword = \"live\"\nmeans = \"Seen\"\n", "")}, nil)
	for person, want := range map[string][2]int{"dev": {1, 1}, "DEV": {1, 1}, "patel": {1, 1}, "maria": {1, 0}, "acme": {0, 0}, "acme/dev": {0, 0}, " ": {0, 0}, "theo": {0, 0}} {
		one := d.OfPerson(person)
		if len(one.Items) != want[0] || len(one.Loads) != want[1] {
			t.Errorf("%q: %d items and %d loads, want %v", person, len(one.Items), len(one.Loads), want)
		}
	}
	if len(d.Items) != 3 {
		t.Errorf("the whole list has become %v", itemLines(d))
	}
}

// Of one client there is what is to do there, and by whom, with all that they owe.
func TestOfClients(t *testing.T) {
	d := today.Merge(day, []today.Part{
		part(t, "acme", head+commitment("2026-11-20", promise), ""),
		part(t, "zinc", head+commitment("2026-11-23", promise), ""),
		part(t, "iron", strings.ReplaceAll(head+commitment("2026-11-23", promise), "Patel", "Parr"), ""),
	}, nil)
	one := d.OfClients([]string{"acme"})
	if len(one.Items) != 1 || one.Items[0].Client != "acme" || len(one.Loads) != 1 || one.Loads[0].Person != "acme/dev" {
		t.Errorf("%v %+v", itemLines(one), one.Loads)
	}
}

// From its hour on, what was due today is late, if not by days.
func TestPassed(t *testing.T) {
	for due, want := range map[string]bool{"2026-11-20": false, "2026-11-20T13:00:00": false, "2026-11-20T12:00:00": true, "2026-11-19": true} {
		file := head + "[[question]]\nasked = 2026-11-18\nby = \"dev\"\nto = \"maria\"\ntext = \"Which wall?\"\nanswer_by = " + due + "\n"
		d := today.Merge(day, []today.Part{part(t, "acme", file, "")}, nil)
		if len(d.Items) != 1 || d.Items[0].Passed != want {
			t.Errorf("due %s: %+v", due, d.Items)
		}
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := today.JSON(&b, today.Merge(day, nil, nil)); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"today\": \"2026-11-20\",\n  \"until\": \"2026-11-27\",\n  \"items\": [],\n  \"loads\": []\n}\n"; b.String() != want {
		t.Errorf("an empty list is %s", b.String())
	}
	b.Reset()
	d := today.Merge(day, []today.Part{part(t, "acme", head+commitment("2026-11-20", promise), "")}, nil)
	if err := today.JSON(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"group": "act-now"`, `"kind": "deliver"`, `"client": "acme"`, `"client_name": "Acme Dental"`, `"person": "dev"`, `"person_name": "Dev Patel"`,
		`"what": "deliver “The sign”"`, `"do": ""`, `"due": "2026-11-20"`, `"days_late": 0`, `"since": "2026-11-19"`, `"file": "acme.toml"`, `"line": 9`, `"owes": 1`, `"overloaded_weeks": []`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}
