package takein

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

const file = `client = "Brindle Island Ferry"
timezone = "Europe/Berlin"

[people]
hanna = { name = "Hanna Berg", side = "client" }
theo = { name = "Theo Lind", side = "client" }
priya = { name = "Priya Nair", side = "provider" }

[[commitment]]
id = "booking"
title = "Booking"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-18, by = "priya", did = "renegotiate", due = 2026-12-04, note = "Rain" },
]

[[commitment]]
id = "draft"
title = "Draft"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-18, by = "priya", did = "deliver" },
]

[[commitment]]
id = "offer"
title = "Offer"
customer = "hanna"
performer = "priya"
moves = [{ on = 2026-11-18, by = "priya", did = "offer", due = 2026-12-10 }]

[[commitment]]
id = "texts"
title = "Texts"
customer = "priya"
performer = "hanna"
moves = [{ on = 2026-11-18, by = "priya", did = "request", due = 2026-12-01 }]

[[commitment]]
id = "photos"
title = "Photos"
customer = "priya"
performer = "hanna"
moves = [
  { on = 2026-11-01, by = "priya", did = "request", due = 2026-11-25 },
  { on = 2026-11-02, by = "hanna", did = "promise" },
]

[[commitment]]
id = "logo"
title = "Logo"
customer = "hanna"
performer = "priya"
moves = [
  { on = 2026-10-01, by = "hanna", did = "request", due = 2026-11-27 },
  { on = 2026-10-02, by = "priya", did = "promise" },
  { on = 2026-11-17, by = "priya", did = "summarize", note = "Blue it is" },
  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },
]

[[question]]
id = "harbour"
asked = 2026-11-18
by = "priya"
to = "hanna"
text = "Which harbour?"

[[change]]
id = "rope"
on = 2026-11-18
by = "priya"
text = "Two ropes"

[[check_in]]
id = "nov"
on = 2026-11-18
with = ["hanna", "priya"]
recap = "We begin in May"

[[pulse]]
id = "clear"
asked = 2026-11-18
question = "How clear is it?"

[[term]]
word = "Live"
means = "On the site"

[[assumption]]
id = "quay"
on = 2026-11-18
text = "The quay is dry"
commitment = "logo"
`

// subject is a file at noon of 21 November 2026. Its keys are the names that they are made of.
func subject(text string) Subject {
	zone, _ := time.LoadLocation("Europe/Berlin")
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, zone)
	provider := &client.Provider{Name: "Heron Works", Timezone: "Europe/Berlin"}
	return Subject{
		Source: clientfile.Source{Name: "data/clients/brindle.toml", Text: []byte(text)},
		Open: func(src clientfile.Source) (*edit.File, error) {
			return edit.Open("brindle", src, clientfile.Options{Provider: provider, Now: now}, fixed(now), true)
		},
		View: func(c *client.Client) (*portal.View, error) {
			return portal.New(c, portal.Options{
				Provider: provider, Now: now, Base: "/p/", Facts: true,
				Path:      func(kind, id string) string { return kind + "-" + id },
				StableKey: func(name string) string { return name },
			})
		},
		Now: now,
	}
}

type fixed time.Time

func (f fixed) In(zone *time.Location) time.Time { return time.Time(f).In(zone) }

var hanna = access.Credential{Person: "hanna"}

const id = "AAECAwQFBgcICQoLDA0ODw"

// said is a reply of 20 November, at half past nine in Berlin.
func said(kind, about, choice string, change ...func(*reply.Reply)) *reply.Reply {
	r := &reply.Reply{
		ID: id, Sent: time.Date(2026, 11, 20, 8, 30, 0, 0, time.UTC), About: about, Kind: kind, Choice: choice,
		Texts: map[string]string{}, Sentence: "Hanna said so.",
	}
	for _, c := range change {
		c(r)
	}
	return r
}

func seen(day string) func(*reply.Reply) {
	return func(r *reply.Reply) { d, _ := civil.ParseDate(day); r.Seen = civil.On(d) }
}

func date(day string) func(*reply.Reply) {
	return func(r *reply.Reply) { r.Date, _ = civil.ParseDate(day) }
}

func text(name, s string) func(*reply.Reply) {
	return func(r *reply.Reply) { r.Texts[name] = s }
}

