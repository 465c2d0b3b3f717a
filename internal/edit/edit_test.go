package edit_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
)

// The moment of all edits here: the 20th, and already the 21st in Tokyo.
var now = time.Date(2026, 11, 20, 17, 12, 30, 0, time.UTC)

type clock time.Time

func (c clock) In(loc *time.Location) time.Time { return time.Time(c).In(loc) }

const head = `client = "Acme"
[people]
maria = { name = "Maria Ruiz", side = "client" }
theo  = { name = "Theo Lund", side = "client" }
dev   = { name = "Dev Patel", side = "provider" }
`

const booking = head + `
[[commitment]]
id        = "booking"
title     = "Online booking"
customer  = "maria"
performer = "dev"
moves = [
  { on = 2026-11-02, by = "maria", did = "request", due = 2026-11-18 },
  { on = 2026-11-03, by = "dev",   did = "promise" },
]

  [[commitment.deliverable]]
  title = "Prototype"
  due   = 2026-11-10

[[commitment]]
id = "photos"
title = "Photos of the rooms"
customer = "dev"
performer = "theo"
moves = [ { on = 2026-11-02, by = "dev", did = "request", due = 2026-12-16 } ]
`

func options() clientfile.Options {
	return clientfile.Options{Now: now, Provider: &client.Provider{Name: "North", Timezone: "Europe/London"}}
}

func open(t testing.TB, text string) *edit.File {
	t.Helper()
	f, err := edit.Open("acme", clientfile.Source{Name: "data/clients/acme.toml", Text: []byte(text)}, options(), clock(now), true)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// filled returns the change of a form that was set to key, value, key, value, …
func filled(t testing.TB, fm *edit.Form, set ...string) (*edit.Change, error) {
	t.Helper()
	for i := 0; i < len(set); i += 2 {
		if err := fm.Set(set[i], set[i+1]); err != nil {
			return nil, err
		}
	}
	if err := fm.Fill(false); err != nil {
		t.Fatal(err)
	}
	return fm.Change()
}

// lines returns what a change adds.
func lines(c *edit.Change) string {
	var b strings.Builder
	for line := range strings.Lines(c.Diff()) {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") {
			b.WriteString(line[1:])
		}
	}
	return b.String()
}