func mustJudge(t testing.TB, s string, r *reply.Reply, by access.Credential) Judgement {
	t.Helper()
	j, err := Judge(subject(s), r, by, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

const via = `, via = "` + id + ` 2026-11-21" }`

// answers are all kinds of reply, with the line that each adds. late says that it cannot be made
// any more once something else was said to the same; closed is what ends its commitment.
var answers = map[string]struct {
	reply *reply.Reply
	want  []string
	late  bool
	// closed is the commitment that, once withdrawn, takes no such answer any more.
	closed string
}{
	"agrees to a date": {
		said("decide_due", "todo/move/decide/booking", "yes_due", seen("2026-12-04")),
		[]string{`{ on = 2026-11-20, by = "hanna", did = "agree"` + via},
		true, "booking",
	},
	"asks for another date": {
		said("decide_due", "todo/move/decide/booking", "date", seen("2026-12-04"), date("2026-12-11"), text("word", "Rather then")),
		[]string{`{ on = 2026-11-20, by = "hanna", did = "counter", due = 2026-12-11, note = "Rather then"` + via},
		true, "booking",
	},
	"keeps the date": {
		said("decide_due", "todo/move/decide/booking", "keep_due", seen("2026-12-04"), text("word", "No")),
		[]string{`did = "decline", note = "No"` + via},
		true, "booking",
	},
	"agrees to an offer": {
		said("agree_due", "todo/move/agree/offer", "yes_due", seen("2026-12-10")),
		[]string{`did = "agree"` + via},
		true, "offer",
	},
	"wants other terms": {
		said("agree_due", "todo/move/agree/offer", "terms", seen("2026-12-10"), text("word", "Cheaper")),
		[]string{`did = "counter", note = "Cheaper"` + via},
		true, "offer",
	},
	"promises": {
		said("promise", "todo/move/promise/texts", "promise", seen("2026-12-01"), date("2026-12-02")),
		[]string{`did = "promise", due = 2026-12-02` + via},
		true, "texts",
	},
	"cannot": {
		said("promise", "todo/move/promise/texts", "cannot", seen("2026-12-01"), text("word", "Ill")),
		[]string{`did = "decline", note = "Ill"` + via},
		true, "texts",
	},
	"accepts": {
		said("accept", "todo/move/accept/draft", "accept", text("met", "All"), text("missing", "Rope"), text("thanks", "Thank you"),
			text("together", "We both"), text("improve", "Sooner")),
		[]string{`did = "accept", met = "All", unmet = "Rope", thanks = "Thank you", co_created = "We both", improve = "Sooner"` + via},
		true, "draft",
	},
	"sends back": {
		said("accept", "todo/move/accept/draft", "back", date("2026-12-01"), text("word", "Too small")),
		[]string{`did = "reject", due = 2026-12-01, note = "Too small"` + via},
		true, "draft",
	},
	"delivers": {
		said("deliver", "todo/move/deliver/photos", "here", text("word", "By mail")),
		[]string{`did = "deliver", note = "By mail"` + via},
		true, "photos",
	},
	"delivers later": {
		said("deliver", "todo/move/deliver/photos", "later", date("2026-12-01"), text("word", "Fog")),
		[]string{`did = "renegotiate", due = 2026-12-01, note = "Fog"` + via},
		false, "photos",
	},
	"says no to an offer": {
		said("agree_due", "todo/move/agree/offer", "no", seen("2026-12-10"), text("word", "Not this year")),
		[]string{`did = "decline", note = "Not this year"` + via},
		true, "offer",
	},
	"says by when the answer comes": {
		said("agree_due", "todo/move/agree/offer", "answer_by", seen("2026-12-10"), date("2026-11-27")),
		[]string{`did = "commit-to-commit", answer_by = 2026-11-27` + via},
		false, "offer",
	},
	"asks for help with what they promised": {
		said("commitment", "commitment-photos", "ask_help", text("word", "A ladder")),
		[]string{`did = "ask-help", note = "A ladder"` + via},
		false, "photos",
	},
	"takes a promise back": {
		said("commitment", "commitment-photos", "revoke", text("word", "Ill")),
		[]string{`did = "revoke", note = "Ill"` + via},
		false, "photos",
	},
	"answers": {
		said("answer", "todo/move/answer/logo", "", text("word", "Dark")),
		[]string{`did = "answer", note = "Dark"` + via},
		true, "logo",
	},
	"confirms": {
		said("confirm", "todo/move/confirm/logo/2", "said"),
		[]string{`did = "confirm"` + via},
		true, "logo",
	},
	"corrects": {
		said("confirm", "todo/move/confirm/logo/2", "not_quite", text("word", "Green")),
		[]string{`did = "correct", note = "Green"` + via},
		false, "logo",
	},
	"says no to a summary": {
		said("confirm", "todo/move/confirm/logo/2", "not_said", text("word", "We never spoke of it")),
		[]string{`did = "correct", note = "We never spoke of it"` + via},
		false, "logo",
	},
	"answers a question": {
		said("answer", "todo/question/answer/harbour", "", text("word", "The old one")),
		[]string{"answered = 2026-11-20\nanswer = \"The old one\"\nvia = \"" + id + " 2026-11-21\""},
		true, "",
	},
	"agrees to a change": {
		said("change", "todo/change/decide/rope", "yes"),
		[]string{"agreed = 2026-11-20", "via = "},
		true, "",
	},
	"wants a change otherwise": {
		said("change", "todo/change/decide/rope", "terms", text("word", "Three")),
		[]string{"about = \"Two ropes: Three\""},
		false, "",
	},
	"declines a change": {
		said("change", "todo/change/decide/rope", "no", text("word", "One will do")),
		[]string{"declined = 2026-11-20", "[[message]]\nreceived = 2026-11-20T09:30:00\nby = \"hanna\"\nabout = \"Two ropes: One will do\""},
		true, "",
	},
	"confirms a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "said"),
		[]string{"confirmed = 2026-11-20", "via = "},
		true, "",
	},
	"corrects a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "not_quite", text("word", "In June")),
		[]string{"about = \"We begin in May: In June\""},
		false, "",
	},
	"says no to a recap": {
		said("confirm_check_in", "todo/check-in/confirm/nov", "not_said", text("word", "We never spoke of it")),
		[]string{"about = \"We begin in May: We never spoke of it\""},
		false, "",
	},
	"rates": {
		said("rate", "todo/pulse/rate/clear", "rate_4", text("word", "Mostly")),
		[]string{"theirs = 4", "answered = 2026-11-20", "about = \"How clear is it? Mostly\""},
		true, "",
	},
	"means the same": {
		said("confirm_term", "todo/term/confirm/Live", "means"),
		[]string{"confirmed = 2026-11-20", "via = "},
		true, "",
	},
	"means something else": {
		said("confirm_term", "todo/term/confirm/Live", "means_else", text("word", "In the shop")),
		[]string{"about = \"Live: In the shop\""},
		false, "",
	},
	"does not use a word": {
		said("confirm_term", "todo/term/confirm/Live", "not_ours", text("word", "We say open")),
		[]string{"about = \"Live: We say open\""},
		false, "",
	},
	"confirms an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "so"),
		[]string{"commitment = \"logo\"\nconfirmed = 2026-11-20\nconfirmed_by = \"hanna\"\nvia = "},
		true, "logo",
	},
	"corrects an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "not_quite", text("word", "Only at low tide")),
		[]string{"about = \"The quay is dry: Only at low tide\"\ncommitment = \"logo\"\nvia = "},
		false, "logo",
	},
	"says no to an assumption": {
		said("confirm_assumption", "todo/assumption/confirm/quay", "not_so", text("word", "It floods")),
		[]string{"commitment = \"logo\"\nwrong = 2026-11-20\nvia = ", "about = \"The quay is dry: It floods\"\ncommitment = \"logo\"\nvia = "},
		true, "logo",
	},
	"asks": {
		said("commitment", "commitment-draft", "ask", text("word", "How?")),
		[]string{`did = "ask", note = "How?"` + via},
		false, "draft",
	},
	"asks for a new date": {
		said("commitment", "commitment-photos", "new_date", date("2026-12-01"), text("word", "Fog")),
		[]string{`did = "renegotiate", due = 2026-12-01, note = "Fog"` + via},
		false, "photos",
	},
	"says how it goes": {
		said("commitment", "commitment-photos", "progress", text("word", "Half")),
		[]string{`did = "progress", note = "Half"` + via},
		false, "photos",
	},
	"withdraws": {
		said("commitment", "commitment-booking", "withdraw", text("word", "Not now")),
		[]string{`did = "withdraw", note = "Not now"` + via},
		false, "booking",
	},
	"asks for something new": {
		said("new", "", "", date("2026-12-20"), text("outcome", "A *new* sign"), text("delivered", "By ferry"),
			text("told", "Call me"), text("between", "A sketch"), text("wrong", "Wind")),
		[]string{
			"title = \"A new sign\"\ncustomer = \"hanna\"\nperformer = \"priya\"\noutcome = \"A \\\\*new\\\\* sign\"",
			`{ on = 2026-11-20, by = "hanna", did = "request", due = 2026-12-20, note = "A sketch\n\nWind"` + via,
		},
		false, "",
	},
	"writes": {
		said("message", "", "urgent", text("word", "Call me")),
		[]string{"received = 2026-11-20T09:30:00\nby = \"hanna\"\nabout = \"Call me\"\nurgent = true\nvia = \"" + id + " 2026-11-21\""},
		false, "",
	},
}

func TestEachReplyBecomesOneFact(t *testing.T) {
	for name, a := range answers {
		j := mustJudge(t, file, a.reply, hanna)
		if j.Change == nil || j.Who != "Hanna Berg" || j.Said || len(j.Doubts) > 0 {
			t.Errorf("%s: refused: %s (%s), doubts %v", name, j.Refused, j.Hint, j.Doubts)
			continue
		}
		for _, want := range a.want {
			if !strings.Contains(string(j.Change.New), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, j.Change.Diff())
			}
		}
	}
}

// other is r with another id: a second reply to the same.
func other(r *reply.Reply) *reply.Reply {
	o := *r
	o.ID = "BBECAwQFBgcICQoLDA0ODw"
	return &o
}

// TestLateReplies holds each kind of reply against each state in which it can arrive late.
func TestLateReplies(t *testing.T) {
	for name, a := range answers {
		j := mustJudge(t, file, a.reply, hanna)
		if j.Change == nil {
			continue // TestEachReplyBecomesOneFact tells
		}
		after := string(j.Change.New)

		again := mustJudge(t, after, a.reply, hanna)
		if !again.Taken || again.Change != nil {
			t.Errorf("%s, a second time: %+v", name, again)
		}
		second := mustJudge(t, after, other(a.reply), hanna)
		if a.late && (second.Change != nil || !strings.Contains(second.Refused, "Hanna")) {
			t.Errorf("%s, after another answer to the same: %q", name, second.Refused)
		}
		gone := mustJudge(t, file, a.reply, access.Credential{Person: "bo"})
		if gone.Change != nil || !strings.Contains(gone.Refused, "not among the client's people") {
			t.Errorf("%s, of a person who was removed: %q", name, gone.Refused)
		}
		ended := access.Credential{Link: &access.Link{Expires: time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)}}
		if by := mustJudge(t, file, a.reply, ended); by.Change != nil || !strings.Contains(by.Refused, "a link that ended") {
			t.Errorf("%s, by a link that ended: %q", name, by.Refused)
		}
		if a.closed != "" {
			if closed := mustJudge(t, withdrawn(a.closed), a.reply, hanna); closed.Change != nil || closed.Refused == "" {
				t.Errorf("%s, after %s was withdrawn: %v", name, a.closed, closed.Change)
			}
		}
		moved := strings.Replace(file, "client = ", "# a comment\nclient = ", 1)
		moved = strings.ReplaceAll(moved, "moves = [\n", "moves = [\n  # nothing\n")
		if edited := mustJudge(t, moved, a.reply, hanna); edited.Change == nil {
			t.Errorf("%s, with the file edited in between: %q", name, edited.Refused)
		}
	}
}