func TestMove(t *testing.T) {
	for _, tt := range []struct {
		name, commitment, part, did string
		set                         []string
		want                        string
	}{
		{"by the one who may", "booking", "", "deliver", nil, "  { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n"},
		{"by a part of the title", "ROOMS", "", "promise", []string{"by", "theo"}, ""},
		{"either may, so it is said", "booking", "", "renegotiate", []string{"by", "Dev", "due", "+14", "note", "Late"}, "  { on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2026-12-04, note = \"Late\" },\n"},
		{"an earlier day", "booking", "", "deliver", []string{"on", "yesterday"}, "  { on = 2026-11-19, by = \"dev\", did = \"deliver\" },\n"},
		{"interim, by number", "booking", "1", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its own title", "proto", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its own id", "2026-11-10", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by both ids", "booking/2026-11-10", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by a part of both", "onl/proto", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"interim, by its number beside a part", "Online/1", "", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
		{"one condition more", "booking", "", "renegotiate", []string{"by", "maria", "also", "In two languages", "note", "For guests"}, "  { on = 2026-11-20, by = \"maria\", did = \"renegotiate\", also = [\"In two languages\"], note = \"For guests\" },\n"},
		{"with what is on the way", "booking", "", "renegotiate", []string{"by", "dev", "due", "+14", "with_interim", "true", "note", "Ill"}, "  { on = 2026-11-20, by = \"dev\", did = \"renegotiate\", due = 2026-12-04, with_interim = true, note = \"Ill\" },\n"},
		{"interim, by title", "booking", "proto", "deliver", nil, "  moves = [\n    { on = 2026-11-20, by = \"dev\", did = \"deliver\" },\n  ]\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, booking).Move(tt.commitment, tt.part, tt.did)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, tt.set...)
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(c); tt.want != "" && got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestMoveIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, commitment, part, did string
		set                         []string
		want                        string
	}{
		{"no such commitment", "boking", "", "deliver", nil, "did you mean \"booking\"? There are:\n  booking           Online booking\n  photos"},
		{"either of two", "oo", "", "deliver", nil, "may be any of these"},
		{"a commitment or a result", "o", "", "deliver", nil, "  booking/2026-11-10  Prototype"},
		{"an interim result misspelt", "prototipe", "", "deliver", nil, "did you mean \"Prototype\"?"},
		{"no such interim result", "booking", "2", "deliver", nil, "booking has no such interim result; it has 1"},
		{"no such number", "booking/2", "", "deliver", nil, "booking has no such interim result; it has 1"},
		{"none of that title", "booking", "sketch", "deliver", nil, "no such interim result of booking"},
		{"none there", "photos", "sketch", "deliver", nil, "no interim result of photos here yet"},
		{"the other side", "booking", "", "deliver", []string{"by", "maria"}, "the customer cannot deliver now"},
		{"not now", "booking", "", "accept", nil, "nobody can accept now"},
		{"no move at all", "booking", "", "delivered", nil, "\"delivered\" is not a move"},
		{"nobody", "booking", "", "deliver", []string{"by", "marai"}, "Did you mean \"maria\"?"},
		{"no date", "booking", "", "deliver", []string{"on", "soon"}, "\"soon\" is not a date"},
		{"an empty note", "booking", "", "deliver", []string{"note", ""}, "note cannot be empty"},
		{"no note", "booking", "", "revoke", nil, "revoke needs a note"},
		{"the future", "booking", "", "deliver", []string{"on", "+2"}, "has not come yet"},
		{"before the last", "booking", "", "deliver", []string{"on", "2026-11-02"}, "earlier than"},
		{"no such key", "booking", "", "deliver", []string{"rag", "red"}, "there is no rag here"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, booking).Move(tt.commitment, tt.part, tt.did)
			if err == nil {
				_, err = filled(t, fm, tt.set...)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// Nobody of the client's side is taken for the one who made a move, and who is asked for it gets
// the last of the provider's side to begin with, if that side may.
func TestWhoMadeTheMove(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	proposed := strings.Replace(booking, end, end+"  { on = 2026-11-04, by = \"ida\", did = \"renegotiate\", due = 2026-12-04, note = \"Ill\" },\n", 1)
	for name, tt := range map[string]struct {
		text, did, taken, offered, choices string
	}{
		"the provider's side alone": {booking, "deliver", "dev", "", ""},
		"either":                    {booking, "progress", "", "dev", "dev ida maria theo"},
		"either, after another":     {proposed, "progress", "", "ida", "dev ida maria theo"},
		"the client's side alone":   {proposed, "counter", "", "maria", "maria theo"},
		"nobody":                    {booking, "accept", "dev", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tt.text = strings.Replace(tt.text, "[people]\n", "[people]\nida = { name = \"Ida\", side = \"provider\" }\n", 1)
			for _, attended := range []bool{false, true} {
				fm, err := open(t, tt.text).Move("booking", "", tt.did)
				if err != nil {
					t.Fatal(err)
				}
				if err := fm.Fill(attended); err != nil {
					t.Fatal(err)
				}
				if got := fm.Value("by"); got != tt.taken {
					t.Errorf("attended %v: taken without asking: %q", attended, got)
				}
				if missing := fm.Missing(); (len(missing) > 0 && missing[0] == "by") != (tt.taken == "") {
					t.Errorf("missing %v", missing)
				}
				if gap, _ := fm.Next(); tt.taken == "" &&
					(gap.Key != "by" || !gap.Need || gap.Default != tt.offered || strings.Join(gap.Choices, " ") != tt.choices) {
					t.Errorf("asks %+v", gap)
				}
			}
		})
	}
}

// asked fills a form as somebody who answers each question with the next of the answers, "" for
// Enter and "-" for none, and returns the questions: KEY for what can stay empty, KEY! for what
// cannot, with =DEFAULT.
func asked(t *testing.T, fm *edit.Form, answers ...string) string {
	t.Helper()
	if err := fm.Fill(true); err != nil {
		t.Fatal(err)
	}
	var asked []string
	for gap, ok := fm.Next(); ok && len(answers) > 0; gap, ok = fm.Next() {
		question, answer := gap.Key, answers[0]
		answers = answers[1:]
		if gap.Need {
			question += "!"
		}
		if gap.Default != "" {
			question += "=" + gap.Default
		}
		if answer == "" {
			answer = gap.Default
		}
		asked = append(asked, question)
		if answer == "" || answer == "-" {
			fm.Pass(gap.Key)
		} else if err := fm.Set(gap.Key, answer); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(asked, " ")
}

// Who proposes other terms is asked for them, until there is one.
func TestAskedForTerms(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	proposed := strings.Replace(booking, end, end+"  { on = 2026-11-04, by = \"maria\", did = \"renegotiate\", due = 2026-12-04, note = \"Ill\" },\n", 1)
	by := "by!=dev "
	for name, tt := range map[string]struct {
		text, part, did string
		set, answers    []string
		asked, want     string
	}{
		"a new date, and what is on the way stays": {booking, "", "renegotiate", nil, []string{"", "+21", "", "Ill"}, by + "due with_interim!=n note!", "renegotiate\", due = 2026-12-11, note"},
		"and what is on the way moves too":         {booking, "", "renegotiate", []string{"due", "+21"}, []string{"", "y", "Ill"}, by + "with_interim!=n note!", "due = 2026-12-11, with_interim = true"},
		"no later than agreed":                     {booking, "", "renegotiate", []string{"due", "-2"}, []string{"", "Ill"}, by + "note!", "due = 2026-11-18, note"},
		"of an interim result":                     {booking, "1", "renegotiate", []string{"due", "+21"}, []string{"", "Ill"}, by + "note!", "due = 2026-12-11, note"},
		"a condition alone":                        {booking, "", "renegotiate", []string{"also", "In blue"}, []string{"", "Nice"}, by + "note!", "also = [\"In blue\"]"},
		"no date, so a condition":                  {booking, "", "renegotiate", nil, []string{"", "", "", "In blue", "Nice"}, by + "due also! also! note!", "also = [\"In blue\"]"},
		"a counter with the date on the table":     {proposed, "", "counter", nil, []string{"", "In blue", ""}, "due=2026-12-04 also! with_interim!=n", "counter\", due = 2026-12-04, also = [\"In blue\"] }"},
		"a counter with another date":              {proposed, "", "counter", nil, []string{"2026-11-17", ""}, "due=2026-12-04 also", "counter\", due = 2026-11-17 }"},
		"a counter with a condition alone":         {proposed, "", "counter", []string{"also", "In blue"}, nil, "", "counter\", also = [\"In blue\"] }"},
		"a counter without a date":                 {proposed, "", "counter", nil, []string{"-", "In blue"}, "due=2026-12-04 also!", "counter\", also = [\"In blue\"] }"},
	} {
		t.Run(name, func(t *testing.T) {
			fm, err := open(t, tt.text).Move("booking", tt.part, tt.did)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < len(tt.set); i += 2 {
				if err := fm.Set(tt.set[i], tt.set[i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if got := asked(t, fm, tt.answers...); got != tt.asked {
				t.Errorf("asks for %s, want %s", got, tt.asked)
			}
			c, err := fm.Change()
			if err != nil || !strings.Contains(lines(c), tt.want) || len(fm.Missing()) > 0 {
				t.Errorf("got %v, %v, want %s", c, err, tt.want)
			}
		})
	}
	for did, want := range map[string]string{"renegotiate": "due note", "counter": "due"} {
		text := booking
		if did == "counter" {
			text = proposed
		}
		fm, err := open(t, text).Move("booking", "", did)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(fm.Set("by", "dev"), fm.Fill(false)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(fm.Missing(), " "); got != want {
			t.Errorf("%s, with nobody to ask, lacks %s, want %s", did, got, want)
		}
	}
}

// A check-in says who was there and what was said; the next one is offered by the cadence.
func TestAskedForACheckIn(t *testing.T) {
	text := booking + "[promises]\ncheck_in = \"weekly\"\n[[check_in]]\non = 2026-11-13T07:30:00\nwith = [\"dev\"]\nrecap = \"So\"\n"
	fm, err := open(t, text).Add("check_in")
	if err != nil {
		t.Fatal(err)
	}
	if err := fm.Fill(false); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(fm.Missing(), " "); got != "with recap" {
		t.Errorf("lacks %s", got)
	}
	if got := asked(t, fm, "maria, dev", "All fine", ""); got != "with! recap! next_check_in=2026-11-27T07:30:00" {
		t.Errorf("asks for %s", got)
	}
	if fm, err = open(t, booking).Add("check_in"); err != nil {
		t.Fatal(err)
	}
	if got := asked(t, fm, "maria", "All fine", "-"); got != "with! recap! next_check_in" {
		t.Errorf("without a cadence it asks for %s", got)
	}
}

// What speaks of an interim result names its commitment, and its question comes from whoever of
// the provider's side stands in that.
func TestAQuestionAboutAnInterimResult(t *testing.T) {
	text := strings.Replace(booking, "title = \"Prototype\"", "title = \"Phase 1: prototype\"", 1)
	text = strings.Replace(text, "[people]\n", "[people]\nanna = { name = \"Anna\", side = \"provider\" }\n", 1)
	for _, word := range []string{"booking", "Phase 1", "booking/1"} {
		fm, err := open(t, text).Add("question")
		if err != nil {
			t.Fatal(err)
		}
		if err := fm.Set("commitment", word); err != nil {
			t.Errorf("%s: %v", word, err)
			continue
		}
		if got := fm.Value("commitment"); got != "booking" {
			t.Errorf("%s is %s", word, got)
		}
		if got := asked(t, fm, ""); got != "by!=dev" {
			t.Errorf("asks for %s", got)
		}
	}
	fm, err := open(t, text).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := filled(t, fm, "title", "Rain", "affects", "Phase 1"); err != nil || !strings.Contains(lines(c), `affects = ["booking"]`) {
		t.Errorf("got %v, %v", c, err)
	}
}

// A request of the client is not made up where nobody says whose it is.
func TestNobodyAsked(t *testing.T) {
	one := strings.Replace(head, "theo  = { name = \"Theo Lund\", side = \"client\" }\n", "", 1)
	for name, tt := range map[string]struct {
		set  []string
		want string
	}{
		"nothing is said": {nil, "by"}, "who asked": {[]string{"customer", "maria"}, ""},
		"that it was asked": {[]string{"did", "request"}, ""}, "that it is offered": {[]string{"did", "offer"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			fm, err := open(t, one).Add("commitment")
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < len(tt.set); i += 2 {
				if err := fm.Set(tt.set[i], tt.set[i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(fm.Set("title", "Sign"), fm.Fill(false)); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(fm.Missing(), " "); got != tt.want {
				t.Errorf("lacks %q", got)
			}
		})
	}
}

func TestAdd(t *testing.T) {
	for _, tt := range []struct {
		kind string
		set  []string
		want string
	}{
		{
			"commitment",
			[]string{"title", "A new sign for the old door, in brass", "customer", "theo", "performer", "dev", "due", "2026-12-24"},
			"\n[[commitment]]\nid = \"a-new-sign-for-the-old\"\ntitle = \"A new sign for the old door, in brass\"\ncustomer = \"theo\"\nperformer = \"dev\"\nmoves = [\n  { on = 2026-11-20, by = \"theo\", did = \"request\", due = 2026-12-24 },\n]\n",
		},
		{
			"commitment",
			[]string{"title", "Booking", "customer", "theo", "performer", "dev", "by", "dev"},
			"\n[[commitment]]\nid = \"booking-2\"\ntitle = \"Booking\"\ncustomer = \"theo\"\nperformer = \"dev\"\nmoves = [\n  { on = 2026-11-20, by = \"dev\", did = \"offer\" },\n]\n",
		},
		{
			"risk",
			[]string{"title", "It \"rains\"", "owner", "maria", "affects", "photos booking", "private", "true"},
			"\n[[risk]]\ntitle = \"It \\\"rains\\\"\"\nowner = \"maria\"\naffects = [\"photos\", \"booking\"]\nopened = 2026-11-20\nprivate = true\n",
		},
		{"status", []string{"rag", "red", "headline", "Late", "body", "One\nTwo"}, "\n[[status]]\non = 2026-11-20\nrag = \"red\"\nheadline = \"Late\"\nbody = \"\"\"\nOne\nTwo\"\"\"\n"},
		{"question", []string{"text", "Which?", "to", "Theo", "commitment", "rooms"}, "\n[[question]]\nasked = 2026-11-20\nby = \"dev\"\nto = \"theo\"\ntext = \"Which?\"\ncommitment = \"photos\"\n"},
		{"message", []string{"about", "Fog", "by", "maria", "urgent", "true"}, "\n[[message]]\nreceived = 2026-11-20T17:12:00\nby = \"maria\"\nabout = \"Fog\"\nurgent = true\n"},
		{"decision", []string{"text", "Brass"}, "\n[[decision]]\non = 2026-11-20\ntext = \"Brass\"\n"},
		{"check_in", []string{"with", "maria, dev", "recap", "Fine"}, "\n[[check_in]]\non = 2026-11-20\nwith = [\"maria\", \"dev\"]\nrecap = \"Fine\"\n"},
		{"pulse", []string{"question", "How clear?", "ours", "4"}, "\n[[pulse]]\nasked = 2026-11-20\nquestion = \"How clear?\"\nours = 4\n"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			fm, err := open(t, booking).Add(tt.kind)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, tt.set...)
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(c); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestAddIsRefused(t *testing.T) {
	for _, tt := range []struct {
		kind string
		set  []string
		want string
	}{
		{"risks", nil, "what can be added is: commitment, risk"},
		{"risk", []string{"likelihood", "often"}, "only one of: rare, unlikely"},
		{"risk", []string{"likelihood", "likly"}, "did you mean \"likely\"?"},
		{"risk", []string{"title", "X", "id", "Not An Id"}, "is not an id"},
		{"check_in", []string{"with", " , "}, "with cannot be empty"},
		{"pulse", []string{"ours", "6"}, "from 1 to 5"},
		{"question", []string{"commitment", "nothing"}, "no such commitment"},
		{"commitment", []string{"title", "X", "customer", "maria", "performer", "theo"}, "both of the client's side"},
	} {
		fm, err := open(t, booking).Add(tt.kind)
		if err == nil {
			_, err = filled(t, fm, tt.set...)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %v: got %v, want %q", tt.kind, tt.set, err, tt.want)
		}
	}
}

// A second status note of a day needs an id, which it gets.
func TestTwoNotesOfADay(t *testing.T) {
	text := booking + "\n[[status]]\non = 2026-11-20\nrag = \"green\"\nheadline = \"Fine\"\n"
	fm, err := open(t, text).Add("status")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "rag", "red", "headline", "Not fine")
	if err != nil {
		t.Fatal(err)
	}
	if n := c.Client.Statuses; n[0].ID != "2026-11-20" || n[1].ID != "2026-11-20-2" {
		t.Errorf("ids %q and %q", n[0].ID, n[1].ID)
	}
}

func TestAnEditNeverMakesItWorse(t *testing.T) {
	broken := strings.Replace(booking, `client = "Acme"`, "client = \"Acme\"\nwelcom = \"x\"", 1) +
		"\n[[status]]\non = 2026-11-19\nrag = \"pink\"\nheadline = \"x\"\n[[status]]\non = 2026-11-19\nrag = \"red\"\nheadline = \"y\"\n"
	fm, err := open(t, broken).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = filled(t, fm, "title", "It rains"); err != nil {
		t.Errorf("a file with other errors: %v", err)
	}
	fm, err = open(t, broken).Add("risk")
	if err != nil {
		t.Fatal(err)
	}
	var ps diag.Problems
	if _, err = filled(t, fm, "title", "It rains", "opened", "+3"); !errors.As(err, &ps) || len(ps) != 1 {
		t.Errorf("one more error: %v", err)
	}
	if _, err := edit.Open("acme", clientfile.Source{Name: "a", Text: []byte("client =")}, options(), clock(now), true); !errors.As(err, &ps) {
		t.Errorf("not TOML: %v", err)
	}
}

// An id that is another item's date would move that one's address.
func TestAnEditNeverChangesAnother(t *testing.T) {
	fm, err := open(t, booking+"\n[[decision]]\non = 2026-11-19\ntext = \"x\"\n").Add("decision")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filled(t, fm, "text", "y", "id", "2026-11-19"); !errors.Is(err, edit.ErrWider) {
		t.Errorf("got %v", err)
	}
}

func TestAFirstMoveMayNameItsCommitment(t *testing.T) {
	f := open(t, head+"[[commitment]]\ntitle = \"Sign\"\ncustomer = \"maria\"\nperformer = \"dev\"\n")
	fm, err := f.Move("sign", "", "request")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "by", "maria")
	if err != nil || c.Client.Commitments[0].ID != "2026-11-20" {
		t.Errorf("got %v", err)
	}
}

// An id that several results have names none of them; one that a commitment has is the
// commitment's.
func TestOneIDForSeveral(t *testing.T) {
	part := "\n  [[commitment.deliverable]]\n  id = \"draft\"\n  title = \"A draft\"\n  due = 2026-11-12\n"
	text := strings.Replace(booking, "\n  [[commitment.deliverable]]\n", part+"\n  [[commitment.deliverable]]\n", 1) +
		strings.Replace(strings.Replace(booking[len(head):], "booking", "sign", 1), "photos", "draft-2", 1)
	text = strings.Replace(text, "due   = 2026-11-10\n\n[[commitment]]\nid = \"draft-2\"", "due   = 2026-11-10\n"+part+"\n[[commitment]]\nid = \"draft-2\"", 1)
	_, err := open(t, text).Move("draft", "", "deliver")
	if err == nil || !strings.Contains(err.Error(), "may be any of these; say more of it:\n  booking/draft     A draft\n  sign/draft        A draft") {
		t.Errorf("got %v", err)
	}
	for word, want := range map[string]string{"sign/draft": "2", "draft-2": ""} {
		fm, err := open(t, text).Move(word, "", "progress")
		if err != nil {
			t.Fatal(err)
		}
		c, err := filled(t, fm, "by", "dev", "note", "Half")
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(c.Client.Commitments[3].Moves) != 2 || want != "" && len(c.Client.Commitments[2].Deliverables[1].Moves) != 1 {
			t.Errorf("%s:\n%s", word, c.Diff())
		}
	}
}

// A move of an earlier hour of a day stands before those of later hours, if these can still
// be made.
func TestAnEarlierHour(t *testing.T) {
	hour := `  { on = 2026-11-20T16:00:00, by = "dev", did = "deliver" },` + "\n"
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	text := strings.Replace(booking, end, end+"  # handed over\n"+hour, 1)
	for _, tt := range []struct {
		name, did, on string
		set           []string
		want          string // what stands before the later one; "" where it is refused
	}{
		{"an earlier hour", "progress", "2026-11-20T09:00", []string{"by", "dev", "note", "Nearly"}, end + "  { on = 2026-11-20T09:00:00, by = \"dev\", did = \"progress\", note = \"Nearly\" },\n  # handed over\n" + hour},
		{"the day alone", "accept", "2026-11-20", []string{"by", "maria"}, hour + "  { on = 2026-11-20, by = \"maria\", did = \"accept\" },\n"},
		{"a later hour", "accept", "2026-11-20T16:30", []string{"by", "maria"}, hour + "  { on = 2026-11-20T16:30:00, by = \"maria\", did = \"accept\" },\n"},
		{"what the later one leaves no room for", "revoke", "2026-11-20T09:00", []string{"note", "No"}, ""},
		{"an earlier day", "progress", "2026-11-19", []string{"by", "dev"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fm, err := open(t, text).Move("booking", "", tt.did)
			if err != nil {
				t.Fatal(err)
			}
			c, err := filled(t, fm, append([]string{"on", tt.on}, tt.set...)...)
			switch {
			case tt.want == "" && (err == nil || !strings.Contains(err.Error(), "earlier than")):
				t.Errorf("got %v", err)
			case tt.want != "" && err != nil:
				t.Errorf("got %v", err)
			case tt.want != "" && !strings.Contains(string(c.New), tt.want):
				t.Errorf("got\n%s", c.Diff())
			}
		})
	}
}

// Whose move of an earlier hour it can be is judged as things stood then.
func TestWhoMayAtAnEarlierHour(t *testing.T) {
	end := "  { on = 2026-11-03, by = \"dev\",   did = \"promise\" },\n"
	text := strings.Replace(booking, end, end+"  { on = 2026-11-20T16:00:00, by = \"dev\", did = \"ask\" },\n", 1)
	text = strings.Replace(text, "did = \"ask\" },\n", "did = \"ask\" },\n  { on = 2026-11-20T17:00:00, by = \"maria\", did = \"answer\" },\n", 1)
	fm, err := open(t, text).Move("booking", "", "answer")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "on", "2026-11-20T16:30")
	if err == nil || c != nil {
		t.Errorf("a second answer was taken: %v", c)
	}
	if fm.Choices("by")[0] != "maria" {
		t.Errorf("it is %v who may answer", fm.Choices("by"))
	}
}

func TestTakenUpAgain(t *testing.T) {
	closed := strings.Replace(booking, "did = \"promise\" },\n", "did = \"promise\" },\n  { on = 2026-11-04, by = \"dev\", did = \"deliver\" },\n  { on = 2026-11-05, by = \"maria\", did = \"accept\" },\n", 1)
	fm, err := open(t, closed).Add("commitment")
	if err != nil {
		t.Fatal(err)
	}
	c, err := filled(t, fm, "reopens", "online", "due", "+7", "did", "request")
	if err != nil {
		t.Fatal(err)
	}
	want := "\n[[commitment]]\nid = \"booking-2\"\ntitle = \"Online booking\"\ncustomer = \"maria\"\nperformer = \"dev\"\nreopens = \"booking\"\nmoves = [\n  { on = 2026-11-20, by = \"maria\", did = \"request\", due = 2026-11-27 },\n]\n"
	if got := lines(c); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, err := open(t, closed).Legal("booking", ""); err == nil || !strings.Contains(err.Error(), "booking: it is done and accepted, and it takes no more moves; for a question about it: `portalgen add question acme --commitment booking`; to take it up again, write a new [[commitment]] with reopens = \"booking\": `portalgen add commitment acme --reopens booking`") {
		t.Errorf("what is closed has the moves: %v", err)
	}
	done := booking[:strings.Index(booking, "  due   = 2026-11-10\n")] + "  due   = 2026-11-10\n  moves = [ { on = 2026-11-04, by = \"dev\", did = \"deliver\" }, { on = 2026-11-05, by = \"maria\", did = \"accept\" } ]\n"
	if _, err := open(t, done).Legal("proto", ""); err == nil || !strings.Contains(err.Error(), "booking/2026-11-10: it is done and accepted, and it takes no move now; for a question about it: `portalgen add question acme --commitment booking`") {
		t.Errorf("an interim result that is closed has the moves: %v", err)
	}
	if _, err := open(t, string(c.New)).Legal("booking", ""); err == nil || !strings.Contains(err.Error(), "for a question about it: `portalgen add question acme --commitment booking`; \"booking-2\" takes it up again already: `portalgen move acme booking-2`") {
		t.Errorf("what is taken up again already: %v", err)
	}
	if fm, err = open(t, booking).Add("commitment"); err != nil {
		t.Fatal(err)
	}
	if _, err = filled(t, fm, "reopens", "booking"); err == nil || !strings.Contains(err.Error(), "is not closed") {
		t.Errorf("an open one is taken up again: %v", err)
	}
}

// Of a person who alone can be meant nobody is asked, and of a choice that can be left out
// everybody is.
func TestOnlyOneCanBeMeant(t *testing.T) {
	one := strings.Replace(booking, "theo  = { name = \"Theo Lund\", side = \"client\" }\n", "", 1)
	one = one[:strings.Index(one, "\n[[commitment]]\nid = \"photos\"")]
	for kind, want := range map[string]string{
		"question": "text answer_by", "message": "about", "commitment": "title customer due satisfied_when", "decision": "text by why",
	} {
		fm, err := open(t, one).Add(kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := fm.Fill(true); err != nil {
			t.Fatal(err)
		}
		var asked []string
		for gap, ok := fm.Next(); ok; gap, ok = fm.Next() {
			asked = append(asked, gap.Key)
			switch {
			case !gap.Need:
				fm.Pass(gap.Key)
			case gap.Default != "":
				err = fm.Set(gap.Key, gap.Default)
			default:
				err = fm.Set(gap.Key, "Words")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s asks for %s, want %s", kind, got, want)
		}
	}
}