// withdrawn is the file after the customer has withdrawn a commitment on 21 November.
func withdrawn(commitment string) string {
	at := strings.Index(file, `id = "`+commitment+`"`)
	rest := file[at:]
	by := map[bool]string{true: "hanna", false: "priya"}[strings.Contains(rest[:strings.Index(rest, "moves")], `customer = "hanna"`)]
	move := fmt.Sprintf("{ on = 2026-11-21, by = %q, did = \"withdraw\" }]", by)
	end := strings.Index(rest, "]\n")
	before := strings.TrimRight(rest[:end], ", \n")
	return file[:at] + before + ",\n  " + move + rest[end+1:]
}

func TestWhatIsNoLongerOnTheTable(t *testing.T) {
	replaced := strings.Replace(file, `note = "Rain" },`, `note = "Rain" },
  { on = 2026-11-21, by = "priya", did = "renegotiate", due = 2026-12-11, note = "More rain" },`, 1)
	j := mustJudge(t, replaced, answers["agrees to a date"].reply, hanna)
	for _, want := range []string{"Hanna said so", "2026-11-20", "Priya's renegotiate of 2026-11-21", "2026-12-11 is on the table"} {
		if j.Change != nil || !strings.Contains(j.Refused, want) {
			t.Errorf("%q does not say %q", j.Refused, want)
		}
	}
	if !strings.Contains(j.Hint, "portalgen move brindle booking") {
		t.Errorf("the hint is %q", j.Hint)
	}
	without := strings.Replace(file, `id = "offer"`, `id = "other"`, 1)
	if j := mustJudge(t, without, answers["agrees to an offer"].reply, hanna); !strings.Contains(j.Refused, "not there any more") {
		t.Errorf("of a commitment that is gone: %q", j.Refused)
	}
}

// TestReplyStandsInItsPlace puts what was said on the 20th before what was written down of the 21st.
func TestReplyStandsInItsPlace(t *testing.T) {
	later := strings.Replace(file, `note = "Rain" },`, `note = "Rain" },
  { on = 2026-11-21, by = "priya", did = "progress", note = "Dry again" },`, 1)
	j := mustJudge(t, later, answers["agrees to a date"].reply, hanna)
	if j.Change == nil {
		t.Fatal(j.Refused)
	}
	if moves := j.Change.Client.Commitments[0].Moves; moves[3].Did != "agree" || moves[4].Did != "progress" {
		t.Errorf("the moves are %v", moves)
	}
}

func TestWhoCameByALink(t *testing.T) {
	link := access.Credential{Link: &access.Link{}}
	by := func(name string) *reply.Reply {
		return said("decide_due", "todo/move/decide/booking", "yes_due", seen("2026-12-04"), func(r *reply.Reply) { r.By = name })
	}
	j := mustJudge(t, file, by("theo"), link)
	if j.Change == nil || !j.Said || j.Who != "Theo Lind" || len(j.Doubts) != 1 || strings.Contains(string(j.Change.New), "called") {
		t.Errorf("a person of the file: %+v", j)
	}
	for _, name := range []string{"theo lind", "Theo"} { // a page of its own link has no list of people
		if j = mustJudge(t, file, by(name), link); j.Change == nil || j.Who != "Theo Lind" || len(j.Doubts) != 1 {
			t.Errorf("%s: %+v", name, j)
		}
	}
	j = mustJudge(t, file, by("Jo"), link)
	if j.Change == nil || j.Who != "Jo" || len(j.Doubts) != 1 || !strings.Contains(string(j.Change.New), `by = "hanna", did = "agree", via = "`+id+` 2026-11-21", called = "Jo"`) {
		t.Errorf("somebody else: %+v", j)
	}
	if j = mustJudge(t, file, by("\u2069\u202eJo"), link); j.Change == nil || !strings.Contains(string(j.Change.New), `called = "Jo"`) {
		t.Errorf("a name that turns the sentence: %s", j.Change.Diff())
	}
	asks := said("new", "", "", text("outcome", "A \u202enew\u2069 sign"))
	if j = mustJudge(t, file, asks, hanna); j.Change == nil || !strings.Contains(string(j.Change.New), `title = "A new sign"`) {
		t.Errorf("a title that turns the sentence: %s", j.Change.Diff())
	}
	asks = said("new", "", "", text("outcome", "\u200b\u00ad"))
	if j = mustJudge(t, file, asks, hanna); j.Change == nil || !strings.Contains(string(j.Change.New), `title = "…"`) {
		t.Errorf("a title that does not show: %s", j.Change.Diff())
	}
	unseen := strings.Replace(file, "[people]\n", "[people]\nzora = { name = \"Zora\", side = \"client\", private = true }\n", 1)
	for _, name := range []string{"zora", "Zora"} {
		j = mustJudge(t, unseen, by(name), link)
		if j.Change == nil || j.Who != name || !strings.Contains(string(j.Change.New), `called = "`+name+`"`) {
			t.Errorf("%s, whom no page shows: %+v", name, j)
		}
	}
	if j = mustJudge(t, file, by("priya"), link); j.Change == nil || j.Who != "priya" || len(j.Doubts) != 1 {
		t.Errorf("a person of the provider's: %+v", j)
	}
}

func TestClocks(t *testing.T) {
	at := func(s string) time.Time { v, _ := time.Parse(time.RFC3339, s); return v }
	for _, tt := range []struct{ sent, came, on, doubt string }{
		{"2026-11-20T23:30:00Z", "", "2026-11-21T00:30:00", ""},
		{"2026-11-20T09:30:00+09:00", "2026-11-20T00:30:02Z", "2026-11-20T01:30:00", ""},
		{"2026-11-25T09:30:00Z", "", "2026-11-21T12:00:00", "clock of the device is wrong"},
		{"2026-11-20T12:30:00Z", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00", "clock of the device is wrong"},
		{"2026-11-20T23:02:00Z", "2026-11-20T22:59:30Z", "2026-11-20T23:59:00", ""}, // not yet the next day
		{"2026-11-18T09:30:00Z", "2026-11-20T09:30:00Z", "2026-11-18T10:30:00", "offline"},
		{"2026-11-19T22:30:00Z", "2026-11-20T08:30:00Z", "2026-11-19T23:30:00", "offline"}, // the day before
		{"2026-11-20T08:30:00Z", "2026-11-20T09:30:00Z", "2026-11-20T09:30:00", "offline"}, // when a message counts from
		{"2026-11-20T08:30:00Z", "2026-11-20T08:34:00Z", "2026-11-20T09:30:00", ""},
		{"2026-11-14T12:30:00Z", "", "2026-11-14T13:30:00", ""},
		{"2026-11-14T09:30:00Z", "", "2026-11-14T10:30:00", "on its way for long"},
	} {
		r := said("message", "", "", text("word", "Hi"))
		r.Sent = at(tt.sent)
		var came time.Time
		if tt.came != "" {
			came = at(tt.came)
		}
		j, err := Judge(subject(file), r, hanna, came)
		if err != nil || j.Change == nil || j.On.String() != tt.on || (tt.doubt == "") != (len(j.Doubts) == 0) ||
			tt.doubt != "" && !strings.Contains(j.Doubts[0], tt.doubt) {
			t.Errorf("%+v: on %s, doubts %v, %v", tt, j.On, j.Doubts, err)
		}
	}
}

// An answer to what was asked for once more, so lately that it may be to what was asked before, is to be
// thought about.
func TestWhatWasAskedOnceMore(t *testing.T) {
	const ask, deliver = `  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },
`, `  { on = 2026-11-18, by = "priya", did = "deliver" },
`
	for _, tt := range []struct {
		reply                *reply.Reply
		first, answer, again string
	}{
		{said("answer", "todo/move/answer/logo", "", text("word", "Navy")), ask, "answer", "ask"},
		{said("accept", "todo/move/accept/draft", "accept"), deliver, "reject", "deliver"},
	} {
		for day, want := range map[string]int{"2026-11-18": 0, "2026-11-19": 1, "2026-11-20": 1} {
			again := fmt.Sprintf(`  { on = 2026-11-18, by = "hanna", did = %q, note = "By phone" },
  { on = %s, by = "priya", did = %q, note = "Anew" },
`, tt.answer, day, tt.again)
			j := mustJudge(t, strings.Replace(file, tt.first, tt.first+again, 1), tt.reply, hanna)
			if j.Change == nil || len(j.Doubts) != want {
				t.Errorf("%s once more on %s: refused %q, doubts %v", tt.again, day, j.Refused, j.Doubts)
			}
		}
		if j := mustJudge(t, file, tt.reply, hanna); j.Change == nil || len(j.Doubts) > 0 {
			t.Errorf("%s: refused %q, doubts %v", tt.again, j.Refused, j.Doubts)
		}
	}
}

// versioned is a reply to what a page shows of a file.
func versioned(t *testing.T, r *reply.Reply, shows string) *reply.Reply {
	t.Helper()
	s := subject(shows)
	f, err := s.Open(s.Source)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.View(f.Client())
	if err != nil {
		t.Fatal(err)
	}
	one := *r
	if w := portal.Todo(v, r.About); w != nil {
		one.Version = w.Version()
	}
	return &one
}

// otherVersions are, by what is answered, files in which the same waits in another version: asked by another
// move, in other words, for another date, or on other conditions. Another date on the table is refused,
// whatever else is to be thought about.
var otherVersions = map[string][]struct {
	old, new string
	refused  bool
}{
	"todo/move/decide/booking": {
		{old: `"Rain"`, new: `"Snow"`},
		{old: `note = "Rain" },`, new: "note = \"Rain\" },\n  { on = 2026-11-18, by = \"priya\", did = \"renegotiate\", due = 2026-12-04, note = \"Rain\" },"},
		{old: "due = 2026-12-04", new: "due = 2026-12-11", refused: true},
		{old: `note = "Rain" },`, new: `note = "Rain", satisfied_when = ["It is dry"] },`},
	},
	"todo/move/agree/offer": {
		{old: `did = "offer",`, new: `did = "offer", note = "Dearer",`},
		{old: "due = 2026-12-10 }]", new: `due = 2026-12-10 },
  { on = 2026-11-18, by = "hanna", did = "counter", due = 2026-12-09 },
  { on = 2026-11-18, by = "priya", did = "counter", due = 2026-12-10 }]`},
		{old: "due = 2026-12-10", new: "due = 2026-12-11", refused: true},
		{old: `did = "offer",`, new: `did = "offer", satisfied_when = ["It hangs"],`},
	},
	"todo/move/promise/texts": {
		{old: "due = 2026-12-01", new: `due = 2026-12-01, note = "All"`},
		{old: "due = 2026-12-01 }]", new: "due = 2026-12-01 },\n  { on = 2026-11-18, by = \"priya\", did = \"request\", due = 2026-12-01 }]"},
		{old: "due = 2026-12-01", new: "due = 2026-12-03", refused: true},
		{old: "due = 2026-12-01", new: `due = 2026-12-01, satisfied_when = ["In Norse"]`},
	},
	"todo/move/accept/draft": {
		{old: `did = "deliver" }`, new: `did = "deliver", note = "Anew" }`},
		{old: `did = "deliver" },`, new: `did = "deliver" },
  { on = 2026-11-18, by = "hanna", did = "reject", note = "Small" },
  { on = 2026-11-18, by = "priya", did = "deliver" },`},
		{old: `on = 2026-11-18, by = "priya", did = "deliver"`, new: `on = 2026-11-19, by = "priya", did = "deliver"`},
	},
	"todo/move/answer/logo": {
		{old: "Which blue?", new: "Which red?"},
		{old: `note = "Which blue?" },`, new: `note = "Which blue?" },
  { on = 2026-11-18, by = "hanna", did = "answer", note = "Dark" },
  { on = 2026-11-18, by = "priya", did = "ask", note = "Which blue?" },`},
		{old: `on = 2026-11-18, by = "priya", did = "ask"`, new: `on = 2026-11-19, by = "priya", did = "ask"`},
	},
	"todo/move/confirm/logo/2":     {{old: "Blue it is", new: "Red it is"}},
	"todo/question/answer/harbour": {{old: "Which harbour?", new: "Which pier?"}},
	"todo/change/decide/rope":      {{old: "Two ropes", new: "Three ropes"}, {old: `"Two ropes"`, new: "\"Two ropes\"\neffect = \"A day more\""}},
	"todo/check-in/confirm/nov":    {{old: "in May", new: "in July"}},
	"todo/pulse/rate/clear":        {{old: "How clear is it?", new: "How dear is it?"}},
	"todo/term/confirm/Live":       {{old: "On the site", new: "On the shop"}},
	"todo/assumption/confirm/quay": {{old: "The quay is dry", new: "The quay is wet"}},
	"todo/move/deliver/photos":     nil, // a promise of their own has one version
}

// TestAnotherVersion holds each kind of answer against each other version of what it answers, and against
// files in which it is the same.
func TestAnotherVersion(t *testing.T) {
	same := strings.NewReplacer(`title = "Booking"`, `title = "Bookings"`,
		`note = "Rain" },`, "note = \"Rain\" },\n  { on = 2026-11-19, by = \"priya\", did = \"progress\", note = \"Dry\" },").Replace(file)
	for name, a := range answers {
		r := versioned(t, a.reply, file)
		if r.Version == "" {
			continue // nothing that waits is answered
		}
		for _, text := range []string{file, same} {
			if j := mustJudge(t, text, r, hanna); j.Change == nil || len(j.Doubts) > 0 {
				t.Errorf("%s, of the same: refused %q, doubts %q", name, j.Refused, j.Doubts)
			}
		}
		others, known := otherVersions[a.reply.About]
		if !known {
			t.Errorf("%s: there is no other version of %s", name, a.reply.About)
		}
		for _, other := range others {
			if !strings.Contains(file, other.old) {
				t.Fatalf("the file has no %q", other.old)
			}
			j := mustJudge(t, strings.Replace(file, other.old, other.new, 1), r, hanna)
			if (j.Change == nil) != other.refused || len(j.Doubts) != 1 || !strings.Contains(j.Doubts[0], "changed since") ||
				other.refused && !strings.Contains(j.Refused, "is on the table") {
				t.Errorf("%s, with %s: refused %q, doubts %q", name, other.new, j.Refused, j.Doubts)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for want, r := range map[string]*reply.Reply{
		"no answer that this program knows": said("decide_due", "todo/move/decide/booking", "later_maybe", seen("2026-12-04")),
		"names no date":                     said("decide_due", "todo/move/decide/booking", "date", seen("2026-12-04")),
		"it lacks note":                     said("commitment", "commitment-photos", "new_date", date("2026-12-01")),
		"cannot deliver now, only: ":        said("commitment", "commitment-booking", "deliver", text("word", "Here")),
		"it is empty":                       said("message", "", "normal"),
		"does not say what is asked for":    said("new", "", "", text("wrong", "All")),
		"not there any more":                said("decide_due", "todo/move/decide/nothing", "yes_due"),
		"it answers is not there any more":  said("confirm_assumption", "todo/assumption/confirm/of-another-client", "so"),
		`"rate_" is no answer to`:           said("rate", "todo/pulse/rate/clear", "rate_"),
		"is no answer to":                   said("confirm_assumption", "todo/assumption/confirm/quay", "rate_5"),
		"is not there any more":             said("commitment", "commitment-nothing", "ask", text("word", "?")),
	} {
		if j := mustJudge(t, file, r, hanna); j.Change != nil || !strings.Contains(j.Refused, want) {
			t.Errorf("%q is not in %q", want, j.Refused)
		}
	}
}

// FuzzReplyIntoFile holds that, whatever a client writes in whichever kind of reply, the file reads again
// as with a plain word in its place, and the page shows all of the text as it was typed.
func FuzzReplyIntoFile(f *testing.F) {
	names := slices.Sorted(maps.Keys(answers))
	for i, s := range []string{
		"yes", "*a* <b>b</b>", "\"\"\"\n'''", "]\n[[commitment]]\nid=1", "\\u0000 \\", "https://example.com | a@b.c", "# no\n- no\n1. no",
		"\u202eevil", strings.Repeat("long ", 400), "0) 00",
	} {
		for n := range names {
			if i == 0 || n%4 == i%4 || s == "0) 00" {
				f.Add(s, uint8(n))
			}
		}
	}
	f.Fuzz(func(t *testing.T, typed string, n uint8) {
		content := fmt.Sprintf(`{"id":%q,"at":"2026-11-20T09:30:00+01:00","kind":"message","texts":{"word":%s}}`, id, quoteJSON(typed))
		r, err := reply.Parse([]byte(content))
		if err != nil || r.Text("word") == "" {
			return
		}
		want := r.Text("word")
		name := names[int(n)%len(names)]
		got, plain := withTexts(t, name, want), withTexts(t, name, "zqword")
		if len(got) != len(plain) {
			t.Fatalf("%s of %q: the file reads as\n%q\nand not as\n%q", name, want, got, plain)
		}
		for i, line := range plain {
			field, value, _ := strings.Cut(line, "=")
			switch {
			case !strings.Contains(line, "zqword"):
				if got[i] != line {
					t.Fatalf("%s of %q: %s is %s", name, want, line, got[i])
				}
			case strings.Contains(line, ".Title="), strings.Contains(line, ".ID="): // made of it
			default:
				text, ok := strings.CutPrefix(got[i], field+"=")
				shown, typed := shows(text), strings.ReplaceAll(shows(value), "zqword", want)
				if !ok || words(shown) != words(typed) {
					t.Fatalf("%s: %q shows as %q", name, typed, shown)
				}
			}
		}
	})
}

// words is a text with each run of white space as one.
func words(s string) string { return strings.Join(strings.FieldsFunc(s, isBlank), " ") }

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// withTexts returns all that a client's file says, line by line, after a kind of reply with a text in
// the place of each of its own was written into it.
func withTexts(t *testing.T, name, text string) []string {
	t.Helper()
	one := *answers[name].reply
	one.Texts = map[string]string{}
	for key := range answers[name].reply.Texts {
		one.Texts[key] = text
	}
	j := mustJudge(t, file, &one, hanna)
	if j.Change == nil {
		t.Fatalf("%s of %q: %s", name, text, j.Refused)
	}
	c, ps := clientfile.Client("brindle", clientfile.Source{Name: "b.toml", Text: j.Change.New}, clientfile.Options{})
	if ps.Err() != nil {
		t.Fatalf("%s of %q: %v", name, text, ps)
	}
	return lines(reflect.ValueOf(*c), "")
}

// lines returns each value in v as a line, without the places in the file and what is derived.
func lines(v reflect.Value, name string) []string {
	switch at := v.Interface().(type) {
	case diag.Pos, client.Replay:
		return nil
	case fmt.Stringer:
		return []string{name + "=" + at.String()}
	}
	var all []string
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return lines(v.Elem(), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				all = append(all, lines(v.Field(i), name+"."+f.Name)...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, lines(v.Index(i), fmt.Sprintf("%s[%d]", name, i))...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			all = append(all, lines(v.MapIndex(key), fmt.Sprintf("%s[%v]", name, key))...)
		}
		slices.Sort(all)
	default:
		all = []string{fmt.Sprintf("%s=%v", name, v)}
	}
	return all
}

func quoteJSON(s string) string {
	b, _ := json.Marshal(s) // a text can always be written
	return string(b)
}

// shows returns what a page shows of a text that has no elements but paragraphs and line breaks.
func shows(text string) string {
	s := string(portal.Text(text).HTML())
	return html.UnescapeString(strings.NewReplacer("<p>", "", "</p>", "", "<br>", "").Replace(s))
}
